"""Topics are found by distinctive phrases, and only by them."""

import pytest

from cancu.graph.match import own_title
from cancu.graph.topics import find_topics, fold

TOPICS = [
    # (text, topics found)
    ("thực hiện cơ chế một cửa, một cửa liên thông", {"mot-cua"}),
    ("hoạt động của Bộ phận Một cửa", {"mot-cua"}),
    ("Bộ phận tiếp nhận hồ sơ và trả kết quả", {"mot-cua"}),
    ("làm đầu mối kiểm soát thủ tục hành chính", {"kiem-soat-tthc"}),
    ("rà soát, đơn giản hóa thủ tục hành chính", {"ra-soat-tthc"}),
    ("rà soát, đơn giản hoá thủ tục hành chính", {"ra-soat-tthc"}),
    ("RÀ SOÁT, ĐÁNH GIÁ THỦ TỤC HÀNH CHÍNH", {"ra-soat-tthc"}),
    # internal procedures are another matter (Nghị định 63/2010/NĐ-CP Điều 1 khoản 2 điểm a)
    ("rà soát, đơn giản hóa thủ tục hành chính nội bộ", {"tthc-noi-bo"}),
    ("Niêm yết, công khai thủ tục hành chính", {"cong-khai-tthc"}),
    ("Cập nhật công khai dữ liệu thủ tục hành chính", {"cong-khai-tthc"}),
    ("phản ánh, kiến nghị về quy định hành chính", {"phan-anh-kien-nghi"}),
    ("đánh mã số thành phần hồ sơ", {"ma-ho-so"}),
    ("giải quyết trên môi trường điện tử", {"moi-truong-dien-tu"}),
    ("dịch vụ công trực tuyến", {"moi-truong-dien-tu", "dich-vu-cong-truc-tuyen"}),
    # never on their own
    ("thủ tục hành chính", set()),
    ("giải quyết thủ tục hành chính", set()),
    ("cải cách hành chính", set()),
    ("một cửa hàng tiện lợi", set()),
    ("giao dịch điện tử", set()),
    # a phrase does not run from one item of a list into the next
    ("kiểm soát\nthủ tục hành chính", set()),
]


@pytest.mark.parametrize(("text", "expected"), TOPICS)
def test_topics_of_a_text(text: str, expected: set[str]) -> None:
    assert {hit.topic.rsplit("/", 1)[1] for hit in find_topics(text)} == expected


def test_a_hit_is_where_the_words_are() -> None:
    text = "Tham mưu đơn giản hoá thủ tục hành chính năm 2023"
    [hit] = find_topics(text)
    assert text[hit.start : hit.end] == "đơn giản hoá thủ tục hành chính"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoá", "hóa"),
        ("uỷ", "ủy"),
        ("Hoà", "hòa"),
        ("quý", "quý"),
        ("toán", "toán"),
        ("khoẻ", "khỏe"),
    ],
)
def test_both_places_of_a_tone_mark_read_alike(old: str, new: str) -> None:
    assert fold(old) == new and len(fold(old)) == len(old)


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("thực hiện cơ chế một cửa", "thực hiện cơ chế một cửa"),
        (
            "sửa đổi, bổ sung một số điều của các Nghị định liên quan đến kiểm soát thủ tục hành chính",
            "sửa đổi, bổ sung một số điều ",
        ),
        (
            "hướng dẫn thi hành một số quy định của Nghị định số 61/2018/NĐ-CP về một cửa",
            "hướng dẫn thi hành một số quy định ",
        ),
    ],
)
def test_a_title_speaks_for_its_own_document_only(title: str, own: str) -> None:
    assert own_title(title) == own
