"""A course may lie among Python's own folders, as /usr/src: students' code reads none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.model import Source
from grader.sandbox import Sandbox
from grader.sandbox.namespaces import NAMESPACES
from grader.sandbox.plan import exposed
from grader.sandbox.remote import fetch, student_of

AMONG_PYTHONS_OWN = Path("/usr/share")
LOOKS = Source("look.py", "import os\n\ndef look():\n    return os.listdir('/usr/share')\n")


def test_only_what_lies_in_readable_folders_is_exposed(tmp_path: Path) -> None:
    """A folder of one's own is out of reach anyway, and one that does not exist is no matter."""
    assert exposed([AMONG_PYTHONS_OWN, tmp_path, Path("/usr/no-such-folder")]) == ("/usr/share",)


def test_behind_the_full_wall_a_private_folder_is_empty(sandbox: Sandbox) -> None:
    """The same code finds the folder's entries, or none where the folder is private."""
    for private, empty in (((), False), ((AMONG_PYTHONS_OWN,), True)):
        with sandbox.open("look", LOOKS, private=private) as session:
            session.allow(20)
            assert (fetch(student_of(session).look()) == []) is empty


def test_without_a_root_of_its_own_such_a_course_is_refused() -> None:
    """Landlock cannot keep a folder back from a readable one, so nothing runs."""
    few = (*NAMESPACES, "mount_setattr")
    with Sandbox(preload=(), without=few) as wall, pytest.raises(SandboxError, match="/usr/share"):
        wall.open("look", LOOKS, private=(AMONG_PYTHONS_OWN,))
