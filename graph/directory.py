"""Who and what is meant: names, phrases and citations resolved against the registries.

One match is taken, and only an exact one (after folding marks, case and punctuation); anything else is a body of
the plan's own place, a group, or a document under its own number. Nothing is guessed.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pyoxigraph import Literal, NamedNode

from cancu.loaders.citations import Citation
from cancu.loaders.patterns import load
from cancu.ontology.iri import mint, number_slug, parse, slug
from cancu.ontology.load import ontology_quads, settings
from cancu.ontology.terms import CANCU, CV, DCTERMS, ELI, GRAPHS, ORG, RDF, RDFS, SKOS

_LABELS = {SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label}
_PARTIES = {CV.PublicOrganisation, ORG.Post, CANCU.AgencyGroup}
CENTRAL = "trung-uong"
"""The place of bodies of the central level."""
UNKNOWN_PLACE = "khong-ro"
"""The place in the address of a plan that does not say where it was signed."""
_PLACES = "thanh-pho|tp|tinh|huyen|quan|thi-xa|xa|phuong|thi-tran|dac-khu"


@dataclass(frozen=True)
class Registry:
    """The hand-kept registries, by subject and predicate."""

    about: Mapping[str, Mapping[str, tuple[str, ...]]]

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The values of a predicate, as plain strings."""
        return self.about.get(subject, {}).get(predicate, ())

    def value(self, subject: str, predicate: str) -> str | None:
        """The first value of a predicate, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def is_a(self, subject: str, kind: str) -> bool:
        """Whether the registry says that `subject` is of this class."""
        return kind in self.values(subject, RDF.type)

    @cached_property
    def parties(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """(place, folded name) -> bodies, posts and shared groups of that name."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for subject, facts in self.about.items():
            address = parse(subject)
            if address and _PARTIES & set(facts.get(RDF.type, ())):
                for label in (label for p in _LABELS for label in facts.get(p, ())):
                    found[address.fields["place"], slug(label)].add(subject)
        return {key: tuple(sorted(iris)) for key, iris in found.items()}

    @cached_property
    def documents(self) -> Mapping[str, tuple[str, ...]]:
        """Folded number, or folded title of a law -> documents."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, facts in self.about.items():
            if ELI.LegalResource in facts.get(RDF.type, ()):
                for key in (*facts.get(ELI.number, ()), *facts.get(DCTERMS.title, ())):
                    found[slug(key)].add(subject)
        return {key: tuple(sorted(iris)) for key, iris in found.items()}


@cache
def registry() -> Registry:
    """The registries that ship with the product, in Vietnamese: plans are."""
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ontology_quads():
        if (
            quad.graph_name == NamedNode(GRAPHS.so_bo)
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode | Literal)
            and getattr(quad.object, "language", None) != "en"
        ):
            about[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return Registry({s: {p: tuple(v) for p, v in facts.items()} for s, facts in about.items()})


def find_party(place: str, name: str) -> str | None:
    """The body, post or shared group of that name, of the place or of the central level; None if there is none or more than one."""
    for where in (place, CENTRAL):
        folded = slug(name)
        found = registry().parties.get((where, folded), ()) or registry().parties.get(
            (where, _of_place(where, folded)), ()
        )
        if len(found) == 1:
            return found[0]
    return None


def is_collective(name: str) -> bool:
    """Whether a phrase stands for several bodies."""
    return bool(re.search(settings("groups")["collective"], name))


def is_open(name: str) -> bool:
    """Whether a collective phrase leaves open whom it means."""
    return bool(re.search(settings("groups")["open"], name))


def whole_group(place: str, name: str) -> str | None:
    """The shared group of which an open phrase takes a part ("UBND các xã, phường … có liên quan"), or None."""
    whole = re.sub(settings("groups")["open_suffix"], "", name)
    found = find_party(place, whole) if whole != name else None
    return found if found and registry().is_a(found, CANCU.AgencyGroup) else None


def listed_by(name: str) -> str | None:
    """Which list of the plan says who a phrase means: "inspected", "reviewing", or None."""
    patterns = settings("groups")["lists"]
    return next((kind for kind, pattern in patterns.items() if re.search(pattern, name)), None)


def agency_iri(place: str, name: str) -> str:
    """The address of a body that no registry knows: of the central level, or of the plan's own place.

    "UBND thành phố Hà Nội" in a plan of Hà Nội is "UBND thành phố".
    """
    if re.search(settings("groups")["national"], name):
        return mint("agency", place=CENTRAL, name=slug(name))
    return mint("agency", place=place, name=_of_place(place, slug(name)) or "khong-ten")


def group_iri(place: str, name: str) -> str:
    """The address of a group that no registry knows."""
    national = re.search(settings("groups")["national_group"], name)
    return mint("group", place=CENTRAL if national else place, name=slug(name) or "khong-ten")


def scope(place: str, source: str) -> str:
    """The place whose bodies a plan names; a plan of unknown place keeps its bodies to itself."""
    return f"{place}-{source}" if place == UNKNOWN_PLACE else place


def _of_place(place: str, name: str) -> str:
    """A folded name without the place's own after the word for its kind."""
    return re.sub(rf"(?<=-)({_PLACES})-{re.escape(place)}$", r"\1", name)


