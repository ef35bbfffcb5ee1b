"""The vocabulary, the lists, the registries and the rules of Căn Cứ: data, and what loads it.

``iri`` mints and reads addresses, ``terms`` holds the closed vocabularies, ``load`` hands out
the Turtle, SHACL and SPARQL files that are shipped beside the code.
"""
