"""What the forms of the desk do: judge, change a rubric, override, take back, publish."""

from __future__ import annotations

import secrets
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request

from grader.errors import GraderError
from grader.review.desk import Desk, result_of
from grader.review.judgement import MAX_ITEMS, Item, Judgement, fingerprint, number, remark
from grader.review.publish import publish as write_pages
from grader.review.queue import Queue
from grader.review.records import Answer
from grader.review.seat import Seat, back
from grader.review.store import ChangedError


def judge(desk: Desk, seat: Seat, request: Request, form: FormData) -> str:
    """Save what was decided about one answer, or give it to the answers like it."""
    queue, at = _place(desk, request)
    answer, seen = queue.answers[at], _version(form)
    mine = Judgement(
        answer.fingerprint,
        items=tuple(map(str, form.getlist("items"))),
        comments=tuple(map(str, form.getlist("comments"))),
        points=number(str(form["points"])) if form.get("points") else None,
        reason=str(form.get("reason", "")) or None,
    )
    act, value = str(form.get("act", "")), str(form.get("value", ""))
    if act == "settle":
        return _settle(desk, answer, int(value) if value.isdecimal() else -1, seen, back(form))
    if act == "alike":
        seat.did(steps := desk.decide_alike(queue.like(at), mine))
        seat.note = f"{len(steps)} more answers got the same."
        return back(form)
    changed = _changed(mine, act, value)
    seat.did([desk.decide(answer, changed, seen)])
    return back(form)


def _changed(mine: Judgement, act: str, value: str) -> Judgement:
    """Return a judgement with one thing in it changed."""
    match act:
        case "toggle":
            without = tuple(one for one in mine.items if one != value)
            return replace(mine, items=without if value in mine.items else (*mine.items, value))
        case "comment":
            said = remark(value, "a comment")
            return replace(mine, comments=(*(c for c in mine.comments if c != said), said))
        case "drop":
            return replace(mine, comments=tuple(one for one in mine.comments if one != value))
        case "keep":
            return mine
    raise GraderError(f"there is nothing called {act!r} to do")


def _settle(desk: Desk, answer: Answer, which: int, seen: int, goal: str) -> str:
    """Let one of several judgements made at the same time count."""
    judged = desk.judged(answer)
    disputes = [one.judgement for one in judged.disputes if one.check == answer.check]
    if not 0 <= which <= len(disputes):
        raise ChangedError("somebody settled this meanwhile: look again")
    chosen = disputes[which - 1] if which else judged.checks.get(answer.check)
    desk.store.settle(answer.stem, answer.exercise, answer.check, chosen, seen)
    return goal


def reprice(desk: Desk, seat: Seat, request: Request, form: FormData) -> str:
    """Change a rubric for every answer, and say how many scores move."""
    queue, _ = _place(desk, request)
    rows = zip(form.getlist("id"), form.getlist("text"), form.getlist("worth"), strict=False)
    items = tuple(
        Item(str(name) or secrets.token_hex(4), remark(str(text), "an item"), number(str(worth)))
        for name, text, worth in rows
        if name or str(text).strip()
    )
    if len(items) > MAX_ITEMS:
        raise GraderError(f"a rubric has at most {MAX_ITEMS} items, one a key")
    moved = desk.reprice(queue, items, _version(form))
    seat.note = f"The rubric is saved: {moved} {'score moves' if moved == 1 else 'scores move'}."
    return back(form)


def override(desk: Desk, seat: Seat, request: Request, form: FormData) -> str:
    """Put points with a reason in the place of an automatic result, or take them back."""
    exercise, check = request.path_params["exercise"], str(form.get("check", ""))
    stem = desk.records.stem(request.path_params["code"])
    if stem is None:
        raise GraderError("the submission is not there any more")
    report = desk.records.report(stem)
    result = result_of(report, exercise)
    outcome = next((one for one in result.outcomes if one.name == check), None)
    if outcome is None:
        raise GraderError(f"there is no check {check!r}")
    before = desk.store.judged(stem, exercise).checks.get(check)
    judgement = None
    mark = fingerprint(report, result, outcome)
    if form.get("act") == "override":
        points = number(str(form.get("points", "")))
        if not 0 <= points <= outcome.out_of:
            raise GraderError(f"points lie between 0 and {outcome.out_of:g}, and not at {points:g}")
        reason = remark(str(form.get("reason", "")), "a reason")
        judgement = replace(before or Judgement(mark), answer=mark, points=points, reason=reason)
    elif before and (before.items or before.comments):
        judgement = replace(before, points=None, reason=None)
    seat.did([desk.override(stem, exercise, check, judgement, _version(form))])
    return back(form)


def undo(desk: Desk, seat: Seat, _request: Request, form: FormData) -> str:
    """Take back what this browser did last."""
    if not seat.steps:
        seat.note = "There is nothing to undo."
        return back(form)
    *seat.steps, last = seat.steps
    kept = desk.undo(last)
    seat.note = "Undone." if not kept else "Not undone: somebody changed more since."
    return back(form)


def names(_desk: Desk, seat: Seat, _request: Request, form: FormData) -> str:
    """Show names, or hide them again."""
    seat.names = not seat.names
    return back(form)


def invite(_desk: Desk, seat: Seat, request: Request, form: FormData) -> str:
    """Make a link for another browser."""
    seat.note = f"This link opens the desk once, in another browser: {request.scope['gate'].link()}"
    return back(form)


def publish(desk: Desk, seat: Seat, _request: Request, form: FormData) -> str:
    """Write the pages, records and grades of those whose reviews changed."""
    written = write_pages(desk.records.out)
    seat.note = f"{written} {'page is' if written == 1 else 'pages are'} written anew."
    return back(form)


def _place(desk: Desk, request: Request) -> tuple[Queue, int]:
    path = request.path_params
    queue = desk.queue(path["exercise"], path["check"])
    at = queue.place(path["code"]) if queue else None
    if queue is None or at is None:
        raise GraderError("the answer is not there any more")
    return queue, at


def _version(form: FormData) -> int:
    text = str(form.get("seen", ""))
    if not text.isdecimal():
        raise GraderError("the form does not say which version it was made of: load the page")
    return int(text)
