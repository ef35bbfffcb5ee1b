"""The W3C tests of the SPARQL 1.1 Protocol, replayed as raw bytes on a writable service, where they lie beside the checkout."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from cancu.web.app import create_app
from tests import w3c

pytestmark = pytest.mark.skipif(not w3c.FOLDER.is_dir(), reason="the W3C tests are not here")
FOUND = w3c.tests() if w3c.FOLDER.is_dir() else {}


@pytest.mark.parametrize("name", FOUND)
def test_w3c(name: str, home: Path) -> None:
    memory = w3c.Memory.of_the_tests()
    app = create_app(home, runner=memory, token=w3c.TOKEN, updater=memory)
    with w3c.served(app) as base:
        for request in FOUND[name]:
            status, headers, body = w3c.send(base, request)
            assert status // 100 in request.statuses, (status, body)
            if request.boolean is not None:
                assert _boolean(headers["content-type"], body) is request.boolean, body
            if request.format == "RDF":
                kind = RdfFormat.from_media_type(headers["content-type"].split(";")[0])
                assert kind and list(parse(body, format=kind)) is not None
            if request.format == "tabular":
                assert json.loads(body)["head"]["vars"]


def _boolean(media_type: str, body: bytes) -> bool:
    if "xml" in media_type:
        text = ET.fromstring(body).findtext("{http://www.w3.org/2005/sparql-results#}boolean")
        return text == "true"
    return bool(json.loads(body)["boolean"])


def test_all_of_them_are_run() -> None:
    assert len(FOUND) == 34
    assert (
        sum(not name.startswith(("update", "bad_update", "bad_multiple_updates")) for name in FOUND)
        == 20
    )
