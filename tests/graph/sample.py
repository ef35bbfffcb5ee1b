"""A small sound graph: the worked example of the ontology (task II.5 and its neighbours).

The source text is made up after the plan; every span is found in it by its words.
"""

import hashlib
import re
from functools import cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from cancu.graph.derive import derive
from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import PREFIXES

DERIVED = "https://w3id.org/cancu/graph/suy-dien/mau/2023/kh"
ASSERTED = "https://w3id.org/cancu/graph/nguon/mau/2023/kh"

TEXT = """QUYẾT ĐỊNH Số: 55/QĐ-UBND ngày 10/02/2023
Căn cứ Nghị định số 61/2018/NĐ-CP về thực hiện cơ chế một cửa, một cửa liên thông;
Căn cứ Nghị định số 107/2021/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP;
Căn cứ Nghị định số 63/2010/NĐ-CP về kiểm soát thủ tục hành chính;
Căn cứ Nghị định số 45/2020/NĐ-CP về thực hiện thủ tục trên môi trường điện tử;
II. CÔNG TÁC KIỂM TRA
5. Kiểm tra việc kiểm soát thủ tục và thực hiện cơ chế một cửa trên môi trường mạng
- Thành lập đoàn kiểm tra
Văn phòng HĐND và UBND thành phố; Phòng Nội vụ
UBND các xã, phường; UBND các xã, phường có liên quan
Từ tháng 4 đến tháng 12/2023.
Kết luận kiểm tra
6. Triển khai Nghị quyết số 01/ NQ-CP và Luật  Tổ chức
chính quyền địa phương, Quyết định của Thủ tướng Chính phủ
Trước ngày 31/5/2023
Các cơ quan liên quan
PHỤ LỤC I: 2. Phòng Tư pháp - Chứng thực
PHỤ LỤC II: 16. Phường Cộng Hòa (khắc phục tồn tại)
"""
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
SHA8 = SHA256[:8]

LOCAL = {
    "s": "https://w3id.org/cancu/shapes#",
    "dm": "https://w3id.org/cancu/dm/",
    "id": "https://w3id.org/cancu/id/",
    "cl": "https://w3id.org/cancu/id/to-chuc/mau/",
    "nhom": "https://w3id.org/cancu/id/nhom/mau/",
    "vb": "https://w3id.org/cancu/id/vb/",
    "cp": "https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/",
    "kh": "https://w3id.org/cancu/id/ke-hoach/mau/2023/kh/",
    "nv": "https://w3id.org/cancu/id/ke-hoach/mau/2023/kh/nhiem-vu/",
    "ii5": "https://w3id.org/cancu/id/ke-hoach/mau/2023/kh/nhiem-vu/ii-5/",
    "ii6": "https://w3id.org/cancu/id/ke-hoach/mau/2023/kh/nhiem-vu/ii-6/",
    "pl": "https://w3id.org/cancu/id/ke-hoach/mau/2023/kh/phu-luc-1/",
    "kd": "https://w3id.org/cancu/id/khang-dinh/",
    "xx": "https://w3id.org/cancu/id/xem-xet/",
    "ct": f"https://w3id.org/cancu/id/chung-cu/{SHA8}/",
}
HEADER = "".join(f"PREFIX {name}: <{space}>\n" for name, space in {**PREFIXES, **LOCAL}.items())

# (key used below, the words, what they belong to)
SPANS = (
    ("so", "55/QĐ-UBND", "vb:quyet-dinh"),
    ("cc61", "thực hiện cơ chế một cửa, một cửa liên thông", "cp:61"),
    (
        "cc107",
        "107/2021/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP",
        "cp:107",
    ),
    ("cc63", "kiểm soát thủ tục hành chính", "cp:63"),
    ("cc45", "45/2020/NĐ-CP về thực hiện thủ tục trên môi trường điện tử", "cp:45"),
    ("muc", "CÔNG TÁC KIỂM TRA", "kh:phan\\/ii"),
    ("viec", "Kiểm tra việc kiểm soát thủ tục", "nv:ii-5"),
    ("motcua", "cơ chế một cửa trên", "nv:ii-5"),
    ("mang", "môi trường mạng", "nv:ii-5"),
    ("item", "Thành lập đoàn kiểm tra", "nv:ii-5"),
    ("vanphong", "Văn phòng HĐND và UBND thành phố", "nv:ii-5"),
    ("noivu", "Phòng Nội vụ", "nv:ii-5"),
    ("xa", "UBND các xã, phường", "nv:ii-5"),
    ("xalq", "UBND các xã, phường có liên quan", "nv:ii-5"),
    ("han", "Từ tháng 4 đến tháng 12/2023.", "nv:ii-5"),
    ("sanpham", "Kết luận kiểm tra", "nv:ii-5"),
    ("viec6", "Triển khai Nghị quyết", "nv:ii-6"),
    ("nq01", "số 01/ NQ-CP và", "nv:ii-6"),
    ("luat", "Luật  Tổ chức\nchính quyền địa phương", "nv:ii-6"),
    ("ttg", "Quyết định của Thủ tướng Chính phủ", "nv:ii-6"),
    ("han6", "Trước ngày 31/5/2023", "nv:ii-6"),
    ("cq", "Các cơ quan liên quan", "nv:ii-6"),
    ("tuphap", "Phòng Tư pháp - Chứng thực", "pl:muc-2"),
    ("conghoa", "Phường Cộng Hòa", "nv:ii-5"),
)


