"""What the data and its service are, for machines: VoID, DCAT, SPARQL 1.1 Service Description, and examples in SHACL.

Sources: W3C Note "Describing Linked Datasets with the VoID Vocabulary" (2011), W3C "SPARQL 1.1 Service Description" (2013),
DCAT 3 (2024), SHACL section 5 (prefix declarations, SPARQL executables).
"""

from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SDO, SH, VOID

from cancu.graph.dataset import Dataset
from cancu.graph.snapshot import Manifest
from cancu.ontology.terms import PREFIXES
from cancu.queries.catalogue import questions
from cancu.queries.errors import QueryError
from cancu.queries.header import Question
from cancu.queries.sparql import GRAPH_FORMATS, RESULT_FORMATS
from cancu.queries.written import written

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
"""Media type -> its name in https://www.w3.org/ns/formats/."""

_LICENSE = URIRef("https://creativecommons.org/publicdomain/mark/1.0/")
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?number) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?number) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?number) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_TOTAL = "SELECT (COUNT(*) AS ?number) WHERE { ?s ?p ?o }"

TURTLE = "text/turtle"
WRITTEN = {
    TURTLE: "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "pretty-xml",
}
"""Media types that a description can be had in -> its name in rdflib."""


def describe_dataset(dataset: Dataset, manifest: Manifest, base: str, dump: bool = True) -> Graph:
    """VoID and DCAT of the data as served below `base` (an address that ends in "/"): partitions by class and property, and `dump` if all of it is one file there."""
    graph = _graph()
    it = URIRef(f"{base}.well-known/void#data")
    for kind in (VOID.Dataset, DCAT.Dataset, SD.Graph):
        graph.add((it, RDF.type, kind))
    for text, language in (("Đồ thị Căn Cứ", "vi"), ("The Căn Cứ graph", "en")):
        graph.add((it, DCTERMS.title, Literal(text, lang=language)))
    for text, language in (
        ("Căn cứ pháp lý, nhiệm vụ, cơ quan và thời hạn đọc từ các kế hoạch hành chính, kèm lời văn. Không có giá trị pháp lý.", "vi"),
        ("Legal bases, tasks, agencies and time limits read from administrative plans, with their words. Without legal force.", "en"),
    ):  # fmt: skip
        graph.add((it, DCTERMS.description, Literal(text, lang=language)))
    graph.add((it, DCTERMS.modified, Literal(manifest.created, datatype=XSD.dateTime)))
    graph.add((it, URIRef(f"{DCAT}version"), Literal(manifest.version)))
    graph.add((it, DCTERMS.license, _LICENSE))
    graph.add((it, FOAF.homepage, URIRef(base)))
    graph.add((it, VOID.sparqlEndpoint, URIRef(f"{base}sparql")))
    graph.add((it, VOID.uriSpace, Literal(f"{PREFIXES['cancu'].removesuffix('ns#')}id/")))
    graph.add((it, VOID.triples, Literal(_number(dataset, _TOTAL))))
    for prefix, namespace in PREFIXES.items():
        if prefix not in ("xsd", "rdf", "rdfs", "owl"):
            graph.add((it, VOID.vocabulary, URIRef(namespace)))
    if dump:
        _add_dump(graph, it, manifest, base)
    _add_partitions(graph, it, dataset)
    return graph


def _graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in (*PREFIXES.items(), ("sd", SD), ("sh", SH), ("schema", SDO)):
        graph.bind(prefix, str(namespace))
    return graph


def _number(dataset: Dataset, query: str) -> int:
    return int(dataset.select(query).rows[0]["number"] or 0)


def _add_dump(graph: Graph, it: URIRef, manifest: Manifest, base: str) -> None:
    dump, file, checksum = URIRef(f"{base}tai-ve/graph.nq"), BNode("dump"), BNode("checksum")
    spdx = Namespace("http://spdx.org/rdf/terms#")
    graph.bind("spdx", str(spdx))
    graph.add((it, VOID.dataDump, dump))
    graph.add((it, DCAT.distribution, file))
    graph.add((file, RDF.type, DCAT.Distribution))
    graph.add((file, DCAT.downloadURL, dump))
    graph.add(
        (
            file,
            DCAT.mediaType,
            URIRef("https://www.iana.org/assignments/media-types/application/n-quads"),
        )
    )
    graph.add((file, spdx.checksum, checksum))
    graph.add((checksum, spdx.algorithm, spdx.checksumAlgorithm_sha256))
    graph.add((checksum, spdx.checksumValue, Literal(manifest.sha256, datatype=XSD.hexBinary)))


