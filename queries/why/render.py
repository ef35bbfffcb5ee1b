"""Conditions as SPARQL: all of them, or those that are left when some are dropped.

With `marks`, every alternative of a UNION and every OPTIONAL names itself when it holds, so that a solution says which
of them it came through.
"""

from collections.abc import Collection

from pyoxigraph import NamedNode, Variable

from cancu.queries.why.pattern import (
    Bind,
    Call,
    Exists,
    Expression,
    Filter,
    Group,
    Named,
    Optional,
    Part,
    Path,
    Select,
    Test,
    Triple,
    Union,
    Values,
)

_INFIX = frozenset({"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"})
_NOTHING: frozenset[int] = frozenset()


def mark(key: int, alternative: int = 0) -> Variable:
    """The variable that says that an alternative, or an OPTIONAL, holds."""
    return Variable(f"mark_{key}_{alternative}")


def group_text(group: Group, without: Collection[int] = _NOTHING, marks: bool = False) -> str:
    """A group in braces, without the conditions of these keys."""
    kept = (part for part in group.parts if part.key not in without)
    return "{ " + " ".join(part_text(part, without, marks) for part in kept) + " }"


def part_text(part: Part, without: Collection[int] = _NOTHING, marks: bool = False) -> str:
    """A condition."""
    match part:
        case Triple():
            return f"{part.subject} {_predicate(part.predicate)} {part.object} ."
        case Filter():
            return f"FILTER({expression_text(part.expression)})"
        case Exists():
            word = "EXISTS" if part.positive else "NOT EXISTS"
            return f"FILTER {word} {group_text(part.group, without)}"
        case Bind():
            return f"BIND({expression_text(part.expression)} AS {part.variable})"
        case Values():
            return _values(part)
        case Union():
            groups = (
                _marked(group_text(group, without, marks), mark(part.key, i), marks)
                for i, group in enumerate(part.alternatives)
            )
            return " UNION ".join(groups)
        case Named():
            return f"GRAPH {part.graph} {group_text(part.group, without, marks)}"
        case Optional():
            text = group_text(part.group, without, marks)
            return "OPTIONAL " + _marked(text, mark(part.key), marks)
        case Select():
            return "{ " + select_text(part, without) + " }"


def _marked(text: str, variable: Variable, marks: bool) -> str:
    return f"{text[:-2]} BIND(1 AS {variable}) }}" if marks else text


def _values(part: Values) -> str:
    rows = (
        "(" + " ".join("UNDEF" if term is None else str(term) for term in row) + ")"
        for row in part.rows
    )
    return f"VALUES ({' '.join(map(str, part.variables))}) {{ {' '.join(rows)} }}"


def select_text(part: Select, without: Collection[int] = _NOTHING) -> str:
    """A SELECT inside a query. One that selects nothing any more still counts its solutions."""
    columns = [
        str(c.variable)
        if c.expression is None
        else f"({expression_text(c.expression)} AS {c.variable})"
        for c in part.columns
    ] or [f"(1 AS ?one_{part.key})"]
    text = f"SELECT {'DISTINCT ' if part.distinct else ''}{' '.join(columns)} WHERE {group_text(part.group, without)}"
    if part.keys:
        text += f" GROUP BY {' '.join(map(str, part.keys))}"
    if part.having:
        text += " HAVING " + " ".join(f"({expression_text(e)})" for e in part.having)
    return text


def expression_text(expression: Expression) -> str:
    """An expression, with all its brackets."""
    match expression:
        case Call():
            return _call(expression)
        case Test():
            word = "EXISTS" if expression.positive else "NOT EXISTS"
            return f"{word} {group_text(expression.group)}"
        case _:
            return str(expression)


def _call(call: Call) -> str:
    arguments = [expression_text(argument) for argument in call.arguments]
    if call.name in _INFIX and len(arguments) > 1:
        return "(" + f" {call.name} ".join(arguments) + ")"
    if call.name in ("!", "+", "-"):
        return f"({call.name} {arguments[0]})"
    if call.name in ("IN", "NOT IN"):
        return f"({arguments[0]} {call.name} ({', '.join(arguments[1:])}))"
    inside = ", ".join(arguments) or ("*" if call.name == "COUNT" else "")
    if call.distinct:
        inside = f"DISTINCT {inside}"
    if call.separator is not None:
        escaped = call.separator.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        inside += f' ; SEPARATOR="{escaped}"'
    return f"{call.name}({inside})"


def _predicate(predicate: NamedNode | Variable | Path) -> str:
    return path_text(predicate) if isinstance(predicate, Path) else str(predicate)


def path_text(path: Path) -> str:
    """A property path, with all its brackets."""
    parts = [path_text(part) for part in path.parts]
    match path.kind:
        case "step":
            return str(path.iri)
        case "inverse":
            return f"^{parts[0]}"
        case "repeat":
            return f"({parts[0]}){path.mark}"
        case "not":
            return f"!({'|'.join(parts)})"
        case "sequence":
            return f"({'/'.join(parts)})"
        case _:
            return f"({'|'.join(parts)})"
