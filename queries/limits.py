"""What typed queries may use, as settings of the environment.

CANCU_SPARQL_SECONDS     how long one runs (10)
CANCU_SPARQL_MEMORY_MB   memory of its process (2048, and all together within half of the machine's)
CANCU_SPARQL_RESULT_MB   size of an answer (64)
CANCU_SPARQL_ROWS        rows of an answer (100000)
CANCU_SPARQL_WORKERS     processes (one a core, no more)
CANCU_SPARQL_WAITING     how many may wait (64)
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from cancu.queries.errors import BadValue

MB = 1024**2


@dataclass(frozen=True)
class Limits:
    """What typed queries may use: each one seconds, bytes and rows; all together processes and places to wait."""

    seconds: float = 10.0
    memory_bytes: int = 2048 * MB
    result_bytes: int = 64 * MB
    rows: int = 100_000
    workers: int = 1
    waiting: int = 64


def limits_of(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits that the environment sets.

    Raises:
        BadValue: a setting is no positive number.
    """
    cores = os.cpu_count() or 1
    workers = min(_setting(environment, "WORKERS", cores), cores)
    memory = _setting(environment, "MEMORY_MB", 2048) * MB
    half = _memory_of_machine() // 2 // workers
    return Limits(
        seconds=_setting(environment, "SECONDS", 10),
        memory_bytes=min(memory, half) if half else memory,
        result_bytes=_setting(environment, "RESULT_MB", 64) * MB,
        rows=_setting(environment, "ROWS", 100_000),
        workers=workers,
        waiting=_setting(environment, "WAITING", 64),
    )


def _setting(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(f"CANCU_SPARQL_{name}", "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise BadValue(
            f"CANCU_SPARQL_{name} phải là một số nguyên dương, không phải “{text}”.",
            f"CANCU_SPARQL_{name} must be a positive whole number, not “{text}”.",
        )
    return int(text)


def _memory_of_machine() -> int:
    """Bytes of memory; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
