"""The papers of the bundle: the licence of every package, and the list of what it is made of (CycloneDX)."""

import email
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from tools.bundle_wheels import CannotBundle

_LICENCE = re.compile(r"licen[sc]e|copying|notice|authors", re.IGNORECASE)
_BROWSER = "static/dist/THIRD-PARTY-LICENSES.txt"
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Package:
    """A wheel: what it says of itself.

    Attributes:
        file: its name.
        name, version: of the package.
        licence: as the package names it.
        texts: name -> text of the licences in it.
    """

    file: str
    name: str
    version: str
    licence: str
    digest: str
    texts: Mapping[str, str] = field(default_factory=dict)


def read(wheel: Path) -> Package:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (described,) = [n for n in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        said = email.message_from_bytes(archive.read(described))
        own = described.removesuffix("METADATA")
        texts = {
            name.removeprefix(own).removeprefix("licenses/"): archive.read(name).decode(
                "utf-8", "replace"
            )
            for name in sorted(names)
            if name.startswith(own)
            and (name.startswith(f"{own}licenses/") or _LICENCE.search(PurePosixPath(name).name))
            and not name.endswith("/")
        } | {name: archive.read(name).decode() for name in names if name.endswith(_BROWSER)}
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return Package(wheel.name, said["Name"], said["Version"], _licence(said), digest, texts)


def _licence(said: Message) -> str:
    """The name of a licence: an expression, else the classifiers, else the first line of what was written freely."""
    if said["License-Expression"]:
        return str(said["License-Expression"])
    classes = [c for c in said.get_all("Classifier", []) if c.startswith(_CLASSIFIER)]
    if classes:
        return " / ".join(c.removeprefix(_CLASSIFIER) for c in classes)
    return str(said["License"] or "").strip().split("\n")[0]


def write_licences(
    packages: Sequence[Package], folder: Path, elsewhere: Mapping[str, str], root: Path
) -> None:
    """Write the licence texts of every package, a folder each.

    Args:
        packages: all wheels.
        folder: where to.
        elsewhere: package -> file below `root` with the text, for those whose wheels have none.
        root: the checkout.

    Raises:
        CannotBundle: the text of a licence is not to be had.
    """
    for package in packages:
        texts = dict(package.texts)
        if not texts and package.name in elsewhere:
            file = elsewhere[package.name]
            texts = {f"{file}.txt": (root / file).read_text("utf-8")}
        if not texts:
            raise CannotBundle(f"{package.name} carries no text of its licence.")
        own = folder / f"{package.name}-{package.version}"
        for name, text in texts.items():
            path = own / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        named = f"{package.name} {package.version}: {package.licence}\n"
        (own / "GIAY-PHEP.txt").write_text(named, "utf-8")


def bill_of_materials(packages: Sequence[Package], version: str) -> dict[str, Any]:
    """What the bundle is made of, as CycloneDX 1.6: the wheels with their checksums, and what browsers get."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "cancu", "version": version}},
        "components": [
            *(_component(one) for one in packages),
            *(part for one in packages for part in _browser_parts(one)),
        ],
    }


def _component(package: Package) -> dict[str, Any]:
    name = re.sub(r"[-_.]+", "-", package.name).lower()
    purl = f"pkg:pypi/{name}@{package.version}?file_name={quote(package.file)}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "licenses": [{"license": {"name": package.licence}}],
        "hashes": [{"alg": "SHA-256", "content": package.digest}],
    }


def _browser_parts(package: Package) -> Iterator[dict[str, Any]]:
    """The packages whose code or fonts lie in the assets: the headings of their licences name them."""
    text = next((text for name, text in package.texts.items() if name.endswith(_BROWSER)), "")
    for name, version, licence in re.findall(r"^={78}\n(\S+) (\S+): (.+)$", text, re.MULTILINE):
        purl = f"pkg:npm/{quote(name, safe='/')}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "licenses": [{"license": {"name": licence}}],
        }


def as_json(value: object) -> str:
    """JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
