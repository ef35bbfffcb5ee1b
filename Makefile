# `make help` lists the targets.

SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
# Not ?=, because some shells export HOST as the name of the machine.
HOST = 127.0.0.1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
FOLDERS := ontology loaders graph queries web cli

# REQUIREMENTS: the locked packages are in. INSTALLED: cancu itself is; that stamp
# lies in build/ because the installed links do, so removing build/ re-installs.
REQUIREMENTS := $(VENV)/.requirements
FILES := $(VENV)/.files
INSTALLED := build/.installed
# ASSETS: what browsers get from packages, built from web/frontend by Node.js.
ASSETS := web/static/dist/assets.json
FRONTEND := $(shell find web/frontend -name node_modules -prune -o -type f -print)

.DELETE_ON_ERROR:
.PHONY: help serve install test test-long check bench bench-endpoints bundle docs lock clean system-packages FORCE

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) \
		| awk -F'|' '{ printf "%-17s%s\n", $$1, $$2 }'

serve: $(INSTALLED) ## run the web application (HOST=127.0.0.1 PORT=8000)
	$(BIN)/cancu serve --host $(HOST) --port $(PORT)

install: $(INSTALLED) ## make or refresh the environment in .venv

test: check system-packages ## check, then every test but the long ones
	$(BIN)/python -m pytest -m "not long"

test-long: $(INSTALLED) system-packages ## the tests that take minutes
	$(BIN)/python -m pytest -m long

check: $(INSTALLED) ## ruff and mypy
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

bench: $(INSTALLED) ## the benchmarks
	$(BIN)/python tests/benchmarks/run.py
	$(BIN)/python tests/benchmarks/pages.py
	$(BIN)/python tests/benchmarks/under_attack.py
	$(BIN)/python tests/benchmarks/network.py
	$(BIN)/python tests/benchmarks/plans.py

bench-endpoints: $(INSTALLED) build/peers/.installed ## SPARQL endpoints side by side (needs wrk and virtuoso-opensource of Debian)
	$(BIN)/python tests/benchmarks/endpoints.py

build/peers/.installed:
	$(PYTHON) -m venv --clear build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check oxigraph==0.5.13 'rdflib-endpoint[cli,web]==0.6.3'
	@touch $@

bundle: $(INSTALLED) ## the archive for offices without a network, build/bundle/cancu-<version>.zip
	$(BIN)/python -m tools.make_bundle build/bundle

docs: $(INSTALLED) ## write the pages of docs/ that come from the catalogue
	env -u CANCU_QUESTIONS $(BIN)/python tools/write_docs.py

system-packages:
	@tools/install-system-packages.sh

lock: ## write requirements/*.txt anew, with the newest releases
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	build/lock/bin/uv $(UV_COMPILE) --output-file requirements/runtime.txt pyproject.toml
	build/lock/bin/uv $(UV_COMPILE) --output-file requirements/dev.txt pyproject.toml --group dev \
		--constraints requirements/runtime.txt
	build/lock/bin/uv $(UV_COMPILE) --output-file requirements/node.txt --group node
	build/lock/bin/uv $(UV_COMPILE) --output-file requirements/bundle.txt --group bundle
	rm -rf build/lock

# One lock for every supported Python and platform, with one version of a package for all of
# them, and no address of a package index.
UV_COMPILE := pip compile --quiet --upgrade --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

clean: ## remove the environment, the build and the caches
	rm -rf $(VENV) build dist web/static/dist web/static/dist.new web/frontend/node_modules *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(wildcard $(FOLDERS) tests) -name __pycache__ -type d -prune -exec rm -rf {} +

# A fresh environment each time the lock changes, so that it holds the lock and no more.
$(REQUIREMENTS): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "cancu needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# The installation links file by file: it is stale when a file comes or goes, or when the
# checkout moves. This runs every time and touches the stamp only when the list changed.
$(FILES): FORCE | $(REQUIREMENTS)
	@{ pwd; find $(wildcard $(FOLDERS)) \( -name __pycache__ -o -name '.*' -o -path web/frontend \
		-o -path web/static/dist \) -prune -o -type f -print | LC_ALL=C sort; } > $@.new
	@if cmp -s $@ $@.new; then rm $@.new; else mv $@.new $@; fi

# Node.js comes from PyPI where the system has none. Without assets the application works all the
# same, with a plain SPARQL field and the system's fonts, and says so: no reason to stop here.
$(ASSETS): $(FRONTEND) tools/build_assets.py | $(REQUIREMENTS)
	@$(BIN)/python tools/build_assets.py --node || $(PIP) install --quiet --require-hashes -r requirements/node.txt || true
	@$(BIN)/python tools/build_assets.py || \
		echo "The pages work without what Node.js builds; \`make install\` tries again." >&2

$(INSTALLED): pyproject.toml $(REQUIREMENTS) $(FILES) $(ASSETS)
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@
