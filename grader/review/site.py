"""The desk as web pages: by question, by answer, and the automatic results of an exercise."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from grader.errors import GraderError
from grader.marking import Review
from grader.model import Outcome
from grader.review import actions
from grader.review.desk import Desk, result_of
from grader.review.judgement import Judgement, Rubric, fingerprint, review_of
from grader.review.queue import Queue, Turn, turn
from grader.review.records import Answer
from grader.review.seat import Seats, action, shown
from grader.web.gate import refusal

FILES = {"review.css": "text/css", "review.js": "text/javascript"}
OTHERS = 20  # similar answers that are shown beside one


@dataclass(frozen=True, slots=True)
class Line:
    """One automatic result, with what was decided about it."""

    outcome: Outcome
    judgement: Judgement | None
    stale: bool
    review: Review | None


def site(desk: Desk) -> Starlette:
    """Return the application that serves a desk."""
    answer, results = "/q/{exercise}/{check}/{code}", "/results/{exercise}/{code}"
    app = Starlette(
        routes=[
            Route("/", overview),
            Route("/static/{name}", static),
            Route("/q/{exercise}/{check}", first_waiting),
            Route(answer, one_answer),
            Route(answer, action(actions.judge), methods=["POST"]),
            Route(f"{answer}/rubric", action(actions.reprice), methods=["POST"]),
            Route("/results/{exercise}", one_exercise),
            Route(results, one_result),
            Route(results, action(actions.override), methods=["POST"]),
            Route("/undo", action(actions.undo), methods=["POST"]),
            Route("/names", action(actions.names), methods=["POST"]),
            Route("/invite", action(actions.invite), methods=["POST"]),
            Route("/publish", action(actions.publish), methods=["POST"]),
        ],
        exception_handlers={GraderError: failed},
    )
    app.state.desk, app.state.seats = desk, Seats()
    return app


def failed(_request: Request, error: Exception) -> Response:
    """Show an error of ours, such as a record that cannot be read."""
    return refusal(500, str(error))


def overview(request: Request) -> Response:
    """Show every question with how far its reading has come."""
    desk: Desk = request.app.state.desk
    questions = []
    for queue in desk.queues().values():
        look = desk.look(queue)
        questions.append((queue.asked, look.progress, look.turns.count(Turn.STALE)))
    parts = desk.records.parts
    return shown(
        request,
        "overview",
        questions=questions,
        exercises=next(iter(parts.values())).exercises,
        overrides=[
            (parts[stem], exercise, check, state)
            for stem, exercise, check, state in desk.overrides()
        ],
        submissions=len(parts),
    )


def static(request: Request) -> Response:
    """Send the style or the script of these pages."""
    name = request.path_params["name"]
    if name not in FILES:
        return refusal(404, "There is no such file. It may have been graded again.")
    text = files("grader.render").joinpath("templates", "review", name).read_bytes()
    return Response(text, media_type=FILES[name])


def first_waiting(request: Request) -> Response:
    """Go to the first answer to a question that waits, or to the first of all."""
    desk: Desk = request.app.state.desk
    queue = _queue(request)
    if queue is None:
        return refusal(404, "There is no such question. It may have been graded again.")
    turns = desk.look(queue).turns
    waiting = (n for n, one in enumerate(turns) if one is not Turn.DONE)
    return RedirectResponse(_address(queue.answers[next(waiting, 0)]), 303)


def one_answer(request: Request) -> Response:
    """Show one answer, with all that is needed to judge it."""
    desk: Desk = request.app.state.desk
    queue = _queue(request)
    at = queue.place(request.path_params["code"]) if queue else None
    if queue is None or at is None:
        return refusal(404, "There is no such answer. It may have been graded again.")
    answer, asked = queue.answers[at], queue.asked
    look = desk.look(queue)
    judged, turns, rubric = look.judged[at], look.turns, desk.rubric(queue)
    judgement = judged.checks.get(answer.check) or Judgement(answer.fingerprint)
    # The next one that waits, from here on and then from the start.
    others = [*range(at + 1, len(turns)), *range(at)]
    waiting = next((n for n in others if turns[n] is not Turn.DONE), None)
    like = queue.like(at)
    return shown(
        request,
        "answer",
        asked=asked,
        answer=answer,
        position=at + 1,
        turn=turns[at],
        judged=judged,
        judgement=judgement,
        points=_points(judgement, rubric, asked.out_of),
        disputes=[one.judgement for one in judged.disputes if one.check == answer.check],
        rubric=rubric,
        comments=look.comments,
        progress=look.progress,
        like=like[:OTHERS],
        alike=len(like),
        alike_waiting=sum(turn(one, desk.judged(one)) is not Turn.DONE for one in like),
        model=desk.models.get((asked.exercise, asked.subject or "")),
        previous=_address(queue.answers[at - 1]) if at else None,
        next=_address(queue.answers[at + 1]) if at + 1 < len(turns) else None,
        waiting=_address(queue.answers[waiting]) if waiting is not None else None,
    )


def one_exercise(request: Request) -> Response:
    """List the submissions of an exercise, each a way to its automatic results."""
    desk: Desk = request.app.state.desk
    exercise = request.path_params["exercise"]
    desk.queues()
    parts = [
        (part, one)
        for part in desk.records.parts.values()
        for one in part.exercises
        if one[0] == exercise
    ]
    if not parts:
        return refusal(404, "There is no such exercise. It may have been graded again.")
    return shown(request, "exercise", parts=sorted(parts, key=lambda pair: pair[0].code))


def one_result(request: Request) -> Response:
    """Show how each check of an exercise ended for one submission."""
    desk: Desk = request.app.state.desk
    exercise, code = request.path_params["exercise"], request.path_params["code"]
    stem = desk.records.stem(code)
    if stem is None:
        return refusal(404, "There is no such submission. It may have been graded again.")
    report = desk.records.report(stem)
    result, judged = result_of(report, exercise), desk.store.judged(stem, exercise)
    lines = []
    for outcome in result.outcomes:
        judgement = judged.checks.get(outcome.name)
        rubric = desk.store.rubric(exercise, outcome.name, outcome.out_of)
        fresh = judgement is not None and judgement.answer == fingerprint(report, result, outcome)
        review = review_of(judgement, rubric, outcome) if judgement else None
        lines.append(Line(outcome, judgement, judgement is not None and not fresh, review))
    return shown(
        request,
        "result",
        result=result,
        lines=lines,
        judged=judged,
        part=desk.records.parts[stem],
        disputes=judged.disputes,
    )


def _queue(request: Request) -> Queue | None:
    desk: Desk = request.app.state.desk
    return desk.queue(request.path_params["exercise"], request.path_params["check"])


def _address(answer: Answer) -> str:
    return f"/q/{answer.exercise}/{answer.check}/{answer.code}"


def _points(judgement: Judgement, rubric: Rubric, out_of: float) -> float:
    """Return what an answer in words gets so far."""
    if judgement.points is not None:
        return judgement.points
    given = sum(item.points for item in rubric.items if item.id in judgement.items)
    return min(max(given, 0.0), out_of)
