"""Run a command as root or as an ordinary user: `python tests/as_user.py ordinary command …`.

Root's home may be closed to others and hold Python all the same.  So the command gets a view of the
machine of its own in which the folders that it needs, and nothing else of a closed folder, can be
reached.  Who is not root runs the command as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import kernel, namespaces
from grader.sandbox.plan import first_closed

ORDINARY_UID = 61150  # above the wall's own users; no account has it
CHECKOUT = Path(__file__).resolve().parents[1]
NEEDED = (Path(sys.prefix), Path(sys.base_prefix), CHECKOUT)


def main(user: str, command: list[str]) -> None:
    """Become the user, then the command."""
    if os.geteuid() == 0:
        kernel.unshare(namespaces.NAMESPACES["mount"])
        namespaces.keep_mounts_private()
        open_up(NEEDED)
        if user == "ordinary":
            os.setgroups([])
            os.setresgid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
            os.setresuid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
    os.execv(command[0], command)


def open_up(folders: Iterable[Path]) -> None:
    """Cover each closed folder above the given ones with an empty one that leads to them."""
    trees = {folder: kernel.clone_mount(str(folder), 0) for folder in folders}
    closed = {barrier for folder in trees if (barrier := first_closed(folder))}
    for barrier in closed:
        kernel.mount("tmpfs", str(barrier), "tmpfs", 0, "size=1m,mode=755")
    for folder in sorted(trees):
        if any(folder.is_relative_to(barrier) for barrier in closed):
            folder.mkdir(parents=True, exist_ok=True)
            kernel.place_mount(trees[folder], str(folder))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
