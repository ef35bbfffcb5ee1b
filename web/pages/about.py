"""What this is, which data it holds, and how it may be used; the vocabulary as a file; the data as a file and described for machines."""

import hashlib
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from cancu.ontology.load import vocabulary_text, vocabulary_version
from cancu.queries.describe import TURTLE, WRITTEN, write
from cancu.web.errors import NoPage, NotAcceptable
from cancu.web.headers import OPEN
from cancu.web.negotiate import best
from cancu.web.site import Data, render, snapshot_of

router = APIRouter(include_in_schema=False)


@router.get("/gioi-thieu")
def about(request: Request, reading: Data) -> HTMLResponse:
    """The page about the product and its data."""
    return render(request, "about.html", manifest=reading.manifest)


@router.get("/ns")
def vocabulary(request: Request) -> Response:
    """The vocabulary, in the form that is accepted."""
    return _vocabulary(request, request.headers.get("accept", ""))


@router.get("/ns/{version}")
def version_of_the_vocabulary(request: Request, version: str) -> Response:
    """A version of the vocabulary by its number; only the present one is kept."""
    if version != vocabulary_version():
        raise NoPage(request.url.path)
    return _vocabulary(request, request.headers.get("accept", ""))


def _vocabulary(request: Request, accept: str) -> Response:
    media_type = best(accept, tuple(WRITTEN)) or (TURTLE if "html" in accept else None)
    if media_type is None:
        raise NotAcceptable(accept, tuple(WRITTEN))
    tag = f'"{hashlib.sha256(vocabulary_text().encode() + media_type.encode()).hexdigest()[:16]}"'
    headers = {**OPEN, "Vary": "Accept", "ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(_written(media_type), headers=headers, media_type=media_type)


@cache
def _written(media_type: str) -> bytes:
    if media_type == TURTLE:
        return vocabulary_text().encode()
    from rdflib import Graph

    return write(Graph().parse(data=vocabulary_text(), format="turtle"), media_type)


@router.get("/.well-known/void")
def dataset(request: Request) -> Response:
    """What the data are, in VoID and DCAT (RFC 8615; VoID, section 7.2)."""
    accept = request.headers.get("accept", "")
    media_type = best(accept, tuple(WRITTEN)) or (TURTLE if "html" in accept else None)
    if media_type is None:
        raise NotAcceptable(accept, tuple(WRITTEN))
    body = snapshot_of(request).dataset_description(str(request.base_url), media_type)
    return Response(body, headers={**OPEN, "Vary": "Accept"}, media_type=media_type)


@router.get("/tai-ve/graph.nq")
def dump(request: Request) -> Response:
    """The whole graph as sorted N-Quads: the very file of the snapshot."""
    snapshot = snapshot_of(request).snapshot
    tag = f'"{snapshot.manifest.sha256[:32]}"'
    headers = {**OPEN, "ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    name = f"cancu-{snapshot.version}.nq"
    return FileResponse(
        snapshot.dump, headers=headers, media_type="application/n-quads", filename=name
    )


@router.get("/tai-ve/graph.nq.sha256")
def checksum(request: Request) -> Response:
    """The checksum of that file, as `sha256sum --check` reads it."""
    manifest = snapshot_of(request).snapshot.manifest
    return Response(
        f"{manifest.sha256}  cancu-{manifest.version}.nq\n",
        headers=OPEN,
        media_type="text/plain; charset=utf-8",
    )
