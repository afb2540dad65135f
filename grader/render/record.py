"""The JSON record of a report, ``grader/report/v1``: the contract with every other program.

Everything that a :class:`~grader.model.Report` holds is in it, under the names of the schema
beside this module (``schema/report-v1.json``).  Sums such as ``points`` are written for the
convenience of readers and computed anew on loading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from grader.errors import GraderError
from grader.model import Outcome, Report, Result
from grader.render.plain_data import MisfitError, Names, reader, writer

SCHEMA = "grader/report/v1"

_NAMES = Names(
    renamed={
        Report: {"results": "exercises"},
        Result: {"exercise": "id", "outcomes": "checks"},
    },
    computed={
        Report: ("points", "out_of", "final"),
        Result: ("points", "out_of", "final", "passed"),
        Outcome: ("points", "diagnosis"),
    },
)


def dump(report: Report) -> dict[str, Any]:
    """Return the record of ``report`` as strict JSON data; nan and inf are strings in it."""
    return {"schema": SCHEMA, **writer(_NAMES, Report)(report)}


def load(record: Mapping[str, Any]) -> Report:
    """Return the report whose record this is.

    Raises :class:`~grader.errors.GraderError` with the place in the record that does not fit.
    """
    schema = record.get("schema") if isinstance(record, Mapping) else None
    if schema != SCHEMA:
        raise GraderError(
            f"this is not the record of a report: its schema is {schema!r}, not {SCHEMA!r}; "
            "grade the submission again"
        )
    try:
        report: Report = reader(_NAMES, Report)(record)
    except MisfitError as misfit:
        raise GraderError(f"record at {misfit}; grade the submission again") from misfit
    return report


def dumps(report: Report) -> str:
    """Return the record as JSON text, in ASCII, ended by a newline."""
    return json.dumps(dump(report), allow_nan=False) + "\n"


def loads(text: str | bytes) -> Report:
    """Return the report of a JSON text; raises :class:`~grader.errors.GraderError`."""
    try:
        record = json.loads(text)
    except ValueError as error:
        raise GraderError(f"the record is not JSON: {error}; grade the submission again") from error
    return load(record)
