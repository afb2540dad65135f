"""Failures that many students share, each with the student whose work shows it best."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.classroom import signature
from grader.model import Finding, Outcome, Report, Result

ALIKE = 0.8  # share of common students from which two failures of an exercise are shown as one
LINES = 3  # examples of code
RELATED = 2  # other failures that are named
HEADS = ("def ", "class ")  # lines that tell nothing that the check's title does not
NOT_LOADED = "The file does not load"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A failure that students share."""

    id: str  # eight hex digits, the same in every run
    result: Result  # of the representative
    check: str  # the check's name; "" where the file did not load
    title: str
    kind: str
    detail: str
    students: tuple[int, ...]  # their places in the class; the representative's is the first
    finding: Finding | None  # the representative's
    said: str  # the representative's message
    lines: tuple[str, ...]  # of several students' code, where the failure has a place
    with_it: tuple[str, ...] = ()  # titles of other checks that the same students fail
    also: tuple[tuple[str, int], ...] = ()  # label and title elsewhere, and how many of these fail


@dataclass(frozen=True, slots=True)
class _Case:
    """One student's failure of one check."""

    student: int
    result: Result
    outcome: Outcome | None  # None where the file did not load


def clusters(reports: Sequence[Report]) -> list[Cluster]:
    """Return the failures of a class, those of most students first."""
    cases: dict[tuple[str, str, str, str], list[_Case]] = defaultdict(list)
    for student, report in enumerate(reports):
        for result in report.results:
            for check, kind, detail, outcome in _failures(result):
                cases[result.exercise, check, kind, detail].append(_Case(student, result, outcome))
    made = [_cluster(*name, found) for name, found in cases.items()]
    made.sort(key=lambda one: -len(one.students))
    merged = list(_merged(made))
    return [replace(one, also=_also(one, merged)) for one in merged]


def _failures(result: Result) -> Iterator[tuple[str, str, str, Outcome | None]]:
    if result.submitted and result.problem is not None:
        yield "", "not loaded", signature.of_words(result.problem), None
    for outcome in result.outcomes:
        found = signature.of_outcome(outcome)
        if found:
            yield outcome.name, *found, outcome


def _cluster(exercise: str, check: str, kind: str, detail: str, cases: list[_Case]) -> Cluster:
    best = min(cases, key=lambda case: len(case.result.source.text) if case.result.source else 0)
    told = f"{exercise}\0{check}\0{kind}\0{detail}".encode("utf-8", "replace")
    places = [(case.outcome.place if case.outcome else case.result.place) for case in cases]
    code = dict.fromkeys(place.code.strip() for place in places if place)
    others = (case.student for case in cases if case is not best)
    outcome = best.outcome
    return Cluster(
        id=hashlib.blake2b(told, digest_size=4).hexdigest(),
        result=best.result,
        check=check,
        title=outcome.title if outcome else NOT_LOADED,
        kind=kind,
        detail=detail,
        students=tuple(dict.fromkeys((best.student, *others))),
        finding=outcome.first_wrong if outcome else None,
        said=(outcome.message if outcome else best.result.problem) or "",
        lines=tuple(line for line in code if line and not line.startswith(HEADS))[:LINES],
    )


def _merged(ordered: Sequence[Cluster]) -> Iterator[Cluster]:
    """Yield the clusters, each with those that the same students fail in the same exercise.

    Otherwise one transposed matrix would stand there five times.
    """
    taken: set[int] = set()
    for number, one in enumerate(ordered):
        if number in taken:
            continue
        mine = set(one.students)
        titles: list[str] = []
        for other_number, other in enumerate(ordered[number + 1 :], number + 1):
            theirs = set(other.students)
            if len(theirs) < ALIKE * len(mine):
                break  # the rest have fewer students still
            same = other.result.exercise == one.result.exercise and other.check != one.check
            if same and other_number not in taken and _overlap(mine, theirs) >= ALIKE:
                taken.add(other_number)
                titles.append(other.title)
        yield replace(one, with_it=tuple(dict.fromkeys(titles)))


def _overlap(mine: set[int], theirs: set[int]) -> float:
    return len(mine & theirs) / len(mine | theirs)


def _also(one: Cluster, every: Sequence[Cluster]) -> tuple[tuple[str, int], ...]:
    """Return what else the students of a cluster fail, the most common first."""
    mine = set(one.students)
    counts: dict[str, int] = {}
    for other in every:
        if other is not one and other.check != one.check:
            common = len(mine & set(other.students))
            if common > len(mine) / 2:
                counts[f"{other.result.label}: {other.title}"] = common
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return tuple(ranked[:RELATED])
