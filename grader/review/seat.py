"""One browser at the desk: whether it sees names, what it can take back, what it is to be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from grader.errors import GraderError
from grader.render.environment import environment
from grader.review.desk import Desk, Step
from grader.web.gate import Session, refusal

MAX_STEPS = 200  # that can be taken back


@dataclass(slots=True)
class Seat:
    """What the server remembers of one browser, for as long as it runs."""

    names: bool = False
    steps: list[list[Step]] = field(default_factory=list)
    note: str | None = None

    def did(self, steps: list[Step]) -> None:
        """Remember what was done, to be taken back together."""
        if steps:
            self.steps = [*self.steps, steps][-MAX_STEPS:]

    def told(self) -> str | None:
        """Return what the browser is to be told, once."""
        note, self.note = self.note, None
        return note


class Seats:
    """The seats of all browsers that were let in."""

    def __init__(self) -> None:
        self._seats: WeakKeyDictionary[Session, Seat] = WeakKeyDictionary()

    def of(self, request: Request) -> Seat:
        """Return the seat of the browser that asks."""
        return self._seats.setdefault(request.scope["session"], Seat())


Act = Callable[[Desk, Seat, Request, FormData], str]


def action(act: Act) -> Callable[[Request], Any]:
    """Make an endpoint of a function that changes something and says where to go then.

    A form must bear the token that only pages of this session have.  What goes wrong is told on
    the page that the form was on.
    """

    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=0)
        session, seat = request.scope["session"], request.app.state.seats.of(request)
        if not compare_digest(str(form.get("token", "")).encode(), session.form_token.encode()):
            return refusal(403, "This form is from another session: load the page.")
        try:
            goal = await run_in_threadpool(act, request.app.state.desk, seat, request, form)
        except GraderError as error:
            seat.note, goal = f"Not saved: {error}", back(form)
        return RedirectResponse(goal, 303)

    return endpoint


def back(form: FormData) -> str:
    """Return the page of ours that a form was on."""
    here = str(form.get("here", "/"))
    return here if re.fullmatch(r"/([A-Za-z0-9_.-]+/?)*", here) else "/"


def shown(request: Request, template: str, **values: Any) -> Response:
    """Return a page of the desk."""
    scope = request.scope
    seat: Seat = request.app.state.seats.of(request)
    html = (
        environment()
        .get_template(f"review/{template}.html.jinja")
        .render(
            **values,
            here=request.url.path,
            token=scope["session"].form_token,
            nonce=scope["nonce"],
            names=seat.names,
            undoable=bool(seat.steps),
            # A page that is fetched ahead may never be seen: what is to be told waits.
            note=None if "x-ahead" in request.headers else seat.told(),
        )
    )
    return HTMLResponse(html)
