"""Reviews as data: what they change in a report, how they are kept, when they no longer hold."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from answers import EXERCISE, QUESTION, answered, essay, hand_in
from markup import Page
from rendering import outcome, report, result

from grader import model
from grader.batch import write_report
from grader.errors import GraderError
from grader.model import Outcome, Report, Verdict
from grader.render.class_page import class_page
from grader.render.gradebook import grades_csv
from grader.render.page import page
from grader.render.record import loads
from grader.render.visibility import for_student
from grader.review.alike import alike
from grader.review.applied import Reviews, reviewed
from grader.review.desk import Desk
from grader.review.judgement import Item, Judged, Judgement, Rubric, fingerprint
from grader.review.model_answer import model_answers
from grader.review.publish import publish
from grader.review.queue import Turn
from grader.review.store import ChangedError, Store

WORDS = "ReLU, because its slope is one wherever the neuron is on, so that nothing vanishes."


def judgement(made: Report, check: int = 0, **changes: object) -> Judgement:
    """Return a judgement of one check of a report's only exercise."""
    one = made.results[0]
    return Judgement(fingerprint(made, one, one.outcomes[check]), **changes)  # type: ignore[arg-type]


def reviews(rubric: Rubric | None = None, **checks: Judgement) -> Reviews:
    """Return what was decided about a student."""
    rubrics = {(EXERCISE, "notes"): rubric} if rubric else {}
    return Reviews({EXERCISE: Judged("ann", EXERCISE, 1, checks)}, rubrics)


def notes(made: Report) -> Outcome:
    """Return the outcome of the question in words."""
    return made.results[0].outcomes[0]


def test_an_answer_in_words_is_worth_its_marks() -> None:
    """Points come from the rubric's items, and the report is final once a person has read it."""
    made = answered("ann", WORDS)
    assert (made.final, made.points, notes(made).points) == (False, 0, 0)
    read = reviewed(made, reviews(notes=judgement(made, items=("partly",), comments=("Why?",))))
    assert (read.final, read.points, read.out_of) == (True, 1, 4)
    assert notes(read).verdict is Verdict.AWAITING
    assert notes(read).stands is Verdict.PARTLY
    assert "Why?" in Page(page(read)).text
    assert "true" in grades_csv([read]).splitlines()[1].split(",")


@pytest.mark.parametrize(
    ("worth", "points"), [((1.0, 0.5), 1.5), ((2.0, -0.5), 1.5), ((-1.0, 0), 0), ((2.0, 2.0), 2)]
)
def test_marks_add_up_to_no_less_than_nothing_and_no_more_than_all(
    worth: tuple[float, float], points: float
) -> None:
    """Items may take points away; the sum stays between nothing and what the check is worth."""
    rubric = Rubric(tuple(Item(str(n), f"item {n}", one) for n, one in enumerate(worth)))
    made = answered("ann", WORDS)
    read = reviewed(made, reviews(rubric, notes=judgement(made, items=("0", "1"))))
    assert notes(read).points == points


def test_an_override_stands_beside_the_automatic_result() -> None:
    """A person's points count, their reason is told, and what the check found stays visible."""
    made = answered("ann", WORDS)
    given = judgement(made, 1, points=1.5, reason="The idea is right.")
    read = reviewed(made, reviews(slope=given))
    slope = read.results[0].outcomes[1]
    assert (slope.points, slope.measured, slope.verdict) == (1.5, 0, Verdict.FAILED)
    text = Page(page(read)).text
    assert "The idea is right." in text
    assert "The automatic result was Not yet 0 / 2" in text


def test_a_person_can_stand_in_for_a_broken_check() -> None:
    """A report whose checker broke becomes final once a person gives the points."""
    made = replace(
        report(result(1, "Activations", outcome(Verdict.BROKEN, name="slope"))), student="ann"
    )
    assert not made.final
    given = judgement(made, points=2.0, reason="By hand.")
    assert reviewed(made, reviews(slope=given)).final


def test_a_review_of_another_answer_does_not_hold() -> None:
    """Words that changed wait again; words that stayed do not, whatever happened to the code."""
    before = answered("ann", WORDS)
    given = reviews(notes=judgement(before, items=("complete",)))
    after = answered("ann", f"{WORDS} Also dropout.")
    assert notes(reviewed(after, given)).review is None
    assert not reviewed(after, given).final
    same = replace(before, provenance=replace(before.provenance, sources={EXERCISE: "f" * 64}))
    assert notes(reviewed(same, given)).points == 2


