"""The description of the API: valid, one address a question, and true of what the API gives."""

from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from openapi_spec_validator import validate

from cancu.queries.catalogue import questions
from cancu.queries.formats.formats import formats_of


@pytest.fixture
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def test_the_description_is_valid(description: dict[str, Any]) -> None:
    validate(description)
    broken = description | {"paths": {"no-slash": {}}}
    with pytest.raises(Exception, match="no-slash"):
        validate(broken)


def test_every_question_has_its_own_address(description: dict[str, Any]) -> None:
    assert "/api/cau-hoi" in description["paths"]
    for code, asked in questions().items():
        operation = description["paths"][f"/api/cau-hoi/{code}"]["get"]
        own = [p for p in operation["parameters"] if p["name"] not in ("format", "lang", "sap-xep")]
        assert [(p["name"], p.get("example")) for p in own] == [
            (p.name, p.default) for p in asked.parameters
        ]
        assert all(p["description"] and p["in"] == "query" for p in own)
        forms = operation["responses"]["200"]["content"]
        assert list(forms) == [form.media_type for form in formats_of(asked)]
        row = description["components"]["schemas"][f"{code}Row"]
        assert set(row["required"]) == {column.name for column in asked.columns}
    assert "/api/cau-hoi/{code}" not in description["paths"]


@pytest.mark.parametrize("code", list(questions()))
def test_answers_are_as_described(
    code: str, client: TestClient, description: dict[str, Any]
) -> None:
    operation = description["paths"][f"/api/cau-hoi/{code}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = schema | {"components": description["components"]}
    jsonschema.validate(client.get(f"/api/cau-hoi/{code}").json(), whole)


def test_problems_are_as_described(client: TestClient, description: dict[str, Any]) -> None:
    schema = {
        "$ref": "#/components/schemas/Problem",
        "components": description["components"],
    }
    for address, accept, status in (
        ("/api/cau-hoi/A5?document=khong-co", "*/*", 400),
        ("/api/cau-hoi/A5?format=pdf", "*/*", 400),
        ("/api/cau-hoi/A5?sap-xep=khong-co", "*/*", 400),
        ("/api/cau-hoi/A5", "image/png", 406),
        ("/api/cau-hoi/A5", "text/turtle", 406),
    ):
        found = client.get(address, headers={"accept": accept})
        assert found.status_code == status
        jsonschema.validate(found.json(), schema)


def test_nothing_is_loaded_from_elsewhere(client: TestClient) -> None:
    """There is no Swagger page: it would fetch its scripts from another host."""
    assert client.get("/api/docs").status_code == 404
    assert client.get("/docs").status_code == 404
