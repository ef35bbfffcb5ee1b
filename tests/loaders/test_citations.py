"""What a basis says, read from the words of real Vietnamese documents."""

from dataclasses import dataclass

import pytest

from cancu.loaders.citations import (
    Citation,
    Target,
    find_mentions,
    find_references,
    number_of,
    worked_on,
)
from cancu.loaders.preamble import find_bases, read_preamble
from tests.documents import words


@dataclass(frozen=True)
class Expected:
    """What a citation should be read as; a target is its number, or its kind and name."""

    kind: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()


def told(targets: tuple[Target, ...]) -> tuple[str, ...]:
    return tuple(t.number or f"{t.kind}: {t.subject}" for t in targets)


def seen(citation: Citation) -> Expected:
    return Expected(
        citation.kind,
        citation.number,
        citation.date,
        citation.issuer,
        citation.subject,
        told(citation.amends),
        told(citation.amended_by),
    )


DECREES = "các Nghị định liên quan đến kiểm soát thủ tục hành chính"
ONE_STOP = "thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính"

BASES: list[tuple[str, list[Expected]]] = [
    # ---- one numbered document
    (
        "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính;",
        [
            Expected(
                "Nghị định",
                "63/2010/NĐ-CP",
                "2010-06-08",
                "Chính phủ",
                "kiểm soát thủ tục hành chính",
            )
        ],
    ),
    (
        "Căn cứ Thông tư số 02/2017/TT-VPCP ngày 31 tháng 10 năm 2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn về nghiệp vụ kiểm soát thủ tục hành chính;",
        [
            Expected(
                "Thông tư",
                "02/2017/TT-VPCP",
                "2017-10-31",
                "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
                "hướng dẫn về nghiệp vụ kiểm soát thủ tục hành chính",
            )
        ],
    ),
    (
        "Căn cứ Nghị quyết số 98/2023/QH15 ngày 24 tháng 6 năm 2023 của Quốc hội thí điểm một số cơ chế, chính sách đặc thù phát triển Thành phố Hồ Chí Minh;",
        [
            Expected(
                "Nghị quyết",
                "98/2023/QH15",
                "2023-06-24",
                "Quốc hội",
                "thí điểm một số cơ chế, chính sách đặc thù phát triển Thành phố Hồ Chí Minh",
            )
        ],
    ),
    (
        "Căn cứ Nghị quyết số 66.2/2025/NQ-CP ngày 28 tháng 8 năm 2025 của Chính phủ Quy định xử lý khó khăn, vướng mắc;",
        [
            Expected(
                "Nghị quyết",
                "66.2/2025/NQ-CP",
                "2025-08-28",
                "Chính phủ",
                "Quy định xử lý khó khăn, vướng mắc",
            )
        ],
    ),
    (
        "Căn cứ Quyết định số 660/QĐ-BDTTG ngày 18 tháng 9 năm 2025 của Bộ Dân tộc và Tôn giáo về việc công bố thủ tục hành chính mới ban hành, được sửa đổi, bổ sung thuộc phạm vi quản lý của Bộ;",
        [
            Expected(
                "Quyết định",
                "660/QĐ-BDTTG",
                "2025-09-18",
                "Bộ Dân tộc và Tôn giáo",
                "việc công bố thủ tục hành chính mới ban hành, được sửa đổi, bổ sung thuộc phạm vi quản lý của Bộ",
            )
        ],
    ),
    (
        "Thực hiện Nghị quyết số 214/NQ-CP ngày 23/7/2025 của Chính phủ ban hành Kế hoạch hành động của Chính phủ về thúc đẩy tạo lập dữ liệu;",
        [
            Expected(
                "Nghị quyết",
                "214/NQ-CP",
                "2025-07-23",
                "Chính phủ",
                "ban hành Kế hoạch hành động của Chính phủ về thúc đẩy tạo lập dữ liệu",
            )
        ],
    ),
    (
        "Triển khai thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ;",
        [
            Expected(
                "Nghị quyết",
                "57-NQ/TW",
                "2024-12-22",
                "Bộ Chính trị",
                "đột phá phát triển khoa học, công nghệ",
            )
        ],
    ),
    (
        "Căn cứ Quy định số 66-QĐ/TW ngày 06 tháng 02 năm 2017 của Ban Bí thư về thể loại văn bản của Đảng;",
        [Expected("Quy định", "66-QĐ/TW", "2017-02-06", "Ban Bí thư", "thể loại văn bản của Đảng")],
    ),
    (
        "Căn cứ Chỉ thị số 46-CT/TW, ngày 16/5/2025 của Bộ Chính trị về lãnh đạo cuộc bầu cử đại biểu Quốc hội khóa XVI;",
        [
            Expected(
                "Chỉ thị",
                "46-CT/TW",
                "2025-05-16",
                "Bộ Chính trị",
                "lãnh đạo cuộc bầu cử đại biểu Quốc hội khóa XVI",
            )
        ],
    ),
    (
        "Căn cứ Thông tư liên tịch số 07/2007/TTLT-BNV-VPCP ngày 04 tháng 9 năm 2007 của Bộ Nội vụ hướng dẫn một số nội dung;",
        [
            Expected(
                "Thông tư liên tịch",
                "07/2007/TTLT-BNV-VPCP",
                "2007-09-04",
                "Bộ Nội vụ",
                "hướng dẫn một số nội dung",
            )
        ],
    ),
    (
        "Thực hiện Chương trình hành động số 08-CTr/TU ngày 17/3/2026 của Thành uỷ Hà Nội thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về phát triển văn hoá Việt Nam;",
        [
            Expected(
                "Chương trình hành động",
                "08-CTr/TU",
                "2026-03-17",
                "Thành uỷ Hà Nội",
                "thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về phát triển văn hoá Việt Nam",
            )
        ],
    ),
    (
        "Căn cứ Kế hoạch số 06/KH-MTTW-BTT ngày 22/7/2025 của Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam về thực hiện công tác bầu cử;",
        [
            Expected(
                "Kế hoạch",
                "06/KH-MTTW-BTT",
                "2025-07-22",
                "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
                "thực hiện công tác bầu cử",
            )
        ],
    ),
    (
        "Căn cứ Công văn số 1234/VPCP-KSTT ngày 05 tháng 3 năm 2024 của Văn phòng Chính phủ về việc rà soát thủ tục hành chính;",
        [
            Expected(
                "Công văn",
                "1234/VPCP-KSTT",
                "2024-03-05",
                "Văn phòng Chính phủ",
                "việc rà soát thủ tục hành chính",
            )
        ],
    ),
    # no date, no issuer, no word "số", nothing but a number
    (
        "Thực hiện Quyết định số 142/QĐ-TTg của Thủ tướng Chính phủ phê duyệt Chiến lược dữ liệu quốc gia đến năm 2030;",
        [
            Expected(
                "Quyết định",
                "142/QĐ-TTg",
                None,
                "Thủ tướng Chính phủ",
                "phê duyệt Chiến lược dữ liệu quốc gia đến năm 2030",
            )
        ],
    ),
    (
        "Thực hiện Quyết định 1229/QĐ-UBND ngày 28/02/2025 của UBND Thành phố về việc Phê duyệt Chiến lược dữ liệu;",
        [
            Expected(
                "Quyết định",
                "1229/QĐ-UBND",
                "2025-02-28",
                "UBND Thành phố",
                "việc Phê duyệt Chiến lược dữ liệu",
            )
        ],
    ),
    ("Căn cứ Nghị định số 45/2020/NĐ-CP;", [Expected("Nghị định", "45/2020/NĐ-CP")]),
    ("Căn cứ Nghị định số 45/2020/NĐ-CP.", [Expected("Nghị định", "45/2020/NĐ-CP")]),
    (
        "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 31 tháng 02 năm 2020 của Chính phủ về thủ tục;",
        [Expected("Nghị định", "45/2020/NĐ-CP", None, "Chính phủ", "thủ tục")],  # no such day
    ),
    (
        "Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ (sau đây gọi tắt là Nghị định số 107/2021/NĐ-CP);",
        [Expected("Nghị định", "107/2021/NĐ-CP", "2021-12-06", "Chính phủ")],
    ),
    # ---- odd dashes and blanks
    (
        "Căn cứ Nghị quyết số 71/NQ -CP ngày 01/4/2025 của Chính phủ về chuyển đổi số;",
        [Expected("Nghị quyết", "71/NQ-CP", "2025-04-01", "Chính phủ", "chuyển đổi số")],
    ),
    (
        "Căn cứ Nghị định số 61/2018/NĐ – CP ngày 23/4/2018 của Chính phủ về một cửa;",
        [Expected("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ", "một cửa")],
    ),
    (
        "Căn cứ Nghị định số 61 / 2018 / NĐ-CP ngày 23.4.2018 của Chính phủ về một cửa;",
        [Expected("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ", "một cửa")],
    ),
    (
        "Căn cứ Nghị định số: 61/2018/NĐ-CP, ngày 23-4-2018 của Chính phủ về một cửa;",
        [Expected("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ", "một cửa")],
    ),
    (
        "Căn cứ Nghị  định\nsố 61/2018/NĐ−CP ngày 23 tháng 4 năm 2018 của Chính phủ về một cửa;",
        [Expected("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ", "một cửa")],
    ),
    # ---- laws
    (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        [Expected("Luật", None, "2015-06-19", None, "Tổ chức chính quyền địa phương")],
    ),
    (
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
        [Expected("Luật", "72/2025/QH15", None, None, "Tổ chức chính quyền địa phương")],
    ),
    (
        "Căn cứ Luật Công nghệ thông tin số 67/2006/QH11 ngày 29 tháng 6 năm 2006;",
        [Expected("Luật", "67/2006/QH11", "2006-06-29", None, "Công nghệ thông tin")],
    ),
    (
        "Căn cứ Luật Tín ngưỡng, tôn giáo ngày 18 tháng 11 năm 2016;",
        [Expected("Luật", None, "2016-11-18", None, "Tín ngưỡng, tôn giáo")],
    ),
    ("Căn cứ Luật Đầu tư công năm 2019;", [Expected("Luật", None, None, None, "Đầu tư công")]),
    ("Căn cứ Luật Đất đai;", [Expected("Luật", None, None, None, "Đất đai")]),
    (
        "Căn cứ Bộ luật Lao động số 45/2019/QH14 ngày 20 tháng 11 năm 2019;",
        [Expected("Bộ luật", "45/2019/QH14", "2019-11-20", None, "Lao động")],
    ),
    (
        "Căn cứ Pháp lệnh Dân số ngày 09 tháng 01 năm 2003;",
        [Expected("Pháp lệnh", None, "2003-01-09", None, "Dân số")],
    ),
    # ---- what amends what
    (
        f"Căn cứ Nghị định số 48/2013/NĐ-CP ngày 14 tháng 5 năm 2013 của Chính phủ về sửa đổi, bổ sung một số điều của {DECREES};",
        [
            Expected(
                "Nghị định",
                "48/2013/NĐ-CP",
                "2013-05-14",
                "Chính phủ",
                f"sửa đổi, bổ sung một số điều của {DECREES}",
                (f"Nghị định: {DECREES}",),
            )
        ],
    ),
    (
        f"Căn cứ Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính phủ quy định sửa đổi, bổ sung, một số điều của {DECREES};",
        [
            Expected(
                "Nghị định",
                "92/2017/NĐ-CP",
                "2017-08-07",
                "Chính phủ",
                f"quy định sửa đổi, bổ sung, một số điều của {DECREES}",
                (f"Nghị định: {DECREES}",),
            )
        ],
    ),
    (
        f"Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về {ONE_STOP};",
        [
            Expected(
                "Nghị định",
                "107/2021/NĐ-CP",
                "2021-12-06",
                "Chính phủ",
                f"sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về {ONE_STOP}",
                ("61/2018/NĐ-CP",),
            )
        ],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
        [
            Expected(
                "Luật",
                None,
                "2019-11-22",
                None,
                "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
                ("Luật: Tổ chức Chính phủ", "Luật: Tổ chức chính quyền địa phương"),
            )
        ],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Mặt trận Tổ quốc Việt Nam, Luật Công đoàn, Luật Thanh niên số 97/2025/QH15 ngày 27 tháng 6 năm 2025;",
        [
            Expected(
                "Luật",
                "97/2025/QH15",
                "2025-06-27",
                None,
                "sửa đổi, bổ sung một số điều của Luật Mặt trận Tổ quốc Việt Nam, Luật Công đoàn, Luật Thanh niên",
                ("Luật: Mặt trận Tổ quốc Việt Nam", "Luật: Công đoàn", "Luật: Thanh niên"),
            )
        ],
    ),
    (
        "Căn cứ Luật Xây dựng số 50/2014/QH13 được sửa đổi, bổ sung một số điều theo Luật số 62/2020/QH14 ngày 17 tháng 6 năm 2020;",
        [Expected("Luật", "50/2014/QH13", None, None, "Xây dựng", (), ("62/2020/QH14",))],
    ),
    (
        "Căn cứ Nghị quyết số 03/NQ-CP ngày 09 tháng 01 năm 2025 của Chính phủ được sửa đổi, bổ sung bởi Nghị quyết số 71/NQ-CP ngày 01 tháng 4 năm 2025;",
        [Expected("Nghị quyết", "03/NQ-CP", "2025-01-09", "Chính phủ", None, (), ("71/NQ-CP",))],
    ),
    (
        "Căn cứ Nghị định số 40/2025/NĐ-CP ngày 26 tháng 02 năm 2025 của Chính phủ quy định cơ cấu tổ chức của Bộ Công Thương (được sửa đổi bởi Nghị định số 109/2025/NĐ-CP ngày 20 tháng 5 năm 2025 của Chính phủ quy định cơ cấu tổ chức của thanh tra Chính phủ);",
        [
            Expected(
                "Nghị định",
                "40/2025/NĐ-CP",
                "2025-02-26",
                "Chính phủ",
                "quy định cơ cấu tổ chức của Bộ Công Thương",
                (),
                ("109/2025/NĐ-CP",),
            )
        ],
    ),
    # ---- several bases in one paragraph
    (
        "Căn cứ Luật An toàn thông tin mạng ngày 19 tháng 11 năm 2015; Căn cứ Luật Tiếp cận thông tin ngày 06 tháng 4 năm 2016;",
        [
            Expected("Luật", None, "2015-11-19", None, "An toàn thông tin mạng"),
            Expected("Luật", None, "2016-04-06", None, "Tiếp cận thông tin"),
        ],
    ),
    (
        "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát thủ tục hành chính; Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ về môi trường điện tử;",
        [
            Expected(
                "Nghị định",
                "63/2010/NĐ-CP",
                "2010-06-08",
                "Chính phủ",
                "kiểm soát thủ tục hành chính",
            ),
            Expected("Nghị định", "45/2020/NĐ-CP", "2020-04-08", "Chính phủ", "môi trường điện tử"),
        ],
    ),
    (
        "Thực hiện Nghị quyết số 02-NQ/TW ngày 17/3/2026 của Bộ Chính trị về Thủ đô Hà Nội, Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về văn hoá;",
        [
            Expected("Nghị quyết", "02-NQ/TW", "2026-03-17", "Bộ Chính trị", "Thủ đô Hà Nội"),
            Expected("Nghị quyết", "80-NQ/TW", "2026-01-07", "Bộ Chính trị", "văn hoá"),
        ],
    ),
    (
        "Căn cứ các Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính phủ về thủ tục;",
        [
            Expected("Nghị định", "48/2013/NĐ-CP", "2013-05-14"),
            Expected("Nghị định", "92/2017/NĐ-CP", "2017-08-07", "Chính phủ", "thủ tục"),
        ],
    ),
    # "Căn cứ" and "và" before the next basis belong to neither
    (
        "Căn cứ Nghị định số 63/2010/NĐ-CP của Chính phủ về kiểm soát thủ tục hành chính; Căn cứ Nghị định số 45/2020/NĐ-CP của Chính phủ về môi trường điện tử; và Luật Đất đai;",
        [
            Expected(
                "Nghị định", "63/2010/NĐ-CP", None, "Chính phủ", "kiểm soát thủ tục hành chính"
            ),
            Expected("Nghị định", "45/2020/NĐ-CP", None, "Chính phủ", "môi trường điện tử"),
            Expected("Luật", None, None, None, "Đất đai"),
        ],
    ),
    # a ";" inside a subject ends no basis
    (
        "Căn cứ Nghị định số 124/2025/NĐ-CP ngày 11/6/2025 của Chính phủ quy định về phân quyền, phân cấp; phân định thẩm quyền của chính quyền địa phương;",
        [
            Expected(
                "Nghị định",
                "124/2025/NĐ-CP",
                "2025-06-11",
                "Chính phủ",
                "quy định về phân quyền, phân cấp; phân định thẩm quyền của chính quyền địa phương",
            )
        ],
    ),
    # what the body does then is not part of the last basis
    (
        "Thực hiện Nghị quyết số 214/NQ-CP ngày 23/7/2025 của Chính phủ về dữ liệu; UBND thành phố Hà Nội ban hành Kế hoạch triển khai như sau:",
        [Expected("Nghị quyết", "214/NQ-CP", "2025-07-23", "Chính phủ", "dữ liệu")],
    ),
    # ---- lists, leads, spellings, other cues
    (
        "Căn cứ các Nghị định số 63/2010/NĐ-CP, 48/2013/NĐ-CP và 92/2017/NĐ-CP của Chính phủ về kiểm soát thủ tục hành chính;",
        [
            Expected("Nghị định", "63/2010/NĐ-CP"),
            Expected("Nghị định", "48/2013/NĐ-CP"),
            Expected(
                "Nghị định", "92/2017/NĐ-CP", None, "Chính phủ", "kiểm soát thủ tục hành chính"
            ),
        ],
    ),
    (
        "Căn cứ các Luật: Đất đai, Nhà ở;",
        [
            Expected("Luật", None, None, None, "Đất đai"),
            Expected("Luật", None, None, None, "Nhà ở"),
        ],
    ),
    (
        "Căn cứ các Luật: Tổ chức chính quyền địa phương ngày 19/6/2015; Ngân sách nhà nước ngày 25/6/2015;",
        [
            Expected("Luật", None, "2015-06-19", None, "Tổ chức chính quyền địa phương"),
            Expected("Luật", None, "2015-06-25", None, "Ngân sách nhà nước"),
        ],
    ),
    (
        "Căn cứ Luật Đất đai và Luật Nhà ở;",
        [
            Expected("Luật", None, None, None, "Đất đai"),
            Expected("Luật", None, None, None, "Nhà ở"),
        ],
    ),
    (
        "Căn cứ Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính phủ sửa đổi, bổ sung một số điều của các Nghị định liên quan đến kiểm soát thủ tục hành chính;",
        [
            Expected(
                "Nghị định",
                "48/2013/NĐ-CP",
                "2013-05-14",
                None,
                None,
                ("Nghị định: các Nghị định liên quan đến kiểm soát thủ tục hành chính",),
            ),
            Expected(
                "Nghị định",
                "92/2017/NĐ-CP",
                "2017-08-07",
                "Chính phủ",
                "sửa đổi, bổ sung một số điều của các Nghị định liên quan đến kiểm soát thủ tục hành chính",
                ("Nghị định: các Nghị định liên quan đến kiểm soát thủ tục hành chính",),
            ),
        ],
    ),
    (
        "Căn cứ Quyết định của Thủ tướng Chính phủ số 123/QĐ-TTg ngày 5/3/2024 về việc X;",
        [Expected("Quyết định", "123/QĐ-TTg", "2024-03-05", "Thủ tướng Chính phủ", "việc X")],
    ),
    (
        "Căn cứ Thông tư của Bộ Tài chính số 40/2017/TT-BTC ngày 28/4/2017 quy định chế độ công tác phí;",
        [
            Expected(
                "Thông tư",
                "40/2017/TT-BTC",
                "2017-04-28",
                "Bộ Tài chính",
                "quy định chế độ công tác phí",
            )
        ],
    ),
    (
        "Căn cứ Nghị định 29/2012/NĐCP ngày 12/4/2012 của Chính phủ về tuyển dụng;",
        [Expected("Nghị định", "29/2012/NĐ-CP", "2012-04-12", "Chính phủ", "tuyển dụng")],
    ),
    (
        "Căn cứ quyết định số 5969/QĐUBND ngày 01.8.2017 của UBND tỉnh về việc X;",
        [Expected("Quyết định", "5969/QĐ-UBND", "2017-08-01", "UBND tỉnh", "việc X")],
    ),
    (
        "Căn cứ Nghị định số 61/2018/NĐ-CP ngày … tháng … năm 2018 của Chính phủ về một cửa;",
        [Expected("Nghị định", "61/2018/NĐ-CP", None, "Chính phủ", "một cửa")],
    ),
    (
        "Căn cứ Luật Đầu tư công tháng 6 năm 2019;",
        [Expected("Luật", None, None, None, "Đầu tư công")],
    ),
    (
        "Để triển khai thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, UBND tỉnh ban hành Kế hoạch như sau:",
        [Expected("Nghị quyết", "57-NQ/TW", "2024-12-22", "Bộ Chính trị")],
    ),
    (
        "Theo Quyết định số 12/QĐ-UBND ngày 10/01/2024 của UBND tỉnh về X, Sở Nội vụ xây dựng kế hoạch như sau:",
        [Expected("Quyết định", "12/QĐ-UBND", "2024-01-10", "UBND tỉnh", "X")],
    ),
    (
        "Trên cơ sở Nghị quyết số 12/NQ-HĐND ngày 10/01/2024 của HĐND tỉnh về X;",
        [Expected("Nghị quyết", "12/NQ-HĐND", "2024-01-10", "HĐND tỉnh", "X")],
    ),
    (
        "Quán triệt Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị về học tập;",
        [Expected("Chỉ thị", "05-CT/TW", "2016-05-15", "Bộ Chính trị", "học tập")],
    ),
    (
        "Thực hiện nghiêm túc Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị về học tập; thực hiện Kế hoạch số 5/KH-UBND ngày 1/2/2020 của UBND tỉnh;",
        [
            Expected("Chỉ thị", "05-CT/TW", "2016-05-15", "Bộ Chính trị", "học tập"),
            Expected("Kế hoạch", "5/KH-UBND", "2020-02-01", "UBND tỉnh"),
        ],
    ),
    ("Xét Tờ trình số 12/TTr-UBND ngày 01/7/2024 của UBND tỉnh;", []),
    ("Căn cứ Kế hoạch này;", []),
    (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015 và Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;",
        [
            Expected("Luật", None, "2015-06-19", None, "Tổ chức chính quyền địa phương"),
            Expected(
                "Luật",
                None,
                "2019-11-22",
                None,
                "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
                ("Luật: Tổ chức Chính phủ", "Luật: Tổ chức chính quyền địa phương"),
            ),
        ],
    ),
    (
        "Căn cứ Thông tư số 01/2023/TT-VPCP ngày 05/4/2023 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ thay thế Thông tư số 01/2018/TT-VPCP ngày 23/11/2018;",
        [
            Expected(
                "Thông tư",
                "01/2023/TT-VPCP",
                "2023-04-05",
                "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
                "thay thế Thông tư số 01/2018/TT-VPCP ngày 23/11/2018",
            )
        ],
    ),
    (
        "Căn cứ Quyết định số 5/QĐ-BXD ngày 1/2/2020 của Bộ Xây dựng quy định về X;",
        [Expected("Quyết định", "5/QĐ-BXD", "2020-02-01", "Bộ Xây dựng", "quy định về X")],
    ),
    (
        "Căn cứ Quyết định số 5/QĐ-BVHTTDL ngày 1/2/2020 của Bộ Văn hóa, Thể thao và Du lịch phê duyệt Y;",
        [
            Expected(
                "Quyết định",
                "5/QĐ-BVHTTDL",
                "2020-02-01",
                "Bộ Văn hóa, Thể thao và Du lịch",
                "phê duyệt Y",
            )
        ],
    ),
    (
        "Căn cứ Kết luận số 83-KL/TW ngày 21/6/2024 của Bộ Chính trị về cải cách tiền lương;",
        [Expected("Kết luận", "83-KL/TW", "2024-06-21", "Bộ Chính trị", "cải cách tiền lương")],
    ),
    (
        "Căn cứ Văn bản hợp nhất số 03/VBHN-VPQH ngày 11/12/2014 của Văn phòng Quốc hội;",
        [Expected("Văn bản hợp nhất", "03/VBHN-VPQH", "2014-12-11", "Văn phòng Quốc hội")],
    ),
    (
        "Căn cứ Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15 tháng 6 năm 2017 của Ủy ban Thường vụ Quốc hội, Chính phủ, Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam quy định chi tiết;",
        [
            Expected(
                "Nghị quyết liên tịch",
                "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
                "2017-06-15",
                "Ủy ban Thường vụ Quốc hội, Chính phủ, Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
                "quy định chi tiết",
            )
        ],
    ),
    (
        "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ và Quyết định số 942/QĐ-TTg ngày 15/6/2021 của Thủ tướng Chính phủ về Chính phủ điện tử;",
        [
            Expected("Quyết định", "749/QĐ-TTg", "2020-06-03", "Thủ tướng Chính phủ"),
            Expected(
                "Quyết định", "942/QĐ-TTg", "2021-06-15", "Thủ tướng Chính phủ", "Chính phủ điện tử"
            ),
        ],
    ),
    (
        "Căn cứ Kế hoạch số 5/KH-UBND ngày 1/2/2020 của UBND tỉnh thực hiện Nghị quyết số 1/NQ-CP ngày 1/1/2020 và Nghị quyết số 2/NQ-CP ngày 1/1/2020 của Chính phủ;",
        [
            Expected(
                "Kế hoạch",
                "5/KH-UBND",
                "2020-02-01",
                "UBND tỉnh",
                "thực hiện Nghị quyết số 1/NQ-CP ngày 1/1/2020 và Nghị quyết số 2/NQ-CP ngày 1/1/2020 của Chính phủ",
            )
        ],
    ),
    (
        "Căn cứ Nghị định số 61/2018/NĐ-CP của Chính phủ (được sửa đổi, bổ sung bởi Nghị định số 107/2021/NĐ-CP và Nghị định số 45/2020/NĐ-CP);",
        [
            Expected(
                "Nghị định",
                "61/2018/NĐ-CP",
                None,
                "Chính phủ",
                None,
                (),
                ("107/2021/NĐ-CP", "45/2020/NĐ-CP"),
            )
        ],
    ),
    (
        "Thực hiện Công điện số 31/CĐ-TTg, ngày 04/4/2024 của Thủ tướng Chính phủ, Thông báo kết luận số 12/TB-VPCP ngày 5/1/2024 của Văn phòng Chính phủ về X",
        [
            Expected("Công điện", "31/CĐ-TTg", "2024-04-04", "Thủ tướng Chính phủ"),
            Expected("Thông báo", "12/TB-VPCP", "2024-01-05", "Văn phòng Chính phủ", "X"),
        ],
    ),
    (
        "Căn cứ nghị định số 61/2018/nđ-cp ngày 23/4/2018 của Chính phủ;",
        [Expected("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ")],
    ),
    (
        "Căn cứ Luật Thi đua, khen thưởng;",
        [Expected("Luật", None, None, None, "Thi đua, khen thưởng")],
    ),
    (
        "Căn cứ chức năng, nhiệm vụ, quyền hạn quy định tại Quyết định số 12/QĐ-UBND ngày 10/01/2024 của UBND tỉnh;",
        [Expected("Quyết định", "12/QĐ-UBND", "2024-01-10", "UBND tỉnh")],
    ),
    (
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 10/01/2024 của UBND tỉnh về việc công bố thủ tục hành chính sửa đổi, bổ sung theo Nghị định số 5/2020/NĐ-CP;",
        [
            Expected(
                "Quyết định",
                "12/QĐ-UBND",
                "2024-01-10",
                "UBND tỉnh",
                "việc công bố thủ tục hành chính sửa đổi, bổ sung theo Nghị định số 5/2020/NĐ-CP",
            )
        ],
    ),
    (
        "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 và Nghị định số 154/2020/NĐ-CP ngày 31 tháng 12 năm 2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP;",
        [
            Expected("Nghị định", "34/2016/NĐ-CP", "2016-05-14"),
            Expected(
                "Nghị định",
                "154/2020/NĐ-CP",
                "2020-12-31",
                "Chính phủ",
                "sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP",
                ("34/2016/NĐ-CP",),
            ),
        ],
    ),
    # ---- false friends: no bases
    ("Theo đề nghị của Chánh Văn phòng HĐND và UBND thành phố.", []),
    ("Xét đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số 12/TTr-STP ngày 03/01/2024;", []),
    ("Căn cứ tình hình thực tế của địa phương;", []),
    ("Căn cứ chức năng, nhiệm vụ được giao;", []),
    ("Thực hiện cơ chế một cửa theo Nghị định số 61/2018/NĐ-CP;", []),
    ("Kế hoạch này thay thế Kế hoạch số 12/KH-UBND.", []),
    ("Luật sư Nguyễn Văn A tham dự;", []),
]


