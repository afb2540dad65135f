"""What a student's process is asked for besides calls: a drawing, and the files that it left."""

from __future__ import annotations

from typing import Any

from grader.sandbox.channel import ask_once
from grader.sandbox.fault import StudentFault, fault_in
from grader.sandbox.remote import Remote, channel_of, reference_to, shown
from grader.show import call_text


def draw(function: Remote, panels: int) -> dict[str, Any]:
    """Call a drawing function with ``panels`` Matplotlib axes; return what it drew as plain data.

    See :func:`grader.sandbox.pens.draw` for the keys.
    """
    text = call_text(shown(function), [f"axes {n + 1}" for n in range(panels)], {}).replace("'", "")
    request = {"op": "draw", "of": reference_to(function), "panels": panels}
    answer = ask_once(channel_of(function), request, text)
    fault = fault_in(answer)
    if fault:
        raise StudentFault(fault, text)
    drawn = answer.get("value")
    return drawn if isinstance(drawn, dict) else {}


def files(student: Remote, folder: str) -> list[tuple[str, int]]:
    """Return what the student's code left below a folder: relative names and sizes in bytes.

    A folder that does not exist holds nothing.
    """
    answer = ask_once(channel_of(student), {"op": "files", "under": folder}, "")
    listed = answer.get("value")
    return [
        (item[0], item[1])
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, list) and [type(part) for part in item] == [str, int]
    ]