def _position(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def span(key: str) -> str:
    """Name the span of a key, as a prefixed name."""
    words = next(words for name, words, _ in SPANS if name == key)
    return "ct:c{}-{}".format(*_position(words))


def _span_turtle(key: str, words: str, part: str) -> str:
    start, end = _position(words)
    return f"""
{span(key)} a oa:SpecificResource ; oa:hasSource id:nguon\\/{SHA8} ; dcterms:isPartOf {part} ;
  oa:hasSelector {span(key)}\\/vi-tri , {span(key)}\\/trich .
{span(key)}\\/vi-tri a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .
{span(key)}\\/trich a oa:TextQuoteSelector ; oa:exact {Literal(words)} ;
  oa:prefix {Literal(TEXT[max(0, start - 9) : start])} ; oa:suffix {Literal(TEXT[end : end + 9])} .
"""


FACTS = """
vb:quyet-dinh a eli:LegalResource ; eli:type_document lvb:quyet-dinh ; rdfs:label "55/QĐ-UBND" ;
  eli:number "55/QĐ-UBND" ; eli:date_document "2023-02-10"^^xsd:date ; cancu:evidence @so@ ;
  cv:hasParticipation vb:quyet-dinh\\/tham-gia\\/noi-nhan-1 ; eli:based_on cp:61 , cp:107 , cp:63 .
vb:quyet-dinh\\/tham-gia\\/noi-nhan-1 a cv:Participation ; cv:role vt:noi-nhan ;
  cv:hasParticipant cl:phong-noi-vu ; cancu:statedText "Phòng Nội vụ" ; cancu:evidence @noivu@ .
id:ke-hoach\\/mau\\/2023\\/kh a eli:LegalResource , prov:Plan ; eli:is_annex_of vb:quyet-dinh ;
  eli:type_document lvb:ke-hoach ; rdfs:label "Kế hoạch" ; dcterms:temporal kh:khoang .
kh:khoang a dcterms:PeriodOfTime ;
  dcat:startDate "2023-01-01"^^xsd:date ; dcat:endDate "2023-12-31"^^xsd:date .
kh:phan\\/ii a cancu:Section ; eli:number "II" ; dcterms:title "CÔNG TÁC KIỂM TRA" ;
  dcterms:isPartOf id:ke-hoach\\/mau\\/2023\\/kh ; cancu:evidence @muc@ ;
  cancu:statedText "CÔNG TÁC KIỂM TRA" .

cp:61 a eli:LegalResource ; eli:type_document lvb:nghi-dinh ; rdfs:label "61/2018/NĐ-CP" ;
  eli:number "61/2018/NĐ-CP" ; eli:date_document "2018-04-23"^^xsd:date ; eli:is_about nd:mot-cua ;
  eli:first_date_entry_in_force "2018-06-21"^^xsd:date ; dcterms:source id:nguon\\/x ;
  eli:date_no_longer_in_force "2025-06-30"^^xsd:date ;
  cancu:validityCheckedOn "2025-01-10"^^xsd:date ; cancu:forcePeriod cp:61\\/hieu-luc .
cp:61\\/hieu-luc a cancu:ForcePeriod ; cancu:forceStatus hl:con ;
  dcat:startDate "2018-06-21"^^xsd:date .
cp:107 a eli:LegalResource ; eli:type_document lvb:nghi-dinh ; rdfs:label "107/2021/NĐ-CP" ;
  eli:number "107/2021/NĐ-CP" ; eli:date_document "2021-12-06"^^xsd:date ; eli:amends cp:61 .
cp:63 a eli:LegalResource ; eli:type_document lvb:nghi-dinh ; rdfs:label "63/2010/NĐ-CP" ;
  eli:number "63/2010/NĐ-CP" ; eli:date_document "2010-06-08"^^xsd:date ;
  eli:is_about nd:kiem-soat-tthc .
cp:45 a eli:LegalResource ; eli:type_document lvb:nghi-dinh ; rdfs:label "45/2020/NĐ-CP" ;
  eli:number "45/2020/NĐ-CP" ; eli:date_document "2020-04-08"^^xsd:date ;
  eli:is_about nd:moi-truong-dien-tu .
vb:nq-01 a eli:LegalResource ; eli:type_document lvb:nghi-quyet ; rdfs:label "01/NQ-CP" ;
  eli:number "01/NQ-CP" ; eli:date_document "2023-01-06"^^xsd:date .
vb:luat a eli:LegalResource ; eli:type_document lvb:luat ; rdfs:label "77/2015/QH13" ;
  eli:number "77/2015/QH13" ; eli:date_document "2015-06-19"^^xsd:date ;
  dcterms:title "Luật Tổ chức chính quyền địa phương"@vi .

nv:ii-5 a cancu:PlanTask ; dcterms:identifier "II.5" ; rdfs:label "II.5" ;
  dcterms:isPartOf id:ke-hoach\\/mau\\/2023\\/kh ; cancu:inSection kh:phan\\/ii ;
  cancu:statedText "Kiểm tra việc kiểm soát thủ tục" ; cancu:evidence @viec@ ;
  cv:hasParticipation ii5:chu-tri-1 , ii5:phoi-hop-1 , ii5:phoi-hop-2 , ii5:phoi-hop-3 ;
  cancu:hasTimeLimit ii5:thoi-han ; cancu:expectedProduct ii5:san-pham-1 .
ii5:muc-1 a cancu:TaskItem ; dcterms:identifier "1" ; dcterms:isPartOf nv:ii-5 ;
  cancu:statedText "Thành lập đoàn kiểm tra" ; cancu:evidence @item@ .
ii5:chu-tri-1 a cv:Participation ; cv:role vt:chu-tri ; cv:hasParticipant cl:van-phong ;
  cancu:statedText "Văn phòng HĐND và UBND thành phố" ; cancu:evidence @vanphong@ .
ii5:phoi-hop-1 a cv:Participation ; cv:role vt:phoi-hop ; cv:hasParticipant cl:phong-noi-vu ;
  cancu:statedText "Phòng Nội vụ" ; cancu:evidence @noivu@ .
ii5:phoi-hop-2 a cv:Participation ; cv:role vt:phoi-hop ; cv:hasParticipant nhom:xa-phuong ;
  cancu:statedText "UBND các xã, phường" ; cancu:evidence @xa@ .
ii5:phoi-hop-3 a cv:Participation ; cv:role vt:phoi-hop ; cv:hasParticipant nhom:xa-lien-quan ;
  cancu:statedText "UBND các xã, phường có liên quan" ; cancu:evidence @xalq@ .
ii5:thoi-han a cancu:TimeLimit ; cancu:statedText "Từ tháng 4 đến tháng 12/2023." ;
  cancu:timeLimitKind lth:trong-ky ; dcterms:temporal ii5:khoang ; cancu:evidence @han@ .
ii5:khoang a dcterms:PeriodOfTime ;
  dcat:startDate "2023-04-01"^^xsd:date ; dcat:endDate "2023-12-31"^^xsd:date .
ii5:san-pham-1 a cancu:ExpectedProduct ; cancu:statedText "Kết luận kiểm tra" ;
  cancu:evidence @sanpham@ .

nv:ii-6 a cancu:PlanTask ; dcterms:identifier "II.6" ; rdfs:label "II.6" ;
  dcterms:isPartOf id:ke-hoach\\/mau\\/2023\\/kh ; cancu:inSection kh:phan\\/ii ;
  cancu:statedText "Triển khai Nghị quyết" ; cancu:evidence @viec6@ ;
  cv:hasParticipation ii6:chu-tri-1 , ii6:phoi-hop-1 ; cancu:hasTimeLimit ii6:thoi-han ;
  cancu:expectedProduct ii6:san-pham-1 ; cancu:containsReference ii6:vien-dan .
ii6:chu-tri-1 a cv:Participation ; cv:role vt:chu-tri ; cv:hasParticipant cl:van-phong ;
  cancu:statedText "Văn phòng HĐND và UBND thành phố" ; cancu:evidence @vanphong@ .
ii6:phoi-hop-1 a cv:Participation ; cv:role vt:phoi-hop ; cv:hasParticipant nhom:ii-6-lien-quan ;
  cancu:statedText "Các cơ quan liên quan" ; cancu:evidence @cq@ .
ii6:thoi-han a cancu:TimeLimit ; cancu:statedText "Trước ngày 31/5/2023" ;
  cancu:timeLimitKind lth:truoc-ngay ; cancu:dueBefore "2023-05-31"^^xsd:date ;
  cancu:evidence @han6@ .
ii6:san-pham-1 a cancu:ExpectedProduct ; cancu:statedText "Kết luận kiểm tra" ;
  cancu:evidence @sanpham@ .
ii6:vien-dan a cancu:UnresolvedReference ; cancu:evidence @ttg@ ;
  cancu:statedText "Quyết định của Thủ tướng Chính phủ" .

pl:muc-2 a cancu:ReviewItem ; dcterms:identifier "PL1.2" ; rdfs:label "PL1.2" ;
  dcterms:isPartOf id:ke-hoach\\/mau\\/2023\\/kh ; dcterms:subject lv:chung-thuc ;
  cancu:statedText "Phòng Tư pháp - Chứng thực" ; cancu:evidence @tuphap@ ;
  cv:hasParticipation pl:chu-tri-1 ; cancu:hasTimeLimit pl:thoi-han .
pl:chu-tri-1 a cv:Participation ; cv:role vt:chu-tri ; cv:hasParticipant cl:phong-noi-vu ;
  cancu:statedText "Phòng Tư pháp" ; cancu:evidence @tuphap@ .
pl:thoi-han a cancu:TimeLimit ; cancu:statedText "Trước ngày 31/5/2023" ;
  cancu:timeLimitKind lth:truoc-ngay , lth:thuong-xuyen ; cancu:evidence @han6@ ;
  cancu:dueBefore "2023-05-31"^^xsd:date .
kh:phu-luc-2\\/ii-16 a cancu:InspectionTarget ; rdfs:label "PL2.II.16" ;
  dcterms:identifier "PL2.II.16" ; dcterms:isPartOf nv:ii-5 ; cancu:inspects cl:cong-hoa ;
  cancu:inspectionMode htkt:khac-phuc-ton-tai ; cancu:statedText "Phường Cộng Hòa" ;
  cancu:evidence @conghoa@ .
id:phat-hien\\/1 a dqv:QualityAnnotation ; oa:hasTarget ii5:thoi-han ; oa:hasBody bt:nam-khong-khop ;
  cancu:severity md:can-kiem-tra ; cancu:evidence @han@ ; cancu:proposal "2023" ;
  rdfs:comment "Năm không khớp"@vi , "The year does not fit"@en .

cl:van-phong a cv:PublicOrganisation , org:OrganizationalUnit ; rdfs:label "Văn phòng" ;
  skos:prefLabel "Văn phòng"@vi .
cl:phong-noi-vu a cv:PublicOrganisation , org:OrganizationalUnit ; rdfs:label "Phòng Nội vụ" ;
  skos:prefLabel "Phòng Nội vụ"@vi .
cl:cong-hoa a cv:PublicOrganisation , org:FormalOrganization ; rdfs:label "UBND phường Cộng Hòa" ;
  skos:prefLabel "UBND phường Cộng Hòa"@vi ; skos:altLabel "Phường Cộng Hòa"@vi .
nhom:xa-phuong a cancu:AgencyGroup ; rdfs:label "UBND các xã, phường" ;
  cancu:closure dd:dong-du-danh-sach .
nhom:xa-lien-quan a cancu:AgencyGroup ; rdfs:label "UBND các xã, phường có liên quan" ;
  cancu:closure dd:tap-con-mo ; cancu:subsetOf nhom:xa-phuong .
nhom:ii-6-lien-quan a cancu:AgencyGroup ; rdfs:label "Các cơ quan liên quan" ; cancu:closure dd:mo .

id:nguon\\/@sha8@ a cnt:ContentAsText ; cnt:chars @text@ ; dcterms:identifier "sha256:@sha256@" .
id:lan-chay\\/1 a prov:Activity ; prov:used id:nguon\\/@sha8@ ;
  prov:wasAssociatedWith id:phan-mem\\/bo-doc .
id:nguoi\\/a a foaf:Person ; foaf:name "Cán bộ pháp chế (ví dụ)" .
xx:1 a cancu:Review ; cancu:reviewOf kd:ii-5-61 ; cancu:verdict kl:xac-nhan ;
  prov:wasAssociatedWith id:nguoi\\/a ;
  prov:endedAtTime "2025-01-15T09:00:00+07:00"^^xsd:dateTime .
"""

# key, subject, predicate, object, how known, spans, topic
CLAIMS = (
    ("ii-5-61", "nv:ii-5", "cancu:legalBasis", "cp:61", "khop-noi-dung", "motcua cc61", "mot-cua"),
    (
        *("ii-5-63", "nv:ii-5", "cancu:legalBasis", "cp:63"),
        *("khop-noi-dung", "viec cc63", "kiem-soat-tthc"),
    ),
    (
        *("ii-5-45", "nv:ii-5", "cancu:legalBasis", "cp:45"),
        *("khop-noi-dung", "mang cc45", "moi-truong-dien-tu"),
    ),
    ("ii-6-01", "nv:ii-6", "cancu:legalBasis", "vb:nq-01", "vien-dan-truc-tiep", "nq01", ""),
    ("ii-6-luat", "nv:ii-6", "cancu:legalBasis", "vb:luat", "vien-dan-truc-tiep", "luat", ""),
    ("107-61", "cp:107", "eli:amends", "cp:61", "vien-dan-truc-tiep", "cc107", ""),
    ("qd-61", "vb:quyet-dinh", "eli:based_on", "cp:61", "vien-dan-truc-tiep", "cc61", ""),
    ("qd-107", "vb:quyet-dinh", "eli:based_on", "cp:107", "vien-dan-truc-tiep", "cc107", ""),
    ("qd-63", "vb:quyet-dinh", "eli:based_on", "cp:63", "vien-dan-truc-tiep", "cc63", ""),
    ("tv-1", "nhom:xa-phuong", "foaf:member", "cl:cong-hoa", "doc-tu-bo-cuc", "conghoa", ""),
    (
        *("con-1", "nhom:xa-lien-quan", "cancu:subsetOf", "nhom:xa-phuong"),
        *("vien-dan-truc-tiep", "xalq", ""),
    ),
)


def _claim_turtle(key: str, s: str, p: str, o: str, how: str, spans: str, topic: str) -> str:
    evidence = " , ".join(map(span, spans.split()))
    matched = f"; cancu:matchedTopic nd:{topic}" if topic else ""
    return f"""
kd:{key} a cancu:Claim ; cancu:claimSubject {s} ; cancu:claimPredicate {p} ;
  cancu:claimObject {o} ; cancu:howKnown cb:{how} ; cancu:evidence {evidence} ;
  prov:wasGeneratedBy id:lan-chay\\/1 {matched} .
"""


@cache
def asserted() -> tuple[Quad, ...]:
    """Give the sample's asserted triples, in the default graph."""
    facts = filled(FACTS)
    spans = "".join(_span_turtle(*row) for row in SPANS)
    claims = "".join(_claim_turtle(*row) for row in CLAIMS)
    return tuple(parse(HEADER + facts + spans + claims, RdfFormat.TURTLE))


def filled(text: str) -> str:
    """Put the name of a span for each @key@, and the source's hash and text."""
    known = {"sha8": SHA8, "sha256": SHA256, "text": str(Literal(TEXT))}
    return re.sub(r"@(\w+)@", lambda match: known.get(match[1]) or span(match[1]), text)


def full_store() -> Store:
    """Build the sample as the product would: vocabulary, facts and derived edges in graphs."""
    store = Store()
    store.extend(ontology_quads())
    graph = NamedNode(ASSERTED)
    store.extend(Quad(q.subject, q.predicate, q.object, graph) for q in asserted())
    derive(store, DERIVED)
    return store


@cache
def _flat() -> tuple[Quad, ...]:
    mentioned = {term for quad in asserted() for term in (quad.subject, quad.object)}
    store = full_store()
    keep = {NamedNode(graph) for graph in (ASSERTED, DERIVED)}
    return tuple(
        {
            Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
            for quad in store
            if quad.graph_name in keep
            or quad.subject in mentioned
            or str(quad.subject).startswith("<https://w3id.org/cancu/dm/ket-luan")
            or _is_scheme(quad)
            or quad.predicate.value.endswith("#subClassOf")
        }
    )


def _is_scheme(quad: Quad) -> bool:
    return quad.object == NamedNode(f"{PREFIXES['skos']}ConceptScheme")


def flat_store(update: str = "") -> Store:
    """Build the sample in one graph, with the concepts it names, changed by a SPARQL update."""
    store = Store()
    store.extend(_flat())
    if update:
        store.update(HEADER + update)
    return store