def find_plan(place: str, title: str) -> str | None:
    """The registered plan with this title, or None."""
    folded = slug(title)
    for subject in registry().about:
        address = parse(subject)
        if address and address.kind == "plan" and address.fields["place"] == place:
            titles = registry().values(subject, DCTERMS.title)
            if folded in (slug(title) for title in titles):
                return subject
    return None


def find_document(citation: Citation) -> str | None:
    """The registered document that a citation names: by number, or a law by title and day. None if not exactly one.

    A number that starts anew each year ("01/NQ-CP") names a document only together with its day.
    """
    if citation.number:
        found = registry().documents.get(slug(citation.number), ())
    else:
        found = registry().documents.get(slug(f"{citation.kind} {citation.subject or ''}"), ())
    same = [
        iri for iri in found if citation.date in (None, registry().value(iri, ELI.date_document))
    ]
    kinds = [iri for iri in same if f"/{slug(citation.kind)}/" in iri]
    named = citation.date or re.search(r"/\d{4}/", citation.number or "")
    return kinds[0] if len(kinds) == 1 and named else None


def law_names() -> dict[str, set[str]]:
    """Folded full name of each registered law ("luat-to-chuc-chinh-quyen-dia-phuong") -> the laws of that name."""
    named = tuple(f"{slug(kind)}-" for kind in load("documents")["named"])
    return {
        name: set(laws) for name, laws in registry().documents.items() if name.startswith(named)
    }


def document_iri(citation: Citation, place: str) -> str:
    """The address of a cited document: the registry's, or one made of issuer, kind, year and number."""
    known = find_document(citation)
    if known:
        return known
    issuer = issuer_slug(citation.number, citation.kind, citation.issuer, place)
    kind = slug(citation.kind)
    if citation.number:
        return mint(
            "document",
            issuer=issuer,
            kind=kind,
            year=_year(citation),
            number=number_slug(citation.number),
        )
    month, key = citation.date or "khong-ro", short_key(citation.subject or citation.whole.text)
    return mint("unnumbered", issuer=issuer, kind=kind, month=month, key=key)


def _year(citation: Citation) -> str:
    printed = re.search(r"/(\d{4})/", citation.number or "")
    return (
        printed[1]
        if printed
        else (citation.date or "khong-ro")[:4]
        if citation.date
        else "khong-ro"
    )


def issuer_slug(printed: str | None, kind: str, issuer: str | None, place: str) -> str:
    """The holder of the number series: by the letters of the number, else by the kind, else by the issuer's name."""
    series = settings("series")
    letters = re.findall(r"[A-ZĐ][A-Za-zĐđ]*", printed or "")
    for symbol in reversed(letters):
        plain = re.sub(r"\d+$", "", symbol)
        if plain in series["central"]:
            return str(series["central"][plain])
        if plain in series["local"]:
            return _local_issuer(str(series["local"][plain]), place)
    if kind in series["by_kind"]:
        return str(series["by_kind"][kind])
    return slug(issuer or "") or (slug(letters[-1]) if letters else "khong-ro")


def _local_issuer(prefix: str, place: str) -> str:
    """The registry's key of the place's body, else "ubnd-{place}"."""
    known = (
        registry().value(iri, SKOS.notation) or ""
        for (where, _), iris in registry().parties.items()
        if where == place
        for iri in iris
    )
    return next((key for key in known if key.startswith(f"{prefix}-")), f"{prefix}-{place}")


def short_key(title: str, words: int = 12) -> str:
    """The first words of a title as a slug."""
    return "-".join(slug(title).split("-")[:words]) or "khong-ten"
