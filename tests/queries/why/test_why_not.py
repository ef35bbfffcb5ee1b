"""Why things are missing, against the plan itself: written from its text, not from what the program said.

A case is (question, what it is asked, what is missing, kind of reason, a piece of the condition that fails, a piece of the
reason in Vietnamese, a piece of the nearest fact). `missing` is column=value, or nothing where the whole answer is empty.
"""

from collections.abc import Iterator

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.why.explain import Explanation, explain
from cancu.queries.why.reasons import Reason
from cancu.queries.why.rows import Wanted

KIND, CITED, SUGGESTED, CONFIRMED = (
    "rdf-syntax-ns#type",
    "citedBasis",
    "suggestedBasis",
    "confirmedBasis",
)
PREAMBLE, PARTY, LAST = "based_on", "hasParticipant", "latestDay"
NO_TASK = "không phải nhiệm vụ trong bảng kế hoạch"
D61, D63, D45, D107, N01 = (
    "61/2018/NĐ-CP",
    "63/2010/NĐ-CP",
    "45/2020/NĐ-CP",
    "107/2021/NĐ-CP",
    "01/NQ-CP",
)
OFFICE, INTERIOR, JUSTICE = "Văn phòng HĐND và UBND thành phố", "Phòng Nội vụ", "Phòng Tư pháp"

