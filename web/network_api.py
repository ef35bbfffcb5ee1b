"""The coordination network for programs: nodes and edges of a view, files to take along, measures; described in /api/openapi.json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from cancu.graph.measured import definitions
from cancu.queries.errors import BadValue
from cancu.queries.network.export import EXPORTERS, exporter
from cancu.queries.network.measure import measure
from cancu.queries.network.read import facts_of, network_of
from cancu.queries.network.record import network_as_json, outcome_as_csv, outcome_as_json
from cancu.queries.network.view import read_view, settings
from cancu.web.addresses import page_of
from cancu.web.errors import NotAcceptable
from cancu.web.language import language_of
from cancu.web.negotiate import best
from cancu.web.reading import Reading
from cancu.web.site import Data, site_of

router = APIRouter(prefix="/api", tags=["mang-luoi"])

JSON, CSV = "application/json", "text/csv"
PICTURES = ("text/html", "image/svg+xml", "image/png")
_COMMON = ("format", "lang")
"""Fields of an address that say nothing of the network."""


@dataclass
class NetworkNode:
    """A body, group, task, document or plan; `address` leads to its page, which is `page` where it has one."""

    iri: str
    label: str
    label_en: str
    kind: str
    code: str
    plan: str
    section: str
    address: str
    page: str | None


@dataclass
class NetworkEdge:
    """An edge; `task`, `task_code`, `plan`, `section` are empty where it stands for several."""

    source: str
    target: str
    key: str
    role: str
    way: str
    tier: str
    part: str
    selection: str
    weight: int
    task: str
    task_code: str
    plan: str
    section: str
    tasks: list[str]
    task_codes: list[str]
    quarters: list[str]
    quarters_proposed: list[str]
    through: list[str]
    words: list[str]


@dataclass
class NetworkAnswer:
    """A view of the network; `kinds` says what every code means and how it is drawn, `left_out` what a period leaves out."""

    view: dict[str, str]
    view_vi: str
    view_en: str
    nodes: list[NetworkNode]
    edges: list[NetworkEdge]
    total_nodes: int
    total_edges: int
    truncated: bool
    groups_kept: bool
    left_out: dict[str, int]
    left_out_vi: list[str]
    left_out_en: list[str]
    kinds: dict[str, dict[str, dict[str, Any]]]
    snapshot: str


@dataclass
class MeasureAnswer:
    """A measure: its definition, its columns, its rows; things in rows have `iri`, `label` and `page`."""

    measure: dict[str, str]
    view: dict[str, str]
    view_vi: str
    view_en: str
    pair: dict[str, list[dict[str, Any]]]
    columns: list[dict[str, str]]
    rows: list[dict[str, Any]]
    notes_vi: list[str]
    notes_en: list[str]
    total: int
    truncated: bool
    snapshot: str


def _described(kind: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": {"type": "string"},
            "description": f"{said['vi']} / {said['en']}",
        }
        for name, said in settings()[kind].items()
    ]


def _format(names: list[str]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "enum": names},
        "description": "Dạng, thay cho Accept. / Format, instead of Accept.",
    }


def _files(media_types: list[str]) -> dict[str, Any]:
    return {media_type: {"schema": {"type": "string"}} for media_type in media_types}


@router.get(
    "/mang-luoi",
    summary="The coordination network",
    response_model=None,
    responses={
        200: {
            "model": NetworkAnswer,
            "content": _files([form.media_type for form in EXPORTERS.values()]),
        }
    },
    openapi_extra={"parameters": [*_described("field"), _format(["json", *EXPORTERS])]},
)
def network(request: Request, reading: Data) -> Response:
    """Nodes and edges of a view of the network, or the same as a file for other programs.

    Named, through a group and possible are edges of their own, as are the tiers of basis.
    """
    view = read_view(fields_of(request), reading.dataset)
    found = network_of(reading.dataset, view)
    offered = {"json": JSON} | {name: form.media_type for name, form in EXPORTERS.items()}
    name = _form(request, offered)
    if name == "json":
        answer = network_as_json(found, facts_of(reading.dataset), view, page_of)
        return _sent(request, reading, JSONResponse(answer))
    form = exporter(name)
    data = form.write(found, language_of(request))
    file = f"mang-luoi-{reading.dataset.version}.{form.ending}"
    return _sent(request, reading, _file(data, form.media_type, file))


Measure = Annotated[
    str,
    Path(
        description=" ".join(
            f"{d.address}: {d.title.vi} / {d.title.en}." for d in definitions().values()
        ),
        json_schema_extra={"enum": [d.address for d in definitions().values()]},
    ),
]


@router.get(
    "/mang-luoi/{phep_do}",
    summary="A measure of the network",
    response_model=None,
    responses={200: {"model": MeasureAnswer, "content": _files([CSV])}},
    openapi_extra={
        "parameters": [
            *_described("field"),
            *_described("pair"),
            _format(["json", "csv"]),
        ]
    },
)
def measured(request: Request, reading: Data, phep_do: Measure) -> Response:
    """A measure with its definition and the list behind every number."""
    pair_fields = settings()["pair"]
    said = fields_of(request)
    pair = {field: value for field, value in said.items() if field in pair_fields}
    view = read_view({f: v for f, v in said.items() if f not in pair_fields}, reading.dataset)
    outcome = measure(phep_do, view, pair, reading.dataset)
    if _form(request, {"json": JSON, "csv": CSV}) == "json":
        return _sent(request, reading, JSONResponse(outcome_as_json(outcome, page_of)))
    data = outcome_as_csv(outcome, language_of(request))
    file = f"{outcome.definition.address}-{reading.dataset.version}.csv"
    return _sent(request, reading, _file(data, CSV, file))


def fields_of(request: Request, besides: Sequence[str] = ()) -> Mapping[str, str]:
    """What an address says of the network, `besides` left out; a field that is there several times is one list."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in (*_COMMON, *besides) and value.strip():
            found.setdefault(name, []).append(value)
    return {name: (";" if name == "bo" else ",").join(values) for name, values in found.items()}


def _form(request: Request, offered: Mapping[str, str]) -> str:
    """The form that a request asks for by `format=`, else by Accept.

    Raises:
        BadValue: there is no such form.
        NotAcceptable: none of the media types can be given.
    """
    name = request.query_params.get("format", "").strip()
    if name in offered:
        return name
    if name:
        listed = ", ".join(offered)
        raise BadValue(
            f"Không có dạng “{name}”. Có: {listed}.",
            f"There is no form “{name}”. There are: {listed}.",
        )
    accept = request.headers.get("accept", "")
    # a browser accepts pages and pictures first; whoever wants those here asks by `format`
    known = [kind for kind in offered.values() if kind not in PICTURES]
    found = best(accept, known)
    if found is None:
        raise NotAcceptable(accept, known)
    return next(name for name, media_type in offered.items() if media_type == found)


def _file(data: bytes, media_type: str, name: str) -> Response:
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


def _sent(request: Request, reading: Reading, response: Response) -> Response:
    """An answer that is good for as long as the data stays."""
    language = language_of(request)
    response.headers["ETag"] = site_of(request).tag(reading, request)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept, Cookie"
    response.headers["Content-Language"] = language
    return response
