"""The cells of a notebook file: their text and what they are marked with, never their outputs."""

from __future__ import annotations

import importlib
import json
import re
import warnings
from dataclasses import dataclass
from typing import Any

LIMIT = 50_000_000  # bytes of a file: its plots are in it
MAX_PARTS = 3_000_000  # values in the JSON; each takes about a hundred bytes once it is read
MAX_SOURCE = 1_000_000  # characters of all cells together, as of any other source file
MAX_CELLS = 2_000
NEWEST = 4  # the major version of the format that is read as it is

_HALF = re.compile("[\ud800-\udfff]")  # half of a character: no editor writes it


class NotebookError(Exception):
    """Why a file is no notebook that can be read; completes "work.ipynb …"."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its student knows it: the first one is number 1, whatever its kind."""

    number: int
    is_code: bool
    text: str
    mark: str = ""  # the exercise that its metadata names


def cells_of(data: bytes) -> list[Cell]:
    """Return the code and text cells of a notebook of any version of the format.

    Outputs, attachments and the kernel are not looked at.  Raises :class:`NotebookError`.
    """
    raw = _parsed(data)
    version = raw.get("nbformat")
    if type(version) is not int or version < 1:
        raise NotebookError("is no notebook: save it in Jupyter and hand it in again")
    if version > NEWEST:
        raise NotebookError(f"has the format {version}, which is too new: save it as format 4")
    sheets = [raw, *_dicts(raw.get("worksheets"))]
    for sheet in sheets:
        if "cells" in sheet:
            sheet["cells"] = [_lightened(cell) for cell in _dicts(sheet["cells"])]
    cells = _upgraded(raw)
    if len(cells) > MAX_CELLS:
        raise NotebookError(f"has more than {MAX_CELLS:,} cells: hand in a shorter one")
    made = [_cell(number, cell) for number, cell in enumerate(cells, 1)]
    if sum(len(cell.text) for cell in made) > MAX_SOURCE:
        raise NotebookError(
            f"holds more than {MAX_SOURCE:,} characters of text: keep data and pictures out of it"
        )
    return made


def _parsed(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise NotebookError("is empty: save it in Jupyter and hand it in again")
    if sum(data.count(sign) for sign in (b",", b"[", b"{")) > MAX_PARTS:
        raise NotebookError("holds too many values: clear its outputs and hand it in again")
    try:
        raw = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise NotebookError("is nested too deeply to be a notebook") from None
    except ValueError as error:  # of JSON, of the encoding, of a number without end
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotebookError(
            f"is damaged{line}: open it in Jupyter, save it and hand it in again"
        ) from None
    if not isinstance(raw, dict):
        raise NotebookError("is no notebook: save it in Jupyter and hand it in again")
    return raw


def _lightened(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell without what is not read, and in a form that the format's library expects."""
    kept: dict[str, Any] = {"metadata": {}, "cell_type": "raw"}
    kind = cell.get("cell_type")
    if isinstance(kind, str):
        kept["cell_type"] = kind
    if isinstance(cell.get("metadata"), dict):
        kept["metadata"] = {"grader": cell["metadata"].get("grader")}
    for name in ("source", "input"):
        if name in cell:
            kept[name] = _joined(cell[name])
    level = cell.get("level", 1)
    kept |= {"level": level if type(level) is int else 1} if kind == "heading" else {}
    return kept | ({"outputs": []} if kind == "code" else {})


def _upgraded(raw: dict[str, Any]) -> list[dict[str, Any]]:
    nbformat: Any = importlib.import_module("nbformat")  # without type information

    if "metadata" not in raw or not isinstance(raw["metadata"], dict):
        raw["metadata"] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an id that is missing is no matter of ours
            notebook = nbformat.from_dict(raw)
            if raw["nbformat"] < NEWEST:
                notebook = nbformat.convert(notebook, NEWEST)
    except Exception:  # noqa: BLE001  it may lack anything that its version asks for
        raise NotebookError(
            "is damaged: open it in Jupyter, save it and hand it in again"
        ) from None
    return _dicts(notebook.get("cells"))


def _cell(number: int, cell: dict[str, Any]) -> Cell:
    mark = cell["metadata"].get("grader")
    named = mark.get("exercise") if isinstance(mark, dict) else None
    text = _HALF.sub("\N{REPLACEMENT CHARACTER}", _joined(cell.get("source", "")))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kind = cell["cell_type"]
    return Cell(
        number,
        is_code=kind == "code",
        text=text if kind in {"code", "markdown"} else "",
        mark=named if isinstance(named, str) else "",
    )


def _joined(source: object) -> str:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _dicts(things: object) -> list[dict[str, Any]]:
    return [one for one in things if isinstance(one, dict)] if isinstance(things, list) else []
