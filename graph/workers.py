"""Work done by processes that can be killed: each piece has a time limit and a memory limit, and none can stop the rest."""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Limits:
    """What one piece of work may use."""

    seconds: float = 120.0
    memory_bytes: int = 2 * 1024**3


DEFAULT = Limits()
START_SECONDS = 30.0
"""Allowed on top of the time of a process's first piece, for the process to start on a busy machine."""


@dataclass(frozen=True)
class Stopped:
    """A piece of work that came to no end: "time" if its time was up, "memory" if it wanted too much, "crash" if its
    process ended by itself.
    """

    why: str


@dataclass
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    position: int = -1
    deadline: float = field(default=0.0)
    fresh: bool = True

    def give(self, position: int, task: Task, limits: Limits) -> None:
        self.position = position
        self.deadline = time.monotonic() + limits.seconds + (START_SECONDS if self.fresh else 0.0)
        self.fresh = False
        self.pipe.send(task)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work_all(
    work: Callable[[Task], Outcome],
    tasks: Sequence[Task],
    jobs: int,
    limits: Limits = DEFAULT,
) -> Iterator[tuple[int, Outcome | Stopped]]:
    """The outcome of each task with its position, as they come. `work` is a function of a module, not a local one."""
    context = _context()
    waiting = deque(enumerate(tasks))
    busy: list[_Worker[Task]] = []
    idle: list[_Worker[Task]] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                worker = idle.pop() if idle else _start(context, work, limits)
                position, task = waiting.popleft()
                try:
                    worker.give(position, task, limits)
                except (BrokenPipeError, OSError):
                    worker.end()
                    yield position, Stopped("crash")
                    continue
                busy.append(worker)
            for worker, outcome in _ready(busy):
                busy.remove(worker)
                if isinstance(outcome, Stopped) and outcome.why != "memory":
                    worker.end()
                else:
                    idle.append(worker)
                yield worker.position, outcome
    finally:
        for worker in (*busy, *idle):
            worker.end()


def _ready(busy: list[_Worker[Task]]) -> list[tuple[_Worker[Task], Any]]:
    """The workers that are done or must be stopped, with what came of it; waits for the first of them."""
    if not busy:
        return []
    left = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    spoke = set(wait([worker.pipe for worker in busy], timeout=left))
    found: list[tuple[_Worker[Task], Any]] = []
    for worker in busy:
        if worker.pipe in spoke:
            try:
                found.append((worker, worker.pipe.recv()))
            except (EOFError, OSError):
                found.append((worker, Stopped("crash")))
        elif worker.deadline <= time.monotonic():
            found.append((worker, Stopped("time")))
    return found


def _context() -> BaseContext:
    """Processes that begin clean: a forked copy of a program with threads may hang."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def _start(context: BaseContext, work: Callable[[Task], Outcome], limits: Limits) -> _Worker[Task]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, limits), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection, work: Callable[[Task], Outcome], limits: Limits) -> None:
    """In the worker: one task after the other until nobody asks any more."""
    _limit_memory(limits.memory_bytes)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            outcome: Outcome | Stopped = work(task)
        except MemoryError:
            outcome = Stopped("memory")
        except KeyboardInterrupt:
            return
        except Exception:  # noqa: BLE001 - a fault in one document must not stop the others
            outcome = Stopped("fault")
        try:
            pipe.send(outcome)
        except (BrokenPipeError, OSError):
            return


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: the time limit still holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