def test_an_override_goes_with_the_code_that_it_was_given_for() -> None:
    """Code that changed is judged by the machine again."""
    before = answered("ann", WORDS)
    given = reviews(slope=judgement(before, 1, points=2.0, reason="Right."))
    after = replace(before, provenance=replace(before.provenance, sources={EXERCISE: "f" * 64}))
    assert reviewed(before, given).points == 2
    assert reviewed(after, given).points == 0


def test_reviews_can_be_put_in_again_and_taken_out() -> None:
    """A record with reviews in it takes newer ones, and without any it is as it was."""
    made = answered("ann", WORDS)
    once = reviewed(made, reviews(notes=judgement(made, items=("complete",))))
    other = reviews(notes=judgement(made, items=("partly",)))
    assert reviewed(once, other) == reviewed(made, other)
    assert reviewed(once, Reviews({}, {})) == made


def test_a_hidden_check_keeps_its_points_and_its_secret() -> None:
    """What a person gave for a hidden check counts for the student as it does for us."""
    secret = outcome(Verdict.FAILED, name="slope", hidden=True, message="secret")
    made = replace(report(result(1, "Activations", secret)), student="ann")
    given = reviews(slope=judgement(made, points=1.0, reason="Close enough."))
    for seen in (for_student(reviewed(made, given)), reviewed(for_student(made), given)):
        assert seen.points == 1
        assert "secret" not in Page(page(seen)).text
        assert "Close enough." in Page(page(seen)).text


def test_the_class_page_asks_for_nobody_who_was_read() -> None:
    """An answer waits on the class page until a person has read it."""
    made = answered("ann", WORDS)
    read = reviewed(made, reviews(notes=judgement(made)))
    assert "Awaiting review" in Page(class_page([made])).text
    assert "Awaiting review" not in Page(class_page([read])).text


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    """Judgements, comments, overrides and rubrics come back from their files as they were."""
    store = Store(tmp_path)
    given = Judgement("a" * 64, ("x",), ("Größer ≥ 3",), 1.5, "so", "2026-11-25T10:00:00+00:00")
    store.judge("ann", EXERCISE, "notes", given, seen=0)
    store.reprice(EXERCISE, "notes", Rubric((Item("x", "an item", -0.5),)))
    again = Store(tmp_path)
    assert again.judged("ann", EXERCISE).checks == {"notes": given}
    assert again.rubric(EXERCISE, "notes", 2.0) == Rubric((Item("x", "an item", -0.5),), 1)
    assert sorted(path.name for path in (tmp_path / "reviews").rglob("*.json")) == [
        f"{EXERCISE}.json"
    ]


def test_two_who_decide_at_once_both_keep_what_they_decided(tmp_path: Path) -> None:
    """The second is told of the first; nothing is lost, and one of the two is chosen."""
    store, other = Store(tmp_path), Store(tmp_path)
    first, second = Judgement("a", ("complete",)), Judgement("a", ("partly",))
    store.judge("ann", EXERCISE, "notes", first, seen=0)
    now = other.judge("ann", EXERCISE, "notes", second, seen=0)
    assert now.checks["notes"] == first
    assert [one.judgement for one in now.disputes] == [second]
    settled = store.settle("ann", EXERCISE, "notes", second, seen=2)
    assert (settled.checks["notes"], settled.disputes) == (second, ())
    with pytest.raises(ChangedError):
        other.settle("ann", EXERCISE, "notes", first, seen=2)


