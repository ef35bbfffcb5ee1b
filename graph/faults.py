"""What is said when a SPARQL engine elsewhere does not give what it should: one sentence, without addresses or names."""

from http import HTTPStatus

from cancu.graph.errors import (
    AnswerCutOff,
    AnswerTooLarge,
    BadEndpoint,
    EndpointAway,
    EndpointDenied,
    EndpointError,
    EndpointFailed,
    EndpointRefused,
    EndpointSlow,
    NoRemoteData,
    NotAnEndpoint,
)

PASSING = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
"""Statuses of what passes by itself."""
_ELSEWHERE = (
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.GONE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.NOT_IMPLEMENTED,
)
"""Statuses of an address that is not what it was taken for; redirections are, too."""


def of_status(status: int) -> EndpointError:
    """The error that an HTTP status stands for."""
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return denied()
    if status == HTTPStatus.BAD_REQUEST:
        return refused()
    if status in PASSING:
        return away()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return busy()
    if status < HTTPStatus.BAD_REQUEST or status in _ELSEWHERE:
        return not_an_endpoint()
    return failed()


def away() -> EndpointAway:
    """Nobody answers."""
    return EndpointAway(
        "Máy chủ SPARQL chứa dữ liệu hiện không trả lời; xin thử lại sau ít phút.",
        "The SPARQL server that holds the data does not answer now; please try again in a few minutes.",
    )


def slow(seconds: float) -> EndpointSlow:
    """No whole answer in time."""
    return EndpointSlow(
        f"Máy chủ SPARQL không trả lời xong trong {seconds:g} giây; xin thử lại, hoặc nâng CANCU_ENDPOINT_SECONDS.",
        f"The SPARQL server did not finish its answer within {seconds:g} seconds; try again, or raise CANCU_ENDPOINT_SECONDS.",
    )


def busy() -> EndpointSlow:
    """It has too much to do."""
    return EndpointSlow(
        "Máy chủ SPARQL đang nhận quá nhiều yêu cầu; xin thử lại sau ít phút.",
        "The SPARQL server has too many requests; please try again in a few minutes.",
    )


def denied() -> EndpointDenied:
    """Name and password are missing or wrong."""
    return EndpointDenied(
        "Máy chủ SPARQL từ chối vì thiếu hoặc sai tên và mật khẩu; hãy đặt CANCU_ENDPOINT_USER và CANCU_ENDPOINT_PASSWORD (khi nạp: CANCU_GRAPH_STORE_USER, CANCU_GRAPH_STORE_PASSWORD).",
        "The SPARQL server refuses because name and password are missing or wrong; set CANCU_ENDPOINT_USER and CANCU_ENDPOINT_PASSWORD (for loading: CANCU_GRAPH_STORE_USER, CANCU_GRAPH_STORE_PASSWORD).",
    )


def not_trusted() -> EndpointDenied:
    """The certificate of the server is not one that this machine trusts."""
    return EndpointDenied(
        "Không nối an toàn được tới máy chủ SPARQL: chứng chỉ của nó không được máy này tin.",
        "No safe connection to the SPARQL server: this machine does not trust its certificate.",
    )


def not_an_endpoint() -> NotAnEndpoint:
    """Something else answers there."""
    return NotAnEndpoint(
        "Địa chỉ đã cho không phải một điểm truy vấn SPARQL: nó không trả lời bằng kết quả SPARQL.",
        "The address given is no SPARQL endpoint: it does not answer with SPARQL results.",
    )


def bad_address(why_vi: str, why_en: str) -> BadEndpoint:
    """The address cannot be used; it is not repeated, because it may hold a password."""
    return BadEndpoint(
        f"Địa chỉ máy chủ SPARQL không dùng được: {why_vi}.",
        f"The address of the SPARQL server cannot be used: {why_en}.",
    )


def bad_setting(name: str, text: str) -> BadEndpoint:
    """A setting is no positive number."""
    return BadEndpoint(
        f"{name} phải là một số dương, không phải “{text}”.",
        f"{name} must be a positive number, not “{text}”.",
    )


def refused() -> EndpointRefused:
    """The engine does not take the query. Its own words are not repeated: they count lines that the asker did not write."""
    return EndpointRefused(
        "Máy chủ SPARQL không nhận câu truy vấn: câu sai cú pháp, hoặc dùng điều máy chủ ấy không có.",
        "The SPARQL server does not take the query: its syntax is wrong, or it uses what that server does not have.",
    )


def not_standard(what: str) -> EndpointRefused:
    """The query uses what only one engine knows."""
    return EndpointRefused(
        f"Không cho phép “{what}”: đó không phải SPARQL 1.1 mà là lệnh riêng của một máy chủ.",
        f"“{what}” is not allowed: it is no SPARQL 1.1 but one server's own.",
    )


def failed() -> EndpointFailed:
    """The engine failed."""
    return EndpointFailed(
        "Máy chủ SPARQL gặp lỗi khi trả lời; xem nhật ký của máy chủ ấy.",
        "The SPARQL server failed on the query; see that server's log.",
    )


def cut_off() -> AnswerCutOff:
    """The answer ended too early."""
    return AnswerCutOff(
        "Câu trả lời của máy chủ SPARQL bị đứt giữa chừng nên không dùng được.",
        "The answer of the SPARQL server broke off and cannot be used.",
    )


def first_rows_only(rows: int) -> AnswerCutOff:
    """The engine gives no more rows than that."""
    return AnswerCutOff(
        f"Máy chủ SPARQL chỉ trả {rows} dòng đầu; hãy nâng giới hạn của nó (Virtuoso: ResultSetMaxRows).",
        f"The SPARQL server gives only the first {rows} rows; raise its limit (Virtuoso: ResultSetMaxRows).",
    )


def too_large(megabytes: int) -> AnswerTooLarge:
    """The answer is larger than is read."""
    return AnswerTooLarge(
        f"Câu trả lời của máy chủ SPARQL lớn hơn {megabytes} MB; hãy thêm điều kiện hoặc nâng CANCU_ENDPOINT_RESULT_MB.",
        f"The answer of the SPARQL server is larger than {megabytes} MB; add conditions or raise CANCU_ENDPOINT_RESULT_MB.",
    )


def no_data() -> NoRemoteData:
    """Nothing of ours is there."""
    return NoRemoteData(
        "Máy chủ SPARQL này chưa có dữ liệu của Căn Cứ: hãy chạy `cancu load`.",
        "This SPARQL server holds no data of Căn Cứ yet: run `cancu load`.",
    )


def damaged_data() -> NoRemoteData:
    """What is there is not whole."""
    return NoRemoteData(
        "Dữ liệu trên máy chủ SPARQL không đầy đủ: hãy chạy `cancu load` lại.",
        "The data on the SPARQL server is not whole: run `cancu load` again.",
    )


def not_a_graph_store() -> NotAnEndpoint:
    """The address takes no graphs."""
    return NotAnEndpoint(
        "Địa chỉ nạp không nhận đồ thị (SPARQL Graph Store HTTP Protocol): hãy nêu đúng địa chỉ bằng --graph-store.",
        "The address for loading takes no graphs (SPARQL Graph Store HTTP Protocol): name the right one with --graph-store.",
    )


def not_all_taken(sent: int, there: int) -> EndpointFailed:
    """The engine holds less than it was sent."""
    return EndpointFailed(
        f"Máy chủ SPARQL chỉ giữ {there} trong {sent} bộ ba đã gửi; dữ liệu trước đó vẫn được dùng.",
        f"The SPARQL server holds only {there} of the {sent} statements that were sent; the data before is still served.",
    )
