"""What can be wrong with the address of a page."""

from collections.abc import Sequence

from cancu.loaders.errors import CancuError


class NoPage(CancuError):
    """Nothing in the data has this address."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Dữ liệu hiện có không có gì ở địa chỉ “{what}”.",
            f"Nothing in the present data has the address “{what}”.",
        )


class BadPrefix(CancuError):
    """The path under which the application is to lie is not one that it can have."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"Tiền tố “{text}” không dùng được: hãy nêu một đường dẫn như /cancu, không trùng với trang nào của phần mềm.",
            f"The prefix “{text}” cannot be used: name a path such as /cancu that is none of the application's own.",
        )


class Forbidden(CancuError):
    """The request needs a right that it does not have."""


class LengthRequired(CancuError):
    """The request does not say how long it is."""


class UploadTooLarge(CancuError):
    """The request is longer than is read."""


class UnsupportedMediaType(CancuError):
    """The body of a request is of a kind that is not read."""

    def __init__(self, media_type: str) -> None:
        super().__init__(
            f"Không nhận nội dung kiểu “{media_type}”; hãy gửi biểu mẫu, application/sparql-query hoặc application/sparql-update.",
            f"A body of type “{media_type}” is not taken; send a form, application/sparql-query or application/sparql-update.",
        )


class NotAcceptable(CancuError):
    """None of the asked media types can be given; `available` are those that can."""

    def __init__(self, accept: str, available: Sequence[str] = ()) -> None:
        listed = ", ".join(available)
        super().__init__(
            f"Không có định dạng nào trong “{accept}”. Có thể nhận: {listed}.",
            f"None of the formats in “{accept}” can be given. Available: {listed}.",
        )
        self.available = tuple(available)
