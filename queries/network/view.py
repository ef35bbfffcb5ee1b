"""A view of the network as an address or a command says it."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from cancu.graph.dataset import Dataset
from cancu.graph.network import PROJECTIONS, TIERS, WAYS, View
from cancu.ontology.iri import slug
from cancu.ontology.network import EDGES, kinds
from cancu.queries.codes import all_codes, in_words
from cancu.queries.errors import AmbiguousValue, BadValue, UnknownParameter, UnknownValue
from cancu.queries.network.read import facts_of
from cancu.queries.parameters import find, resolve

STEPS = 3
"""So many steps from a node one may look."""


@cache
def settings() -> Mapping[str, Any]:
    """The fields with what they mean, and further words for codes."""
    return tomllib.loads(files("cancu.queries.network").joinpath("fields.toml").read_text("utf-8"))


def read_view(values: Mapping[str, str], dataset: Dataset) -> View:
    """The view that these fields say; what is empty narrows nothing.

    Args:
        values: field -> as typed, see fields.toml; other fields are not allowed.
        dataset: whose things are meant.

    Raises:
        UnknownParameter, UnknownValue, AmbiguousValue, BadValue: see `errors`.
    """
    said = {field: value.strip() for field, value in values.items() if value.strip()}
    _check_fields(said, settings()["field"])
    plan = find("plan", said["ke-hoach"], dataset)[0] if "ke-hoach" in said else ""
    return View(
        projection=_one("goc-nhin", said.get("goc-nhin", PROJECTIONS[0]), _same(PROJECTIONS)),
        plan=plan,
        period=_period(said, dataset, plan),
        section=_section(said.get("phan", ""), dataset, plan),
        roles=_codes("vai-tro", said, roles()),
        ways=_codes("cach", said, _names(WAYS, "via")),
        tiers=_codes("muc", said, _names(TIERS, "tier")),
        groups=_one("nhom", said.get("nhom", "tach"), _words("tach", "giu")) == "tach",
        focus=find_node(said["nut"], dataset, plan) if "nut" in said else "",
        steps=int(_one("buoc", said.get("buoc", "1"), _same(map(str, range(1, STEPS + 1))))),
    )


def view_fields(view: View) -> dict[str, str]:
    """The fields that say a view: `read_view` of them is the view again."""
    start, end = view.period or ("", "")
    said = {
        "goc-nhin": view.projection,
        "ke-hoach": view.plan,
        "ky": f"{start}..{end}" if view.period else "",
        "phan": view.section,
        "vai-tro": ",".join(sorted(view.roles)),
        "cach": ",".join(way for way in WAYS if way in view.ways),
        "muc": ",".join(tier for tier in TIERS if tier in view.tiers),
        "nhom": "" if view.groups else "giu",
        "nut": view.focus,
        "buoc": str(view.steps) if view.steps != 1 else "",
    }
    return {field: value for field, value in said.items() if value}


def find_body(value: str, dataset: Dataset, plan: str = "") -> str:
    """The body, else the group or post, with this name or address.

    Raises:
        UnknownValue, AmbiguousValue: none or several.
    """
    return _find(("agency", "group"), value, dataset, plan)


def find_node(value: str, dataset: Dataset, plan: str = "") -> str:
    """The body, group, task or document with this name, number or address.

    Raises:
        UnknownValue, AmbiguousValue: none or several.
    """
    return _find(("agency", "group", "task", "document"), value, dataset, plan)


def _find(among: tuple[str, ...], value: str, dataset: Dataset, plan: str) -> str:
    facts = facts_of(dataset)
    if value in facts.works or value in facts.names:
        return value
    missing: UnknownValue | None = None
    for kind in among:
        try:
            return find(kind, value, dataset, plan or None)[0]
        except UnknownValue as error:
            missing = missing or error
    raise missing or UnknownValue(f"Không có “{value}”.", f"There is no “{value}”.")


def check_pair(values: Mapping[str, str]) -> None:
    """See that the fields about two bodies are known ones.

    Raises:
        UnknownParameter: one is not.
    """
    _check_fields(values, settings()["pair"])


def _check_fields(said: Iterable[str], known: Mapping[str, object]) -> None:
    for field in said:
        if field not in known:
            listed = ", ".join(known)
            raise UnknownParameter(
                f"Mạng lưới không có tham số “{field}”. Tham số: {listed}.",
                f"The network has no parameter “{field}”. Parameters: {listed}.",
            )


def _period(said: Mapping[str, str], dataset: Dataset, plan: str) -> tuple[str, str] | None:
    given = [
        (field, kind) for field, kind in (("quy", "quarter"), ("ky", "period")) if field in said
    ]
    if len(given) > 1:
        raise BadValue(
            "Hãy nêu quý hoặc kỳ, không nêu cả hai.", "Give a quarter or a period, not both."
        )
    for field, kind in given:
        bound = resolve(kind, "x", said[field], dataset, plan or None).bindings
        return bound["x_start_asked"].value, bound["x_end_asked"].value
    return None


def _section(value: str, dataset: Dataset, plan: str) -> str:
    """The section with this address, number or title."""
    if not value:
        return ""
    works = facts_of(dataset).works.values()
    there = {w.section: w.section_name for w in works if w.section and plan in ("", w.plan)}
    asked = slug(value)
    found = sorted(
        iri
        for iri, name in there.items()
        if value == iri or asked in (slug(name), slug(name.split(". ")[0]), iri.rsplit("/", 1)[-1])
    )
    if len(found) > 1:
        listed = "; ".join(f"{there[iri]} <{iri}>" for iri in found)
        raise AmbiguousValue(
            f"Phần “{value}” có ở nhiều nơi: {listed}. Hãy nêu kế hoạch.",
            f"Section “{value}” is in several places: {listed}. Say which plan.",
            found,
        )
    if not found:
        listed = "; ".join(sorted(set(there.values())))
        raise UnknownValue(
            f"Không có phần “{value}”. Có: {listed}.",
            f"There is no section “{value}”. There are: {listed}.",
            sorted(set(there.values())),
        )
    return found[0]


def _codes(field: str, said: Mapping[str, str], known: Mapping[str, str]) -> frozenset[str]:
    """The codes that a field lists, with commas between them."""
    listed = (word.strip() for word in said.get(field, "").split(","))
    return frozenset(_one(field, word, known) for word in listed if word)


def _one(field: str, word: str, known: Mapping[str, str]) -> str:
    code = known.get(slug(word))
    if code is None:
        listed = ", ".join(dict.fromkeys(known.values()))
        raise BadValue(
            f"“{field}” không nhận “{word}”. Có thể nêu: {listed}.",
            f"“{field}” cannot be “{word}”. It may be: {listed}.",
        )
    return code


def _same(codes: Iterable[str]) -> dict[str, str]:
    return {code: code for code in codes}


def _words(*codes: str) -> dict[str, str]:
    return {slug(word): code for code in codes for word in settings()["words"][code]}


def _names(codes: Iterable[str], kind: str) -> dict[str, str]:
    """Codes by themselves and by their words in both languages."""
    return {
        slug(word): code
        for code in codes
        for word in (code, in_words(kind, code, "vi"), in_words(kind, code, "en"))
    }


def roles() -> dict[str, str]:
    """The roles that a view may ask for, by code and by words."""
    shown = [kind for kind in kinds(EDGES).values() if kind.view == PROJECTIONS[0]]
    known = {slug(word): kind.code for kind in shown for word in (kind.code, kind.vi, kind.en)}
    return {**_names(all_codes("role"), "role"), **known}
