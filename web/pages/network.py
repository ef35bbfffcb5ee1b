"""The coordination network as a picture that can be asked: `/mang-luoi`, the same as SVG, PNG and one file of HTML."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from cancu.graph.network import WAYS, Network, View
from cancu.graph.picture import BY_COMMUNITY, BY_KIND, for_browser, look
from cancu.graph.picture_html import to_html
from cancu.graph.picture_png import to_png
from cancu.graph.picture_svg import Around, by_sheet, to_svg
from cancu.graph.picture_words import said, tell
from cancu.graph.subnetwork import DRAWABLE, WHOLE
from cancu.graph.trail import trail
from cancu.loaders.errors import CancuError
from cancu.ontology.iri import slug
from cancu.ontology.network import NODES, VIEWS, kinds
from cancu.queries.network.export import EXPORTERS
from cancu.queries.network.view import find_node, read_view
from cancu.web.collation import sort_key
from cancu.web.errors import NoPage
from cancu.web.language import language_of
from cancu.web.network_rows import behind, key_boxes, nodes_of, rows_of
from cancu.web.networks import (
    APART,
    BY_ROLE,
    KEPT,
    SIZES,
    Drawn,
    Networks,
    Wanted,
    long,
    short,
    wanted_of,
)
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
from cancu.web.site import Data, render
from cancu.web.words import Link

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Query(max_length=300)]
INLINE = 400
"""A picture of more marks is not put into the page as SVG, which would be larger than the page."""
CANDIDATES = 12


@router.get("/mang-luoi")
def network(request: Request, reading: Data, scope: Scoped, tim: Text = "") -> HTMLResponse:
    """The picture that the address asks for, with its key, its table and what is chosen in it."""
    asked = _Asked(request, reading, scope, tim)
    networks, drawn, language = reading.networks, asked.drawn, language_of(request)
    rows, nodes = rows_of(networks, drawn.shown, language), nodes_of(networks, drawn)
    return render(
        request,
        "network.html",
        400 if asked.problem else 200,
        **_shown(request, reading, scope, drawn),
        problem=asked.problem,
        candidates=asked.candidates,
        tim=tim if asked.candidates or asked.problem else "",
        keys=key_boxes(drawn, language),
        forms=EXPORTERS,
        views=kinds(VIEWS),
        kinds=kinds(NODES),
        sections=_sections(networks, scope),
        quarters=_quarters(networks, scope),
        sizes=SIZES,
        vias=WAYS,
        colours=(BY_KIND, BY_COMMUNITY),
        apart=(APART, KEPT),
        too_large=len(drawn.base) > WHOLE,
        drawable=len(drawn.base) <= DRAWABLE,
        most=DRAWABLE,
        whole=len(drawn.base),
        by_role=drawn.wanted.projection in BY_ROLE,
        says=tell(drawn.shown, drawn.cut, language, drawn.wanted.apart),
        trails=[trail(drawn.shown, path, networks.name, language) for path in drawn.paths],
        drawing=_drawing(scope, drawn, language) if len(drawn.shown) <= INLINE else None,
        data=_data(networks, scope, drawn),
        rows=rows,
        rows_number=drawn.shown.number_of_edges(),
        nodes=nodes,
        nodes_number=len(drawn.shown),
        offices=_offices(networks, drawn.base),
    )


@router.get("/mang-luoi/chi-tiet")
def details(request: Request, reading: Data, scope: Scoped) -> HTMLResponse:
    """What is chosen in a picture, as a part of its page."""
    asked = _Asked(request, reading, scope, "")
    return render(request, "network_chosen.html", **_shown(request, reading, scope, asked.drawn))


@router.get("/mang-luoi/mang-luoi.{form}")
def download(request: Request, reading: Data, scope: Scoped, form: str) -> Response:
    """The picture to take along, or its nodes and edges for another program: exactly what is drawn."""
    if form not in EXPORTERS:
        raise NoPage(request.url.path)
    drawn, language = _Asked(request, reading, scope, "").drawn, language_of(request)
    title = _title(reading.networks, drawn, language)
    says = tell(drawn.shown, drawn.cut, language, drawn.wanted.apart)
    around = Around(title, says, language)
    made: Mapping[str, Callable[[], str | bytes]] = {
        "svg": lambda: to_svg(drawn.picture, around),
        "png": lambda: to_png(to_svg(drawn.picture, around)),
        "html": lambda: to_html(drawn.picture, drawn.shown, around, reading.dataset.version),
    }
    write = made.get(form, lambda: EXPORTERS[form].write(drawn.shown, language))
    name = slug(title)[:80] or "mang-luoi"
    return Response(
        write(),
        media_type=EXPORTERS[form].media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{form}"',
            "Content-Language": language,
            "Vary": "Cookie",
        },
    )


class _Asked:
    """What a request asks for, looked up: the picture, or what is wrong with what was typed beside one that can be drawn."""

    def __init__(self, request: Request, reading: Reading, scope: Scope, typed: str) -> None:
        self.problem: CancuError | None = None
        self.candidates: Sequence[str] = ()
        self._reading, self._scope = reading, scope
        self._networks = reading.networks
        wanted = self._placed(wanted_of(request), request)
        wanted = self._ends(wanted, request)
        if typed.strip() or not wanted.focus:
            wanted = self._around(wanted, typed or request.query_params.get("nut", ""))
        self.drawn = self._networks.drawn(wanted)

    def _placed(self, wanted: Wanted, request: Request) -> Wanted:
        """With plan, section and quarter looked up."""
        asked = {name: request.query_params.get(name, "") for name in ("ke-hoach", "phan", "quy")}
        view = View(plan=self._scope.iri)
        try:
            view = read_view(asked, self._reading.dataset)
        except CancuError as error:
            self.problem = error
        quarter = asked["quy"].strip() if view.period else ""
        return replace(
            wanted, plan=view.plan, section=view.section, period=view.period, quarter=quarter
        )

    def _ends(self, wanted: Wanted, request: Request) -> Wanted:
        """The ends of a path and what it must not go through may be typed as names."""
        typed = {name: request.query_params.get(name, "") for name in ("tu", "den")}
        avoid = [text for text in request.query_params.getlist("bo") if text.strip()]
        start = self._one(wanted, typed["tu"]) if not wanted.start else wanted.start
        goal = self._one(wanted, typed["den"]) if not wanted.goal else wanted.goal
        passed = tuple(self._one(wanted, text) for text in avoid if not long(text))
        found = tuple(dict.fromkeys(iri for iri in (*wanted.avoid, *passed) if iri))
        if not (start and goal) or start == goal:
            return replace(wanted, start=start, goal="", avoid=())
        return replace(wanted, start=start, goal=goal, avoid=found)

    def _one(self, wanted: Wanted, typed: str) -> str:
        """The one node that is typed; of several, or none, a problem is told."""
        if not typed.strip():
            return ""
        try:
            return self._found(wanted, typed)
        except CancuError as error:
            self.problem = error
            return ""

    def _found(self, wanted: Wanted, typed: str) -> str:
        """The node that is typed.

        Raises:
            UnknownValue, AmbiguousValue: there is none of this name, or several.
        """
        base = self._networks.network(replace(wanted, groups=APART).view(filtered=False))
        found = self._networks.find(base, typed)
        if len(found) == 1:
            return found[0]
        return find_node(typed, self._reading.dataset, self._scope.iri)

    def _around(self, wanted: Wanted, typed: str) -> Wanted:
        """A picture around the node that is typed; the first candidates are told where there are several."""
        if not typed.strip():
            return wanted
        whole = (replace(wanted, groups=kept).view(filtered=False) for kept in (APART, KEPT))
        found = list(
            dict.fromkeys(
                iri
                for view in whole
                for iri in self._networks.find(self._networks.network(view), typed)
            )
        )
        if len(found) > 1:
            found.sort(key=lambda iri: (sort_key(self._networks.name(iri)), iri))
            self.candidates = found[:CANDIDATES]
            return wanted
        focus = found[0] if found else self._one(wanted, typed)
        return (
            replace(wanted, focus=focus, opened=(), start="", goal="", avoid=())
            if focus
            else wanted
        )


def _shown(request: Request, reading: Reading, scope: Scope, drawn: Drawn) -> dict[str, Any]:
    """What the page and its part about the chosen have in common."""
    networks, language = reading.networks, language_of(request)
    chosen = [iri for iri in drawn.wanted.chosen if iri in drawn.base]
    return {
        "wanted": drawn.wanted,
        "drawn": drawn,
        "short": short,
        "named": networks.name,
        "link_of": lambda iri: Link(networks.name(iri), iri),
        "here": partial(_here, scope, drawn.wanted),
        "chosen": chosen,
        "titles": {
            iri: networks.facts.works[iri].title for iri in chosen if iri in networks.facts.works
        },
        "behind": behind(reading, drawn, language) if chosen else [],
        "node_kinds": kinds(NODES),
    }


def _here(scope: Scope, wanted: Wanted, **changes: object) -> str:
    return scope.keep(wanted.query(**changes)) or ""


def _drawing(scope: Scope, drawn: Drawn, language: str) -> Markup:
    """The picture for whoever runs no script, and for paper: each mark leads to itself as the chosen one."""
    svg = to_svg(
        drawn.picture,
        Around(said(language)["title"], "", language, key=False),
        by_sheet,
        lambda iri: _here(scope, drawn.wanted, chosen=(iri,)) + "#chon",
    )
    return Markup(svg)  # noqa: S704 - written by lxml


def _data(networks: Networks, scope: Scope, drawn: Drawn) -> dict[str, Any]:
    """What the script of the page draws."""
    made = for_browser(drawn.picture)
    for node in made["nodes"]:
        node["short"] = short(node["id"])
    return {
        **made,
        "colours": {name: variable for name, (variable, _, _) in look()["colours"].items()},
        "order": [node.link.iri for node in nodes_of(networks, drawn)],
    }


def _title(networks: Networks, drawn: Drawn, language: str) -> str:
    title = said(language)["title"]
    if drawn.cut.path:
        return f"{title}: {' – '.join(drawn.cut.path)}"
    return f"{title}: {drawn.cut.focus}" if drawn.cut.focus else title


def _sections(networks: Networks, scope: Scope) -> dict[str, str]:
    """The sections of the plan, where the page speaks of one."""
    if scope.mixed:
        return {}
    return {
        work.section: work.section_name
        for work in networks.facts.works.values()
        if work.section and scope.has(work.plan)
    }


def _quarters(networks: Networks, scope: Scope) -> list[str]:
    works = networks.facts.works.values()
    return sorted({quarter for work in works if scope.has(work.plan) for quarter in work.quarters})


def _offices(networks: Networks, base: Network) -> list[str]:
    """Names to choose the ends of a path from."""
    if len(base) > INLINE:
        return []
    return sorted({networks.name(iri) for iri in base}, key=sort_key)