@pytest.mark.parametrize(("paragraph", "expected"), BASES, ids=[text[:60] for text, _ in BASES])
def test_bases(paragraph: str, expected: list[Expected]) -> None:
    assert [seen(basis) for basis in find_bases(words(paragraph).squeeze())] == expected


@pytest.mark.parametrize(
    ("paragraph", "cue"),
    [
        ("Căn cứ Nghị định số 63/2010/NĐ-CP;", "Căn cứ"),
        ("Căn cứ vào Nghị định số 63/2010/NĐ-CP;", "Căn cứ vào"),
        ("Thực hiện Nghị quyết số 214/NQ-CP;", "Thực hiện"),
        ("Triển khai thực hiện Nghị quyết số 57-NQ/TW;", "Triển khai thực hiện"),
    ],
)
def test_the_cue_is_kept(paragraph: str, cue: str) -> None:
    assert [basis.cue for basis in find_bases(words(paragraph))] == [cue]


def test_a_document_may_replace_another() -> None:
    (basis,) = find_bases(
        words(
            "Căn cứ Thông tư số 01/2023/TT-VPCP ngày 05/4/2023 của Văn phòng Chính phủ thay thế Thông tư số 01/2018/TT-VPCP;"
        )
    )
    assert told(basis.replaces) == ("01/2018/TT-VPCP",)
    assert basis.amends == ()


