"""Twins and distractors of the questions of data stewards, inspections, annexes, documents and two agencies.

`test_questions` runs them beside its own.
"""

GONE = "DELETE WHERE {{ {0} }}"
LIMIT = "DELETE {{ {0} {1} ?was }} INSERT {{ {0} {1} {2} }} WHERE {{ {0} {1} ?was }}"

TWINS: list[tuple[str, str]] = [
    ("A20", GONE.format("?c cancu:claimObject nd:2018\\/61-2018-nd-cp ; cancu:claimPredicate cancu:replaces")),
    ("A20", "DELETE { ?c cancu:claimStatus ?s } INSERT { ?c cancu:claimStatus kl:bac-bo } WHERE { ?c cancu:claimObject nd:2018\\/61-2018-nd-cp ; cancu:claimPredicate eli:amends ; cancu:howKnown cb:vien-dan-truc-tiep ; cancu:claimStatus ?s }"),
    ("B13", GONE.format("nv:iii-3\\/tham-gia\\/chu-tri-1 cv:hasParticipant ?who")),
    ("B13", LIMIT.format("nv:i-2\\/tham-gia\\/phoi-hop-1", "cv:hasParticipant", "cl:phong-tu-phap")),
    ("B14", GONE.format("nhom:cac-phong-chuyen-mon cancu:certainMember cl:phong-tu-phap")),
    ("B14", LIMIT.format("nv:i-3\\/thoi-han", "cancu:latestDay", '"2023-07-01"^^xsd:date')),
    ("B15", GONE.format("nv:i-2\\/tham-gia\\/phoi-hop-1 cv:hasParticipant ?who")),
    ("B15", LIMIT.format("nv:i-4\\/tham-gia\\/phoi-hop-1", "cv:role", "vt:chu-tri")),
    ("B16", GONE.format("nv:ii-5\\/tham-gia\\/phoi-hop-2 cv:hasParticipant ?who")),
    ("B16", LIMIT.format("nv:ii-5\\/tham-gia\\/phoi-hop-1", "cv:role", "vt:chu-tri")),
    ("B17", GONE.format("nhom:ubnd-cac-xa-phuong cancu:certainMember cl:ubnd-phuong-cong-hoa")),
    ("B17", LIMIT.format("nhom:ubnd-cac-xa-phuong", "cancu:closure", "dd:mo")),
    ("B18", GONE.format("nhom:cac-phong-chuyen-mon cancu:certainMember cl:phong-tu-phap")),
    ("B18", LIMIT.format("nv:i-4\\/tham-gia\\/phoi-hop-1", "cv:role", "vt:chu-tri")),
    ("C9", GONE.format("nv:i-2\\/thoi-han cancu:latestDay ?day")),
    ("C9", LIMIT.format("nv:iii-3\\/thoi-han", "cancu:latestDay", '"2023-04-01"^^xsd:date')),
    ("C10", GONE.format("nv:iii-3\\/thoi-han cancu:latestDay ?day")),
    ("C10", LIMIT.format("nv:i-3\\/thoi-han", "cancu:latestDay", '"2023-06-15"^^xsd:date')),
    ("C11", GONE.format("nv:ii-5\\/san-pham\\/2 cancu:statedText ?words")),
    ("C11", LIMIT.format("nv:ii-5\\/thoi-han", "cancu:latestDay", '"2023-11-30"^^xsd:date')),
    ("D1", GONE.format("?p cv:hasParticipant cl:bo-phan-mot-cua")),
    ("D1", LIMIT.format("nv:ii-6\\/tham-gia\\/chu-tri-1", "cancu:statedText", '"VP HĐND và UBND"')),
    ("D2", GONE.format("?c cancu:claimPredicate cancu:candidate")),
    ("D2", "DELETE { ?c cancu:claimStatus ?s } INSERT { ?c cancu:claimStatus kl:xac-nhan } WHERE { ?c cancu:claimPredicate cancu:candidate ; cancu:claimStatus ?s }"),
    ("D3", GONE.format("?f oa:hasBody bt:nam-khong-khop")),
    ("D3", "DELETE { ?f cancu:severity ?s } INSERT { ?f cancu:severity md:goi-y } WHERE { ?f oa:hasBody bt:nam-khong-khop ; cancu:severity ?s }"),
    ("D4", GONE.format("?f oa:hasBody bt:o-bi-ngat ; oa:hasTarget nv:iii-6")),
    ("D4", "DELETE { ?p oa:start ?at } INSERT { ?p oa:start 9300 } WHERE { ?f oa:hasBody bt:o-bi-ngat ; oa:hasTarget nv:iii-6 ; cancu:evidence ?e . ?e oa:hasSelector ?p . ?p oa:start ?at ; oa:end ?stop }"),
    ("D5", GONE.format("?c cancu:claimSubject nv:ii-5 ; cancu:claimObject nd:2018\\/61-2018-nd-cp")),
    ("D5", "INSERT { <x:review> cancu:reviewOf ?c ; cancu:verdict kl:xac-nhan ; prov:wasAssociatedWith <x:person> ; prov:endedAtTime \"2023-03-01T08:00:00Z\"^^xsd:dateTime . <x:person> foaf:name \"Người Xem\" } WHERE { ?c cancu:claimSubject nv:ii-5 ; cancu:claimObject nd:2018\\/61-2018-nd-cp ; cancu:claimPredicate cancu:legalBasis }"),
    ("D6", "INSERT DATA { <x:old> a cnt:ContentAsText ; dcterms:title \"cũ.txt\" ; dcterms:isVersionOf kh:kstthc-mot-cua ; dcterms:isReplacedBy <https://w3id.org/cancu/id/nguon/2b5fa963> . GRAPH <x:read> { <x:run> prov:used <x:old> } GRAPH <x:/graph/khang-dinh/1> { <x:claim> prov:wasGeneratedBy <x:run> ; cancu:claimPredicate cancu:legalBasis ; cancu:claimSubject nv:i-1 ; cancu:claimObject nd:2018\\/61-2018-nd-cp ; cancu:howKnown cb:vien-dan-truc-tiep ; cancu:statedText \"x\" } GRAPH <x:/graph/suy-dien/1> { <x:claim> cancu:claimStatus kl:chua-xem } }"),
    ("D6", "INSERT { <x:old> a cnt:ContentAsText ; dcterms:title \"cũ.txt\" ; dcterms:isVersionOf kh:kstthc-mot-cua ; dcterms:isReplacedBy ?new . GRAPH <x:read> { <x:run> prov:used <x:old> } GRAPH <x:new> { ?c prov:wasGeneratedBy ?run ; cancu:claimPredicate cancu:legalBasis ; cancu:claimSubject nv:iii-6 ; cancu:claimObject ?d ; cancu:howKnown cb:vien-dan-truc-tiep ; cancu:statedText \"x\" } GRAPH <x:/graph/khang-dinh/1> { ?c prov:wasGeneratedBy <x:run> } GRAPH <x:/graph/suy-dien/1> { ?c cancu:claimStatus kl:xac-nhan } } WHERE { ?c cancu:claimSubject nv:iii-6 ; cancu:claimPredicate cancu:legalBasis ; cancu:howKnown cb:vien-dan-truc-tiep ; cancu:claimObject ?d ; prov:wasGeneratedBy ?run . ?run prov:used ?new }"),
    ("E1", GONE.format("?row cancu:inspects cl:phong-tu-phap")),
    ("E1", "DELETE { ?c cancu:claimStatus ?s } INSERT { ?c cancu:claimStatus kl:bac-bo } WHERE { ?row cancu:inspects cl:ubnd-phuong-van-an . ?c cancu:claimSubject ?row ; cancu:claimStatus ?s }"),
    ("E2", GONE.format("?row cancu:inspectionMode htkt:dot-xuat-chon-mot-so ; cancu:inspects cl:ubnd-phuong-van-an")),
    ("E2", "DELETE { ?c cancu:howKnown ?h } INSERT { ?c cancu:howKnown cb:nguoi-khang-dinh } WHERE { ?row cancu:inspects cl:ubnd-phuong-van-an . ?c cancu:claimSubject ?row ; cancu:howKnown ?h }"),
    ("E3", GONE.format("pl:phu-luc-1\\/muc-1\\/thoi-han cancu:latestDay ?day")),
    ("E3", LIMIT.format("pl:phu-luc-1\\/muc-4", "dcterms:title", '"việc làm"@vi')),
    ("E4", GONE.format("?row cancu:inspects cl:ubnd-phuong-cong-hoa")),
    ("E4", "DELETE { ?p dcat:endDate ?day } INSERT { ?p dcat:endDate \"2023-11-30\"^^xsd:date } WHERE { nv:ii-5\\/thoi-han dcterms:temporal ?p . ?p dcat:endDate ?day }"),
    ("E5", GONE.format("nd:2018\\/61-2018-nd-cp eli:passed_by ?issuer")),
    ("E5", "DELETE { ?e cancu:entryValue ?day } INSERT { ?e cancu:entryValue \"2025-07-31\"^^xsd:date } WHERE { ?e cancu:entrySubject nd:2018\\/61-2018-nd-cp ; cancu:entryPredicate eli:date_no_longer_in_force ; cancu:entryValue ?day }"),
    ("E6", GONE.format("nv:iii-6 cancu:citedBasis ?d")),
    ("E6", LIMIT.format("nv:iii-6", "dcterms:isPartOf", "<x:another-plan>")),
    ("E7", GONE.format("qd:dieu-2\\/khoan-3 cv:hasParticipation ?p")),
    ("E7", LIMIT.format("qd:dieu-2\\/khoan-4\\/tham-gia\\/chu-tri-1", "cv:role", "vt:thuc-hien")),
    ("E8", GONE.format("?row cancu:inspects cl:phong-tu-phap")),
    ("E8", LIMIT.format("nv:ii-5\\/tham-gia\\/phoi-hop-1", "cv:hasParticipant", "cl:phong-tu-phap")),
]  # fmt: skip
"""For each question one with something gone and one with a value changed."""

