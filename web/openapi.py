"""The description of the API: each question of the catalogue under its own address, with its parameters and columns."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from cancu.queries.catalogue import Column, Parameter, Question, questions
from cancu.queries.codes import all_codes, in_words
from cancu.queries.formats.formats import formats_of
from cancu.queries.triples import COLUMNS

Described = dict[str, Any]

_PATTERNS = {
    "date": "2023-06-30, 30/6/2023",
    "quarter": "II/2023, 2023-Q2",
    "period": "2023, II/2023, 2023-04-01..2023-06-30",
    "year": "2023",
}
"""Types of parameters that are no things -> how they are written."""


def described(app: FastAPI) -> Callable[[], Described]:
    """What gives an application's description; made once."""

    def make() -> Described:
        prefix: str = app.state.site.prefix
        if not app.openapi_schema:
            found = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                servers=[{"url": prefix}] if prefix else None,
            )
            for question in questions().values():
                found["paths"][f"/api/cau-hoi/{question.code}"] = {"get": _operation(question)}
            schemas = found.setdefault("components", {}).setdefault("schemas", {})
            schemas |= {"Answer": _answer(), "Problem": _problem()}
            schemas |= {f"{q.code}Row": _row(q) for q in questions().values()}
            app.openapi_schema = found
        return app.openapi_schema

    return make


def _operation(question: Question) -> Described:
    return {
        "operationId": f"ask{question.code}",
        "tags": ["cau-hoi"],
        "summary": f"{question.title.vi} / {question.title.en}",
        "description": "\n\n".join(
            [question.explanation.vi, question.explanation.en, *_said(question)]
        ),
        "parameters": [*map(_parameter, question.parameters), *_common(question)],
        "responses": {
            "200": {
                "description": "Câu trả lời. / The answer.",
                "content": {
                    form.media_type: {"schema": _schema(question, form.name)}
                    for form in formats_of(question)
                },
            },
            "400": _fault("Giá trị không hợp lệ hoặc không có. / A value that is not valid."),
            "406": _fault("Không có dạng nào trong Accept. / No format of those accepted."),
            "503": _fault("Chưa có dữ liệu. / There is no data."),
        },
    }


def _said(question: Question) -> Iterator[str]:
    if question.order.vi:
        yield f"Thứ tự / Order: {question.order.vi} / {question.order.en}"
    if question.tags:
        yield f"({', '.join(question.tags)})"


def _parameter(parameter: Parameter) -> Described:
    described: Described = {
        "name": parameter.name,
        "in": "query",
        # a default is an example of one plan: among several it does not count
        "required": False,
        "description": f"{parameter.label.vi} / {parameter.label.en} ({parameter.type}"
        + (f": {_PATTERNS[parameter.type]}" if parameter.type in _PATTERNS else "")
        + ")",
        "schema": {"type": "string"},
    }
    if parameter.required:
        described["required"] = parameter.default is None
    if parameter.default:
        described["example"] = parameter.default
        described["schema"]["default"] = parameter.default
    return described


def _common(question: Question) -> list[Described]:
    names = [form.name for form in formats_of(question)]
    orders = [mark + column.name for column in question.columns for mark in ("", "-")]
    return [
        _choice("format", "Dạng, thay cho Accept. / Format, instead of Accept.", names),
        _choice("lang", "Ngôn ngữ của bảng tính và lịch. / Language of files.", ["vi", "en"]),
        _choice("sap-xep", "Cột để sắp xếp. / Column to sort by.", orders),
    ]


def _choice(name: str, description: str, values: list[str]) -> Described:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "string", "enum": values},
    }


def _schema(question: Question, form: str) -> Described:
    if form != "json":
        return {"type": "string", "format": "binary"} if form == "xlsx" else {"type": "string"}
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{question.code}Row"}}
    return {
        "allOf": [
            {"$ref": "#/components/schemas/Answer"},
            {"type": "object", "required": ["rows"], "properties": {"rows": rows}},
        ]
    }


def _row(question: Question) -> Described:
    """A row: the columns of the header, and beside each that may name a thing its address."""
    properties = {column.name: _column(column) for column in question.columns}
    if question.constructs:
        properties |= {name: _ADDRESS for name in COLUMNS if name.endswith("_iri")}
        properties["object"] = {**properties["object"], "type": ["string", "integer"]}
    return {
        "type": "object",
        "required": [column.name for column in question.columns],
        "properties": properties,
        "additionalProperties": {"type": ["string", "integer", "null"]},
    }


_ADDRESS: Described = {
    "type": ["string", "null"],
    "format": "iri",
    "description": "Địa chỉ của đối tượng. / Address of the thing.",
}


def _column(column: Column) -> Described:
    kind = "integer" if column.type == "integer" else "string"
    described: Described = {
        "type": [kind, "null"],
        "title": f"{column.label.vi} / {column.label.en}",
    }
    if column.type == "date":
        described["format"] = "date"
    words = [w for w in (column.meaning.vi, column.meaning.en) if w]
    codes = all_codes(column.type)
    if codes:
        listed = "; ".join(
            f"{code}: {in_words(column.type, code, 'vi')} / {in_words(column.type, code, 'en')}"
            for code in codes
        )
        words.append(f"Mã / Codes: {listed}.")
    if words:
        described["description"] = " ".join(words)
    return described


def _answer() -> Described:
    """What the answers of all questions have in common."""
    texts = {"type": "array", "items": {"type": "string"}}
    asked = ("code", "title_vi", "title_en", "explanation_vi", "explanation_en")
    properties: Described = {
        "question": {
            "type": "object",
            "required": list(asked),
            "properties": {name: {"type": "string"} for name in asked},
        },
        "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
        "sentence_vi": {**texts, "description": "Câu trả lời thành câu, mỗi kế hoạch một câu."},
        "sentence_en": {**texts, "description": "The answer in a sentence, one a plan."},
        "columns": texts,
        "rows": {"type": "array", "items": {"type": "object"}},
        "total": {"type": "integer", "description": "Mọi dòng. / All rows there are."},
        "truncated": {"type": "boolean", "description": "Có dòng bị cắt. / Rows were cut off."},
        "snapshot": {"type": "string", "description": "Phiên bản dữ liệu. / Version of the data."},
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _problem() -> Described:
    """RFC 9457, with the sentence in both languages."""
    texts = {name: {"type": "string"} for name in ("type", "title", "detail", "vi", "en")}
    return {
        "type": "object",
        "required": [*texts, "status"],
        "properties": {**texts, "status": {"type": "integer"}},
    }


def _fault(description: str) -> Described:
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": description, "content": content}