def test_words_that_two_share_are_evidence_of_both() -> None:
    text = "Căn cứ Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính phủ sửa đổi, bổ sung một số điều của các Nghị định liên quan đến một cửa;"
    first, second = find_bases(words(text))
    assert told(first.amends) == told(second.amends) != ()
    assert "sửa đổi" in first.whole.text and (first.issuer, first.subject) == (None, None)


PREAMBLES = [
    # (text, the numbers or names of its bases, proposer)
    pytest.param(
        "Căn cứ:\n- Luật Đất đai;\n- Nghị định số 61/2018/NĐ-CP;\nI. MỤC ĐÍCH\nThực hiện Nghị quyết số 1/NQ-CP",
        ["Đất đai", "61/2018/NĐ-CP"],
        None,
        id="bullets under a heading",
    ),
    pytest.param(
        "I. CĂN CỨ PHÁP LÝ\n1. Luật Đất đai ngày 29/11/2013;\n2. Nghị định số 45/2020/NĐ-CP của Chính\nphủ về môi trường điện tử.\nII. MỤC ĐÍCH\nCăn cứ Kế hoạch này",
        ["Đất đai", "45/2020/NĐ-CP"],
        None,
        id="a numbered list under a section",
    ),
    pytest.param(
        "Căn\ncứ Luật Đất đai ngày 29/11/2013;\nTheo\nđề nghị của Giám đốc Sở Tư pháp.\nQUYẾT ĐỊNH\nĐiều 1. Căn cứ Luật Nhà ở",
        ["Đất đai"],
        "Giám đốc Sở Tư pháp",
        id="cues on two lines, the verdict without its colon",
    ),
    pytest.param(
        "Thực hiện Kế hoạch số 2616/KH-BNN ngày 07/5/2021 của Bộ Nông nghiệp và PTNT, triển khai Quyết định số 524/QĐ-TTg. UBND tỉnh ban hành Kế hoạch như sau:\nĐánh giá khách quan\nThực hiện Nghị quyết số 1/NQ-CP ngày 1/1/2020",
        ["2616/KH-BNN"],
        None,
        id="nothing of the body after the body acts",
    ),
    pytest.param(
        "Thực hiện mục tiêu giảm nghèo là một chủ trương lớn.\nThực hiện Nghị quyết số 95/2014/NQ-HĐND ngày 11/12/2014 của HĐND tỉnh về nhiệm vụ năm 2015, các cơ quan, đơn vị đã quán triệt.\n1. Các sở",
        ["95/2014/NQ-HĐND"],
        None,
        id="a directive's prose",
    ),
    pytest.param(
        "VỀ\nThực hiện Kế hoạch số 33/KH-MTTQ ngày 17/11/2025 của Ban Thường trực về\nThực hiện công tác bầu cử;\nI. MỤC ĐÍCH",
        ["33/KH-MTTQ"],
        None,
        id="a wrapped line that only looks like a cue",
    ),
    pytest.param(
        "ỦY BAN NHÂN DÂN TỈNH Căn cứ Luật Đất đai ngày 29/11/2013; Căn cứ Luật Nhà ở ngày 25/11/2014; QUYẾT ĐỊNH: Điều 1. Ban hành",
        ["Đất đai", "Nhà ở"],
        None,
        id="a page copied into one line",
    ),
]


