"""A local web page on a free port of this machine, until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from grader.web.gate import Gate


def serve(app: ASGIApp, ready: Callable[[str], None]) -> None:
    """Serve an application to the browsers of this machine; ``ready`` is told the link.

    Returns on Ctrl-C.
    """
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        gate = Gate(app, listening.getsockname()[1])
        config = uvicorn.Config(
            gate,
            log_level="critical",
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        try:
            ready(gate.link())
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            return
