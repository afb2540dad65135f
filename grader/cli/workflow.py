"""Where a GitHub runner reads along: what students wrote must not command it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def commands_stopped() -> Iterator[None]:
    """Have GitHub's runner take every line for text until this ends.

    It takes lines that begin with ``::`` and what follows ``##[`` for commands, whoever wrote them
    (GitHub Docs, "Workflow commands", stopping and starting workflow commands).
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    import secrets

    token = secrets.token_hex(16)
    click.echo(f"::stop-commands::{token}")
    try:
        yield
    finally:
        click.echo(f"::{token}::")
