"""The verbs of the command. Each imports what it needs when it runs."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cancu.cli.main import FILE, home_of, home_option, language, say, typed

if TYPE_CHECKING:
    from cancu.graph.check import Violation
    from cancu.graph.dataset import Published
    from cancu.graph.updates import Update


def register(group: click.Group) -> None:
    """Add the verbs to the command."""
    for verb in (
        extract,
        lint,
        build,
        load,
        check,
        ask,
        search,
        sparql,
        network,
        export,
        review,
        update,
        serve,
        doctor,
    ):
        group.add_command(verb)


endpoint_option = click.option(
    "--endpoint",
    envvar="CANCU_ENDPOINT",
    metavar="URL",
    help="Máy chủ SPARQL chứa dữ liệu (mặc định: CANCU_ENDPOINT). / SPARQL server that holds the data.",
)
"""Verbs that read data take it; without it they read the home folder."""


def published(context: click.Context, endpoint: str | None) -> "Published":
    """The data that a verb reads: of an engine elsewhere if one is named, else the current snapshot.

    Raises:
        GraphError: there is none, or it cannot be reached.
    """
    from cancu.graph.dataset import Embedded
    from cancu.graph.endpoint import Endpoint
    from cancu.graph.remote import Remote

    return Remote.at(Endpoint.of(endpoint)) if endpoint else Embedded.at(home_of(context))


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 1))


@click.command(short_help="Đọc một văn bản, in ra JSON. / Read a document, print JSON.")
@click.argument("file", type=FILE)
@home_option
def extract(file: Path, home: Path | None) -> None:
    """Đọc một văn bản và in ra những gì đọc được (JSON), mỗi giá trị kèm vị trí chữ.

    Read a document and print what it says as JSON, with the place of every value.
    """
    from cancu.loaders.extract import extract as as_json
    from cancu.loaders.parse import parse
    from cancu.loaders.read import read

    print_json(as_json(parse(read(file))))


@click.command(
    short_help="Tìm chỗ cần xem lại trước khi ký. / Find what to look at before signature."
)
@click.argument("file", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@home_option
def lint(file: Path, form: str, home: Path | None) -> int:
    """In ra những chỗ cần xem lại của một văn bản; mã thoát 1 nếu có lỗi.

    Print what a clerk would look at before signature; exit code 1 if there are errors.
    """
    from cancu.loaders.extract import finding
    from cancu.loaders.parse import parse
    from cancu.loaders.read import read

    plan = parse(read(file))
    found = [finding(f, plan.source) for f in plan.findings]
    if form == "json":
        print_json(found)
    else:
        for f in found:
            click.echo(
                f"{plan.source.name}:{f['line']}: {f['severity']}: {f['message_' + language()]} [{f['code']}]"
            )
    return 1 if any(f["severity"] == "error" for f in found) else 0


@click.command(short_help="Dựng dữ liệu từ các văn bản. / Build a snapshot from documents.")
@click.argument("paths", nargs=-1, type=FILE, metavar="[FILE|DIR]...")
@click.option(
    "--add",
    is_flag=True,
    help="Giữ các văn bản đang có và thêm vào. / Keep the present documents and add to them.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Số tiến trình đọc cùng lúc (mặc định: số nhân). / Processes at a time (default: cores).",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(1, 86_400),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="Thời gian tối đa cho một văn bản. / Longest time for one document.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi báo cáo từng tệp: .csv là CSV, còn lại là JSON. / Write what became of each file.",
)
@home_option
@click.pass_context
def build(
    context: click.Context,
    paths: tuple[Path, ...],
    add: bool,
    jobs: int | None,
    time_limit: float,
    report: Path | None,
    home: Path | None,
) -> int:
    """Dựng một bản dữ liệu mới từ các văn bản và thư mục (không nêu: kế hoạch kèm theo phần mềm).

    Build a new snapshot from documents and folders (none named: the plan that ships with the product). Folders are read
    with all that is below them. A build that was stopped and is run again reads nothing twice. Exit code 0 if something
    was built, 2 if nothing was.
    """
    from cancu.cli.build import build as run
    from cancu.graph.publish import Options
    from cancu.graph.workers import Limits

    options = Options(jobs=jobs, add=add, limits=Limits(seconds=time_limit))
    return run(home_of(context), paths, options, report)


@click.command(
    short_help="Nạp dữ liệu lên một máy chủ SPARQL. / Load the data into a SPARQL server."
)
@endpoint_option
@click.option(
    "--graph-store",
    envvar="CANCU_GRAPH_STORE",
    metavar="URL",
    help="Nơi nhận đồ thị (SPARQL Graph Store HTTP Protocol). / Where graphs are written.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Không gửi, chỉ ghi ra tệp N-Quads. / Send nothing, write N-Quads to this file.",
)
@home_option
@click.pass_context
def load(
    context: click.Context,
    endpoint: str | None,
    graph_store: str | None,
    output: Path | None,
    home: Path | None,
) -> None:
    """Đưa bản dữ liệu hiện có lên một máy chủ SPARQL 1.1, thay bản trước ở đó.

    Make a SPARQL 1.1 server hold the current snapshot, in the place of what it held before. Name and password come from
    CANCU_GRAPH_STORE_USER and CANCU_GRAPH_STORE_PASSWORD, never from an address.
    """
    from cancu.cli.load import load as run
    from cancu.cli.load import write

    if output:
        return write(home_of(context), output)
    if not endpoint:
        raise click.UsageError(
            "Name the SPARQL server with --endpoint."
            if language() == "en"
            else "Hãy nêu máy chủ SPARQL bằng --endpoint."
        )
    return run(home_of(context), endpoint, graph_store)


@click.command(short_help="Kiểm tra dữ liệu hiện có. / Check the current data.")
@home_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@endpoint_option
@click.pass_context
def check(context: click.Context, home: Path | None, form: str, endpoint: str | None) -> int:
    """Chạy mọi ràng buộc trên bản dữ liệu hiện có; mã thoát 1 nếu có vi phạm.

    Run every constraint on the current snapshot; exit code 1 on violations. Warnings (what a document does not say)
    are printed and change nothing. With --endpoint: whether that SPARQL server still holds what was loaded
    (constraints are checked before anything is loaded).
    """
    if endpoint:
        from cancu.cli.load import check as check_there

        return check_there(endpoint, form)
    from dataclasses import asdict

    from cancu.graph.check import check as run
    from cancu.graph.dataset import Embedded

    found = [*_registry_problems(), *run(Embedded.at(home_of(context)).store, merged=True)]
    violations = [v for v in found if v.severity == "violation"]
    if form == "json":
        print_json([asdict(v) for v in found])
    else:
        for v in found:
            words = v.message_en if language() == "en" else v.message_vi
            mark = {"violation": ("VI PHẠM", "VIOLATION"), "warning": ("lưu ý", "warning")}[
                v.severity
            ]
            click.echo(
                f"{mark[language() == 'en']}: {words}: {v.focus}"
                + (f" ({v.value})" if v.value else "")
            )
    if language() == "en":
        say(f"{len(violations)} violations, {len(found) - len(violations)} warnings.")
    else:
        say(f"{len(violations)} vi phạm, {len(found) - len(violations)} lưu ý.")
    return 1 if violations else 0


def _registry_problems() -> list["Violation"]:
    """What is wrong in the registry of legal documents that ships with the product."""
    from cancu.graph.check import Violation
    from cancu.graph.lint_registry import check_registry

    return [
        Violation(f"so-bo#{p.code}", "violation", p.subject, None, p.message_vi, p.message_en)
        for p in check_registry()
    ]


@click.command(short_help="Hỏi một câu trong danh mục. / Ask a question of the catalogue.")
@click.argument("question", required=False)
@click.argument("values", nargs=-1, metavar="[TEN=GIATRI]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(
        ["table", "json", "csv", "tsv", "xlsx", "ics", "turtle", "jsonld", "ntriples"]
    ),
    default="table",
    help="Dạng in ra. / Output format.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi ra. / File to write."
)
@click.option(
    "--why",
    multiple=True,
    metavar="[COT=]GIATRI",
    help="Vì sao có dòng này, hay vì sao không có nó. / Why a row is there, or why it is not.",
)
@endpoint_option
@home_option
@click.pass_context
def ask(
    context: click.Context,
    question: str | None,
    values: tuple[str, ...],
    form: str,
    output: Path | None,
    why: tuple[str, ...],
    endpoint: str | None,
    home: Path | None,
) -> None:
    """Hỏi một câu theo mã (A5) với tham số ten=gia-tri, hoặc bằng cả câu; không nêu câu nào thì liệt kê các câu hỏi.

    Ask a question by its code with name=value parameters, or in a sentence; without either, list the questions. ics is for questions with
    last days, turtle, jsonld and ntriples for those whose answer is a graph.

    cancu ask A5 document=61/2018/NĐ-CP --why task=II.5 (--why "": vì sao không có dòng nào / why there is no row)

    cancu ask A5 document=61/2018/NĐ-CP

    cancu ask B2 agency="Phòng Nội vụ" --format json

    cancu ask "nhiệm vụ nào căn cứ nghị định 61"

    cancu ask C4 --format xlsx --output thoi-han.xlsx

    Giá trị gõ như thường gõ, có dấu hay không: "NĐ 61", "nghi dinh 61/2018", "PNV", "phong noi vu", "VP HĐND&UBND", "nhiệm vụ
    5 mục II", "quý 2", "trước 30/6", "6 tháng đầu năm". Không rõ là gì thì được hỏi lại, không đoán.

    Values are typed as people type them, with marks or without: documents, bodies, tasks and plans by number, name, short
    form or address; times as days, months, quarters, years or periods ("trước 30/6" is before, "đến 30/6" until that day;
    without a year, in the plan's). What may be several things is asked about, never guessed.
    """
    from cancu.cli.show import (
        answer_bytes,
        show_answer,
        show_candidates,
        show_questions,
        show_understood,
        write_file,
    )
    from cancu.queries.answer import ask as answer
    from cancu.queries.catalogue import catalogue, is_code
    from cancu.queries.errors import NotUnderstood
    from cancu.queries.sentence.read import ask_sentence

    for refused in catalogue().refused:
        say(refused.say(language()))
    if question is None:
        return show_questions(form, language())
    asked, given = typed(question), dict(_pair(typed(value)) for value in values)
    dataset = published(context, endpoint)
    if why:
        return _explain(dataset, asked, given, why, None if output else form)
    try:
        if values or is_code(asked):
            found = answer(asked, given, dataset)
        else:
            found = ask_sentence(asked, dataset)
            show_understood(found, language())
    except NotUnderstood as error:
        show_candidates(error, form, language())
        context.exit(1)
    if output:
        return write_file(output, answer_bytes(found, form, dataset, language()))
    if form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(
            "A workbook is for a file: --output FILE."
            if language() == "en"
            else "Bảng tính phải ghi ra tệp: --output TEP."
        )
    show_answer(found, form, dataset, language())
    return None


def _explain(
    dataset: "Published",
    code: str,
    given: dict[str, str],
    why: tuple[str, ...],
    form: str | None,
) -> None:
    from cancu.cli.why import show_explanation, wanted_of
    from cancu.queries.why.explain import explain

    if form not in ("table", "json"):
        raise click.UsageError(
            "--why only prints, as text or JSON."
            if language() == "en"
            else "--why chỉ in ra màn hình, dạng chữ (table) hoặc JSON."
        )
    wanted = wanted_of(typed(value) for value in why)
    found = explain(code, given, wanted, dataset)
    show_explanation(found, form, language())


def _pair(value: str) -> tuple[str, str]:
    name, equals, content = value.partition("=")
    if not equals:
        raise click.UsageError(
            f"“{value}” is not of the form name=value."
            if language() == "en"
            else f"“{value}” không có dạng ten=gia-tri."
        )
    return name.strip(), content.strip()


@click.command(short_help="Tìm trong dữ liệu. / Search the data.")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--plan",
    default="",
    help="Chỉ một kế hoạch: số, tên hoặc địa chỉ. / One plan: number, name or slug.",
)
@click.option("--kind", default="", help="Chỉ một loại (task, document, …). / One kind only.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=5,
    show_default=True,
    help="Số mục mỗi loại. / Things of each kind.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@endpoint_option
@home_option
@click.pass_context
def search(
    context: click.Context,
    words: tuple[str, ...],
    plan: str,
    kind: str,
    limit: int,
    form: str,
    endpoint: str | None,
    home: Path | None,
) -> None:
    """Tìm nhiệm vụ, văn bản, điều khoản, cơ quan và lời văn có đủ các từ; gõ có dấu hoặc không dấu.

    Search tasks, legal documents, articles, agencies and the text of plans for all words, with or without marks.

    cancu search 61/2018

    cancu search phong noi vu --format json
    """
    from cancu.cli.search import show_search
    from cancu.graph.search_entries import KINDS
    from cancu.queries.search import Asked

    if kind and kind not in KINDS:
        known = ", ".join(KINDS)
        raise click.UsageError(
            f"There is no kind “{kind}”. Kinds: {known}."
            if language() == "en"
            else f"Không có loại “{kind}”. Các loại: {known}."
        )
    asked = Asked(typed(" ".join(words)), kind=kind, shown=limit)
    show_search(published(context, endpoint), asked, typed(plan), form, language())


@click.command(short_help="Chạy một câu truy vấn SPARQL. / Run a SPARQL query.")
@click.argument("query", required=False, default="-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "tsv", "xml", "turtle"]),
    help="Dạng in ra. / Output format.",
)
@endpoint_option
@home_option
@click.pass_context
def sparql(
    context: click.Context, query: str, form: str | None, endpoint: str | None, home: Path | None
) -> None:
    """Chạy một câu truy vấn SPARQL trên bản dữ liệu hiện có ("-": đọc từ stdin).

    Run a SPARQL query on the current snapshot ("-": read it from stdin). Read-only, with time and memory limits.
    """
    from cancu.cli.show import SPARQL_TYPES, show_result
    from cancu.graph.endpoint import Endpoint
    from cancu.graph.remote import Remote
    from cancu.graph.snapshot import current
    from cancu.queries.forward import run as run_elsewhere
    from cancu.queries.guard import admit
    from cancu.queries.pool import run

    text = sys.stdin.read() if query == "-" else typed(query)
    chosen = form or ("table" if sys.stdout.isatty() else "json")
    media_type = SPARQL_TYPES[chosen]
    admit(text)
    if endpoint:
        found = run_elsewhere(Remote.at(Endpoint.of(endpoint)), text, media_type)
    else:
        found = run(current(home_of(context)), text, media_type)
    return show_result(found, chosen)


@click.command(
    short_help="Đo và xuất mạng lưới phối hợp. / Measure and export the coordination network."
)
@click.argument("measure", required=False, metavar="[PHEPDO]")
@click.argument("names", nargs=-1, metavar="[COQUAN]...")
@click.option("--plan", default="", help="Kế hoạch. / Plan.")
@click.option("--section", default="", help="Phần của kế hoạch: II. / Section of the plan.")
@click.option("--quarter", default="", help="Quý: II/2023. / Quarter.")
@click.option("--period", default="", help="Kỳ: 6 tháng đầu năm. / Period.")
@click.option("--roles", default="", help="Vai trò: lead,coordinate,review,duty… / Roles.")
@click.option("--ways", default="", help="Cách tham gia: named,group,possible. / Ways.")
@click.option("--tiers", default="", help="Mức căn cứ: cited,confirmed,suggested,general. / Tiers.")
@click.option(
    "--projection",
    default="",
    help="co-quan-nhiem-vu, co-quan-co-quan, co-quan-van-ban, kiem-tra. / View.",
)
@click.option("--no-groups", is_flag=True, help="Giữ nhóm là một nút. / Keep a group one node.")
@click.option("--around", default="", help="Chỉ quanh một nút. / Only around a node.")
@click.option("--steps", default="", help="Số bước quanh nút ấy. / How many steps around it.")
@click.option(
    "--without",
    multiple=True,
    metavar="COQUAN",
    help="Đường nối không qua cơ quan này. / Paths not through this body.",
)
@click.option("--most", default="", help="Nhiều nhất bao nhiêu đường nối. / How many paths.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@click.option(
    "--export",
    "exported",
    metavar="DANG",
    help="Ghi mạng lưới ra: html, svg, png, graphml, gexf, csv. / Write the network.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi ra. / File to write."
)
@endpoint_option
@home_option
@click.pass_context
def network(
    context: click.Context,
    /,
    measure: str | None,
    names: tuple[str, ...],
    without: tuple[str, ...],
    most: str,
    form: str,
    exported: str | None,
    output: Path | None,
    endpoint: str | None,
    home: Path | None,
    **asked: Any,
) -> None:
    """Các phép đo của mạng lưới phối hợp: overview (mặc định), load, degree, partners, between, articulation, communities,
    paths A B, overlap A B, inspection, both, independence; hoặc xuất mạng lưới với --export.

    Measures of the coordination network, each with its definition and the list behind every number; or the network as a
    file. Named, through a group and possible are never added up.

    cancu network load --quarter II/2023

    cancu network paths "Phòng Nội vụ" "Đài Phát thanh" --without "Văn phòng HĐND và UBND thành phố"

    cancu network --projection co-quan-co-quan --export gexf --output mang-luoi.gexf
    """
    from cancu.cli.network import OVERVIEW, export_network, show_measure

    if exported and measure:
        raise click.UsageError(
            "Measure or --export, not both."
            if language() == "en"
            else "Hoặc một phép đo, hoặc --export, không cả hai."
        )
    given = {field: typed(str(asked[name] or "")) for name, field in NETWORK_FIELDS.items()}
    fields = {**given, "nhom": "giu" if asked["no_groups"] else ""}
    dataset = published(context, endpoint)
    if exported:
        return export_network(dataset, exported, fields, output)
    pair = {"bo": ";".join(map(typed, without)), "so": most}
    return show_measure(
        dataset, measure or OVERVIEW, [typed(n) for n in names], fields, pair, form, output
    )


NETWORK_FIELDS = {
    "plan": "ke-hoach",
    "section": "phan",
    "quarter": "quy",
    "period": "ky",
    "roles": "vai-tro",
    "ways": "cach",
    "tiers": "muc",
    "projection": "goc-nhin",
    "around": "nut",
    "steps": "buoc",
}
"""Option of the verb `network` -> what it is in an address."""


@click.command(short_help="Xuất toàn bộ đồ thị. / Export the whole graph.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["turtle", "trig", "nquads", "jsonld"]),
    default="turtle",
    help="Dạng. / Format.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi ra. / File to write."
)
@home_option
@click.pass_context
def export(context: click.Context, form: str, output: Path | None, home: Path | None) -> None:
    """Xuất toàn bộ đồ thị, đã sắp xếp, lần nào cũng như nhau; in mã sha256 ra stderr.

    Export the whole graph, sorted, the same bytes every time; its sha256 goes to stderr.
    """
    import hashlib

    from cancu.cli.show import write_file
    from cancu.graph.export import FORMATS
    from cancu.graph.snapshot import current

    data = FORMATS[form](current(home_of(context)))
    if output:
        write_file(output, data)
    else:
        sys.stdout.buffer.write(data)
    say(f"sha256 {hashlib.sha256(data).hexdigest()}")


@click.group(
    short_help="Kết luận của một người về một khẳng định. / A person's verdict on a claim."
)
def review() -> None:
    """Ghi kết luận của một người về một khẳng định, hoặc xem lại các kết luận.

    Record a person's verdict on a claim, or look at the verdicts. The history is only ever added to. A claim is named by
    its address or its last 12 digits; question A2 shows them.
    """


_NAMED = (
    "CLAIM là địa chỉ của khẳng định hoặc 12 chữ số cuối của địa chỉ ấy; câu hỏi A2 cho thấy chúng.",
    "CLAIM is its address or its last 12 digits; question A2 shows them.",
)


def _verdict(name: str, vi: str, en: str) -> click.Command:
    """The sub-command for one verdict."""

    @click.command(name, short_help=f"{vi} / {en}", help=f"{vi} {_NAMED[0]}\n\n{en} {_NAMED[1]}")
    @click.argument("claim")
    @click.option("--by", required=True, help="Tên người xem xét. / Name of the reviewer.")
    @click.option("--reason", required=True, help="Lý do. / Why.")
    @home_option
    @click.pass_context
    def give(context: click.Context, claim: str, by: str, reason: str, home: Path | None) -> None:
        from cancu.graph.dataset import Embedded
        from cancu.graph.publish import republish
        from cancu.graph.reviews import Review, add_review, find_claim, now

        if not by.strip() or not reason.strip():
            raise click.UsageError(
                "Give a name and a reason."
                if language() == "en"
                else "Phải nêu tên người xem xét và lý do."
            )
        folder = home_of(context)
        parts = find_claim(Embedded.at(folder).store, claim)
        given = Review(*parts, verdict=name, by=by.strip(), at=now(), reason=reason.strip())
        add_review(folder, given)
        snapshot = republish(folder)
        if language() == "en":
            say(f"recorded; snapshot {snapshot.version}.")
        else:
            say(f"đã ghi; bản dữ liệu {snapshot.version}.")

    return give


review.add_command(_verdict("confirm", "Xác nhận khẳng định.", "Confirm a claim."))
review.add_command(_verdict("reject", "Bác bỏ khẳng định.", "Reject a claim."))
review.add_command(_verdict("defer", "Cần bổ sung rồi mới kết luận.", "Defer: more is needed."))


@review.command("list", short_help="Các kết luận đã ghi. / The verdicts so far.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@home_option
@click.pass_context
def list_reviews(context: click.Context, form: str, home: Path | None) -> None:
    """Liệt kê mọi kết luận, cũ trước; kết luận có khẳng định không còn được đánh dấu.

    List every verdict, oldest first; those whose claim is no longer made are marked.
    """
    from dataclasses import asdict

    from cancu.graph.reviews import read_reviews
    from cancu.graph.snapshot import current

    folder = home_of(context)
    lost = set(current(folder).manifest.lost_reviews)
    found = [{**asdict(r), "claim": r.claim, "lost": r.claim in lost} for r in read_reviews(folder)]
    if form == "json":
        return print_json(found)
    gone = " (khẳng định không còn)" if language() == "vi" else " (the claim is gone)"
    for r in found:
        click.echo(
            f"{r['at']} {r['verdict']} {r['claim']} — {r['by']}: {r['reason']}{gone if r['lost'] else ''}"
        )
    return None


@click.group(short_help="Dữ liệu bổ sung bằng SPARQL Update. / What was added by SPARQL Update.")
def update() -> None:
    """Thêm, bớt dữ liệu trong đồ thị bổ sung bằng SPARQL Update, xem lại và lấy lại các phiên bản.

    Change the graph of updates by SPARQL Update, look at its versions and take one back. It never mixes with what was read
    from documents.
    """


_BY = click.option("--by", required=True, help="Tên người làm. / Name of whoever does it.")


@update.command("run", short_help="Chạy một cập nhật. / Run an update.")
@click.argument("text", required=False, default="-")
@_BY
@home_option
@click.pass_context
def run_one(context: click.Context, text: str, by: str, home: Path | None) -> None:
    """Chạy một SPARQL Update trên đồ thị bổ sung ("-": đọc từ stdin).

    Run a SPARQL Update on the graph of updates ("-": read it from stdin).
    """
    from cancu.queries.updater import run_update

    given = sys.stdin.read() if text == "-" else typed(text)
    _say_update(run_update(home_of(context), given, by.strip()))


@update.command("undo", short_help="Lấy lại một phiên bản. / Take a version back.")
@click.option(
    "--to",
    "version",
    type=click.IntRange(0),
    help="Phiên bản lấy lại (mặc định: ngay trước bản mới nhất). / Version to go back to (default: the one before the last).",
)
@_BY
@home_option
@click.pass_context
def undo(context: click.Context, version: int | None, by: str, home: Path | None) -> None:
    """Đưa đồ thị bổ sung về một phiên bản trước; 0 là rỗng. Việc này cũng là một phiên bản mới.

    Make the graph of updates what it was in an earlier version; 0 is empty. This makes a new version, too.
    """
    from cancu.queries.updater import go_back

    _say_update(go_back(home_of(context), by.strip(), version))


def _say_update(made: "Update | None") -> None:
    if made is None:
        say("nothing changes." if language() == "en" else "không có gì thay đổi.")
    elif language() == "en":
        say(f"version {made.number}: {len(made.added)} added, {len(made.removed)} removed.")
    else:
        say(
            f"phiên bản {made.number}: thêm {len(made.added)} bộ ba, bớt {len(made.removed)} bộ ba."
        )


@update.command("list", short_help="Các phiên bản. / The versions.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@home_option
@click.pass_context
def list_updates(context: click.Context, form: str, home: Path | None) -> None:
    """Liệt kê mọi cập nhật, cũ trước.

    List every update, oldest first.
    """
    from dataclasses import asdict

    from cancu.graph.updates import read_updates

    updates = read_updates(home_of(context))
    if form == "json":
        return print_json([asdict(one) for one in updates])
    for one in updates:
        back = "" if one.back_to is None else f" ↩ {one.back_to}"
        counts = f"+{len(one.added)} −{len(one.removed)}"
        click.echo(f"{one.number} {one.at} {one.by} {counts}{back} {' '.join(one.text.split())}")
    return None


@update.command("show", short_help="Đồ thị ở một phiên bản. / The graph in a version.")
@click.argument("version", type=click.IntRange(0), required=False)
@home_option
@click.pass_context
def show_update(context: click.Context, version: int | None, home: Path | None) -> None:
    """In đồ thị bổ sung ở một phiên bản (mặc định: mới nhất), dạng N-Triples.

    Print the graph of updates in a version (default: the latest), as N-Triples.
    """
    from cancu.graph.updates import read_updates, state

    for line in sorted(state(read_updates(home_of(context)), version)):
        click.echo(line)


@click.command(short_help="Mở trang web. / Serve the web application.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe. / Address.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Cổng. / Port."
)
@click.option(
    "--prefix",
    envvar="CANCU_PREFIX",
    metavar="PATH",
    help="Đường dẫn trên máy chủ chung, ví dụ /cancu (mặc định: CANCU_PREFIX). / Path behind a reverse proxy.",
)
@endpoint_option
@home_option
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    prefix: str | None,
    endpoint: str | None,
    home: Path | None,
) -> None:
    """Mở trang web (dựng kế hoạch kèm theo nếu chưa có dữ liệu).

    Serve the web application; builds the shipped plan first if there is no data. With --endpoint the data is read from
    that SPARQL server, and nothing is built.
    """
    from cancu.cli.serve import serve as start
    from cancu.graph.endpoint import Endpoint

    engine = Endpoint.of(endpoint) if endpoint else None
    start(home_of(context), host, port, engine, prefix)


@click.command(short_help="Xem cài đặt và dữ liệu có ổn không. / Is everything sound?")
@home_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng in ra. / Output format.",
)
@click.option(
    "--repair",
    is_flag=True,
    help="Trước hết dựng lại kho từ graph.nq. / First make the store anew from graph.nq.",
)
@click.pass_context
def doctor(context: click.Context, home: Path | None, form: str, repair: bool) -> int:
    """Cho biết phần mềm nào đã cài, dữ liệu ở đâu và có nguyên vẹn không; mã thoát 1 nếu không.

    Say what is installed, where the data is, and whether it is sound; exit code 1 if it is not.
    """
    from cancu.cli.doctor import examine
    from cancu.graph.publish import republish

    if repair:
        republish(home_of(context))
    report = examine(home_of(context))
    if form == "json":
        print_json(report.as_json())
    else:
        for line in report.lines(language()):
            click.echo(line)
    return 0 if report.sound else 1
