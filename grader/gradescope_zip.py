"""Gradescope's autograder as a zip: the course, the package as a wheel, and two scripts.

The image fetches what the package depends on when it is built; a submission needs no network.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import grader
from grader.course import EXERCISES, SOLUTIONS
from grader.errors import GraderError
from grader.model import Course
from grader.render.gradescope import unscored

DISTRIBUTION = "neural-exercise-grader"
SCRIPTS = ("setup.sh", "run_autograder")
_FOLDER = Path(__file__).parent / "gradescope_scripts"
_EXECUTABLE, _PLAIN = 0o755, 0o644
_LEFT_OUT = {"__pycache__", "_course", "mistakes"}

Entries = Iterator[tuple[str, bytes]]


def build(course: Course, out: Path) -> None:
    """Write the autograder of a course; hidden questions are in it, references are not.

    Raises :class:`~grader.errors.GraderError` where the file cannot be written.
    """
    name, wheel = _wheel()
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for script in SCRIPTS:
            _add(archive, script, (_FOLDER / script).read_bytes(), _EXECUTABLE)
        _add(archive, name, wheel)
        for state, record in (("failed", unscored()), ("unreadable", _unreadable(course))):
            _add(archive, f"{state}.json", json.dumps(record, indent=1).encode())
        for path, content in _course(course):
            _add(archive, f"course/{path}", content)
    try:
        out.write_bytes(data.getvalue())
    except OSError as error:
        raise GraderError(
            f"{out}: the autograder cannot be written ({error.strerror})\n"
            "  next: name a file in a folder that exists"
        ) from error


def _course(course: Course) -> Entries:
    """Yield what grading needs of a course's files, under their names in the course."""
    kept = [course.root / name for name in ("course.toml", "README.md")]
    kept += _files(course.root / EXERCISES)
    for exercise in course.exercises:
        beside = _files(course.root / SOLUTIONS / exercise.id)
        kept += [path for path in beside if path.name != f"{exercise.module}.py"]
    for path in kept:
        if path.is_file():
            yield path.relative_to(course.root).as_posix(), path.read_bytes()


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(p in _LEFT_OUT or p[0] == "." for p in path.relative_to(folder).parts)
    ]


def _unreadable(course: Course) -> dict[str, object]:
    names = ", ".join(f"{exercise.module}.py" for exercise in course.exercises)
    said = "Nothing that was handed in could be read. Hand in these files side by side, in no "
    return {"score": 0, "output": f"{said}folders of their own: {names}", "output_format": "text"}


def _wheel() -> tuple[str, bytes]:
    """Return the running package as a wheel, however it was installed (PEP 427)."""
    about = importlib.metadata.distribution(DISTRIBUTION)
    stem = f"{DISTRIBUTION.replace('-', '_')}-{grader.__version__}"
    home = Path(grader.__file__).parent
    entries = [(f"grader/{p.relative_to(home).as_posix()}", p.read_bytes()) for p in _files(home)]
    entries += [
        (f"{stem}.dist-info/{name}", text.encode())
        for name in ("METADATA", "entry_points.txt")
        if (text := about.read_text(name)) is not None
    ]
    kind = "Wheel-Version: 1.0\nGenerator: grader\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    entries.append((f"{stem}.dist-info/WHEEL", kind.encode()))
    record = f"{stem}.dist-info/RECORD"
    rows = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in entries]
    entries.append((record, "\n".join([*rows, f"{record},,", ""]).encode()))
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in entries:
            _add(archive, path, data)
    return f"{stem}-py3-none-any.whl", made.getvalue()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, mode: int = _PLAIN) -> None:
    """Add a file that is the same whenever it is added."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
