"""A document handed in by the browser: read on trial, shown with its findings, and part of the data only once somebody accepts it."""

import io
import os
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.graph.snapshot import current
from cancu.web.app import create_app
from tests.documents import decision
from tests.web.conftest import HTML, Here

TOKEN = "mã-bí-mật-dài"
NAME = "ke-hoach-sam-son.txt"
PLAN = decision(
    ("1.", "Niêm yết thủ tục hành chính", "Phòng Tư pháp", "Phòng Nội vụ", "Quý II năm 2024", "")
).encode()
AGAIN = PLAN.replace("Niêm yết".encode(), "Công khai".encode())


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    """A home of its own, so that accepting changes nobody else's data."""
    return Path(shutil.copytree(home, tmp_path / "home", symlinks=True))


def visitor(folder: Path, token: str = TOKEN) -> TestClient:
    app = create_app(folder, runner=Here(), token=token)
    return TestClient(app, headers=HTML, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def admin(folder: Path) -> Iterator[TestClient]:
    """A browser that has signed in."""
    client = visitor(folder)
    assert client.post("/tai-len/vao", data={"ma": TOKEN}).status_code == 303
    yield client


def hand_in(client: TestClient, data: bytes = PLAN, name: str = NAME) -> str:
    """Hand in a document; the address of its preview."""
    answer = client.post("/tai-len", files={"tep": (name, data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def waiting(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "staged").glob("*"))


# who may


def test_without_a_token_on_the_server_the_door_is_shut(folder: Path) -> None:
    client = visitor(folder, token="")
    page = client.get("/tai-len")
    assert "chưa mở việc tải lên" in page.text
    assert "<input" not in page.text.split("<main")[1]
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer none"}):
        answer = client.post("/tai-len", files={"tep": (NAME, PLAN)}, headers=headers)
        assert answer.status_code == 403
    assert client.post("/tai-len/vao", data={"ma": ""}).status_code == 403
    assert waiting(folder) == []


@pytest.mark.parametrize("typed", ["", "sai", TOKEN + "x", TOKEN[:-1]])
def test_a_wrong_token_opens_nothing(folder: Path, typed: str) -> None:
    client = visitor(folder)
    answer = client.post("/tai-len/vao", data={"ma": typed})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert client.post("/tai-len", files={"tep": (NAME, PLAN)}).status_code == 403


def test_the_sign_in_is_kept_where_scripts_and_other_sites_cannot_reach_it(folder: Path) -> None:
    cookie = visitor(folder).post("/tai-len/vao", data={"ma": TOKEN}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie


@pytest.mark.parametrize("cookie", ["", "x", "99999999999.", "99999999999.00", "1.{mark}"])
def test_a_made_up_sign_in_is_none(folder: Path, cookie: str) -> None:
    client = visitor(folder)
    client.cookies.set("cancu_admin", cookie.format(mark="0" * 64))
    assert client.post("/tai-len", files={"tep": (NAME, PLAN)}).status_code == 403


def test_signing_out(admin: TestClient) -> None:
    admin.post("/tai-len/ra")
    assert admin.post("/tai-len", files={"tep": (NAME, PLAN)}).status_code == 403


def test_a_form_on_another_site_is_not_taken(admin: TestClient, folder: Path) -> None:
    answer = admin.post(
        "/tai-len", files={"tep": (NAME, PLAN)}, headers={"origin": "https://noi-khac.vn"}
    )
    assert answer.status_code == 403
    assert "nơi khác" in answer.text
    assert waiting(folder) == []


def test_a_program_sends_the_token(folder: Path) -> None:
    client = visitor(folder, "ascii-token")
    for token, status in (("ascii-token", 303), ("ascii-toke", 403)):
        answer = client.post(
            "/tai-len",
            files={"tep": (NAME, PLAN)},
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code == status


# what is shown


def test_what_was_read_is_shown_before_anything_joins_the_data(
    admin: TestClient, folder: Path
) -> None:
    before = current(folder).version
    page = admin.get(hand_in(admin))
    text = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "12/QĐ-UBND" in text
    assert "10/01/2024" in text
    assert "đây là một văn bản mới trong dữ liệu" in text
    assert '<mark id="' in page.text
    assert 'class="agency"' in page.text
    assert current(folder).version == before
    assert "12/QĐ-UBND" not in admin.get("/tai-lieu").text


def test_no_page_of_what_is_not_in_the_data_is_linked_to(admin: TestClient) -> None:
    page = admin.get(hand_in(admin)).text.split('<article class="sheet"')[1]
    assert re.findall(r'href="(?!#)[^"]*"', page.split("</article>")[0]) == []


def test_accepted_it_joins_the_data(admin: TestClient, folder: Path) -> None:
    address = hand_in(admin)
    answer = admin.post(f"{address}/nhan")
    assert answer.status_code == 303
    assert admin.get(answer.headers["location"]).status_code == 200
    assert "12/QĐ-UBND" in admin.get("/tai-lieu").text
    assert [plan.current for plan in current(folder).manifest.plans] == [True, True]
    assert waiting(folder) == []
    assert admin.get(address).status_code == 404


def test_left_it_is_gone(admin: TestClient, folder: Path) -> None:
    before = current(folder).version
    address = hand_in(admin)
    assert admin.post(f"{address}/bo").status_code == 303
    assert waiting(folder) == []
    assert admin.get(address).status_code == 404
    assert current(folder).version == before


def test_another_text_of_the_same_document_is_a_new_version(admin: TestClient) -> None:
    admin.post(f"{hand_in(admin)}/nhan")
    assert "Dữ liệu đã có đúng tệp này" in admin.get(hand_in(admin)).text
    page = admin.get(hand_in(admin, AGAIN, "ban-sua.txt"))
    assert "bản này thay cho bản đang tính" in page.text
    assert NAME in page.text


def test_only_an_admin_sees_what_waits(admin: TestClient, folder: Path) -> None:
    address = hand_in(admin)
    stranger = visitor(folder)
    for answer in (
        stranger.get(address),
        stranger.post(f"{address}/nhan"),
        stranger.post(f"{address}/bo"),
    ):
        assert answer.status_code == 403
    assert len(waiting(folder)) == 1


def test_what_nobody_decides_on_goes_after_a_day(admin: TestClient, folder: Path) -> None:
    hand_in(admin)
    (old,) = (folder / "staged").iterdir()
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    hand_in(admin, AGAIN)
    assert old.name not in waiting(folder)


# what is refused


def bomb() -> bytes:
    """A Word file whose text unpacks to a hundred times the limit."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 400_000_000)
    return packed.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w='
    b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main">&c;</w:document>'
)


def entities() -> bytes:
    """A Word file that defines entities."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", LAUGHS)
    return packed.getvalue()


REFUSED = {
    "trong.txt": b"",
    "chuong-trinh.exe": b"MZ\x90\x00\x03" + b"\x00" * 500,
    "tho.txt": "Một bài thơ không có điều, không có căn cứ.".encode(),
    "cut.docx": b"PK\x03\x04 cut",
    "hong.pdf": b"%PDF-1.4\n%broken",
}


@pytest.mark.parametrize("name", [*REFUSED, "bom.docx", "thuc-the.docx"])
def test_what_cannot_be_read_is_refused_with_its_reason_and_not_kept(
    admin: TestClient, folder: Path, name: str
) -> None:
    made = {"bom.docx": bomb, "thuc-the.docx": entities}
    data = made[name]() if name in made else REFUSED[name]
    answer = admin.post("/tai-len", files={"tep": (name, data)})
    assert answer.status_code == 422
    assert "Không dùng được văn bản này" in answer.text
    assert name in answer.text
    assert waiting(folder) == []


def test_no_file_is_asked_for(admin: TestClient) -> None:
    answer = admin.post("/tai-len", files={"khac": ("", b"")})
    assert answer.status_code == 400
    assert "Hãy chọn một tệp" in answer.text


def test_a_body_over_the_limit_is_not_read(admin: TestClient) -> None:
    answer = admin.post(
        "/tai-len", headers={"content-length": str(10**9), "content-type": "multipart/form-data"}
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_a_body_of_unknown_length_is_not_read(admin: TestClient) -> None:
    answer = admin.post("/tai-len", content=iter([b"x"]))
    assert answer.status_code == 411


@pytest.mark.parametrize(
    "key", ["..", "..%2F..", "00000000", "a" * 8, "A1B2C3D4", "new-1", "x/nhan"]
)
def test_no_other_folder_is_reached(admin: TestClient, key: str) -> None:
    hand_in(admin)
    assert admin.get(f"/tai-len/{key}").status_code in (303, 307, 404, 405, 200)
    assert "root:" not in admin.get(f"/tai-len/{key}").text
    assert admin.post(f"/tai-len/{key}/bo").status_code in (404, 405)


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "C:\\tam\\ke-hoach.txt", "a" * 400, "\x00"]
)
def test_the_name_of_the_file_reaches_no_path(admin: TestClient, folder: Path, name: str) -> None:
    answer = admin.post("/tai-len", files={"tep": (name, PLAN)})
    assert answer.status_code in (303, 400)
    assert not (folder.parent / "etc").exists()
    assert all(re.fullmatch(r"[0-9a-f]{8}", key) for key in waiting(folder))
