"""Documents into a new snapshot: each read, built and checked by itself; the bad ones are left out with their reason."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cancu.graph import cache
from cancu.graph.collect import Given, built_in_given, collect
from cancu.graph.errors import DamagedSnapshot, NoSnapshot
from cancu.graph.parts import Part, split, verdicts_hash
from cancu.graph.read_one import Job, derive_again, read_one
from cancu.graph.reviews import Review, read_reviews
from cancu.graph.save import has_layout, nothing_built, only_build, write_snapshot, write_updates
from cancu.graph.snapshot import LeftOut, Snapshot, current, dump_is_sound
from cancu.graph.updates import last_update
from cancu.graph.versions import arrange
from cancu.graph.workers import DEFAULT, Limits, Stopped, cores, work_all
from cancu.loaders.limits import MAX_BYTES


@dataclass(frozen=True)
class Progress:
    """A document that was worked on: its name, and how many of how many are done; `kept` if it was not read again."""

    name: str
    done: int
    total: int
    kept: bool = False


@dataclass(frozen=True)
class Options:
    """How to build.

    Attributes:
        jobs: processes at a time; None for as many as there are processors.
        add: keep the documents of the current snapshot and add to them.
        limits: what one document may use.
        work: what is done with a document (tests put something else here).
    """

    jobs: int | None = None
    add: bool = False
    limits: Limits = DEFAULT
    work: Callable[[Job], Part | LeftOut] = read_one


def publish(
    home: Path,
    paths: Sequence[Path] = (),
    done: Callable[[Progress], None] = lambda progress: None,
    options: Options = Options(),
) -> Snapshot:
    """A new snapshot of the documents of files and folders (none named: the plan that ships with the product).

    `done` is told of each document that was worked on.

    Raises:
        NothingBuilt, BuildRunning, StorageFailed, DamagedReviews: see `write_snapshot` and `read_reviews`.
    """
    given, left_out = collect(paths) if paths else ([built_in_given()], [])
    return publish_given(home, given, done, options, left_out)


def publish_given(
    home: Path,
    given: Sequence[Given],
    done: Callable[[Progress], None] = lambda progress: None,
    options: Options = Options(),
    left_out: Sequence[LeftOut] = (),
) -> Snapshot:
    """The same for documents that were collected already; `left_out` is what was passed over then.

    Raises:
        NothingBuilt, BuildRunning, StorageFailed, DamagedReviews: as for `publish`.
    """
    with only_build(home):
        reviews = read_reviews(home)
        before = _already(home, reviews) if options.add else []
        outcomes = _read(home, given, reviews, done, options)
        parts = [*before, *(o for o in outcomes if isinstance(o, Part))]
        left_out = [*(o for o in outcomes if isinstance(o, LeftOut)), *left_out]
        if len(parts) == len(before):
            raise nothing_built(left_out)
        arranged, refused = arrange(parts, len(before))
        cache.tidy(home)
        return write_snapshot(home, arranged, [*left_out, *refused], reviews)


def republish(home: Path) -> Snapshot:
    """A new snapshot of the same documents with today's verdicts: what the rules derive from them is derived anew.

    Raises:
        NoSnapshot, DamagedSnapshot: there is none to begin with.
        NothingBuilt, DamagedUpdates, BuildRunning, StorageFailed, DamagedReviews: see `write_snapshot` and `read_reviews`.
    """
    with only_build(home):
        manifest, reviews = current(home).manifest, read_reviews(home)
        outcomes = [*_derived(home, reviews)]
        parts = [o for o in outcomes if isinstance(o, Part)]
        left_out = [*manifest.left_out, *(o for o in outcomes if isinstance(o, LeftOut))]
        return write_snapshot(home, arrange(parts, len(parts))[0], left_out, reviews)


def catch_up(home: Path) -> None:
    """Publish the update that was recorded last, if the process ended before it was published.

    Raises:
        NoSnapshot, DamagedSnapshot: there is nothing to begin with.
        BuildRunning, StorageFailed, DamagedUpdates, DamagedReviews: as for `publish_updates`.
    """
    if current(home).manifest.updates != last_update(home):
        publish_updates(home)


def publish_updates(home: Path) -> Snapshot:
    """A new snapshot of the same documents with today's graph of updates.

    Raises:
        NoSnapshot, DamagedSnapshot, BuildRunning, StorageFailed, DamagedUpdates, DamagedReviews: see `republish`.
    """
    return write_updates(home) if has_layout(current(home)) else republish(home)


def _already(home: Path, reviews: Sequence[Review]) -> list[Part]:
    """The documents of the current snapshot; none if there is none."""
    try:
        return [o for o in _derived(home, reviews) if isinstance(o, Part)]
    except NoSnapshot:
        return []


def _derived(home: Path, reviews: Sequence[Review]) -> list[Part | LeftOut]:
    """The documents of the current snapshot; those are derived anew whose verdicts, or whose rules, have changed."""
    snapshot = current(home)
    if not dump_is_sound(snapshot):
        raise DamagedSnapshot.found()
    same_rules = snapshot.manifest.engine == cache.engine()
    with snapshot.dump.open("rb") as lines:
        parts = split(lines, snapshot.manifest.plans)
    return [
        part
        if same_rules and part.entry.reviews == _followed(part, reviews)
        else derive_again(part, reviews)
        for part in parts
    ]


def _followed(part: Part, reviews: Sequence[Review]) -> str:
    return verdicts_hash(reviews, part.claims()) if reviews else ""


def _read(
    home: Path,
    given: Sequence[Given],
    reviews: Sequence[Review],
    done: Callable[[Progress], None],
    options: Options,
) -> list[Part | LeftOut]:
    """What came of each document, in the order given: from the cache, else read by a process of its own."""
    found: dict[int, Part | LeftOut] = {}
    keys: dict[int, str] = {}
    for position, one in enumerate(given):
        keys[position] = _key(one)
        known = cache.get(home, keys[position]) if keys[position] else None
        if isinstance(known, LeftOut) or (
            known and known.entry.reviews == _followed(known, reviews)
        ):
            found[position] = _named(known, one)
            done(Progress(one.name, len(found), len(given), kept=True))
    missing = [position for position in range(len(given)) if position not in found]
    jobs = [Job(given[position], tuple(reviews)) for position in missing]
    for at, outcome in _work(home, jobs, [keys[p] for p in missing], options):
        position = missing[at]
        found[position] = _named(outcome, given[position])
        done(Progress(given[position].name, len(found), len(given)))
    return [found[position] for position in range(len(given))]


@dataclass(frozen=True)
class _Kept:
    """Work whose outcome is kept in the cache by the process that did it: it is there even if the build is killed."""

    home: Path
    work: Callable[[Job], Part | LeftOut]

    def __call__(self, task: tuple[Job, str]) -> Part | LeftOut:
        job, key = task
        outcome = self.work(job)
        if key:
            cache.put(self.home, key, outcome)
        return outcome


def _work(
    home: Path, jobs: Sequence[Job], keys: Sequence[str], options: Options
) -> Iterator[tuple[int, Part | LeftOut]]:
    """What came of each job, as they end."""
    tasks, work = list(zip(jobs, keys, strict=True)), _Kept(home, options.work)
    if [job.given for job in jobs] == [built_in_given()]:
        # Our own plan needs no guard, and `cancu serve` starts the sooner.
        yield 0, work(tasks[0])
        return
    processes = min(options.jobs or cores(), len(tasks))
    for position, outcome in work_all(work, tasks, processes, options.limits):
        yield (
            position,
            _stopped(jobs[position].given.name, outcome, options.limits)
            if isinstance(outcome, Stopped)
            else outcome,
        )


def _named(outcome: Part | LeftOut, given: Given) -> Part | LeftOut:
    """An outcome of the cache under the name it was given today."""
    if isinstance(outcome, LeftOut):
        return replace(outcome, source=given.name)
    return replace(outcome, entry=replace(outcome.entry, name=given.name, also=(), replaced_by=""))


def _key(given: Given) -> str:
    """The key of a document in the cache; empty for what cannot be opened, which is read to say why."""
    try:
        if given.data is not None:
            return cache.cache_key(given.data, given.name)
        if given.path is None:
            return cache.cache_key(b"", "")
        with given.path.open("rb") as stream:
            return cache.cache_key(stream.read(MAX_BYTES + 1), given.path.name)
    except (OSError, ValueError):
        return ""


def _stopped(name: str, stopped: Stopped, limits: Limits) -> LeftOut:
    size = limits.memory_bytes // 1024**2
    vi, en = {
        "time": (
            f"đọc quá {limits.seconds:g} giây nên đã dừng; hãy tách bớt phụ lục, hoặc tăng --time-limit",
            f"took longer than {limits.seconds:g} seconds and was stopped; take out annexes, or raise --time-limit",
        ),
        "memory": (
            f"cần quá {size} MB bộ nhớ nên đã dừng; hãy tách bớt phụ lục",
            f"needed more than {size} MB of memory and was stopped; take out annexes",
        ),
        "crash": (
            f"tiến trình đọc tệp này bị ngắt, có thể vì cần quá {size} MB bộ nhớ; hãy tách bớt phụ lục",
            f"the process that read it broke off, perhaps for want of more than {size} MB of memory; take out annexes",
        ),
        "fault": (
            "lỗi bất ngờ của phần mềm khi đọc tệp này; xin báo lại kèm tệp",
            "an unexpected fault of the program on this file; please report it with the file",
        ),
    }[stopped.why]
    return LeftOut(name, vi, en)