def test_two_who_decide_the_same_do_not_disagree(tmp_path: Path) -> None:
    """The same judgement twice is one judgement."""
    store = Store(tmp_path)
    for at in ("2026-11-25T10:00:00", "2026-11-25T10:00:01"):
        now = store.judge("ann", EXERCISE, "notes", Judgement("a", ("complete",), at=at), seen=0)
    assert now.disputes == ()


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    """Of twenty judgements at once one counts and nineteen are kept beside it."""

    def write(number: int) -> None:
        given = Judgement("a", comments=(str(number),))
        Store(tmp_path).judge("ann", EXERCISE, "notes", given, seen=0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(20)))
    now = Store(tmp_path).judged("ann", EXERCISE)
    kept = [now.checks["notes"], *(one.judgement for one in now.disputes)]
    assert sorted(int(one.comments[0]) for one in kept) == list(range(20))
    assert now.version == 20


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    """A writer killed amid writing loses at most what was being written, and blocks nobody."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom grader.review.store import Store\n"
        "from grader.review.judgement import Judgement\nstore = Store(Path(sys.argv[1]))\n"
        "for number in range(100_000):\n"
        "    given = Judgement('a', comments=(str(number),))\n"
        "    store.judge('ann', 'q1', 'notes', given, seen=number)\n"
        "    print(number, flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) >= 20:
            os.kill(writer.pid, signal.SIGKILL)
            break
    told = [int(line), *map(int, writer.stdout)]
    writer.wait()
    writer.stdout.close()
    now = Store(tmp_path).judged("ann", "q1")
    assert int(now.checks["notes"].comments[0]) >= told[-1]
    after = Store(tmp_path).judge("ann", "q1", "notes", Judgement("b"), seen=now.version)
    assert after.checks["notes"] == Judgement("b")


def test_a_damaged_review_is_named_and_not_overwritten(tmp_path: Path) -> None:
    """A file that is no review stops with its name; nothing is written over it."""
    path = tmp_path / "reviews" / "ann" / f"{EXERCISE}.json"
    path.parent.mkdir(parents=True)
    for text in ("{", "[]", '{"schema": "grader/review/v1", "student": 7}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(GraderError, match=f"{EXERCISE}.json: cannot be read as a review"):
            Store(tmp_path).judge("ann", EXERCISE, "notes", Judgement("a"), seen=0)
        assert path.read_text(encoding="utf-8") == text


def test_publishing_writes_those_whose_reviews_changed(tmp_path: Path) -> None:
    """Page, record and grades of one student change; a second time there is nothing to write."""
    made = hand_in(tmp_path, {"ann": WORDS, "ben": essay(1)})
    before = (tmp_path / "ben.html").stat().st_mtime_ns
    given = judgement(made[0], items=("complete",), comments=("Well put.",))
    Store(tmp_path).judge("ann", EXERCISE, "notes", given, seen=0)
    assert publish(tmp_path) == 1
    assert publish(tmp_path) == 0
    assert "Well put." in (tmp_path / "ann.html").read_text(encoding="utf-8")
    assert loads((tmp_path / "ann.json").read_bytes()).points == 2
    assert (tmp_path / "grades.csv").read_text().splitlines()[1:] == [
        "ann,2,4,true,2",
        "ben,0,4,false,0",
    ]
    assert (tmp_path / "ben.html").stat().st_mtime_ns == before


def test_every_format_that_was_written_is_written_anew(tmp_path: Path) -> None:
    """What other programs read says what a person decided, and is not taken for a record."""
    formats = frozenset({"json", "markdown", "junit", "gradescope", "exercism", "prairielearn"})
    made = answered("ann", WORDS)
    write_report(made, tmp_path / "ann", formats)
    given = judgement(made, items=("partly",), comments=("Say why.",))
    Store(tmp_path).judge("ann", EXERCISE, "notes", given, seen=0)
    assert publish(tmp_path) == 1
    told = {path.name: path.read_text("utf-8") for path in tmp_path.glob("ann.*")}
    assert len(told) == len(formats)
    assert "Say why." in told["ann.md"]
    assert "Say why." in told["ann.junit.xml"]
    (test, _) = json.loads(told["ann.gradescope.json"])["tests"]
    assert (test["score"], test["max_score"]) == (1, 2)


def test_grading_again_keeps_reviews(tmp_path: Path) -> None:
    """A new report of the same answer has the review in it as soon as it is written."""
    (made,) = hand_in(tmp_path, {"ann": WORDS})
    given = judgement(made, items=("complete",))
    Store(tmp_path).judge("ann", EXERCISE, "notes", given, seen=0)
    again = reviewed(answered("ann", WORDS), Store(tmp_path).of("ann"))
    assert again.points == 2


NOTES = '''"""Notes."""

from grader import check, prose


@check(points=2)
def notes(student):
    """Which activation, in your own words"""
    yield prose(student.NOTES, "ReLU", "Which activation?")
'''


STUB = 'NOTES = ""\n\n\ndef drawn():\n    raise NotImplementedError\n'


def grader(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_words_may_be_worth_points_from_grading_to_grades(tmp_path: Path) -> None:
    """Graded, read in a spreadsheet, graded again, changed: the grades follow the reading."""
    exercise, out = tmp_path / "course" / "exercises" / "q01_notes", tmp_path / "out"
    exercise.mkdir(parents=True)
    (exercise / "README.md").write_text("# Notes\n", encoding="utf-8")
    (exercise / "notes.py").write_text(STUB, encoding="utf-8")
    (exercise / "check.py").write_text(NOTES, encoding="utf-8")
    for student, words in {"ann": "ReLU.", "ben": ""}.items():
        (tmp_path / "class" / student).mkdir(parents=True)
        path = tmp_path / "class" / student / "notes.py"
        path.write_text(f"NOTES = {words!r}\n", encoding="utf-8")
    grade = ("grade", tmp_path / "class", "--course", tmp_path / "course", "--out", out)

    def rows() -> list[str]:
        return (out / "grades.csv").read_text(encoding="utf-8").splitlines()[1:]

    done = grader(*grade)
    assert done.returncode == 1, done.stderr  # ben wrote nothing; that ann waits is no failure
    assert rows() == ["ann,0,2,false,0", "ben,0,2,true,0"]
    sheet = tmp_path / "answers.csv"
    assert "1 answers written" in grader("review", "--out", out, "--csv", sheet).stdout
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace(",2,,,,,0", ",2,1,,,,0"), encoding="utf-8")
    done = grader("review", "--out", out, "--read", sheet)
    assert "1 reviews read" in done.stdout, done.stderr
    assert "1 page written anew" in done.stdout
    assert rows() == ["ann,2,2,true,2", "ben,0,2,true,0"]
    grader(*grade)
    assert rows() == ["ann,2,2,true,2", "ben,0,2,true,0"]
    (tmp_path / "class" / "ann" / "notes.py").write_text("NOTES = 'Tanh.'\n", encoding="utf-8")
    grader(*grade)
    assert rows() == ["ann,0,2,false,0", "ben,0,2,true,0"]


def test_answers_that_say_the_same_stand_together() -> None:
    """Case, spaces, punctuation and a word do not part two answers; other answers do."""
    texts = [WORDS, essay(1), WORDS.upper(), f"  {WORDS}!", f"{WORDS} Really.", essay(2), "", "No."]
    groups = alike(texts)
    assert len({groups[n] for n in (0, 2, 3, 4)}) == 1
    assert len(set(groups)) == 5


def test_a_group_is_judged_at_once_and_undone_at_once(tmp_path: Path) -> None:
    """What is given to similar answers spares those already read, and one undo takes it back."""
    hand_in(tmp_path, [WORDS, f"{WORDS}!", f"{WORDS}!!", essay(1)])
    desk = Desk(tmp_path, {})
    (queue,) = desk.sorted_queues()
    same = queue.like(0)
    assert len(same) == 2
    desk.decide(same[0], Judgement(same[0].fingerprint, ("wrong",)), 0)
    steps = desk.decide_alike(queue.like(0), Judgement("", ("complete",)))
    assert [desk.judged(one).checks["notes"].items for one in same] == [("wrong",), ("complete",)]
    assert desk.look(queue).progress.done == 2
    assert desk.undo(steps) == []
    assert desk.look(queue).progress.done == 1


def test_undo_takes_back_only_ones_own(tmp_path: Path) -> None:
    """What somebody else changed since is not undone."""
    hand_in(tmp_path, [WORDS])
    desk = Desk(tmp_path, {})
    (queue,) = desk.sorted_queues()
    (answer,) = queue.answers
    step = desk.decide(answer, Judgement(answer.fingerprint, ("complete",)), 0)
    desk.decide(answer, Judgement(answer.fingerprint, ("partly",)), 1)
    assert desk.undo([step]) == [step]
    assert desk.judged(answer).checks["notes"].items == ("partly",)


def test_a_changed_rubric_reprices_everyone(tmp_path: Path) -> None:
    """All who have an item get its new points, and the number of scores that move is told."""
    hand_in(tmp_path, [essay(n) for n in range(4)])
    desk = Desk(tmp_path, {})
    (queue,) = desk.sorted_queues()
    for answer, item in zip(queue.answers, ("complete", "partly", "partly"), strict=False):
        desk.decide(answer, Judgement(answer.fingerprint, (item,)), 0)
    rubric = desk.rubric(queue)
    items = tuple(replace(one, points=0.5) if one.id == "partly" else one for one in rubric.items)
    assert desk.reprice(queue, items, rubric.version) == 2
    assert publish(tmp_path) == 3
    earned = sorted(loads(path.read_bytes()).points for path in tmp_path.glob("*.json"))
    assert earned == [0, 0.5, 0.5, 2]
    with pytest.raises(ChangedError):
        desk.reprice(queue, items, rubric.version)


def test_a_changed_answer_comes_back_into_the_queue(tmp_path: Path) -> None:
    """What was read and then changed waits again, with what was given then."""
    hand_in(tmp_path, {"ann": WORDS, "ben": essay(1)})
    desk = Desk(tmp_path, {})
    (queue,) = desk.sorted_queues()
    for answer in queue.answers:
        desk.decide(answer, Judgement(answer.fingerprint, ("complete",)), 0)
    write_report(answered("ann", f"{WORDS} And dropout."), tmp_path / "ann", frozenset({"json"}))
    (again,) = desk.sorted_queues()
    turns = {
        answer.student: turn
        for answer, turn in zip(again.answers, desk.look(again).turns, strict=True)
    }
    assert turns == {"ann": Turn.STALE, "ben": Turn.DONE}


def test_the_pace_tells_what_is_left(tmp_path: Path) -> None:
    """Two minutes an answer make four for two; a pause at lunch does not count."""
    hand_in(tmp_path, [essay(n) for n in range(5)])
    desk = Desk(tmp_path, {})
    (queue,) = desk.sorted_queues()
    for answer, at in zip(queue.answers, ("10:00", "10:02", "13:00"), strict=False):
        given = Judgement(answer.fingerprint, at=f"2026-11-25T{at}:00+00:00")
        desk.store.judge(answer.stem, EXERCISE, "notes", given, 0)
    progress = desk.look(queue).progress
    assert (progress.done, progress.total, progress.minutes) == (3, 5, 4)


def test_the_answers_of_a_class_are_kept_for_the_next_start(tmp_path: Path) -> None:
    """What was kept is used while the records stay, and read anew where they change or it broke."""
    hand_in(tmp_path, {"ann": WORDS, "ben": essay(1)})
    (first,) = Desk(tmp_path, {}).sorted_queues()
    kept = tmp_path / "reviews" / ".answers.json"
    text = kept.read_text(encoding="ascii")
    (again,) = Desk(tmp_path, {}).sorted_queues()
    assert again == first
    kept.write_text(text[:-9], encoding="ascii")
    assert Desk(tmp_path, {}).sorted_queues() == [first]
    (tmp_path / "ben.json").unlink()
    (fewer,) = Desk(tmp_path, {}).sorted_queues()
    assert [one.student for one in fewer.answers] == ["ann"]


def test_the_reference_gives_the_model_answer(shipped: model.Course) -> None:
    """Every question in words of this course has the author's own answer beside it."""
    found = model_answers(shipped.root)
    assert {exercise for exercise, name in found if name == "NOTES"} == {
        one.id for one in shipped.exercises
    }
    assert "ReLU" in found["q05_activations", "NOTES"]


def test_a_start_loads_nothing_heavy() -> None:
    """The desk reads records without NumPy, SymPy, Keras and TensorFlow."""
    code = (
        "import sys, grader.review.site, grader.web.serving, grader.review.model_answer\n"
        "heavy = {'numpy', 'sympy', 'keras', 'tensorflow', 'nbformat', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_question_is_what_the_check_asked(tmp_path: Path) -> None:
    """Question, rubric and points of the queue are those of the check."""
    hand_in(tmp_path, [WORDS], out_of=3.0)
    (queue,) = Desk(tmp_path, {}).sorted_queues()
    assert (queue.asked.question, queue.asked.out_of) == (QUESTION, 3.0)
    assert (queue.asked.subject, queue.answers[0].text) == ("NOTES", WORDS)
