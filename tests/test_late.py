"""Late work: the arithmetic of a policy, and what the author of a course is told about slips."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import CourseError
from grader.gradebook.late import Policy, load

DUE = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)
STRICT = Policy(DUE, {"q02_more": DUE + timedelta(days=7)}, timedelta(minutes=15), 10.0, 50.0)

policies = st.builds(
    Policy,
    st.none() | st.just(DUE),
    st.just({}),
    st.integers(0, 3_000).map(lambda minutes: timedelta(minutes=minutes)),
    st.floats(0, 100),
    st.floats(0, 100),
)
moments = st.integers(-5_000_000, 5_000_000).map(lambda seconds: DUE + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("late", "days", "kept"),
    [
        ({"days": -3}, 0, 100),
        ({"minutes": 0}, 0, 100),
        ({"minutes": 15}, 0, 100),
        ({"minutes": 15, "seconds": 1}, 1, 90),
        ({"days": 1}, 1, 90),
        ({"days": 1, "seconds": 1}, 2, 80),
        ({"days": 4, "hours": 23}, 5, 50),
        ({"days": 30}, 30, 50),
    ],
)
def test_every_day_begun_costs_as_much(late: dict[str, int], days: int, kept: int) -> None:
    """Within the grace nothing is taken off; then days count from the due date, to the floor."""
    received = DUE + timedelta(**late)
    assert STRICT.days("q01_circle", received) == days
    assert STRICT.kept_percent("q01_circle", received) == kept


def test_an_exercise_may_have_a_date_of_its_own() -> None:
    """It counts instead of the course's."""
    received = DUE + timedelta(days=2)
    assert STRICT.kept_percent("q01_circle", received) == 80
    assert STRICT.kept_percent("q02_more", received) == 100


def test_what_nobody_knows_takes_nothing_off() -> None:
    """Neither a missing time nor a missing date makes work late."""
    assert STRICT.kept_percent("q01_circle", None) == 100
    assert Policy(per_day_percent=10).kept_percent("q01_circle", DUE) == 100


def test_offsets_count() -> None:
    """The same instant is as late in any time zone."""
    received = datetime.fromisoformat("2026-11-24T00:00:00+01:00")  # a minute after it was due
    assert Policy(DUE, per_day_percent=10).days("q", received) == 1
    assert Policy(DUE, per_day_percent=10).days("q", received - timedelta(minutes=1)) == 0


@given(policies, moments, moments)
def test_a_policy_is_fair(policy: Policy, one: datetime, other: datetime) -> None:
    """Never more than was earned, never below the floor, and later is never better."""
    early, late = sorted((one, other))
    kept = policy.kept_percent("q", late)
    assert policy.floor_percent <= policy.kept_percent("q", early) <= 100
    assert kept <= policy.kept_percent("q", early)
    if policy.due is None or late <= policy.due + policy.grace:
        assert kept == 100


def written(root: Path, text: str) -> Path:
    """Write a course that has settings and one exercise."""
    (root / "exercises" / "q01_circle").mkdir(parents=True)
    (root / "exercises" / "q01_circle" / "check.py").write_text("", encoding="utf-8")
    (root / "course.toml").write_text(text, encoding="utf-8")
    return root


def test_a_policy_is_read_whole(tmp_path: Path) -> None:
    """Dates of the course and of exercises, grace, rate and floor."""
    text = (
        "[course]\ndue = 2026-11-23T23:59:00+01:00\n"
        "[due]\nq01_circle = 2026-11-30T23:59:00+01:00\n"
        "[late]\ngrace_minutes = 15\nper_day_percent = 10\nfloor_percent = 50\n"
    )
    policy = load(written(tmp_path, text))
    assert policy.due == DUE
    assert policy.due_for("q01_circle") == DUE + timedelta(days=7)
    rules = (policy.grace, policy.per_day_percent, policy.floor_percent)
    assert rules == (timedelta(minutes=15), 10, 50)


def test_a_course_without_a_policy_takes_nothing_off(tmp_path: Path) -> None:
    """Nor does a date alone."""
    assert load(written(tmp_path / "a", "")) == Policy()
    policy = load(written(tmp_path / "b", "[course]\ndue = 2026-11-23T23:59:00Z\n"))
    assert policy.kept_percent("q01_circle", DUE + timedelta(days=99)) == 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[late]\nper_day = 10\n[due]\n",
            "course.toml: [late] per_day is not known: did you mean per_day_percent?",
        ),
        (
            "[late]\ndays = 3\n",
            (
                "course.toml: [late] days is not known: write one of grace_minutes, "
                "per_day_percent, floor_percent"
            ),
        ),
        (
            "[late]\nper_day_percent = 10\n",
            (
                "course.toml: [late] has no date to count from: write due = "
                "2026-11-23T23:59:00+01:00 under [course]"
            ),
        ),
        (
            "[late]\nfloor_percent = 101\n",
            (
                "course.toml: [late] floor_percent must be a number from 0 to 100, such as "
                "floor_percent = 10"
            ),
        ),
        ("[late]\ngrace_minutes = -1\n", "course.toml: [late] grace_minutes must be a number 0 or"),
        ("[late]\ngrace_minutes = true\n", "course.toml: [late] grace_minutes must be a number"),
        ("[late]\nper_day_percent = nan\n", "course.toml: [late] per_day_percent must be a number"),
        ("late = 3\n", "course.toml: late must be a table: start it with [late]"),
        (
            "[course]\ndue = 2026-11-23T23:59:00\n",
            (
                "course.toml: [course] due must be a date and time with its offset, without "
                "quotes, such as 2026-11-23T23:59:00+01:00"
            ),
        ),
        ('[course]\ndue = "2026-11-23T23:59:00Z"\n', "course.toml: [course] due must be a date"),
        ("[due]\nq01_circle = 2026-11-23\n", "course.toml: [due] q01_circle must be a date"),
        (
            "[due]\nq01_cirle = 2026-11-23T23:59:00Z\n",
            "course.toml: [due] q01_cirle is no exercise: did you mean q01_circle?",
        ),
    ],
)
def test_slips_in_the_settings_are_named(tmp_path: Path, text: str, said: str) -> None:
    """The file, the section, the key, and what to write instead."""
    with pytest.raises(CourseError) as caught:
        load(written(tmp_path, text))
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(said)
