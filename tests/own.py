"""Questions of one's own, as tests write them."""

import json
from collections.abc import Mapping, Sequence

COLUMNS = {
    "plan": "plan",
    "task": "task",
    "document": "document",
    "tier": "tier",
    "status": "status",
    "via": "via",
    "lead": "integer",
}
"""The columns of the questions that tests write, with their types."""


def own_question(
    code: str,
    rows: Sequence[Mapping[str, str | int | None]] = ({"task": "I.1"},),
    query: str = "",
    **header: str,
) -> str:
    """The text of a question file that answers with these rows, whatever the data.

    Args:
        code: such as "X1".
        rows: by column; a plan stands for its own address. The columns are those that a row has.
        query: instead of one that gives the rows.
        header: further keys, as TOML values with "_" for ".": answer_vi='"…"'.
    """
    keys = {
        "title_vi": f'"Câu hỏi riêng {code}?"',
        "title_en": f'"Own question {code}?"',
        "explanation_vi": '"Thử."',
        "explanation_en": '"A trial."',
        **header,
    }
    lines = [f'code = "{code}"', *(f"{k.replace('_', '.', 1)} = {v}" for k, v in keys.items())]
    label = 'label = { vi = "Nhiệm vụ", en = "Task" }'
    for name, kind, more in (("task", "task", ANY), ("plan", "plan", "")):
        lines += ["[[parameter]]", f'name = "{name}"', f'type = "{kind}"', label, more]
    for name in _columns(rows):
        lines += ["[[column]]", f'name = "{name}"', f'type = "{COLUMNS[name]}"', label]
    head = "".join(f"#+ {line}\n" for line in lines if line)
    return head + (query or _values(rows))


ANY = 'any = { vi = "mọi nhiệm vụ", en = "any task" }'


def _columns(rows: Sequence[Mapping[str, str | int | None]]) -> list[str]:
    return [name for name in COLUMNS if name == "task" or any(name in row for row in rows)]


def _values(rows: Sequence[Mapping[str, str | int | None]]) -> str:
    names = [*_columns(rows), "plan_iri"]
    variables = " ".join(f"?{name}" for name in names)
    lines = [
        " ".join(_term(name, {**row, "plan_iri": row.get("plan")}.get(name)) for name in names)
        for row in rows
    ]
    data = " ".join(f"({line})" for line in lines)
    return (
        f"SELECT {variables} ?task_asked ?plan_asked WHERE {{ VALUES ({variables}) {{ {data} }} }}"
    )


def _term(name: str, value: str | int | None) -> str:
    if value is None:
        return "UNDEF"
    return f"<{value}>" if name == "plan_iri" else json.dumps(value, ensure_ascii=False)