DISTRACTOR = """INSERT DATA {
    <x:row> a cancu:PlanTask , cancu:Task ; rdfs:label "VIII.1" ; dcterms:title "việc lạc"@vi ; cancu:readingOrder 90 ; cancu:citedBasis nd:2018\\/61-2018-nd-cp ;
        cancu:evidence <x:elsewhere> ; cv:hasParticipation <x:lead> , <x:joins> , <x:some> ; cancu:hasTimeLimit <x:limit> ; cancu:expectedProduct <x:product> .
    <x:lead> cv:role vt:chu-tri ; cv:hasParticipant cl:van-phong ; cancu:statedText "Văn phòng lạc" ; cancu:readingOrder 1 ; cancu:evidence <x:elsewhere> .
    <x:joins> cv:role vt:phoi-hop ; cv:hasParticipant cl:phong-noi-vu , cl:phong-tu-phap ; cancu:statedText "Phòng lạc" ; cancu:readingOrder 1 ; cancu:evidence <x:elsewhere> .
    <x:some> cv:role vt:phoi-hop ; cv:hasParticipant nhom:ubnd-cac-xa-phuong ; cancu:statedText "UBND lạc" ; cancu:readingOrder 2 ; cancu:evidence <x:elsewhere> .
    <x:limit> a cancu:TimeLimit ; cancu:statedText "Quý II năm 2023" ; cancu:timeLimitKind lth:trong-ky ; cancu:latestDay "2023-06-20"^^xsd:date .
    <x:product> cancu:statedText "sản phẩm lạc" ; cancu:readingOrder 1 .
    <x:elsewhere> oa:hasSource <x:no-source> ; oa:hasSelector <x:at> . <x:at> oa:start 9682 ; oa:end 9700 ; oa:exact "lạc" .
    <x:review> a cancu:ReviewItem , cancu:Task ; rdfs:label "PL8.1" ; dcterms:title "lĩnh vực lạc"@vi ; cancu:readingOrder 91 ; cancu:statedText "x" ; cancu:hasTimeLimit <x:limit> ; cv:hasParticipation <x:joins> .
    <x:inspected> a cancu:InspectionTarget ; rdfs:label "PL8.2" ; cancu:readingOrder 92 ; cancu:statedText "x" ; cancu:evidence <x:elsewhere> ; dcterms:isPartOf <x:row> ;
        cancu:inspects cl:ubnd-phuong-cong-hoa , cl:phong-noi-vu ; cancu:inspectionMode htkt:dot-xuat-chon-mot-so .
    <x:mode> cancu:claimSubject <x:inspected> ; cancu:claimPredicate cancu:inspectionMode ; cancu:claimObject htkt:dot-xuat-chon-mot-so ; cancu:statedText "x" ; cancu:howKnown cb:doc-tu-bo-cuc ; cancu:claimStatus kl:chua-xem .
    <x:duty> a cancu:Task , eli:LegalResourceSubdivision ; rdfs:label "Điều 9" ; dcterms:title "x"@vi ; dcterms:isPartOf <x:decision> ; cv:hasParticipation <x:lead> .
    <x:finding> a dqv:QualityAnnotation ; oa:hasBody bt:o-bi-ngat ; cancu:severity md:loi ; cancu:statedText "x" ; cancu:readingOrder 1 ; oa:hasTarget nv:i-1 ; cancu:evidence <x:after> .
    <x:after> oa:hasSource <x:no-source> ; oa:hasSelector <x:later> . <x:later> oa:start 99000 ; oa:end 99010 ; oa:exact "lạc" .
    <x:claim> a cancu:Claim ; cancu:claimSubject nv:ii-5 ; cancu:claimPredicate cancu:candidate ; cancu:claimObject nd:2018\\/61-2018-nd-cp ; cancu:howKnown cb:khop-noi-dung ; cancu:claimStatus kl:bac-bo ; prov:wasGeneratedBy <x:run> ; cancu:evidence <x:after> .
    <x:run> prov:used <x:no-source> ; rdfs:label "lần chạy lạc" . <x:no-source> rdfs:label "nguồn lạc" .
    <x:amends> cancu:claimSubject nd:khac ; cancu:claimPredicate eli:repeals , cancu:replaces ; cancu:claimObject nd:2018\\/61-2018-nd-cp ; cancu:howKnown cb:so-bo-van-ban ; cancu:claimStatus kl:bac-bo ; cancu:statedText "lạc" ; cancu:evidence <x:elsewhere> .
    <x:belongs> cancu:claimSubject nhom:ubnd-cac-xa-phuong ; cancu:claimPredicate foaf:member ; cancu:claimObject cl:phong-tu-phap ; cancu:howKnown cb:doc-tu-bo-cuc ; cancu:claimStatus kl:bac-bo ; cancu:statedText "x" ; cancu:evidence <x:after> .
    <x:version> a cnt:ContentAsText ; dcterms:title "lạc.txt" ; dcterms:isVersionOf kh:kstthc-mot-cua .
    cl:phong-noi-vu dcterms:isReplacedBy cl:phong-tu-phap .
    nd:2018\\/61-2018-nd-cp dcterms:title "one-stop mechanism"@en .
    <x:entry> cancu:entrySubject nd:2010\\/63-2010-nd-cp ; cancu:entryPredicate eli:date_no_longer_in_force ; cancu:entryValue "2020-01-01"^^xsd:date ; cancu:mark mt:da-kiem-chung }"""
