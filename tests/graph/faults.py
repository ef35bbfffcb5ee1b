"""Faulty graphs: the sample, changed by one SPARQL update each, and the constraint that must say so.

A constraint stands here as often as there are different ways to break it.
"""


def without(pattern: str) -> str:
    """Delete what the pattern matches."""
    return f"DELETE WHERE {{ {pattern} }} ;"


def given(triples: str) -> str:
    """Insert triples."""
    return f"INSERT DATA {{ {triples} }} ;"


def instead(pattern: str, triples: str) -> str:
    """Delete what the pattern matches, then insert triples."""
    return without(pattern) + given(triples)


def _claim(triples: str) -> str:
    return given(f"kd:moi a cancu:Claim . {triples}")


FAULTS: tuple[tuple[str, str], ...] = (
    # ---- words, evidence, labels, IRIs
    ("Stated-text", without("nv:ii-5 cancu:statedText ?t")),
    ("Stated-text", without("ii5:phoi-hop-1 cancu:statedText ?t")),
    ("Stated-text", without("ii5:thoi-han cancu:statedText ?t")),
    ("Stated-text", given('ii5:san-pham-1 cancu:statedText "Kết luận"')),
    (
        "Stated-text",
        instead("ii6:vien-dan cancu:statedText ?t", 'ii6:vien-dan cancu:statedText "x"@vi'),
    ),
    ("Stated-evidence", without("nv:ii-5 cancu:evidence ?e")),
    ("Stated-evidence", without("pl:muc-2 cancu:evidence ?e")),
    ("Stated-evidence", without("kh:phan\\/ii cancu:evidence ?e")),
    ("Evidence-span", given("ii5:muc-1 cancu:evidence cl:van-phong")),
    ("Label-one", without("nv:ii-5 rdfs:label ?l")),
    ("Label-one", given('cl:van-phong rdfs:label "Văn phòng khác"')),
    (
        "Label-one",
        instead("nhom:xa-phuong rdfs:label ?l", 'nhom:xa-phuong rdfs:label "xã, phường"@vi'),
    ),
    ("Iri-form", given("<https://w3id.org/cancu/id/vb/nghị-định> a eli:LegalResource")),
    ("Iri-form", given("<https://w3id.org/cancu/id/khoang//x> a dcterms:PeriodOfTime")),
    ("Iri-form", given("_:khoang a dcterms:PeriodOfTime")),
    ("Iri-form", given("<https://example.org/id/a> a cancu:ReviewItem")),
    # ---- tasks
    ("Task-identifier", without("nv:ii-5 dcterms:identifier ?n")),
    ("Task-identifier", given('pl:muc-2 dcterms:identifier "PL1.3"')),
    ("Task-parent", without("nv:ii-6 dcterms:isPartOf ?p")),
    ("Task-parent", given("nv:ii-6 dcterms:isPartOf vb:quyet-dinh")),
    ("Task-parent", instead("nv:ii-6 dcterms:isPartOf ?p", 'nv:ii-6 dcterms:isPartOf "kế hoạch"')),
    ("Task-participation", given("nv:ii-5 cv:hasParticipation cl:van-phong")),
    ("Task-time-limit", given("nv:ii-5 cancu:hasTimeLimit ii6:thoi-han")),
    (
        "Task-time-limit",
        instead("nv:ii-5 cancu:hasTimeLimit ?t", "nv:ii-5 cancu:hasTimeLimit ii5:khoang"),
    ),
    ("Task-product", given('nv:ii-5 cancu:expectedProduct "Báo cáo"')),
    ("Task-section", given("nv:ii-5 cancu:inSection nv:ii-6")),
    ("Task-reference", given("nv:ii-5 cancu:containsReference cp:61")),
    ("Task-no-preamble-basis", given("nv:ii-5 eli:based_on cp:61")),
    ("PlanTask-time-limit", without("nv:ii-5 cancu:hasTimeLimit ?t")),
    ("PlanTask-product", without("nv:ii-6 cancu:expectedProduct ?p")),
    ("PlanTask-lead", without("nv:ii-5 cv:hasParticipation ?p")),
    ("PlanTask-lead", instead("ii6:chu-tri-1 cv:role ?r", "ii6:chu-tri-1 cv:role vt:phoi-hop")),
    (
        "PlanTask-number-repeated",
        instead("nv:ii-6 dcterms:identifier ?n", 'nv:ii-6 dcterms:identifier "II.5"'),
    ),
    ("TaskItem-parent", without("ii5:muc-1 dcterms:isPartOf ?t")),
    ("TaskItem-parent", given("ii5:muc-1 dcterms:isPartOf cp:61")),
    ("TaskItem-identifier", without("ii5:muc-1 dcterms:identifier ?n")),
    ("Section-parent", without("kh:phan\\/ii dcterms:isPartOf ?p")),
    (
        "Section-name",
        without("kh:phan\\/ii eli:number ?n") + without("kh:phan\\/ii dcterms:title ?t"),
    ),
    ("ReviewItem-one-participation", given("pl:muc-2 cv:hasParticipation ii5:phoi-hop-1")),
    ("ReviewItem-agency", without("pl:muc-2 cv:hasParticipation ?p")),
    ("ReviewItem-field", without("pl:muc-2 dcterms:subject ?f")),
    ("ReviewItem-time-limit", without("pl:muc-2 cancu:hasTimeLimit ?t")),
    ("InspectionTarget-agency", without("kh:phu-luc-2\\/ii-16 cancu:inspects ?a")),
    ("InspectionTarget-agency", given("kh:phu-luc-2\\/ii-16 cancu:inspects nhom:xa-phuong")),
    ("InspectionTarget-parent", without("kh:phu-luc-2\\/ii-16 dcterms:isPartOf ?p")),
    ("InspectionTarget-identifier", without("kh:phu-luc-2\\/ii-16 dcterms:identifier ?n")),
    ("InspectionTarget-mode", given('kh:phu-luc-2\\/ii-16 cancu:inspectionMode "đột xuất"')),
    # ---- participations, agencies, groups
    ("Participation-one-role", without("ii5:phoi-hop-1 cv:role ?r")),
    ("Participation-one-role", given("ii5:phoi-hop-1 cv:role vt:chu-tri")),
    (
        "Participation-role-scheme",
        instead("ii5:phoi-hop-1 cv:role ?r", "ii5:phoi-hop-1 cv:role kl:xac-nhan"),
    ),
    ("Participation-one-party", without("ii5:phoi-hop-1 cv:hasParticipant ?a")),
    ("Participation-one-party", given("ii5:phoi-hop-1 cv:hasParticipant cl:van-phong")),
    ("Participation-owner", without("?t cv:hasParticipation ii5:phoi-hop-1")),
    ("Participation-owner", given("nv:ii-6 cv:hasParticipation ii5:phoi-hop-1")),
    (
        "Participation-party-kind",
        instead("ii5:phoi-hop-1 cv:hasParticipant ?a", "ii5:phoi-hop-1 cv:hasParticipant cp:61"),
    ),
    ("Agency-name", without("cl:van-phong skos:prefLabel ?l")),
    ("Agency-variant", given('cl:van-phong skos:altLabel "Văn phòng"@vi')),
    ("Agency-one-name", given('cl:van-phong skos:prefLabel "Văn phòng UBND"@vi')),
    ("Group-closure", without("nhom:xa-phuong cancu:closure ?c")),
    ("Group-closure", given("nhom:xa-phuong cancu:closure dd:mo")),
    (
        "Group-closure",
        instead("nhom:xa-phuong cancu:closure ?c", "nhom:xa-phuong cancu:closure kl:bac-bo"),
    ),
    ("Group-possible-not-certain", given("nhom:xa-phuong cancu:possibleMember cl:cong-hoa")),
    ("Group-open-member", given("nhom:ii-6-lien-quan foaf:member cl:cong-hoa")),
    (
        "Group-open-member",  # the status says confirmed, no person does
        given("nhom:ii-6-lien-quan foaf:member cl:cong-hoa")
        + _claim(
            "kd:moi cancu:claimSubject nhom:ii-6-lien-quan ; cancu:claimPredicate foaf:member ;"
            " cancu:claimObject cl:cong-hoa ; cancu:claimStatus kl:xac-nhan"
        ),
    ),
    (
        "Group-open-shared",
        given(
            "ii5:phoi-hop-9 cv:hasParticipant nhom:ii-6-lien-quan . nv:ii-5 cv:hasParticipation ii5:phoi-hop-9"
        ),
    ),
    ("Group-member-claim", given("nhom:xa-phuong foaf:member cl:phong-noi-vu")),
    ("Group-member-claim", without("kd:tv-1 cancu:evidence ?e")),
    ("Group-subset-claim", given("nhom:ii-6-lien-quan cancu:subsetOf nhom:xa-phuong")),
    ("Group-certain-ground", given("nhom:xa-phuong cancu:certainMember cl:van-phong")),
    ("Group-possible-ground", given("nhom:xa-lien-quan cancu:possibleMember cl:van-phong")),
    ("Coordination-ground", given("cl:phong-noi-vu cancu:coordinatesWith cl:van-phong")),
    # ---- claims and reviews
    ("Claim-one-subject", without("kd:tv-1 cancu:claimSubject ?s")),
    ("Claim-one-subject", given("kd:tv-1 cancu:claimSubject nv:ii-5")),
    (
        "Claim-one-subject",
        instead("kd:tv-1 cancu:claimSubject ?s", 'kd:tv-1 cancu:claimSubject "nhóm"'),
    ),
    ("Claim-one-predicate", without("kd:qd-63 cancu:claimPredicate ?p")),
    ("Claim-one-predicate", given("kd:qd-63 cancu:claimPredicate eli:cites")),
    (
        "Claim-one-predicate",
        instead("kd:qd-63 cancu:claimPredicate ?p", "kd:qd-63 cancu:claimPredicate rdfs:seeAlso"),
    ),
    ("Claim-one-object", without("kd:tv-1 cancu:claimObject ?o")),
    ("Claim-one-object", given("kd:tv-1 cancu:claimObject cl:van-phong")),
    ("Claim-one-method", without("kd:tv-1 cancu:howKnown ?h")),
    ("Claim-one-method", instead("kd:tv-1 cancu:howKnown ?h", 'kd:tv-1 cancu:howKnown "đoán"')),
    ("Claim-one-status", without("kd:tv-1 cancu:claimStatus ?s")),
    ("Claim-one-status", given("kd:tv-1 cancu:claimStatus kl:xac-nhan")),
    ("Claim-run", without("kd:tv-1 prov:wasGeneratedBy ?r")),
    ("Claim-run-source", without("id:lan-chay\\/1 prov:used ?s")),
    ("Claim-run-software", without("id:lan-chay\\/1 prov:wasAssociatedWith ?s")),
    ("Claim-evidence", without("kd:107-61 cancu:evidence ?e")),
    (
        "Claim-evidence",  # somebody's word, but nobody's review
        without("kd:qd-61 cancu:evidence ?e")
        + instead("kd:qd-61 cancu:howKnown ?h", "kd:qd-61 cancu:howKnown cb:nguoi-khang-dinh"),
    ),
    (
        "Claim-status-latest",
        instead("kd:tv-1 cancu:claimStatus ?s", "kd:tv-1 cancu:claimStatus kl:bac-bo"),
    ),
    (
        "Claim-status-latest",  # a later review said otherwise
        given(
            "xx:2 a cancu:Review ; cancu:reviewOf kd:ii-5-61 ; cancu:verdict kl:bac-bo ;"
            " prov:wasAssociatedWith id:nguoi\\/a ;"
            ' prov:endedAtTime "2025-02-01T00:00:00Z"^^xsd:dateTime'
        ),
    ),
    (
        "Claim-status-unreviewed",
        instead("kd:ii-5-61 cancu:claimStatus ?s", "kd:ii-5-61 cancu:claimStatus kl:chua-xem"),
    ),
    (
        "Claim-subject-match-task-words",
        instead("kd:ii-5-63 cancu:evidence ?e", "kd:ii-5-63 cancu:evidence @cc63@"),
    ),
    (
        "Claim-subject-match-document-words",
        instead("kd:ii-5-63 cancu:evidence ?e", "kd:ii-5-63 cancu:evidence @viec@"),
    ),
    ("Claim-subject-match-topic", without("kd:ii-5-45 cancu:matchedTopic ?t")),
    (
        "Claim-subject-match-topic",  # a topic, but not the document's
        instead("kd:ii-5-45 cancu:matchedTopic ?t", "kd:ii-5-45 cancu:matchedTopic nd:mot-cua"),
    ),
    ("Review-one-claim", without("xx:1 cancu:reviewOf ?c")),
    ("Review-one-claim", given("xx:1 cancu:reviewOf nv:ii-5")),
    ("Review-one-verdict", without("xx:1 cancu:verdict ?v")),
    ("Review-one-verdict", instead("xx:1 cancu:verdict ?v", "xx:1 cancu:verdict kl:chua-xem")),
    ("Review-one-time", without("xx:1 prov:endedAtTime ?t")),
    (
        "Review-one-time",  # whose nine o'clock?
        instead(
            "xx:1 prov:endedAtTime ?t", 'xx:1 prov:endedAtTime "2025-01-15T09:00:00"^^xsd:dateTime'
        ),
    ),
    (
        "Review-one-time",
        instead("xx:1 prov:endedAtTime ?t", 'xx:1 prov:endedAtTime "2025-01-15"^^xsd:date'),
    ),
    ("Review-person", without("xx:1 prov:wasAssociatedWith ?p")),
    ("Review-person", without("id:nguoi\\/a foaf:name ?n")),
    # ---- tiers of basis
    ("Cited-in-task-quote", given("nv:ii-5 cancu:citedBasis cp:45")),
    (
        "Cited-in-task-quote",  # the claim relabelled: its words are subject words, not a number
        instead("kd:ii-5-45 cancu:howKnown ?h", "kd:ii-5-45 cancu:howKnown cb:vien-dan-truc-tiep")
        + given("nv:ii-5 cancu:citedBasis cp:45"),
    ),
    ("Cited-in-task-quote", instead("vb:nq-01 eli:number ?n", 'vb:nq-01 eli:number "1/NQ-CP"')),
    (
        "Cited-in-task-quote",
        instead("vb:luat dcterms:title ?t", 'vb:luat dcterms:title "Tổ chức chính quyền"'),
    ),
    ("Cited-in-task-quote", without("@nq01@ dcterms:isPartOf ?t")),
    ("Confirmed-latest-review", given("nv:ii-5 cancu:confirmedBasis cp:63")),
    ("Confirmed-latest-review", without("xx:1 prov:wasAssociatedWith ?p")),
    (
        "Confirmed-latest-review",
        given(
            "xx:2 a cancu:Review ; cancu:reviewOf kd:ii-5-61 ; cancu:verdict kl:can-bo-sung ;"
            " prov:wasAssociatedWith id:nguoi\\/a ;"
            ' prov:endedAtTime "2025-02-01T00:00:00Z"^^xsd:dateTime'
        ),
    ),
    ("Suggested-not-cited", given("nv:ii-6 cancu:suggestedBasis vb:nq-01")),
    ("Suggested-not-confirmed", given("nv:ii-5 cancu:suggestedBasis cp:61")),
    ("Suggested-not-legal", given("nv:ii-5 cancu:legalBasis cp:63")),
    ("Suggested-claim", given("nv:ii-6 cancu:suggestedBasis cp:107")),
    (
        "Suggested-claim",
        instead("kd:ii-5-63 cancu:claimStatus ?s", "kd:ii-5-63 cancu:claimStatus kl:bac-bo"),
    ),
    ("LegalBasis-tier", given("nv:ii-5 cancu:legalBasis cp:107")),
    # ---- spans and sources
    ("Span-one-source", without("@viec@ oa:hasSource ?s")),
    ("Span-one-source", instead("@viec@ oa:hasSource ?s", "@viec@ oa:hasSource cp:61")),
    ("Span-one-start", without("@viec@\\/vi-tri oa:start ?n")),
    ("Span-one-start", instead("@viec@\\/vi-tri oa:start ?n", "@viec@\\/vi-tri oa:start -1")),
    ("Span-one-start", instead("@viec@\\/vi-tri oa:start ?n", '@viec@\\/vi-tri oa:start "4"')),
    ("Span-one-end", without("@viec@ oa:hasSelector @viec@\\/vi-tri")),
    ("Span-one-quote", without("@viec@\\/trich oa:exact ?x")),
    ("Span-one-quote", instead("@viec@\\/trich oa:exact ?x", '@viec@\\/trich oa:exact " "')),
    (
        "Span-quote-in-place",
        instead("@noivu@\\/trich oa:exact ?x", '@noivu@\\/trich oa:exact "Phòng Nội Vụ"'),
    ),
    ("Span-quote-in-place", instead("@noivu@\\/vi-tri oa:start ?x", "@noivu@\\/vi-tri oa:start 3")),
    ("Span-quote-in-place", instead("@noivu@\\/vi-tri oa:end ?x", "@noivu@\\/vi-tri oa:end 99999")),
    ("Span-iri", instead("@noivu@\\/vi-tri oa:end ?x", "@noivu@\\/vi-tri oa:end 99999")),
    ("Source-text", without("?s cnt:chars ?t")),
    ("Source-hash", given('id:nguon\\/@sha8@ dcterms:identifier "md5:0"')),
    (
        "Source-iri",
        given('id:nguon\\/ban-sao a cnt:ContentAsText ; dcterms:identifier "sha256:@sha256@"'),
    ),
    # ---- time
    ("TimeLimit-kind", without("ii5:thoi-han cancu:timeLimitKind ?k")),
    ("TimeLimit-kind", given('ii5:thoi-han cancu:timeLimitKind "gấp"')),
    ("TimeLimit-period", given("ii5:thoi-han dcterms:temporal ii5:thoi-han")),
    ("TimeLimit-proposed-period", given("ii5:thoi-han cancu:proposedPeriod nv:ii-5")),
    ("TimeLimit-owner", given("nv:ii-6 cancu:hasTimeLimit ii5:thoi-han")),
    ("TimeLimit-owner", without("nv:ii-6 cancu:hasTimeLimit ?t")),
    (
        "TimeLimit-outside-plan",
        instead("ii5:khoang dcat:startDate ?d", 'ii5:khoang dcat:startDate "2022-01-01"^^xsd:date'),
    ),
    (
        "TimeLimit-outside-plan",
        instead(
            "ii6:thoi-han cancu:dueBefore ?d", 'ii6:thoi-han cancu:dueBefore "2024-01-31"^^xsd:date'
        ),
    ),
    (
        "LatestDay-date",
        instead(
            "ii6:thoi-han cancu:latestDay ?d", 'ii6:thoi-han cancu:latestDay "2023-05-31"^^xsd:date'
        ),
    ),
    ("LatestDay-date", given('ii5:thoi-han cancu:latestDay "2023-12-30"^^xsd:date')),
    ("LatestDay-kind", given("ii5:thoi-han cancu:timeLimitKind lth:thuong-xuyen")),
    (
        "LatestDay-period-end",
        instead(
            "ii5:thoi-han cancu:latestDay ?d", 'ii5:thoi-han cancu:latestDay "2023-06-30"^^xsd:date'
        ),
    ),
    ("Period-start", given('kh:khoang dcat:startDate "2023-02-01"^^xsd:date')),
    ("Period-end", given('kh:khoang dcat:endDate "2023-11-30"^^xsd:date')),
    (
        "Period-order",
        instead("ii5:khoang dcat:startDate ?d", 'ii5:khoang dcat:startDate "2024-01-01"^^xsd:date'),
    ),
    # ---- documents
    ("Document-one-type", given("cp:61 eli:type_document lvb:ke-hoach")),
    ("Document-one-type", instead("cp:61 eli:type_document ?k", "cp:61 eli:type_document nv:ii-5")),
    ("Document-one-label", given('cp:61 rdfs:label "NĐ 61"')),
    ("Document-one-number", given('cp:61 eli:number "61/NĐ-CP"')),
    (
        "Document-force-start",
        instead(
            "cp:61 eli:first_date_entry_in_force ?d",
            'cp:61 eli:first_date_entry_in_force "2026-01-01"^^xsd:date',
        ),
    ),
    ("Document-type-missing", without("cp:63 eli:type_document ?k")),
    ("Document-label-missing", without("cp:63 rdfs:label ?l")),
    ("Document-number-form", instead("cp:63 eli:number ?n", 'cp:63 eli:number "63-NĐ/CP"')),
    ("Document-number-missing", without("vb:quyet-dinh eli:number ?n")),
    ("Document-date-missing", without("vb:quyet-dinh eli:date_document ?n")),
    ("Force-source", without("cp:61 dcterms:source ?s")),
    ("Force-checked", without("cp:61 cancu:validityCheckedOn ?d")),
    (
        "Force-after-signing",
        instead("cp:61 eli:date_document ?d", 'cp:61 eli:date_document "2018-07-01"^^xsd:date'),
    ),
    ("InForce-dated", given("cp:63 eli:in_force hl:con")),
    ("ForcePeriod-status", without("?p cancu:forceStatus ?s")),
    (
        "ForcePeriod-status",
        instead("?p cancu:forceStatus ?s", 'cp:61\\/hieu-luc cancu:forceStatus "còn"'),
    ),
    ("Relation-claim", given("cp:45 cancu:replaces cp:63")),
    ("Relation-claim", without("kd:107-61 cancu:evidence ?e")),
    ("Relation-claim", without("kd:qd-63 cancu:claimObject ?o")),
    ("Relation-order", given("cp:61 cancu:guidesImplementationOf cp:107")),
    ("Amending-cycle", given("cp:61 cancu:replaces cp:45 . cp:45 eli:amends cp:107")),
    ("Reference-one-document", given("ii6:vien-dan cancu:denotes cp:61 , cp:63")),
    ("Reference-one-document", given("ii6:vien-dan cancu:denotes nv:ii-5")),
    ("Reference-claim", given("ii6:vien-dan cancu:denotes cp:61")),
    # ---- findings and concepts
    ("Finding-target", without("?f oa:hasTarget ?t")),
    ("Finding-kind", without("?f oa:hasBody ?t")),
    ("Finding-kind", instead("?f oa:hasBody ?t", 'id:phat-hien\\/1 oa:hasBody "lỗi"')),
    ("Finding-severity", without("?f cancu:severity ?s")),
    ("Finding-severity", given("id:phat-hien\\/1 cancu:severity lth:trong-ky")),
    (
        "Finding-severity-scheme",
        instead("?f cancu:severity ?s", "id:phat-hien\\/1 cancu:severity lth:trong-ky"),
    ),
    ("Finding-proposal", given('id:phat-hien\\/1 cancu:proposal "2024"')),
    ("Finding-evidence", without("id:phat-hien\\/1 cancu:evidence ?e")),
    ("Finding-comment-vi", without("?f rdfs:comment ?c")),
    (
        "Finding-comment-en",
        instead("id:phat-hien\\/1 rdfs:comment ?c", 'id:phat-hien\\/1 rdfs:comment "x"@vi'),
    ),
    ("Concept-scheme", without("nd:mot-cua skos:inScheme ?s")),
    ("Concept-scheme", given("nd:mot-cua skos:inScheme cp:61")),
    ("Concept-notation", without("nd:mot-cua skos:notation ?s")),
    ("Concept-notation", given('nd:mot-cua skos:notation "other"')),
    ("Concept-label-vi", without("nd:mot-cua skos:prefLabel ?l")),
    ("Concept-one-label", given('nd:mot-cua skos:prefLabel "cơ chế khác"@vi')),
    (
        "Concept-notation-unique",
        given('nd:x a skos:Concept ; skos:inScheme dm:vai-tro ; skos:notation "lead"'),
    ),
    (
        "Concept-label-en",
        instead("nd:mot-cua skos:prefLabel ?l", 'nd:mot-cua skos:prefLabel "một cửa"@vi'),
    ),
)

# What is no date cannot be compared with one, but rdflib compares it all the same: these are kept
# apart, so that no other constraint has to order what they put in.
MISTYPED: tuple[tuple[str, str], ...] = (
    ("TimeLimit-due-before", given('ii6:thoi-han cancu:dueBefore "31/5/2023"')),
    (
        "TimeLimit-due-before",
        instead(
            "ii6:thoi-han cancu:dueBefore ?d", 'ii6:thoi-han cancu:dueBefore "2023-05-32"^^xsd:date'
        ),
    ),
    ("Document-date-form", given('cp:61 eli:date_document "23/4/2018"')),
    (
        "Document-force-end",
        instead("cp:61 eli:date_no_longer_in_force ?d", 'cp:61 eli:date_no_longer_in_force "2025"'),
    ),
)