def _add_partitions(graph: Graph, it: URIRef, dataset: Dataset) -> None:
    for place, row in enumerate(dataset.select(_CLASSES).rows):
        part = BNode(f"class{place}")
        graph.add((it, VOID.classPartition, part))
        graph.add((part, VOID["class"], URIRef(str(row["class"]))))
        graph.add((part, VOID.entities, Literal(row["number"])))
    for place, row in enumerate(dataset.select(_PROPERTIES).rows):
        part = BNode(f"property{place}")
        graph.add((it, VOID.propertyPartition, part))
        graph.add((part, VOID.property, URIRef(str(row["property"]))))
        graph.add((part, VOID.triples, Literal(row["number"])))


def describe_service(dataset: Dataset, base: str) -> Graph:
    """The SPARQL service below `base`: its formats, its named graphs, the prefixes it knows and examples to run."""
    graph = _graph()
    service, data, default = URIRef(f"{base}sparql"), BNode("data"), BNode("default")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for media_type in (*RESULT_FORMATS, *GRAPH_FORMATS):
        graph.add((service, SD.resultFormat, FORMATS[_FORMAT_NAMES[media_type]]))
    graph.add((service, SD.defaultDataset, data))
    graph.add((data, RDF.type, SD.Dataset))
    graph.add((data, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    graph.add((default, VOID.triples, Literal(_number(dataset, _TOTAL))))
    graph.add((default, RDFS.seeAlso, URIRef(f"{base}.well-known/void")))
    for place, row in enumerate(dataset.select(_GRAPHS).rows):
        named, content = BNode(f"named{place}"), BNode(f"graph{place}")
        graph.add((data, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(str(row["graph"]))))
        graph.add((named, SD.graph, content))
        graph.add((content, RDF.type, SD.Graph))
        graph.add((content, VOID.triples, Literal(row["number"])))
    _add_prefixes(graph, service)
    _add_examples(graph, service, base, dataset)
    return graph


def _add_prefixes(graph: Graph, service: URIRef) -> None:
    for prefix, namespace in PREFIXES.items():
        declared = BNode(f"prefix-{prefix}")
        graph.add((service, SH.declare, declared))
        graph.add((declared, RDF.type, SH.PrefixDeclaration))
        graph.add((declared, SH.prefix, Literal(prefix)))
        graph.add((declared, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))


def _add_examples(graph: Graph, service: URIRef, base: str, dataset: Dataset) -> None:
    for question in questions().values():
        example = URIRef(f"{base}cau-hoi/{question.code}")
        construct = question.constructs
        graph.add((example, RDF.type, SH.SPARQLExecutable))
        graph.add(
            (
                example,
                RDF.type,
                SH.SPARQLConstructExecutable if construct else SH.SPARQLSelectExecutable,
            )
        )
        graph.add((example, SH.prefixes, service))
        graph.add((example, SDO.target, service))
        graph.add(
            (
                example,
                SH.construct if construct else SH.select,
                Literal(_runnable(question, dataset)),
            )
        )
        for language in ("vi", "en"):
            graph.add((example, RDFS.label, Literal(question.title.say(language), lang=language)))
            graph.add(
                (example, RDFS.comment, Literal(question.explanation.say(language), lang=language))
            )
        for tag in question.tags:
            graph.add((example, SDO.keywords, Literal(tag, lang="vi")))


def write(graph: Graph, media_type: str) -> bytes:
    """A description in one of the media types of `WRITTEN`; the same graph gives the same bytes."""
    return graph.serialize(format=WRITTEN[media_type], encoding="utf-8")


def _runnable(question: Question, dataset: Dataset) -> str:
    """The text of a question with its defaults, as it runs anywhere; as it is where a default is nothing here."""
    try:
        return written(question.code, {}, dataset)
    except QueryError:
        return question.sparql
