"""An exercise's questions: ``check.py`` and ``hidden.py`` are loaded by path, the checks taken out.

While they load, the author's other files beside ``check.py`` and in ``judge/`` can be imported by
their bare names, and ``hidden.py`` can also say ``from check import …``.  ``sys.path`` stays as it
is.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import inspect
import math
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import overload

from grader.errors import CourseError
from grader.model import Check

HIDDEN = "hidden.py"
JUDGE = "judge"  # what only checks read, code or data

_LOADING = threading.RLock()  # bare names are the whole process's while questions load


class Questions(Sequence[Check]):
    """An exercise's checks, imported when one of them is looked at: SymPy alone takes 0.3 s.

    Those of a whole course are imported together, so that a fault in any of them is told at the
    first look.  A look raises what :func:`load_questions` does.
    """

    def __init__(self, load: Callable[[], tuple[Check, ...]], together: list[Questions]) -> None:
        """Join the others of a course."""
        self._load = load
        self._together = together
        self._checks: tuple[Check, ...] | None = None
        together.append(self)

    @overload
    def __getitem__(self, place: int) -> Check: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Check, ...]: ...
    def __getitem__(self, place: int | slice) -> Check | tuple[Check, ...]:
        return self._loaded()[place]

    def __len__(self) -> int:
        return len(self._loaded())

    def _loaded(self) -> tuple[Check, ...]:
        if self._checks is None:
            with _LOADING:
                for one in self._together:
                    one._checks = one._checks or one._load()  # noqa: SLF001  of this very class
        assert self._checks is not None  # noqa: S101  it is one of them
        return self._checks


def load_questions(file: Path, stub: Path, private: Path | None) -> tuple[Check, ...]:
    """Return the checks of an exercise in the order of their definition, hidden ones last.

    A name that starts with an underscore is left out: a draft, or a part of other checks.  A
    hidden check may come ``after`` a public one.  Raises :class:`~grader.errors.CourseError`
    with file and line where a file does not load or a check cannot be asked.
    """
    if not file.is_file():
        raise CourseError(f"{file} is missing: it holds the exercise's questions")
    ours = (*file.parent.glob("*.py"), *(file.parent / JUDGE).glob("*.py"))
    beside = {other.stem: other for other in ours if other not in (file, stub)}
    with _importable(beside):
        module = _load(file)
        public = _checks(module)
        hidden: list[Check] = []
        if private and (private / HIDDEN).is_file():
            sys.modules[file.stem] = module
            hidden = [c for c in _checks(_load(private / HIDDEN)) if c not in public]
    if not public:
        raise CourseError(f"{file} asks nothing: put @check() on a function that yields findings")
    _require_askable(public, (), file)
    _require_askable(hidden, public, private / HIDDEN if private else file)
    return (*public, *_hide(hidden))


class _Uncached(SourceFileLoader):
    """Compiles anew: an edit within a second counts, and nothing is written to the course."""

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        code: CodeType = self.source_to_code(self.get_data(self.path), self.path)
        return code


class _Neighbours(MetaPathFinder):
    """Finds the author's files by their bare names."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        return _spec(fullname, self.files[fullname]) if fullname in self.files else None


@contextlib.contextmanager
def _importable(files: Mapping[str, Path]) -> Iterator[None]:
    """Let files be imported by bare names, and ``check`` be set; afterwards all is as before."""
    names = {*files, "check"}
    displaced = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    finder = _Neighbours(files)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(displaced)


def _spec(name: str, file: Path) -> ModuleSpec:
    spec = importlib.util.spec_from_file_location(name, file, loader=_Uncached(name, str(file)))
    assert spec is not None  # noqa: S101  the loader is given
    return spec


def _load(file: Path) -> ModuleType:
    _require_one_definition_each(file)
    # The path is a name that no import can mean, and that two courses never share.
    name = str(file)
    spec = _spec(name, file)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses under postponed annotations look their module up while it is still running.
    sys.modules[name] = module
    try:
        assert spec.loader is not None  # noqa: S101  as above
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        said = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
        raise CourseError(f"{_at(file, _line(error, file))}: {said}") from error
    return module


def _checks(module: ModuleType) -> list[Check]:
    named = vars(module).items()
    public = (thing for name, thing in named if not name.startswith("_"))
    return list(dict.fromkeys(thing for thing in public if isinstance(thing, Check)))


def _hide(checks: Sequence[Check]) -> list[Check]:
    """Mark checks as hidden; ``after`` then names the marked one, since checks have identity."""
    marked: dict[Check | None, Check] = {}
    for check in checks:
        marked[check] = replace(check, hidden=True, after=marked.get(check.after, check.after))
    return list(marked.values())


def _require_askable(checks: Sequence[Check], before: Sequence[Check], file: Path) -> None:
    names = [check.name for check in before]
    for number, check in enumerate(checks):
        fault = None
        if check.name in names:
            fault = "is the name of another check: reports tell checks by name"
        elif not _is_number(check.points) or check.points < 0:
            fault = f"has points={check.points!r}: write a number, 0 or more"
        elif not _is_number(check.seconds) or check.seconds <= 0:
            fault = f"has seconds={check.seconds!r}: write a number above 0"
        elif check.after and check.after not in (*before, *checks[:number]):
            fault = f"comes after {check.after.name!r}, which is not asked before it"
        if fault:
            line = inspect.unwrap(check.run).__code__.co_firstlineno
            raise CourseError(f"{_at(file, line)}: check {check.name!r} {fault}")
        names.append(check.name)


def _require_one_definition_each(file: Path) -> None:
    """Refuse a second function of one name, which would replace the first without a word."""
    seen: set[str] = set()
    with contextlib.suppress(SyntaxError):  # said, with its place, when the file is loaded
        for node in ast.parse(file.read_bytes()).body:
            if isinstance(node, ast.FunctionDef) and node.name in seen:
                raise CourseError(f"{_at(file, node.lineno)}: a second {node.name!r}; rename one")
            seen |= {node.name} if isinstance(node, ast.FunctionDef) else set()


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _line(error: BaseException, file: Path) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno for f in reversed(frames) if f.filename == str(file)), None)


def _at(file: Path, line: int | None) -> str:
    return f"{file}, line {line}" if line else str(file)
