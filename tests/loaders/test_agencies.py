"""Lists of bodies, as plans word them, into the names they hold."""

import pytest

from cancu.loaders.agencies import begins_like_agency, read_agencies
from tests.documents import words

LISTS: list[tuple[str, list[str]]] = [
    # ---- one name
    ("Văn phòng HĐND và UBND thành phố", ["Văn phòng HĐND và UBND thành phố"]),
    ("Văn phòng HĐND và UBND thành phố.", ["Văn phòng HĐND và UBND thành phố"]),
    ("- Văn phòng HĐND và UBND phố", ["Văn phòng HĐND và UBND phố"]),
    ("Phòng Văn hóa-Thông tin;", ["Phòng Văn hóa-Thông tin"]),
    ("Phòng Lao động, Thương binh và Xã hội", ["Phòng Lao động, Thương binh và Xã hội"]),
    ("Phòng Lao động – Thương binh và Xã hội", ["Phòng Lao động – Thương binh và Xã hội"]),
    ("Phòng Tài nguyên và Môi trường", ["Phòng Tài nguyên và Môi trường"]),
    ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
    ("Đoàn ĐBQH và HĐND tỉnh", ["Đoàn ĐBQH và HĐND tỉnh"]),
    ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", ["Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"]),
    (
        "Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội",
        ["Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội"],
    ),
    (
        "Bộ phận Tiếp nhận và Trả kết quả UBND thành phố",
        ["Bộ phận Tiếp nhận và Trả kết quả UBND thành phố"],
    ),
    # ---- classes of bodies stay whole
    ("Các phòng chuyên môn", ["Các phòng chuyên môn"]),
    ("UBND các xã, phường", ["UBND các xã, phường"]),
    ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
    ("các sở, ban, ngành", ["các sở, ban, ngành"]),
    ("Các cơ quan, đơn vị có liên quan.", ["Các cơ quan, đơn vị có liên quan"]),
    ("các cơ quan, tổ chức, cá nhân có liên quan", ["các cơ quan, tổ chức, cá nhân có liên quan"]),
    (
        "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        ["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"],
    ),
    (
        "UBND các xã, phường (UBND cấp xã) có liên quan",
        ["UBND các xã, phường (UBND cấp xã) có liên quan"],
    ),
    (
        "Các cơ quan, đơn vị, UBND các xã, phường dự kiến được kiểm tra.",
        ["Các cơ quan, đơn vị, UBND các xã, phường dự kiến được kiểm tra"],
    ),
    ("Cơ quan báo, đài có liên quan", ["Cơ quan báo, đài có liên quan"]),
    (
        "Cơ quan có phản ánh, thông tin trên báo chí",
        ["Cơ quan có phản ánh, thông tin trên báo chí"],
    ),
    # ---- cut at ";"
    (
        "Phòng Nội vụ; Phòng Văn hóa Thông tin; các cơ quan, đơn vị có liên quan.",
        ["Phòng Nội vụ", "Phòng Văn hóa Thông tin", "các cơ quan, đơn vị có liên quan"],
    ),
    (
        "- Phòng Nội vụ; - Các cơ quan, đơn vị có liên quan.",
        ["Phòng Nội vụ", "Các cơ quan, đơn vị có liên quan"],
    ),
    ("Công an thành phố; BHXH thành phố", ["Công an thành phố", "BHXH thành phố"]),
    # ---- cut at "," and "và"
    ("Sở Tài chính, Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
    ("Sở Tài chính và Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
    ("Sở Tài chính, và Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Tài chính và UBND các huyện, thành phố",
        ["Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính", "UBND các huyện, thành phố"],
    ),
    (
        "Bộ Khoa học và Công nghệ, Bộ Thông tin và Truyền thông",
        ["Bộ Khoa học và Công nghệ", "Bộ Thông tin và Truyền thông"],
    ),
    (
        "Bộ Lao động - Thương binh và Xã hội, Bộ Tài chính",
        ["Bộ Lao động - Thương binh và Xã hội", "Bộ Tài chính"],
    ),
    (
        "Các phòng chuyên môn thuộc UBND thành phố, UBND các xã, phường và các cơ quan, đơn vị có liên quan",
        [
            "Các phòng chuyên môn thuộc UBND thành phố",
            "UBND các xã, phường",
            "các cơ quan, đơn vị có liên quan",
        ],
    ),
    (
        "Các phòng chuyên môn, UBND các xã, phường.",
        ["Các phòng chuyên môn", "UBND các xã, phường"],
    ),
    (
        "Văn phòng HĐND và UBND thành phố và các phòng chuyên môn",
        ["Văn phòng HĐND và UBND thành phố", "các phòng chuyên môn"],
    ),
    (
        "các phòng chuyên môn, cơ quan liên quan",
        ["các phòng chuyên môn", "cơ quan liên quan"],
    ),
    (
        "Chánh Văn phòng HĐND và UBND thành phố, Thủ trưởng các phòng chuyên môn thuộc UBND thành phố; Chủ tịch UBND các xã, phường và các tổ chức, cá nhân có liên quan",
        [
            "Chánh Văn phòng HĐND và UBND thành phố",
            "Thủ trưởng các phòng chuyên môn thuộc UBND thành phố",
            "Chủ tịch UBND các xã, phường",
            "các tổ chức, cá nhân có liên quan",
        ],
    ),
    (
        "Chủ tịch UBND tỉnh, Giám đốc Sở Tư pháp",
        ["Chủ tịch UBND tỉnh", "Giám đốc Sở Tư pháp"],
    ),
    (
        "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố, Hội Liên hiệp Phụ nữ, Đoàn Thanh niên",
        [
            "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố",
            "Hội Liên hiệp Phụ nữ",
            "Đoàn Thanh niên",
        ],
    ),
    (
        "Thuế thành phố, Kho bạc Nhà nước, Bảo hiểm xã hội",
        ["Thuế thành phố", "Kho bạc Nhà nước", "Bảo hiểm xã hội"],
    ),
    (
        "VNPT, Viettel và các doanh nghiệp viễn thông",
        ["VNPT", "Viettel", "các doanh nghiệp viễn thông"],
    ),
    ("Sở Tư pháp cùng với Sở Nội vụ", ["Sở Tư pháp", "Sở Nội vụ"]),
    # ---- dashes and line breaks
    (
        "- Các phòng chuyên môn; - Công thông tin điện tử thành phố; - Phòng Văn hóa-Thông tin, Đài phát thanh thành phố; - UBND các xã, phường",
        [
            "Các phòng chuyên môn",
            "Công thông tin điện tử thành phố",
            "Phòng Văn hóa-Thông tin",
            "Đài phát thanh thành phố",
            "UBND các xã, phường",
        ],
    ),
    (
        '<ul style="list-style-type: none"> - Các phòng chuyên môn; - Các cơ có liên quan - UBND các xã, phường ',
        ["Các phòng chuyên môn", "Các cơ có liên quan", "UBND các xã, phường"],
    ),
    (
        "- Phòng Lao động - Thương binh và Xã hội - Phòng Nội vụ",
        ["Phòng Lao động - Thương binh và Xã hội", "Phòng Nội vụ"],
    ),
    ("<ul><li>Sở Y tế</li><li>Sở Nội vụ</li></ul>", ["Sở Y tế", "Sở Nội vụ"]),
    ("**Sở Y tế**<br>Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
    ("+ Sở Y tế;\n+ Sở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
    (
        "- Văn phòng HĐND và UBND thành phố; - Các cơ quan được giao nhiệm vụ xử lý thực hiện rà soát, đơn giản hóa thủ tục hành chính. - Các cơ quan được giao nhiệm vụ.",
        [
            "Văn phòng HĐND và UBND thành phố",
            "Các cơ quan được giao nhiệm vụ xử lý thực hiện rà soát, đơn giản hóa thủ tục hành chính",
            "Các cơ quan được giao nhiệm vụ",
        ],
    ),
    # ---- nobody
    ("", []),
    (" - ;. ", []),
    ("-", []),
]


@pytest.mark.parametrize(("cell", "names"), LISTS, ids=[cell[:60] for cell, _ in LISTS])
def test_lists_of_bodies(cell: str, names: list[str]) -> None:
    found = read_agencies(words(cell))
    assert [name.text for name in found] == names
    assert ["".join(cell[a:b] for a, b in name.spans) for name in found] == names


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Phòng Nội vụ chủ trì", True),
        ("UBND các xã, phường", True),
        ("các phòng chuyên môn", True),
        ("Ban Quản lý dự án", True),
        ("Ban hành kèm theo", False),
        ("Tổ chức thực hiện", False),
        ("Tổ công tác", True),
        ("Báo cáo kết quả", False),
        ("Sởn tóc gáy", False),
        ("Quyết định này có hiệu lực", False),
    ],
)
def test_what_opens_like_a_body(text: str, begins: bool) -> None:
    assert begins_like_agency(text) is begins
