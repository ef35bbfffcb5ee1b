"""What can be wrong with a build or a snapshot.

CancuError
 └─ GraphError
     ├─ DamagedReviews a line of the review history cannot be read
     ├─ UnknownClaim   no claim has this name
     ├─ UnknownVersion the graph of updates has no such version
     ├─ DamagedUpdates an entry of the update history is missing or not what was written
     ├─ NoSnapshot     nothing has been built yet
     ├─ NotPermitted   the data that were built may not be read by whoever runs the program
     ├─ DamagedSnapshot the data that were built cannot be read any more
     ├─ NoIndex        the snapshot cannot be searched: it was built without an index
     ├─ DamagedIndex   its search index is not the one that was written
     ├─ Refused        a document that was handed in cannot be used; nothing of it is kept
     ├─ NothingBuilt   no document could be built: the reasons are in `left_out`
     ├─ BuildRunning   another build holds the lock
     ├─ StorageFailed  the disk is full or not writable
     ├─ OnlyHere       this needs the snapshot on this machine, and the data is asked of a SPARQL endpoint
     └─ EndpointError  the data is asked of a SPARQL endpoint, and
         ├─ BadEndpoint        its address cannot be one, or names a password
         ├─ EndpointAway       it cannot be reached, or says that it cannot answer now
         ├─ EndpointSlow       it did not answer in time
         ├─ EndpointDenied     it wants a name and password that it was not given
         ├─ NotAnEndpoint      what answers there is something else
         ├─ EndpointFailed     it failed on a query
         ├─ EndpointRefused    it, or we before it, did not take what was typed
         ├─ AnswerCutOff       its answer was not whole
         ├─ AnswerTooLarge     its answer is larger than is read
         └─ NoRemoteData       it holds nothing of ours, or only a part
"""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from cancu.loaders.errors import CancuError

_WHY_VI = {
    errno.ENOSPC: "đĩa đầy",
    errno.EDQUOT: "hết hạn mức đĩa",
    errno.EFBIG: "tệp lớn hơn mức cho phép",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ đọc",
    errno.ENOENT: "không có thư mục này",
    errno.ENOTDIR: "đường dẫn này không phải thư mục",
}


class GraphError(CancuError):
    """A build or a snapshot cannot be used."""


class NoSnapshot(GraphError):
    """Nothing has been built in the home folder."""


class DamagedSnapshot(GraphError):
    """What was built cannot be read any more."""

    @classmethod
    def found(cls) -> "DamagedSnapshot":
        """What is said of it, to strangers too."""
        return cls(
            "Dữ liệu bị hỏng nên không đọc được. Người quản trị: `cancu doctor` cho biết phải làm gì.",
            "The data are damaged and cannot be read. Administrators: `cancu doctor` says what to do.",
        )


class NotPermitted(GraphError):
    """The data are there, but whoever runs the program may not read them."""

    @classmethod
    def of(cls, path: Path) -> "NotPermitted":
        """That this folder may not be read, and whose it is."""
        try:
            owner = path.owner()
        except (OSError, KeyError, NotImplementedError):
            owner = "?"
        return cls(
            f"Không có quyền đọc thư mục dữ liệu (thuộc tài khoản {owner}): hãy chạy bằng tài khoản ấy, hoặc cho tài khoản này quyền đọc. Dữ liệu không hỏng.",
            f"No permission to read the data folder (owned by {owner}): run as that user, or let this one read it. The data are not damaged.",
        )


class NotBuilt(GraphError):
    """What is built from packages of the browser is not here."""

    @classmethod
    def of_page(cls) -> "NotBuilt":
        """What is said where the network is asked for as one file of HTML."""
        return cls(
            "Chưa dựng phần giao diện đóng gói nên không xuất được HTML; trong thư mục mã nguồn, `make install` dựng phần ấy. SVG và PNG vẫn xuất được.",
            "The packaged part of the interface is not built, so there is no HTML; in the checkout `make install` builds it. SVG and PNG work.",
        )


class NoIndex(GraphError):
    """The snapshot has no search index, or this Python's SQLite cannot read one."""


class DamagedIndex(GraphError):
    """The search index of the snapshot is not the one that was written."""


class DamagedReviews(GraphError):
    """A line of the review history cannot be read."""


class DamagedUpdates(GraphError):
    """An entry of the update history is missing or is not what was written."""


class UnknownVersion(GraphError):
    """The graph of updates has no such version."""


class UnknownClaim(GraphError):
    """No claim of the current snapshot has this name."""


class NothingBuilt(GraphError):
    """Every document was left out; `left_out` has the reasons."""

    def __init__(self, vi: str, en: str, left_out: Sequence[object] = ()) -> None:
        super().__init__(vi, en)
        self.left_out = tuple(left_out)


class Refused(GraphError):
    """A document that was handed in cannot be used; nothing of it is kept."""


class BuildRunning(GraphError):
    """Another build is at work in the same home folder."""


class StorageFailed(GraphError):
    """A file or folder cannot be written; nothing half-written stays behind."""

    @classmethod
    def at(cls, path: object, error: OSError) -> "StorageFailed":
        """The failure to write at `path`, with its reason."""
        # The engine says the reason in words only.
        told = (code for code in _WHY_VI if os.strerror(code) in str(error))
        code = error.errno or next(told, 0)
        why_vi = _WHY_VI.get(code, "lỗi của hệ điều hành")
        why_en = os.strerror(code).lower() if code else "an error of the system"
        return cls(
            f"Không ghi được vào {path}: {why_vi}. Dữ liệu cũ vẫn nguyên.",
            f"Cannot write to {path}: {why_en}. The old data is untouched.",
        )


class OnlyHere(GraphError):
    """What is asked for needs the snapshot on this machine."""

    @classmethod
    def for_this(cls, vi: str, en: str) -> "OnlyHere":
        """The error for one thing: "việc tải lên", "uploading"."""
        return cls(
            f"Dữ liệu đang được đọc từ một máy chủ SPARQL ở nơi khác nên không có {vi}; hãy làm việc này trên máy dựng dữ liệu.",
            f"The data is read from a SPARQL server elsewhere, so there is no {en}; do this on the machine that builds the data.",
        )


class EndpointError(GraphError):
    """The SPARQL endpoint that holds the data did not give an answer that can be used."""


class BadEndpoint(EndpointError):
    """The address is not that of an endpoint."""


class EndpointAway(EndpointError):
    """Nobody answers there, or only that it cannot be done now."""


class EndpointSlow(EndpointError):
    """No answer, or not all of it, came in time."""


class EndpointDenied(EndpointError):
    """Name and password are missing, wrong or not enough."""


class NotAnEndpoint(EndpointError):
    """What answers at the address speaks no SPARQL protocol."""


class EndpointFailed(EndpointError):
    """The engine failed on the query."""


class EndpointRefused(EndpointError):
    """A typed query is not taken."""


class AnswerCutOff(EndpointError):
    """The answer ended before its end, or the engine gave only its first rows."""


class AnswerTooLarge(EndpointError):
    """The answer is larger than is read."""


class NoRemoteData(EndpointError):
    """The engine does not hold the data, or its record of it is damaged."""
