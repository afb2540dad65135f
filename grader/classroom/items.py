"""How a class did in each exercise: the figures by which an exercise itself is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, mean, median

from grader.model import Report, Result
from grader.render import states

ENOUGH = 20  # below so many students such figures are noise
EASY, HARD, BLUNT = 0.95, 0.20, 0.20  # means above, means below, correlations below


@dataclass(frozen=True, slots=True)
class Item:
    """The figures of one exercise."""

    result: Result  # of the first student, for its title and points
    counts: Counter[states.State]  # how it ended, by students
    mean: float | None  # share of the points among those who handed it in; None for nobody
    discrimination: float | None  # corrected item-total correlation; None where it says nothing
    seconds: float | None  # median time that the checks took, of those whose code ran

    @property
    def failed(self) -> int:
        """How many ran and did not earn everything."""
        return self.counts[states.NOT_YET] + self.counts[states.PARTLY]

    @property
    def did_not_run(self) -> int:
        """How many handed in what did not run."""
        return self.counts[states.STOPPED]

    @property
    def remark(self) -> str:
        """What an author should look at, in a few words, or nothing."""
        if sum(self.counts.values()) < ENOUGH:
            return ""
        if self.mean is not None and self.mean > EASY:
            return "nearly all points"
        if self.mean is not None and self.mean < HARD:
            return "hardly any points"
        if self.discrimination is not None and self.discrimination < BLUNT:
            return "says little about the rest"
        return ""


def items(reports: Sequence[Report]) -> list[Item]:
    """Return the figures of each exercise, in the order of the first report that has it."""
    found: dict[str, list[Result]] = {}
    for report in reports:
        for result in report.results:
            found.setdefault(result.exercise, []).append(result)
    return [_item(results, _discrimination(name, reports)) for name, results in found.items()]


def _item(results: Sequence[Result], discrimination: float | None) -> Item:
    known = [one for one in results if one.submitted and not states.is_broken(one)]
    shares = [one.points / one.out_of for one in known if one.out_of > 0]
    times = [sum(outcome.seconds for outcome in one.outcomes) for one in known if not one.problem]
    return Item(
        result=results[0],
        counts=Counter(map(states.of_result, results)),
        mean=mean(shares) if shares else None,
        discrimination=discrimination,
        seconds=median(times) if times else None,
    )


def _discrimination(exercise: str, reports: Sequence[Report]) -> float | None:
    """Return Pearson's r of an exercise's points with the points of all others.

    Without its own points in the total, since those would agree with themselves.  What was not
    handed in counts as 0; reports with a broken checker are left out.
    """
    own: list[float] = []
    rest: list[float] = []
    for report in reports:
        points = {one.exercise: one.points for one in report.results}
        if exercise in points and not any(map(states.is_broken, report.results)):
            own.append(points[exercise])
            rest.append(report.points - points[exercise])
    if len(own) < ENOUGH:
        return None
    try:
        return correlation(own, rest)
    except StatisticsError:  # all have the same
        return None
