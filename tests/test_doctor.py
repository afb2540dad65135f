"""The doctor: each row is true of this machine, and says what to do where something is amiss."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import health
from grader.errors import SandboxError
from grader.model import Source
from grader.sandbox import Sandbox, fork_launcher, jail
from grader.sandbox.namespaces import NAMESPACES
from grader.sandbox.plan import Limits, first_closed

TINY = Path(__file__).parent / "courses" / "tiny"
ROOT = os.geteuid() == 0


def rows(root: Path, group: str) -> dict[str, health.Row]:
    """Return the rows of one group, by name."""
    return {row.name: row for row in health.examine(root).rows if row.group == group}


def test_the_table_has_layers_limits_versions_and_data() -> None:
    """Each layer that is tried has a row; limits are those that children get."""
    found = health.examine(TINY)
    groups = {row.group for row in found.rows}
    assert groups == {"wall", "limit", "machine", "version", "course", "data"}
    assert {row.name for row in found.rows if row.group == "wall"} >= set(jail.probe())
    assert found.safe == (found.profile in {"A", "B"})
    limits = rows(TINY, "limit")
    assert limits["memory"].found == f"{Limits().memory >> 30} GiB"
    assert set(rows(TINY, "data")) == {"readings.csv", "smoothed_by_4.csv"}
    assert all(row.advice for row in found.rows if row.state == "missing" and row.group == "wall")


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1\n"])
def test_data_that_is_not_there_is_missing(tmp_path: Path, content: bytes) -> None:
    """An empty file and a pointer of Git LFS are no data; the row names the file."""
    root = shutil.copytree(TINY, tmp_path / "course")
    file = root / "exercises" / "q02_smooth" / "readings.csv"
    file.write_bytes(content)
    row = rows(root, "data")["readings.csv"]
    assert (row.state, row.advice) == ("missing", "fetch the course again")
    assert str(file) in row.found


@pytest.fixture
def closed() -> Iterator[Path]:
    """A closed folder in one that is open to all; more folders lie below it."""
    made = Path(tempfile.mkdtemp(prefix="doctor-"))
    (made / "home" / "python" / "lib").mkdir(parents=True)
    made.chmod(0o755)
    for path in (made / "home", made / "home" / "python"):
        path.chmod(0o700)
    yield made / "home"
    shutil.rmtree(made)


def test_the_outermost_closed_folder_is_found(closed: Path) -> None:
    """Whoever may not pass through a folder cannot reach what lies below it."""
    assert first_closed(closed.parent) is None
    assert first_closed(closed / "python" / "lib") == closed
    closed.chmod(0o711)
    assert first_closed(closed / "python" / "lib") == closed / "python"


def test_python_below_a_closed_folder_is_said(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a spare user cannot reach Python, nothing runs: folder and next step are named."""
    for module in (fork_launcher, health):
        monkeypatch.setattr(module, "readable", lambda: (str(closed / "python"),))
    with Sandbox(preload=(), without=(*NAMESPACES, "mount_setattr")) as wall:
        if not ROOT:  # who is not root stays who he is, and may pass
            assert wall.launcher.prepare((), ()) is not None
            return
        with pytest.raises(SandboxError, match=r"is closed to other users") as error:
            wall.open("m", Source("m.py", ""))
    assert str(closed) in str(error.value)
    assert f"chmod o+x {closed}" in str(error.value)
    found = dict.fromkeys(jail.probe(), "") | dict.fromkeys((*NAMESPACES, "mount_setattr"), "no")
    monkeypatch.setattr(jail, "probe", lambda: found)
    examined = health.examine(TINY)
    assert (examined.profile, examined.safe) == ("B", False)
    assert [row.found for row in examined.rows if row.name == "python" and row.group == "wall"] == [
        f"{closed} is closed to others"
    ]