@pytest.mark.parametrize(("text", "named", "proposer"), PREAMBLES)
def test_a_preamble(text: str, named: list[str], proposer: str | None) -> None:
    bases, who = read_preamble(words(text).lines())
    assert [b.number or b.subject for b in bases] == named
    assert (who.text if who else None) == proposer


def test_a_circular_says_what_it_guides() -> None:
    (basis,) = find_bases(
        words(
            "Căn cứ Thông tư số 01/2018/TT-VPCP ngày 23/11/2018 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn thi hành một số quy định của Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ;"
        )
    )
    assert told(basis.guides) == ("61/2018/NĐ-CP",)
    assert basis.amends == ()


def test_the_name_of_a_citation_is_its_kind_and_number() -> None:
    text = "Căn cứ Nghị định số 61 /2018/NĐ-CP ngày 23/4/2018 của Chính phủ về một cửa;"
    (basis,) = find_bases(words(text))
    assert basis.name.text == "Nghị định số 61 /2018/NĐ-CP"
    assert [text[a:b] for a, b in basis.name.spans] == [basis.name.text]
    assert [text[a:b] for a, b in basis.whole.spans] == [text[7:-1]]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Chỉ tiêu giao tại Phụ lục Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ.",
            ["01/NQ-CP"],
        ),
        (
            "theo Nghị định số 61/2018/NĐ-CP, Nghị định số 107/2021/NĐ-CP và Luật Đầu tư công",
            ["61/2018/NĐ-CP", "107/2021/NĐ-CP", None],
        ),
        # a kind without a number, a number without a kind, and words that only look like a law
        ("triển khai Nghị quyết của Chính phủ", []),
        ("hồ sơ số 01/NQ-CP", []),
        ("theo quy định của pháp luật về ngân sách", []),
        ("kiểm tra việc chấp hành luật giao thông", []),
        ("Quý 1/2023 đạt 50/100 hồ sơ", []),
    ],
)
def test_mentions(text: str, numbers: list[str | None]) -> None:
    assert [mention.number for mention in find_mentions(words(text))] == numbers


