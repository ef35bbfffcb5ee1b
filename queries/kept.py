"""What is read of a dataset once and kept for as long as the dataset is in use."""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from cancu.graph.dataset import Dataset

T = TypeVar("T")


def once(read: Callable[[Dataset], T]) -> Callable[[Dataset], T]:
    """The function `read`, which looks at each dataset only the first time; a dataset never changes."""
    kept: WeakKeyDictionary[Dataset, T] = WeakKeyDictionary()

    def found(dataset: Dataset) -> T:
        if dataset not in kept:
            kept[dataset] = read(dataset)
        return kept[dataset]

    found.__doc__, found.__name__ = read.__doc__, read.__name__
    return found
