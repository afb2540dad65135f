"""The class page while a class is being graded: read-only, and anew every few seconds."""

from __future__ import annotations

import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from grader.model import Report
from grader.render.class_page import class_page
from grader.render.gradebook import grades_csv
from grader.render.page import page
from grader.review.records import read, read_light, records_in
from grader.web.gate import refusal

EVERY = 5  # seconds between two looks
STILL = 600  # seconds after the last record: then nobody grades any more


class Live:
    """The reports that are there so far, each read once."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._read: dict[Path, tuple[tuple[int, int], Report]] = {}

    def reports(self) -> dict[str, Report]:
        """Return the reports by the name of their files, without what a class page never shows."""
        found = {}
        for path in records_in(self.out):
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if path not in self._read or self._read[path][0] != stamp:
                self._read[path] = (stamp, read_light(path))
            found[path.stem] = self._read[path][1]
        return found

    def moving(self) -> bool:
        """Tell whether more is to come, as far as one can tell from the files."""
        latest = max((stamp[0] for stamp, _ in self._read.values()), default=time.time_ns())
        return time.time_ns() - latest < STILL * 1_000_000_000


def live(out: Path) -> Starlette:
    """Return the application that shows a folder of reports while it fills."""
    app = Starlette(
        routes=[
            Route("/", the_class),
            Route("/grades.csv", grades),
            Route("/{stem}.html", student),
        ]
    )
    app.state.live = Live(out)
    return app


def the_class(request: Request) -> Response:
    """Show the class page as it is now; the browser asks again by itself."""
    here: Live = request.app.state.live
    reports = here.reports()
    html = class_page(list(reports.values()), list(reports))
    return HTMLResponse(html, headers={"refresh": str(EVERY)} if here.moving() else None)


def grades(request: Request) -> Response:
    """Send the grades as they are now."""
    here: Live = request.app.state.live
    return Response(grades_csv(list(here.reports().values())), media_type="text/csv")


def student(request: Request) -> Response:
    """Show the page of one student."""
    path = request.app.state.live.out / f"{request.path_params['stem']}.json"
    if not path.is_file():
        return refusal(404, "There is no report of that name yet.")
    return HTMLResponse(page(read(path)))