CASES = [
    # A1: the preamble names ten documents, neither of these
    ("A1", {}, f"document={N01}", "triple", PREAMBLE, "nào nêu 01/NQ-CP ở phần căn cứ", ""),
    ("A1", {}, "document=42/2022/NĐ-CP", "triple", PREAMBLE, "nào nêu 42/2022/NĐ-CP ở phần căn cứ", ""),
    # A2: II.5 has four suggestions, I.1 none
    ("A2", {"task": "I.1"}, f"document={D61}", "triple", "nhiem-vu/i-1> ?edge", "I.1 không có căn cứ gợi ý", ""),
    ("A2", {"task": "II.5"}, "document=92/2017/NĐ-CP", "triple", "nhiem-vu/ii-5> ?edge", "không có căn cứ gợi ý là 92/2017/NĐ-CP", ""),
    ("A2", {"task": "III.6"}, f"document={D63}", "triple", "nhiem-vu/iii-6> ?edge", "không viện dẫn 63/2010/NĐ-CP", "III.6 viện dẫn 01/NQ-CP"),
    ("A2", {"task": "PL1.1"}, "", "triple", "muc-1>", "PL1.1", ""),
    # A3: 107/2021 amends 61/2018 and 45/2020 only; 61/2018 amends nothing
    ("A3", {"document": D107}, f"target={D63}", "triple", "ontology#amends", "107/2021/NĐ-CP không sửa đổi, bổ sung 63/2010/NĐ-CP", "sửa đổi, bổ sung 61/2018/NĐ-CP"),
    ("A3", {"document": D61}, "", "triple", "ontology#amends", "61/2018/NĐ-CP không sửa đổi, bổ sung văn bản nào", ""),
    # A4: the plan cites one numbered document, in III.6
    ("A4", {}, "task=II.5", "triple", CITED, "II.5 không viện dẫn văn bản nào", ""),
    ("A4", {}, f"document={D61}", "triple", CITED, "không có nhiệm vụ nào viện dẫn 61/2018/NĐ-CP", ""),
    ("A4", {}, "task=PL1.1", "triple", KIND, f"PL1.1 {NO_TASK}", "PL1.1 là mục rà soát"),
    # A5
    ("A5", {"document": N01}, "task=I.1", "one of", CITED, "I.1 không viện dẫn văn bản nào", "III.6 viện dẫn 01/NQ-CP"),
    ("A5", {"document": N01}, "task=II.5", "one of", SUGGESTED, "II.5 không có căn cứ gợi ý là 01/NQ-CP", "II.5 có căn cứ gợi ý là 61/2018/NĐ-CP"),
    ("A5", {"document": N01}, "task=II.5", "one of", PREAMBLE, "nào nêu 01/NQ-CP ở phần căn cứ", ""),
    ("A5", {"document": "42/2022/NĐ-CP"}, "task=I.1", "one of", PREAMBLE, "nào nêu 42/2022/NĐ-CP ở phần căn cứ", ""),
    ("A5", {"document": "42/2022/NĐ-CP"}, "task=II.5", "one of", SUGGESTED, "II.5 không có căn cứ gợi ý là 42/2022/NĐ-CP", "II.1 có căn cứ gợi ý là 42/2022/NĐ-CP"),
    ("A5", {"document": "42/2022/NĐ-CP"}, "task=II.5", "one of", CONFIRMED, "II.5 không có căn cứ nào đã được xác nhận", ""),
    ("A5", {"document": D61}, "task=PL1.1", "triple", KIND, f"PL1.1 {NO_TASK}", ""),
    ("A5", {"document": D45}, "task=PL1.4", "triple", KIND, f"PL1.4 {NO_TASK}", ""),
    ("A5", {"document": D61}, "task=Điều 2.1", "triple", KIND, f"Điều 2.1 {NO_TASK}", ""),
    ("A5", {"document": D61}, f"document={D45}", "asked", "document_asked", "đang hỏi về 61/2018/NĐ-CP, không phải 45/2020/NĐ-CP", ""),
    # A6: nothing is guided by 01/NQ-CP
    ("A6", {"task": "II.5"}, f"guide={N01}", "triple", "guidesImplementationOf", "01/NQ-CP không hướng dẫn thi hành văn bản nào", ""),
    ("A6", {"task": "I.1"}, "", "one of", SUGGESTED, "I.1 không có căn cứ gợi ý nào", ""),
    # A7: III.3 has a reference without a number, I.1 has none; only 1085 is a candidate
    ("A7", {}, "task=I.1", "triple", "containsReference", "I.1 không có chỗ viện dẫn nào chưa rõ văn bản", ""),
    ("A7", {}, f"candidate={D61}", "triple", "ns#candidate", "không có chỗ viện dẫn nào có thể chỉ tới 61/2018/NĐ-CP", ""),
    # A8: only I.1 and II.4 have no basis at all
    ("A8", {}, "task=I.2", "present", SUGGESTED, "I.2 không có căn cứ gợi ý nào; nhưng", "I.2 có căn cứ gợi ý là 61/2018/NĐ-CP"),
    ("A8", {}, "task=III.6", "present", CITED, "III.6 không viện dẫn văn bản nào; nhưng", "III.6 viện dẫn 01/NQ-CP"),
    ("A8", {}, "task=IV.3", "present", SUGGESTED, "IV.3 không có căn cứ gợi ý nào; nhưng", "IV.3 có căn cứ gợi ý là 63/2010/NĐ-CP"),
    ("A8", {}, "task=PL1.1", "triple", KIND, f"PL1.1 {NO_TASK}", ""),
    # A9
    ("A9", {"task": "I.1", "document": D61}, "", "triple", "claimSubject", "không có khẳng định nào nói về nhiệm vụ I.1", ""),
    ("A9", {"task": "II.5", "document": N01}, "", "triple", "claim", "01/NQ-CP", ""),
    # A10: 107/2021 names what it amends; 01/2018 amends nothing
    ("A10", {}, f"document={D107}", "triple", "containsReference", "107/2021/NĐ-CP không có chỗ viện dẫn nào chưa rõ văn bản", ""),
    ("A10", {}, "document=01/2018/TT-VPCP", "triple", "containsReference", "01/2018/TT-VPCP không có chỗ viện dẫn nào", ""),
    # A11
    ("A11", {}, "task=I.1", "one of", SUGGESTED, "I.1 không có căn cứ gợi ý nào", ""),
    ("A11", {}, "document=77/2015/QH13", "one of", SUGGESTED, "nào có căn cứ gợi ý là 77/2015/QH13", ""),
    # A12
    ("A12", {"task": "II.5"}, "document=92/2017/NĐ-CP", "one of", SUGGESTED, "II.5 không có căn cứ gợi ý là 92/2017/NĐ-CP", "II.5 có căn cứ gợi ý là"),
    ("A12", {"task": "II.5"}, f"other={N01}", "triple", "claimSubject", "không có khẳng định nào nói về 01/NQ-CP", ""),
    # A13: the interior office only coordinates; the insurance is nowhere named
    ("A13", {"document": D61}, f"agency={INTERIOR}", "triple", "vai-tro/chu-tri", "giữ vai trò chủ trì", "giữ vai trò phối hợp"),
    ("A13", {"document": D61}, "agency=BHXH thành phố", "triple", PARTY, "không có bên tham gia nào là BHXH thành phố", ""),
    ("A13", {"document": D61}, "task=PL1.1", "triple", KIND, f"PL1.1 {NO_TASK}", ""),
    ("A13", {"document": D61}, f"through={D45}", "triple", "amends", "45/2020/NĐ-CP không dẫn tới 61/2018/NĐ-CP", ""),
    ("A13", {"document": N01}, "task=I.1", "one of", CITED, "I.1 không viện dẫn văn bản nào", ""),
    # A14: only cited and confirmed bases count
    ("A14", {}, "task=II.5", "one of", CITED, "II.5 không viện dẫn văn bản nào", ""),
    ("A14", {}, "task=II.5", "one of", CONFIRMED, "II.5 không có căn cứ nào đã được xác nhận", ""),
    ("A14", {}, f"document={D61}", "one of", CITED, "không có nhiệm vụ nào viện dẫn 61/2018/NĐ-CP", ""),
    # A15: 118/2025 replaces 61/2018, but not yet in 2023
    ("A15", {}, "document=42/2022/NĐ-CP", "one of", PREAMBLE, "nào nêu 42/2022/NĐ-CP ở phần căn cứ", ""),
    ("A15", {}, "replaced_by=118/2025/NĐ-CP", "value", "takes_over", "01/07/2025, mà câu hỏi chỉ lấy khi", "118/2025/NĐ-CP có hiệu lực từ 01/07/2025"),
    # A16
    ("A16", {"document": D63}, "amender=78/2025/NĐ-CP", "value", "status", "chưa có hiệu lực", ""),
    ("A16", {"document": D63}, f"amender={N01}", "triple", "claimSubject", "01/NQ-CP", ""),
    # A17: bases outside the preamble only
    ("A17", {}, "task=I.2", "present", PREAMBLE, "không nêu 61/2018/NĐ-CP ở phần căn cứ; nhưng", "nêu 61/2018/NĐ-CP ở phần căn cứ"),
    ("A17", {}, "task=I.1", "triple", SUGGESTED, "I.1 không có căn cứ gợi ý nào", ""),
    ("A17", {}, f"document={D61}", "present", PREAMBLE, "không nêu 61/2018/NĐ-CP ở phần căn cứ; nhưng", ""),
    ("A17", {}, f"document={N01}", "triple", SUGGESTED, "nào có căn cứ gợi ý là 01/NQ-CP", ""),
    # A18: I.1 has no items with suggestions
    ("A18", {"task": "I.1"}, "", "triple", "terms/isPartOf", "không có nội dung thành phần nào thuộc nhiệm vụ I.1", ""),
    ("A18", {"task": "II.1"}, "document=77/2015/QH13", "triple", SUGGESTED, "77/2015/QH13", ""),
    # B1: counts tasks of the table; the justice office has a review item, a commune is never named
    ("B1", {"agency": JUSTICE}, "", "triple", KIND, f"PL1.2 {NO_TASK}", "PL1.2 là mục rà soát"),
    ("B1", {"agency": "UBND phường Cộng Hòa"}, "", "triple", PARTY, "không có bên tham gia nào là UBND phường Cộng Hòa", ""),
    ("B1", {}, f"agency={INTERIOR}", "asked", "agency_asked", f"đang hỏi về {OFFICE}, không phải {INTERIOR}", ""),
    # B2: the interior office coordinates I.2, I.4, II.5 and II.6
    ("B2", {"agency": INTERIOR}, f"agency={JUSTICE}", "triple", "hasParticipation", "“Phòng Tư pháp” (PL1.2)", "PL1.2 có bên tham gia “Phòng Tư pháp”"),
    ("B2", {"agency": INTERIOR}, "task=III.3", "one of", PARTY, "III.3", ""),
    ("B2", {"agency": INTERIOR}, "task=III.2", "triple", "vai-tro/phoi-hop", "“Các phòng chuyên môn” (III.2) không giữ vai trò phối hợp", "giữ vai trò chủ trì"),
    ("B2", {"agency": INTERIOR}, f"agency={INTERIOR}", "value", "!=", INTERIOR, ""),
    # B3: no commune and no group of communes in I.4 or IV.2
    ("B3", {"agency": "UBND phường Cộng Hòa"}, "task=I.4", "one of", PARTY, "không có bên tham gia nào là UBND phường Cộng Hòa", ""),
    ("B3", {"agency": "UBND phường Cộng Hòa"}, "task=IV.2", "one of", PARTY, "(IV.2)", "Cơ quan báo, đài có liên quan"),
    ("B3", {"agency": "UBND phường Cộng Hòa"}, "task=Điều 2.1", "value", "?class", "là một trong", ""),
    ("B3", {"agency": INTERIOR}, "task=III.1", "one of", PARTY, INTERIOR, ""),
    # C1: only limits with a last day in the quarter
    ("C1", {"quarter": "II/2023"}, "task=II.5", "value", "?latest <=", "31/12/2023, mà câu hỏi chỉ lấy khi “Ngày muộn nhất” không muộn hơn 30/06/2023", "Từ tháng 4 đến tháng 12/2023"),
    ("C1", {"quarter": "II/2023"}, "task=IV.3", "value", "?latest <=", "31/12/2023", "“Trong năm 2023” (IV.3) có ngày muộn nhất là 31/12/2023"),
    ("C1", {"quarter": "II/2023"}, "task=III.3", "value", "?latest >=", "31/03/2023, mà câu hỏi chỉ lấy khi “Ngày muộn nhất” không sớm hơn 01/04/2023", "Quý I năm 2023"),
    ("C1", {"quarter": "I/2023"}, "task=I.2", "value", "?latest <=", "không muộn hơn 31/03/2023", ""),
    ("C1", {"quarter": "IV/2023"}, "task=I.2", "value", "?latest >=", "không sớm hơn 01/10/2023", ""),
    ("C1", {"quarter": "II/2023"}, "task=II.1", "triple", LAST, "(II.1) không có ngày muộn nhất", "thuộc loại: thường xuyên"),
    ("C1", {"quarter": "II/2023"}, "task=II.4", "triple", LAST, "“Theo tiến độ đã giao” (II.4) không có ngày muộn nhất", "theo tiến độ"),
    ("C1", {"quarter": "II/2023"}, "task=II.6", "triple", LAST, "(II.6) không có ngày muộn nhất", "bắt đầu từ"),
    ("C1", {"quarter": "II/2023"}, "task=III.1", "triple", LAST, "(III.1) không có ngày muộn nhất", "theo hướng dẫn"),
    ("C1", {"quarter": "II/2023"}, "task=IV.2", "triple", LAST, "(IV.2) không có ngày muộn nhất", "thường xuyên"),
    ("C1", {"quarter": "II/2023"}, "task=PL1.1", "triple", KIND, f"PL1.1 {NO_TASK}", "PL1.1 là mục rà soát"),
    ("C1", {"quarter": "II/2023"}, "task=Điều 2.2", "triple", "hasTimeLimit", "Điều 2.2 không có thời hạn", ""),
    ("C1", {"quarter": "III/2023"}, "", "value", "?latest", "31/12/2023", ""),
    # C2
    ("C2", {"date": "30/6/2023"}, "task=PL1.7", "value", "?due_before", "31/07/2023, mà câu hỏi chỉ lấy khi “Trước ngày” không muộn hơn 30/06/2023", "(PL1.7) phải xong trước 31/07/2023"),
    ("C2", {"date": "30/5/2023"}, "task=PL1.1", "value", "?due_before", "31/05/2023, mà câu hỏi chỉ lấy khi “Trước ngày” không muộn hơn 30/05/2023", ""),
    ("C2", {"date": "30/5/2023"}, "", "value", "?due_before", "không muộn hơn 30/05/2023", ""),
    ("C2", {}, "task=II.5", "triple", KIND, "II.5 không phải mục rà soát", "II.5 là nhiệm vụ trong bảng kế hoạch"),
    ("C2", {}, "agency=Phòng Quản lý đô thị", "value", "?due_before", "31/07/2023", "(PL1.9) phải xong trước 31/07/2023"),
    ("C2", {}, f"agency={OFFICE}", "triple", "hasParticipation", f"không có mục rà soát nào có bên tham gia là {OFFICE}", ""),
    # C4
    ("C4", {}, "task=Điều 2.1", "triple", "hasTimeLimit", "Điều 2.1 không có thời hạn", ""),
    ("C4", {}, "task=Điều 3", "triple", "hasTimeLimit", "Điều 3 không có thời hạn", ""),
]  # fmt: skip