"""What careless queries would take for more: rows, duties and an inspection of no plan that name the bodies asked about;
words of another source; claims and a membership that a person rejected, or that no known run made; a finding that cuts no cell
and is of no plan's source; a file that replaces nothing; another document's entry; a title in another language."""

CARE: dict[str, tuple[str, ...]] = {
    "A20": ("FILTER(?verdict != kl:bac-bo)", 'FILTER(CONTAINS(REPLACE(?quote, "[\\\\s*_|<>-]+", ""), REPLACE(?exact, "[\\\\s*_|<>-]+", "")))', "?source a cnt:ContentAsText ."),
    "B13": (" ; dcterms:isPartOf ?plan_asked",),
    "B14": (" ; dcterms:isPartOf ?plan_asked",),
    "B15": (" ; dcterms:isPartOf ?plan_asked",),
    "B17": ("?group_asked cancu:certainMember ?agency_iri .",),
    "B18": (" ; dcterms:isPartOf ?plan_asked",),
    "C9": (" ; dcterms:isPartOf ?plan_asked",),
    "C10": (" ; dcterms:isPartOf ?plan_asked",),
    "D1": ("dcterms:source ?source ; ",),
    "D2": ("?run prov:used ?source .",),
    "D3": ("dcterms:source ?source ; ",),
    "D4": ("FILTER(?first >= ?break && ?first < ?stop)",),
    "D5": ("cancu:claimPredicate cancu:legalBasis ; ",),
    "E1": (" ; dcterms:isPartOf ?owner",),
    "E3": (" ; dcterms:isPartOf ?plan_asked",),
    "E4": (" ; dcterms:isPartOf ?owner",),
    "E5": ("cancu:entrySubject ?document_asked ; ",),
    "E6": (" ; dcterms:isPartOf ?plan_asked",),
    "E7": ("eli:is_annex_of ?decision ; ",),
}  # fmt: skip
"""The care that some queries take: without it the distractor would change their answers."""
