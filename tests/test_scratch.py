"""The folder of a child that has no root of its own: how full it is, and that it goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import scratch

ROOM = (1 << 20, 100)  # bytes, files


@pytest.fixture
def folder() -> Iterator[str]:
    """Make a folder as a child gets it."""
    made = scratch.make()
    yield made
    scratch.remove(made)
    assert not Path(made).exists()


def nested(folder: str, depth: int) -> None:
    """Make folders in folders, each with a file in it, deeper than a path can name."""
    home = Path.cwd()
    os.chdir(folder)
    for _ in range(depth):
        Path("file").touch()
        Path("x" * 200).mkdir()
        os.chdir("x" * 200)
    os.chdir(home)


def test_a_folder_is_full_by_bytes_and_by_files(folder: str) -> None:
    """Neither many small files nor one large one goes unseen, wherever they lie."""
    inner = Path(folder, "a", "b")
    inner.mkdir(parents=True)
    assert not scratch.is_full(folder, *ROOM)
    (inner / "large").write_bytes(bytes(2 << 20))
    assert scratch.is_full(folder, *ROOM)
    (inner / "large").unlink()
    for number in range(100):
        (inner / str(number)).touch()
    assert scratch.is_full(folder, *ROOM)


def test_a_sparse_file_takes_no_more_than_its_blocks(folder: str) -> None:
    """What counts is what the disk holds, not what a file claims to."""
    with Path(folder, "sparse").open("wb") as file:
        file.truncate(1 << 40)
    assert not scratch.is_full(folder, *ROOM)


def test_what_cannot_be_measured_counts_as_full(folder: str) -> None:
    """Nesting beyond the longest path hides nothing."""
    nested(folder, 30)
    assert scratch.is_full(folder, *ROOM)


def test_closed_folders_are_measured_and_removed(folder: str) -> None:
    """A folder that nobody may enter is opened first; the fixture finds nothing left."""
    for mode in (0o000, 0o100, 0o300):
        closed = Path(folder, f"{mode:o}")
        closed.mkdir()
        (closed / "large").write_bytes(bytes(1 << 20))
        closed.chmod(mode)
    assert scratch.is_full(folder, *ROOM)


def test_a_deep_folder_is_removed(folder: str) -> None:
    """A thousand levels are no more than a few; links lead nowhere."""
    nested(folder, 1000)
    Path(folder, "link").symlink_to(Path.cwd())
    scratch.remove(folder)
    assert not Path(folder).exists()
    assert Path.cwd().exists()


def test_what_is_gone_is_gone(folder: str) -> None:
    """Removing twice does no harm, and a folder that vanished is not full."""
    scratch.remove(folder)
    scratch.remove(folder)
    assert not scratch.is_full(folder, *ROOM)
