"""Closed vocabularies: ``CANCU.Task`` is an IRI as a plain string, ``CANCU.Tsak`` an error.

A misspelt predicate would otherwise mean an empty answer, and an empty answer reads as "there is
no decree". Type checkers see the names too, because each is declared as an annotation.
"""

from collections.abc import Mapping

from cancu.ontology.iri import BASE, mint, parse


class Vocabulary:
    """Base of the vocabularies: turns the annotated names of a subclass into IRIs.

    With ``hyphens=True`` an underscore in a name stands for a hyphen in the address, as the
    concepts of a scheme need it (``ROLE.chu_tri`` -> ``…/dm/vai-tro/chu-tri``).
    """

    NS: str

    def __init_subclass__(cls, *, ns: str, hyphens: bool = False) -> None:
        cls.NS = ns
        for name in cls.__annotations__:
            setattr(cls, name, ns + (name.replace("_", "-") if hyphens else name))


def names_of(vocabulary: type[Vocabulary]) -> dict[str, str]:
    """List the names of a vocabulary with their IRIs."""
    return {name: getattr(vocabulary, name) for name in vocabulary.__annotations__}


class CANCU(Vocabulary, ns=f"{BASE}ns#"):
    """Own terms; declared, labelled and defined in cancu.ttl."""

    # classes
    AgencyGroup: str
    Claim: str
    ExpectedProduct: str
    ForcePeriod: str
    InspectionTarget: str
    PlanTask: str
    ReferenceSource: str
    RegistryEntry: str
    Review: str
    ReviewItem: str
    Section: str
    Task: str
    TaskItem: str
    TimeLimit: str
    UnresolvedReference: str
    # object properties
    candidate: str
    certainMember: str
    citedBasis: str
    claimObject: str
    claimPredicate: str
    claimStatus: str
    claimSubject: str
    closure: str
    confirmedBasis: str
    containsReference: str
    coordinatesWith: str
    denotes: str
    entryObject: str
    entryPredicate: str
    entrySubject: str
    evidence: str
    expectedProduct: str
    forcePeriod: str
    forceStatus: str
    guidesImplementationOf: str
    hasTimeLimit: str
    howKnown: str
    inSection: str
    inView: str
    inspectionMode: str
    inspects: str
    legalBasis: str
    mark: str
    matchedPart: str
    matchedTopic: str
    missingElement: str
    possibleMember: str
    proposedPeriod: str
    replaces: str
    reviewOf: str
    severity: str
    shows: str
    strength: str
    subsetOf: str
    suggestedBasis: str
    timeLimitKind: str
    verdict: str
    # data properties
    affectedClause: str
    arrow: str
    asOf: str
    checkedOn: str
    clause: str
    dash: str
    dueBefore: str
    edtf: str
    entryValue: str
    lastSeenInForce: str
    latestDay: str
    nodeShape: str
    partial: str
    partlyRepealedFrom: str
    proposal: str
    readBackwards: str
    readingOrder: str
    sourceAddress: str
    sourceNote: str
    statedText: str
    tableLayout: str
    validityCheckedOn: str
    verbatim: str


class ELI(Vocabulary, ns="http://data.europa.eu/eli/ontology#"):
    """European Legislation Identifier: documents, their parts and links."""

    LegalResource: str
    LegalResourceSubdivision: str
    amends: str
    based_on: str
    cites: str
    consolidates: str
    corrects: str
    date_document: str
    date_no_longer_in_force: str
    ensures_implementation_of: str
    first_date_entry_in_force: str
    in_force: str
    is_about: str
    is_annex_of: str
    is_part_of: str
    number: str
    passed_by: str
    repeals: str
    type_document: str
    type_subdivision: str
    version_date: str


class CV(Vocabulary, ns="http://data.europa.eu/m8g/"):
    """Core vocabularies of SEMIC: public organisations and who takes part in what."""

    Participation: str
    PublicOrganisation: str
    hasParticipant: str
    hasParticipation: str
    role: str


class ORG(Vocabulary, ns="http://www.w3.org/ns/org#"):
    """Organisations, their units, posts and changes."""

    ChangeEvent: str
    FormalOrganization: str
    Organization: str
    OrganizationalUnit: str
    Post: str
    Role: str
    changedBy: str
    hasUnit: str
    originalOrganization: str
    postIn: str
    resultedFrom: str
    resultingOrganization: str
    subOrganizationOf: str
    unitOf: str


class FOAF(Vocabulary, ns="http://xmlns.com/foaf/0.1/"):
    """People, agents and groups."""

    Agent: str
    Group: str
    Person: str
    member: str
    name: str


class OA(Vocabulary, ns="http://www.w3.org/ns/oa#"):
    """Web Annotation: the quoted words and where they stand."""

    SpecificResource: str
    TextPositionSelector: str
    TextQuoteSelector: str
    end: str
    exact: str
    hasBody: str
    hasSelector: str
    hasSource: str
    hasTarget: str
    prefix: str
    start: str
    suffix: str