@pytest.mark.parametrize(
    ("text", "references"),
    [
        (
            "rà soát nội bộ theo Quyết định của Thủ tướng Chính phủ",
            ["Quyết định của Thủ tướng Chính phủ"],
        ),
        ("Theo hướng dẫn của Văn phòng Chính phủ", ["hướng dẫn của Văn phòng Chính phủ"]),
        (
            "theo quy định của pháp luật về ngân sách và phù hợp với tình hình",
            ["quy định của pháp luật về ngân sách"],
        ),
        ("theo quy định trên Cổng dịch vụ công", ["quy định trên Cổng dịch vụ công"]),
        # a bare "theo quy định" points nowhere; a numbered document is identified
        ("báo cáo kết quả thực hiện theo quy định.", []),
        ("theo Quyết định số 1085/QĐ-TTg của Thủ tướng Chính phủ", []),
        ("theo tiến độ đã giao", []),
    ],
)
def test_references(text: str, references: list[str]) -> None:
    assert [r.words.text for r in find_references(words(text))] == references


@pytest.mark.parametrize(
    ("written", "official"),
    [("71/NQ -CP", "71/NQ-CP"), ("61 / 2018/NĐ – CP", "61/2018/NĐ-CP"), ("57−NQ/TW", "57-NQ/TW")],
)
def test_numbers_are_given_in_their_official_form(written: str, official: str) -> None:
    assert number_of(written) == official


