"""The verb `search`: what was found, kind by kind, for people and for programs."""

import json

import click
from rich.console import Console
from rich.text import Text

from cancu.graph.dataset import Published
from cancu.queries.codes import in_words
from cancu.queries.parameters import find
from cancu.queries.plans import PlanName, plan_names
from cancu.queries.search import Asked, Hit, Result, search
from cancu.queries.snippets import Segment

_WORDS = {
    "none": ("Không tìm thấy “{}”.", "Nothing was found for “{}”."),
    "nearest": ("Gần nhất: {}", "Nearest: {}"),
    "near-word": (
        "Không đâu có “{}”; từ gần nhất: {}",
        "“{}” stands nowhere; the nearest words: {}",
    ),
    "exact": ("Đúng tên hoặc số này", "Exactly this name or number"),
    "begun": (
        "Không có mục nào đủ các từ này; đây là những mục có từ bắt đầu bằng “{}”.",
        "Nothing has all these words; these have a word that begins with “{}”.",
    ),
    "more": ("… còn {} mục nữa", "… {} more"),
    "cut": (
        "Câu tìm quá dài: chỉ tìm phần đầu.",
        "That is too long: only its beginning was searched for.",
    ),
    "nothing": ("Hãy gõ ít nhất một chữ hoặc số.", "Type at least one letter or digit."),
    "elsewhere": ("Tìm trong mọi kế hoạch: có {} mục.", "In all plans: {}."),
}


def show_search(dataset: Published, asked: Asked, plan: str, form: str, language: str) -> None:
    """Search the data and print what was found; `plan` is as typed.

    Raises:
        GraphError, UnknownValue, AmbiguousValue: see `search` and `find`.
    """
    plans = plan_names(dataset)
    iri = find("plan", plan, dataset)[0] if plan else ""
    result = search(dataset, Asked(asked.text, iri, asked.kind, asked.shown))
    if form == "json":
        click.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        _Printer(language, {} if iri or len(plans) < 2 else dict(plans)).show(result)


class _Printer:
    """Prints a result for people; the found words are bold on a terminal."""

    def __init__(self, language: str, plans: dict[str, PlanName]) -> None:
        self._language = language
        self._plans = plans
        self._console = Console(highlight=False, soft_wrap=True)

    def show(self, result: Result) -> None:
        typed = result.typed
        if typed.cut:
            self._say("cut")
        if not typed.terms:
            self._say("nothing")
        elif not result.groups:
            self._say_nearest(result)
        elif result.begun:
            self._say("begun", typed.tokens[-1].shown)
        if result.best:
            self._head(f"{self._words('exact')}: {self._kind(result.best.kind)}")
            self._hit(result.best)
        for group in result.groups:
            if group.hits:
                self._head(f"{self._kind(group.kind)} ({group.total})")
            for hit in group.hits:
                self._hit(hit)
            if group.hits and group.total > len(group.hits):
                self._say("more", group.total - len(group.hits))

    def _say_nearest(self, result: Result) -> None:
        near = result.nearest
        self._say("none", result.typed.text)
        if near and near.queries:
            self._say("nearest", "; ".join(near.queries))
        for word, others in (near.words if near else {}).items():
            if others:
                self._say("near-word", word, ", ".join(others))
        if result.elsewhere:
            self._say("elsewhere", result.elsewhere)
        for hit in result.things:
            self._hit(hit)

    def _hit(self, hit: Hit) -> None:
        line = Text("  ")
        if hit.kind == "passage":
            line.append(f"{hit.label}:{hit.start}  ")
            line.append_text(_bold(hit.snippet))
        else:
            line.append_text(_bold(hit.heading))
            if hit.title:
                line.append("  ").append_text(_bold(hit.title))
        rest = [hit.note, self._plans[hit.plan].short if hit.plan in self._plans else ""]
        said = "; ".join(dict.fromkeys(piece for piece in rest if piece))
        line.append(f"  [{said}]" if said else "")
        self._console.print(line)
        if hit.kind != "passage" and hit.snippet:
            self._console.print(Text("      ").append_text(_bold(hit.snippet)))

    def _say(self, key: str, *values: object) -> None:
        self._console.print(Text(self._words(key).format(*values)))

    def _head(self, text: str) -> None:
        self._console.print(Text(text, style="bold"))

    def _kind(self, kind: str) -> str:
        return in_words("found", kind, self._language)

    def _words(self, key: str) -> str:
        return _WORDS[key][self._language == "en"]


def _bold(segments: tuple[Segment, ...]) -> Text:
    return Text.assemble(*((text, "bold" if found else "") for text, found in segments))