class PROV(Vocabulary, ns="http://www.w3.org/ns/prov#"):
    """Provenance: runs, software, people."""

    Activity: str
    Agent: str
    Entity: str
    Plan: str
    SoftwareAgent: str
    endedAtTime: str
    startedAtTime: str
    used: str
    wasAssociatedWith: str
    wasDerivedFrom: str
    wasGeneratedBy: str
    wasRevisionOf: str


class SKOS(Vocabulary, ns="http://www.w3.org/2004/02/skos/core#"):
    """Lists of concepts, labels and notes."""

    Concept: str
    ConceptScheme: str
    altLabel: str
    broader: str
    closeMatch: str
    definition: str
    editorialNote: str
    exactMatch: str
    hasTopConcept: str
    hiddenLabel: str
    historyNote: str
    inScheme: str
    notation: str
    note: str
    prefLabel: str
    scopeNote: str
    topConceptOf: str


class DCTERMS(Vocabulary, ns="http://purl.org/dc/terms/"):
    """Titles, identifiers, parts, times and places."""

    Location: str
    PeriodOfTime: str
    alternative: str
    coverage: str
    created: str
    creator: str
    date: str
    description: str
    format: str
    hasPart: str
    identifier: str
    isPartOf: str
    isReferencedBy: str
    isReplacedBy: str
    isVersionOf: str
    issued: str
    language: str
    license: str
    modified: str
    publisher: str
    references: str
    replaces: str
    source: str
    spatial: str
    subject: str
    temporal: str
    title: str
    type: str


class DCAT(Vocabulary, ns="http://www.w3.org/ns/dcat#"):
    """Datasets and the two ends of a period."""

    Dataset: str
    Distribution: str
    distribution: str
    downloadURL: str
    endDate: str
    mediaType: str
    startDate: str
    version: str


class CNT(Vocabulary, ns="http://www.w3.org/2011/content#"):
    """The text of a source."""

    ContentAsText: str
    characterEncoding: str
    chars: str


class DQV(Vocabulary, ns="http://www.w3.org/ns/dqv#"):
    """Flags on the source."""

    QualityAnnotation: str


