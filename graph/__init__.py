"""From a plan to the graph: triples, derived edges, checks, stores, the network."""
