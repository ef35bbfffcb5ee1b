"""Lists of bodies, as plans word them, into the names they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.loaders.agencies import (
    begins_like_agency,
    read_agencies,
    read_parties,
    whole_names,
)
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
    ("Các Cục, Vụ có thủ tục hành chính", ["Các Cục, Vụ có thủ tục hành chính"]),
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


READ: list[tuple[str, list[str]]] = [
    # ---- a head shared by several
    ("Sở Nội vụ, Tài chính, Tư pháp", ["Sở Nội vụ", "Tài chính", "Tư pháp"]),
    (
        "Các Sở: Nội vụ, Kế hoạch và Đầu tư, Lao động - Thương binh và Xã hội; Công an tỉnh",
        [
            "Các Sở: Nội vụ",
            "Kế hoạch và Đầu tư",
            "Lao động - Thương binh và Xã hội",
            "Công an tỉnh",
        ],
    ),
    (
        "Sở Lao động, Thương binh và Xã hội, Y tế và Giáo dục và Đào tạo",
        ["Sở Lao động, Thương binh và Xã hội", "Y tế", "Giáo dục và Đào tạo"],
    ),
    ("Sở Văn hoá, Thể thao và Du lịch, Y tế", ["Sở Văn hoá, Thể thao và Du lịch", "Y tế"]),
    # ---- no border, or an unusual one
    ("Sở Nội vụ Sở Công Thương; UBND các xã", ["Sở Nội vụ", "Sở Công Thương", "UBND các xã"]),
    ("Sở Tài chính UBND các huyện, thành phố", ["Sở Tài chính", "UBND các huyện, thành phố"]),
    ("Sở Nội vụ/Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("Sở Nội vụ & Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("1. Sở Nội vụ; 2. Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    (
        "1. Sở Nội vụ 2. Sở Tài chính 3. UBND các xã",
        ["Sở Nội vụ", "Sở Tài chính", "UBND các xã"],
    ),
    ("• Sở Nội vụ • Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("– Sở Nội vụ – Các đơn vị liên quan", ["Sở Nội vụ", "Các đơn vị liên quan"]),
    ("Bộ Y tế, Bộ Nội vụ, Bộ", ["Bộ Y tế", "Bộ Nội vụ"]),
    # ---- one name, whatever stands in it
    ("Phòng Nội vụ UBND thành phố", ["Phòng Nội vụ UBND thành phố"]),
    ("Ban Dân vận Tỉnh ủy", ["Ban Dân vận Tỉnh ủy"]),
    ("Bộ Tư lệnh Bộ đội Biên phòng", ["Bộ Tư lệnh Bộ đội Biên phòng"]),
    ("Vụ Kế hoạch, Tài chính", ["Vụ Kế hoạch, Tài chính"]),
    (
        "Trung tâm Công nghệ thông tin - Sở Khoa học và Công nghệ",
        ["Trung tâm Công nghệ thông tin - Sở Khoa học và Công nghệ"],
    ),
    ("Giám đốc, Thủ trưởng các sở, ban, ngành", ["Giám đốc, Thủ trưởng các sở, ban, ngành"]),
    ("Tập đoàn, tổng công ty nhà nước", ["Tập đoàn, tổng công ty nhà nước"]),
    ("Toàn thể cán bộ, công chức", ["Toàn thể cán bộ, công chức"]),
    ("Cơ quan chủ trì nhiệm vụ", ["Cơ quan chủ trì nhiệm vụ"]),
    (
        "Ban Chỉ đạo thực hiện Chương trình, Sở Y tế",
        ["Ban Chỉ đạo thực hiện Chương trình", "Sở Y tế"],
    ),
    ("Các Sở, Ban, ngành liên quan", ["Các Sở, Ban, ngành liên quan"]),
    # ---- short forms
    (
        "UBMTTQ, LĐTBXH, TN&MT, KH&ĐT, VH-TT, BHXH",
        ["UBMTTQ", "LĐTBXH", "TN&MT", "KH&ĐT", "VH-TT", "BHXH"],
    ),
    ("Sở VH,TT&DL, Sở GD&ĐT", ["Sở VH,TT&DL", "Sở GD&ĐT"]),
    ("P. TCCB + Viện SPKT", ["P. TCCB", "Viện SPKT"]),
    ("UBND TP. Vinh, Sở Y tế", ["UBND TP. Vinh", "Sở Y tế"]),
    # ---- roles and clauses are no part of a name
    ("Sở Nội vụ (chủ trì), Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("Sở Nội vụ (cơ quan thường trực)", ["Sở Nội vụ"]),
    (
        "Sở Nội vụ (Ban Thi đua - Khen thưởng)",
        ["Sở Nội vụ (Ban Thi đua - Khen thưởng)"],
    ),
    ("UBND các xã (có di tích)", ["UBND các xã (có di tích)"]),
    (
        "Sở Y tế tiến hành kiểm tra, đánh giá; UBND các xã, phường rà soát đối tượng, địa bàn",
        ["Sở Y tế", "UBND các xã, phường"],
    ),
    ("Cấp tỉnh: Sở Nội vụ; cấp xã: UBND các xã", ["Sở Nội vụ", "UBND các xã"]),
    # ---- what points elsewhere stays as written
    ("như trên", ["như trên"]),
    ("Như mục 1", ["Như mục 1"]),
    ("các cơ quan nêu tại mục 2", ["các cơ quan nêu tại mục 2"]),
    # ---- nobody
    ("Không", []),
    ("//", []),
    ("x", []),
]


@pytest.mark.parametrize(("cell", "names"), READ, ids=[cell[:60] for cell, _ in READ])
def test_other_wordings(cell: str, names: list[str]) -> None:
    assert [name.text for name in read_agencies(words(cell))] == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Sở Khoa học\nvà Công nghệ, UBND xã", ["Sở Khoa học và Công nghệ", "UBND xã"]),
        (
            "Công an xã; Chi nhánh\nVăn phòng Đăng ký đất đai",
            ["Công an xã", "Chi nhánh Văn phòng Đăng ký đất đai"],
        ),
        ("Văn\nphòng Chính phủ và các cơ quan", ["Văn phòng Chính phủ", "các cơ quan"]),
        (
            "Sở Tài chính, Sở\nNông nghiệp và Môi trường",
            ["Sở Tài chính", "Sở Nông nghiệp và Môi trường"],
        ),
        (
            "Sở Nội vụ\nSở Tài chính\nUBND các huyện,\nthành phố",
            ["Sở Nội vụ", "Sở Tài chính", "UBND các huyện, thành phố"],
        ),
    ],
)
def test_a_name_goes_on_in_the_next_line(cell: str, names: list[str]) -> None:
    assert [name.text for name in read_agencies(words(cell))] == names


@pytest.mark.parametrize(
    ("cell", "lead", "beside"),
    [
        ("Đơn vị chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        (
            "Chủ trì: Sở Y tế.\nPhối hợp: Sở Nội vụ, UBND các xã, phường.",
            ["Sở Y tế"],
            ["Sở Nội vụ", "UBND các xã, phường"],
        ),
        (
            "Sở Y tế chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan",
            ["Sở Y tế"],
            ["Sở Nội vụ", "các đơn vị liên quan"],
        ),
        ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế, Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], []),
    ],
)
def test_a_cell_may_say_who_leads_and_who_helps(
    cell: str, lead: list[str], beside: list[str]
) -> None:
    found = read_parties(words(cell))
    assert [name.text for name in found.lead] == lead
    assert [name.text for name in found.coordinate] == beside
    assert [name.text for name in read_agencies(words(cell))] == lead


def test_a_shared_head_makes_whole_names() -> None:
    assert whole_names(["Sở Nội vụ", "Tài chính", "Công an tỉnh"]) == [
        "Sở Nội vụ",
        "Sở Tài chính",
        "Công an tỉnh",
    ]
    assert whole_names(["các Sở: Y tế", "Du lịch"]) == ["Sở Y tế", "Sở Du lịch"]
    assert whole_names(["Tài chính"]) == ["Tài chính"]


PIECES = st.sampled_from(
    [
        "Sở Nội vụ",
        "Tài chính",
        "các",
        "UBND",
        "xã",
        ", ",
        "; ",
        " và ",
        "(",
        ")",
        "- ",
        "\n",
        ":",
        "1. ",
        "chủ trì",
        "/",
        "…",
        "Bộ",
        " ",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_cell_is_read_and_every_name_has_its_words(cell: str) -> None:
    for name in read_agencies(words(cell)):
        assert name.text.strip()
        assert name.spans