class RDF(Vocabulary, ns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """The few terms of RDF itself that we use."""

    Property: str
    langString: str
    type: str
    value: str


class RDFS(Vocabulary, ns="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema."""

    Class: str
    Literal: str
    Resource: str
    comment: str
    domain: str
    isDefinedBy: str
    label: str
    range: str
    seeAlso: str
    subClassOf: str
    subPropertyOf: str


class OWL(Vocabulary, ns="http://www.w3.org/2002/07/owl#"):
    """OWL 2, as far as the vocabulary uses it."""

    AnnotationProperty: str
    AsymmetricProperty: str
    Class: str
    DatatypeProperty: str
    FunctionalProperty: str
    ObjectProperty: str
    Ontology: str
    Thing: str
    TransitiveProperty: str
    deprecated: str
    disjointWith: str
    propertyDisjointWith: str
    sameAs: str
    versionIRI: str
    versionInfo: str


class XSD(Vocabulary, ns="http://www.w3.org/2001/XMLSchema#"):
    """Datatypes."""

    anyURI: str
    boolean: str
    date: str
    dateTime: str
    dayTimeDuration: str
    decimal: str
    double: str
    gYear: str
    gYearMonth: str
    integer: str
    nonNegativeInteger: str
    string: str


class VOID(Vocabulary, ns="http://rdfs.org/ns/void#"):
    """The description of the dataset."""

    Dataset: str
    dataDump: str
    entities: str
    sparqlEndpoint: str
    subset: str
    triples: str
    uriSpace: str
    vocabulary: str


class EDTF(Vocabulary, ns="http://id.loc.gov/datatypes/edtf/EDTF-"):
    """Datatypes of the Extended Date/Time Format; quarters need level 2."""

    level0: str
    level1: str
    level2: str


class ROLE(Vocabulary, ns=f"{BASE}dm/vai-tro/", hyphens=True):
    """Roles of a party in a task or a document."""

    chiu_trach_nhiem_thi_hanh: str
    chu_tri: str
    de_nghi: str
    duoc_tham_muu: str
    ky_thay: str
    luu: str
    noi_nhan: str
    noi_nhan_bao_cao: str
    noi_nhan_dua_tin: str
    phe_duyet: str
    phoi_hop: str
    tham_muu: str
    thuc_hien: str


class HOW(Vocabulary, ns=f"{BASE}dm/cach-biet/", hyphens=True):
    """How a claim is known."""

    doc_tu_bo_cuc: str
    khop_noi_dung: str
    nguoi_khang_dinh: str
    so_bo_van_ban: str
    vien_dan_truc_tiep: str


class VERDICT(Vocabulary, ns=f"{BASE}dm/ket-luan/", hyphens=True):
    """What a person said about a claim, or that nobody has."""

    bac_bo: str
    can_bo_sung: str
    chua_xem: str
    xac_nhan: str


class CLOSURE(Vocabulary, ns=f"{BASE}dm/do-dong/", hyphens=True):
    """How closed the list of members of a group is."""

    dong_du_danh_sach: str
    dong_thieu_danh_sach: str
    mo: str
    tap_con_mo: str


class TIME(Vocabulary, ns=f"{BASE}dm/loai-thoi-han/", hyphens=True):
    """Kinds of time limit."""

    bat_dau_tu: str
    cham_nhat: str
    dinh_ky: str
    dot_xuat: str
    khi_phat_sinh: str
    khong_ro: str
    sau_su_kien: str
    theo_huong_dan: str
    theo_tien_do_giao: str
    theo_yeu_cau: str
    thuong_xuyen: str
    trong_ky: str
    trong_so_ngay: str
    truoc_ngay: str


class STRENGTH(Vocabulary, ns=f"{BASE}dm/do-manh/", hyphens=True):
    """How strongly a suggestion is supported."""

    manh: str
    vua: str
    yeu: str


class SEVERITY(Vocabulary, ns=f"{BASE}dm/muc-do/", hyphens=True):
    """How much a finding matters."""

    can_kiem_tra: str
    goi_y: str
    loi: str


class MARK(Vocabulary, ns=f"{BASE}dm/muc-tin/", hyphens=True):
    """How sure a fact of the registry is."""

    can_kiem_tra: str
    da_kiem_chung: str
    khong_ro: str


class GRAPHS(Vocabulary, ns=f"{BASE}graph/", hyphens=True):
    """Named graphs that exist once; a plan has its own, see plan_graph."""

    ban_the_hoc: str
    bo_sung: str
    danh_muc: str
    phien_ban: str
    so_bo: str
    so_bo_khang_dinh: str
    xem_xet: str


#: Stages of a plan's data, each a named graph a plan: read from the text, claimed, derived.
READ, CLAIMED, DERIVED = "nguon", "khang-dinh", "suy-dien"


def plan_graph(stage: str, plan: str) -> str:
    """Name the graph of one stage (READ, CLAIMED, DERIVED) of the plan with this IRI.

    Raises ValueError if the IRI is not a plan's.
    """
    address = parse(plan)
    if address is None or address.kind != "plan":
        raise ValueError(f"not the address of a plan: {plan}")
    return mint("plan_graph", name=stage, **address.fields)


#: The prefixes of every query and export of the product.
PREFIXES: Mapping[str, str] = {
    "cancu": CANCU.NS,
    "cnt": CNT.NS,
    "cv": CV.NS,
    "dcat": DCAT.NS,
    "dcterms": DCTERMS.NS,
    "dqv": DQV.NS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "eli": ELI.NS,
    "foaf": FOAF.NS,
    "oa": OA.NS,
    "org": ORG.NS,
    "owl": OWL.NS,
    "prov": PROV.NS,
    "rdf": RDF.NS,
    "rdfs": RDFS.NS,
    "skos": SKOS.NS,
    "void": VOID.NS,
    "xsd": XSD.NS,
    # the schemes: vt:chu-tri is shorter than <https://w3id.org/cancu/dm/vai-tro/chu-tri>
    "bt": f"{BASE}dm/bat-thuong/",
    "cb": f"{BASE}dm/cach-biet/",
    "ctg": f"{BASE}dm/cach-tham-gia/",
    "dd": f"{BASE}dm/do-dong/",
    "gn": f"{BASE}dm/goc-nhin/",
    "hl": f"{BASE}dm/hieu-luc/",
    "htkt": f"{BASE}dm/hinh-thuc-kiem-tra/",
    "kl": f"{BASE}dm/ket-luan/",
    "lk": f"{BASE}dm/lien-ket/",
    "ln": f"{BASE}dm/loai-nut/",
    "lp": f"{BASE}dm/loai-phan/",
    "lsp": f"{BASE}dm/loai-san-pham/",
    "lth": f"{BASE}dm/loai-thoi-han/",
    "lv": f"{BASE}dm/linh-vuc/",
    "lvb": f"{BASE}dm/loai-van-ban/",
    "manh": f"{BASE}dm/do-manh/",
    "md": f"{BASE}dm/muc-do/",
    "mt": f"{BASE}dm/muc-tin/",
    "nd": f"{BASE}dm/noi-dung/",
    "thieu": f"{BASE}dm/thieu/",
    "vt": f"{BASE}dm/vai-tro/",
}


def prefix_header() -> str:
    """Give the PREFIX lines that are put before every query of the product."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
