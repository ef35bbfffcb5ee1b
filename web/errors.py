"""What can be wrong with the address of a page."""

from cancu.loaders.errors import CancuError


class NoPage(CancuError):
    """Nothing in the data has this address."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Dữ liệu hiện có không có gì ở địa chỉ “{what}”.",
            f"Nothing in the present data has the address “{what}”.",
        )


class Forbidden(CancuError):
    """The request needs a right that it does not have."""


class LengthRequired(CancuError):
    """The request does not say how long it is."""


class UploadTooLarge(CancuError):
    """The request is longer than is read."""


class NotAcceptable(CancuError):
    """None of the asked media types can be given."""

    def __init__(self, accept: str) -> None:
        super().__init__(
            f"Không có định dạng nào trong “{accept}”.",
            f"None of the formats in “{accept}” can be given.",
        )
