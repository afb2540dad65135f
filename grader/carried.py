"""Where the wheel carries the public half of a course: found by students, hidden from their code.

A module of its own, since the fork server must not load what reads courses.
"""

from __future__ import annotations

from pathlib import Path

CARRIED = Path(__file__).parent / "_course"
