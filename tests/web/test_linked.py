"""What machines find: addresses of things with their data, the vocabulary, descriptions of data and service, the whole graph."""

import hashlib

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCAT, SH, VOID

from cancu.graph.dataset import Embedded
from cancu.ontology.load import vocabulary_version
from cancu.ontology.terms import CANCU, PREFIXES
from cancu.queries.catalogue import questions
from cancu.queries.describe import SD, WRITTEN

TASK = "/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5"
IRI = f"https://w3id.org/cancu{TASK}"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html,*/*;q=0.8", "/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5"),
        ("", "/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5"),
        ("text/turtle", f"{TASK}.ttl"),
        ("application/ld+json", f"{TASK}.jsonld"),
        ("application/rdf+xml, text/turtle;q=0.5", f"{TASK}.rdf"),
        ("application/n-triples", f"{TASK}.nt"),
    ],
)
def test_an_address_leads_to_the_page_or_to_its_data(
    client: TestClient, accept: str, target: str
) -> None:
    found = client.get(TASK, headers={"accept": accept})
    assert (found.status_code, found.headers["location"]) == (303, target)
    assert "Accept" in found.headers["vary"]


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_the_data_of_a_thing(client: TestClient, suffix: str) -> None:
    found = client.get(f"{TASK}.{suffix}")
    assert found.status_code == 200
    kind = RdfFormat.from_media_type(found.headers["content-type"].split(";")[0])
    triples = [str(quad) for quad in parse(found.content, format=kind)]
    assert any(t.startswith(f"<{IRI}> <{RDF.type}> <{CANCU.PlanTask}>") for t in triples)
    assert any(f"<{CANCU.claimSubject}> <{IRI}>" in t for t in triples)  # what is said of it
    again = client.get(f"{TASK}.{suffix}", headers={"if-none-match": found.headers["etag"]})
    assert again.status_code == 304
    assert client.get(f"{TASK}9.{suffix}").status_code == 404


def test_a_concept_has_data_too(client: TestClient) -> None:
    found = client.get("/dm/vai-tro/chu-tri.ttl")
    assert b"skos" in found.content or b"Concept" in found.content


@pytest.mark.parametrize("media_type", WRITTEN)
def test_the_vocabulary(client: TestClient, media_type: str) -> None:
    for path in ("/ns", f"/ns/{vocabulary_version()}"):
        found = client.get(path, headers={"accept": media_type})
        assert found.headers["content-type"].startswith(media_type)
        graph = Graph().parse(data=found.content, format=WRITTEN[media_type].replace("pretty-", ""))
        assert (URIRef(CANCU.Task), RDF.type, None) in graph
    assert client.get("/ns/9.9.9", headers={"accept": media_type}).status_code == 404
    assert client.get("/ns", headers={"accept": "image/png"}).status_code == 406


def test_the_service_describes_itself(client: TestClient, dataset: Embedded) -> None:
    found = client.get("/sparql", headers={"accept": "text/turtle"})
    assert found.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=found.content, format="turtle")
    service = next(graph.subjects(RDF.type, SD.Service))
    assert str(service).endswith("/sparql")
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(service, SH.declare)
    }
    assert declared == dict(PREFIXES)
    graphs = {str(name) for name in graph.objects(None, SD.name)}
    asked = dataset.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert graphs == {str(row["g"]) for row in asked.rows}


def test_every_question_is_an_example_that_runs(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/sparql", headers={"accept": "text/turtle"}).content)
    examples = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(example).rsplit("/", 1)[-1] for example in examples} == set(questions())
    for example in examples:
        text = str(graph.value(example, SH.select) or graph.value(example, SH.construct))
        found = client.get(
            "/sparql", params={"query": text}, headers={"accept": "application/json"}
        )
        assert found.status_code == 200, (example, found.content)


def test_the_data_describe_themselves(client: TestClient, dataset: Embedded) -> None:
    found = client.get("/.well-known/void", headers={"accept": "text/turtle"})
    graph = Graph().parse(data=found.content, format="turtle")
    it = next(graph.subjects(RDF.type, VOID.Dataset))
    assert (it, RDF.type, DCAT.Dataset) in graph
    total = dataset.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"]
    assert (it, VOID.triples, Literal(total)) in graph
    parts = {
        str(graph.value(node, VOID["class"])): graph.value(node, VOID.entities)
        for node in graph.objects(it, VOID.classPartition)
    }
    assert parts[CANCU.PlanTask] == Literal(21)
    properties = [
        graph.value(node, VOID.triples) for node in graph.objects(it, VOID.propertyPartition)
    ]
    assert sum(int(str(number)) for number in properties) == total
    dump = str(graph.value(it, VOID.dataDump))
    assert dump.endswith("/tai-ve/graph.nq")


def test_the_whole_graph_with_its_checksum(client: TestClient, dataset: Embedded) -> None:
    found = client.get("/tai-ve/graph.nq")
    digest, name = client.get("/tai-ve/graph.nq.sha256").text.split()
    assert hashlib.sha256(found.content).hexdigest() == digest
    assert name in found.headers["content-disposition"]
    assert found.content == dataset.snapshot.dump.read_bytes()
    again = client.get("/tai-ve/graph.nq", headers={"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