@pytest.mark.parametrize(
    ("sentence", "rests_on", "is_on"),
    [
        ("Sửa đổi Nghị định số 80/2020/NĐ-CP về viện trợ", [], ["80/2020/NĐ-CP"]),
        ("Rà soát theo Nghị định số 61/2018/NĐ-CP của Chính phủ", ["61/2018/NĐ-CP"], []),
        (
            "Sửa đổi hoặc ban hành thay thế Quyết định số 157/2007/QĐ-TTg, Quyết định số 05/2022/QĐ-TTg",
            [],
            ["157/2007/QĐ-TTg", "05/2022/QĐ-TTg"],
        ),
        ("Góp ý dự thảo Thông tư số 03/2024/TT-BNV", [], ["03/2024/TT-BNV"]),
        (
            "Thực hiện Nghị quyết số 01/NQ-CP; sửa đổi, bổ sung Quyết định số 12/QĐ-UBND",
            ["01/NQ-CP"],
            ["12/QĐ-UBND"],
        ),
    ],
)
def test_what_is_to_be_changed_is_no_basis(
    sentence: str, rests_on: list[str], is_on: list[str]
) -> None:
    text = words(sentence)
    mentions = find_mentions(text)
    changed = worked_on(text, mentions)
    assert [c.number for c in mentions if c not in changed] == rests_on
    assert [c.number for c in changed] == is_on


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Tập huấn Luật Đất đai cho công chức địa chính", "Luật Đất đai"),
        ("Thi hành Luật Khoa học và Công nghệ trong năm 2025", "Luật Khoa học và Công nghệ"),
        ("Góp ý Luật Quy hoạch và xây dựng các văn bản có liên quan", "Luật Quy hoạch"),
        ("Theo Luật Thuế giá trị gia tăng", "Luật Thuế giá trị gia tăng"),
    ],
)
def test_the_name_of_a_law_ends_where_the_sentence_goes_on(sentence: str, name: str) -> None:
    (law,) = find_mentions(words(sentence))
    assert law.name.text == name
