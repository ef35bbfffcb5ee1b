"""The network of a dataset, read once and kept for as long as the dataset is in use."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

import networkx as nx
from cachetools import LRUCache

from cancu.graph.dataset import Dataset
from cancu.graph.network import Network, View, build_network
from cancu.graph.network_facts import Facts, read_facts
from cancu.queries.kept import once

VIEWS_KEPT = 32
"""How many views and measures of a dataset are kept."""

facts_of = once(read_facts)
"""What the networks of a dataset are made of."""

T = TypeVar("T")
_kept: WeakKeyDictionary[Dataset, LRUCache[object, object]] = WeakKeyDictionary()
_lock = Lock()


def network_of(dataset: Dataset, view: View) -> Network:
    """The network of a dataset in a view; the same for all who ask, so nobody may change it.

    Raises:
        GraphError: the data cannot be read.
    """
    return kept(dataset, view, lambda facts: nx.freeze(build_network(facts, view)))


def kept(dataset: Dataset, key: object, make: Callable[[Facts], T]) -> T:
    """What is made of the facts of a dataset, kept under a key that says all that it depends on."""
    facts = facts_of(dataset)
    with _lock:
        cache = _kept.setdefault(dataset, LRUCache(VIEWS_KEPT))
        if key in cache:
            return cache[key]  # type: ignore[return-value]
    made = make(facts)
    with _lock:
        cache[key] = made
    return made
