"""What the wheel carries besides the package: the public half of the course.

An editable install must not: a second folder called ``grader`` would hide the one being edited,
and the course lies beside it anyway.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarryCourse(BuildHookInterface[Any]):
    """Puts ``exercises/`` and ``course.toml`` into a wheel; ``solutions/`` never."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files, unless this is an editable install."""
        if version != "editable":
            for name in ("exercises", "course.toml"):
                build_data["force_include"][name] = f"grader/_course/{name}"