def told(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        for way in reason.ways:
            yield from told(way)


def why_not(code: str, asked: dict[str, str], missing: str, dataset: Embedded) -> Explanation:
    column, _, value = missing.partition("=")
    return explain(code, asked, Wanted([(column, value)] if missing else []), dataset)


@pytest.mark.parametrize(
    ("code", "asked", "missing", "kind", "condition", "words", "nearest"),
    [pytest.param(*case, id=f"{i}-{case[0]}-{case[2]}") for i, case in enumerate(CASES)],
)
def test_the_reason_is_the_plans(
    code: str,
    asked: dict[str, str],
    missing: str,
    kind: str,
    condition: str,
    words: str,
    nearest: str,
    dataset: Embedded,
) -> None:
    found = why_not(code, asked, missing, dataset)
    assert found.missing is not None
    reasons = found.missing.reasons
    assert kind in {reason.kind for reason in reasons}
    fits = [
        r
        for r in told(reasons)
        if condition in r.condition and words in f"{r.text.vi[:1].lower()}{r.text.vi[1:]}"
    ]
    assert fits, [(r.kind, r.text.vi, r.condition) for r in told(reasons)]
    if nearest:
        facts = [f.text.vi for r in fits for f in r.nearest]
        assert any(nearest in fact for fact in facts), facts


def test_there_are_enough_cases() -> None:
    assert len({case[:3].__repr__() for case in CASES}) >= 60
