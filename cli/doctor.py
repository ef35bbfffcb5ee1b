"""Is everything here and sound?"""

import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cancu.graph.errors import DamagedSnapshot, GraphError, NoSnapshot, NotPermitted
from cancu.graph.search_index import check_index
from cancu.graph.snapshot import Snapshot, current, dump_is_sound, store_is_sound
from cancu.graph.updates import read_updates, state
from cancu.loaders.ocr import tesseract
from cancu.queries.catalogue import catalogue

PARTS = (
    "cancu",
    "pyoxigraph",
    "rdflib",
    "networkx",
    "pyvis",
    "SPARQLWrapper",
    "fastapi",
    "uvicorn",
    "jinja2",
    "click",
    "lxml",
    "pdfplumber",
)
"""Packages whose version matters."""

_AGAIN_VI = "hãy chạy `cancu build` với các văn bản của mình (cập nhật và kết luận vẫn còn), hoặc lấy lại thư mục từ bản sao."
_AGAIN_EN = "run `cancu build` with your documents (updates and verdicts are kept), or restore the folder from a copy."


@dataclass(frozen=True)
class Report:
    """What was found.

    Attributes:
        python: version and machine.
        packages: name -> version, "" if it is missing.
        home: where the data is.
        snapshot: version of the data, or None.
        created, quads, plans: of the snapshot.
        assets: whether what browsers get from packages (fonts, the SPARQL editor) is built.
        ocr: whether pictures of pages can be read (Tesseract with Vietnamese).
        sound: whether everything is here and the data is what it was when built.
        problem_vi, problem_en: what is wrong, or empty.
    """

    python: str
    packages: dict[str, str]
    home: str
    snapshot: str | None
    created: str | None
    quads: int
    plans: int
    assets: bool
    ocr: bool
    sound: bool
    problem_vi: str = ""
    problem_en: str = ""

    def as_json(self) -> dict[str, Any]:
        """The report as JSON."""
        return asdict(self)

    def lines(self, language: str) -> list[str]:
        """The report for people."""
        vi = language != "en"
        parts = ", ".join(f"{name} {number or '—'}" for name, number in self.packages.items())
        data = self.snapshot or ("chưa có" if vi else "none")
        return [
            f"Python: {self.python}",
            f"{'Gói' if vi else 'Packages'}: {parts}",
            f"{'Thư mục dữ liệu' if vi else 'Data folder'}: {self.home}",
            f"{'Bản dữ liệu' if vi else 'Snapshot'}: {data}"
            + (
                f" ({self.created}; {self.plans} {'kế hoạch' if vi else 'plans'}; {self.quads} {'bộ ba' if vi else 'triples'})"
                if self.snapshot
                else ""
            ),
            f"{'Giao diện' if vi else 'Interface'}: {self._assets(vi)}",
            f"OCR: {self._ocr(vi)}",
            (
                ("Ổn." if vi else "Sound.")
                if self.sound
                else (self.problem_vi if vi else self.problem_en)
            ),
        ]

    def _assets(self, vi: bool) -> str:
        if self.assets:
            return "đủ" if vi else "complete"
        return (
            "thiếu phông chữ và ô soạn SPARQL; trong thư mục mã nguồn hãy chạy `make install`"
            if vi
            else "no fonts and no SPARQL editor; in the checkout run `make install`"
        )

    def _ocr(self, vi: bool) -> str:
        if self.ocr:
            return "có (Tesseract, tiếng Việt)" if vi else "yes (Tesseract, Vietnamese)"
        packages = "tesseract-ocr, tesseract-ocr-vie"
        return (
            f"không; muốn đọc bản quét hãy cài {packages}"
            if vi
            else f"no; for scans install {packages}"
        )


def examine(home: Path) -> Report:
    """Look at the installation and the data."""
    packages = {name: _version(name) for name in PARTS}
    python = f"{platform.python_version()} {platform.system()} {platform.machine()}"
    assets = files("cancu.web").joinpath("static", "dist", "assets.json").is_file()
    ocr = tesseract() is not None
    try:
        snapshot = current(home)
    except (NoSnapshot, NotPermitted) as error:
        return Report(
            python, packages, str(home), None, None, 0, 0, assets, ocr, False, error.vi, error.en
        )
    except DamagedSnapshot:
        vi, en = (
            f"Không còn bản dữ liệu nào nguyên vẹn: {_AGAIN_VI}",
            f"No snapshot is sound: {_AGAIN_EN}",
        )
        return Report(python, packages, str(home), None, None, 0, 0, assets, ocr, False, vi, en)
    manifest = snapshot.manifest
    missing = [name for name, number in packages.items() if not number]
    problem_vi, problem_en = _problem(home, missing, snapshot) or ("", "")
    return Report(
        python,
        packages,
        str(home),
        snapshot.version,
        manifest.created,
        manifest.quads,
        len(manifest.current_plans),
        assets,
        ocr,
        sound=not problem_vi,
        problem_vi=problem_vi,
        problem_en=problem_en,
    )


def _problem(home: Path, missing: list[str], snapshot: Snapshot) -> tuple[str, str] | None:
    if missing:
        return (
            f"Thiếu gói {', '.join(missing)}: hãy cài lại.",
            f"Missing packages {', '.join(missing)}: install again.",
        )
    try:
        updates = read_updates(home)
        state(updates)
    except GraphError as error:
        return error.vi, error.en
    if not dump_is_sound(snapshot):
        return (
            f"Bản dữ liệu đã bị thay đổi sau khi dựng: {_AGAIN_VI}",
            f"The snapshot was changed after it was built: {_AGAIN_EN}",
        )
    if not store_is_sound(snapshot):
        return (
            "Kho dữ liệu bị hỏng, bản xuất graph.nq còn nguyên: hãy chạy `cancu doctor --repair` để dựng lại kho từ đó.",
            "The store is damaged, the dump graph.nq is sound: run `cancu doctor --repair` to make the store anew from it.",
        )
    if snapshot.manifest.updates != len(updates):
        return (
            f"Cập nhật số {len(updates)} đã ghi nhưng chưa có trong bản dữ liệu: hãy chạy `cancu doctor --repair`.",
            f"Update {len(updates)} was recorded and is not in the snapshot: run `cancu doctor --repair`.",
        )
    try:
        check_index(snapshot)
    except GraphError as error:
        return error.vi, error.en
    if catalogue().refused:
        refused = catalogue().refused
        return " ".join(error.vi for error in refused), " ".join(error.en for error in refused)
    return None


def _version(name: str) -> str:
    """The version of a package; "" if it is not installed or its files are gone."""
    try:
        return version(name) if find_spec(name) else ""
    except PackageNotFoundError:
        return ""
