"""The sentences that say how a check ended, in the student's terms."""

from __future__ import annotations

import re

from grader.model import Finding, Verdict
from grader.sandbox.fault import Fault

ALLOWED = "NumPy, SciPy, SymPy, Matplotlib, pandas, scikit-learn, TensorFlow and Keras"
MAX_SHOWN = 300
NEVER_LOADED = "The file does not load. "  # what follows was not raised by the student's code
COUNTED = "The answers before it count."
NO_NETWORK = ("URLError", "URL fetch failure", "gaierror", "Network is unreachable")
ADVICE = {
    "SystemExit": "It asks Python to end; take `exit()`, `quit()` and `sys.exit()` out.",
    "EOFError": "There is no keyboard while grading; take `input()` out.",
    "FileNotFoundError": "Only the files that come with the exercise are there.",
    "PermissionError": "There is no network, no other process and no other folder here.",
    "RecursionError": "A function calls itself without end.",
}


def of_finding(finding: Finding) -> str:
    """Say what was asked, what should have come and what came; then which mistake it is."""
    asked = code(finding.shown)
    gap = f"{asked}: expected {code(finding.expected)}, yours is {code(finding.got)}."
    return f"{gap} {finding.diagnosis}" if finding.diagnosis else gap


def of_fault(fault: Fault, call: str) -> str:
    """Say what happened in the student's code instead of an answer."""
    asked = code(call) if call else "It"
    if fault.verdict is Verdict.TODO and fault.type:
        said = f"{asked} is still to do: it raises `NotImplementedError`."
    elif fault.verdict is Verdict.ERROR:
        said = f"{asked} raised {explain(fault)}"
    elif call and fault.verdict not in {Verdict.TODO, Verdict.SKIPPED}:
        said = f"{asked}: {fault.message}"
    else:
        said = fault.message
    return f"{said} {fault.note}" if fault.note else said


def of_problem(fault: Fault) -> str:
    """Say why a file did not load."""
    if fault.verdict is Verdict.ERROR:
        return f"The file does not load: {explain(fault)}"
    if fault.verdict is Verdict.TODO:
        return "The file does not load: its top level raises `NotImplementedError`."
    return f"{NEVER_LOADED}{fault.message}"


def is_cut_off(text: str) -> bool:
    """Tell whether a sentence made here is of code that never came back, not of what it raised.

    For an exercise that did not load, and for a partial check whose earlier answers count.
    """
    partly = text.endswith(COUNTED) and "` raised `" not in text
    return partly or text.startswith(NEVER_LOADED)


def explain(fault: Fault) -> str:
    """Return an exception in one line, with what to do about the common ones."""
    said = [] if fault.type == "SystemExit" else fault.message.strip().splitlines()
    first = said[0][:MAX_SHOWN] if said else ""
    text = f"{code(fault.type)}: {first}" if first else code(fault.type)
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    advice = _advice(fault)
    return f"{text} {advice}" if advice else text


def code(text: str) -> str:
    """Set a piece of text as code; backticks inside it would end it early."""
    text = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
    return f"`{text.replace('`', 'ˋ')}`"


def _advice(fault: Fault) -> str:
    if fault.type == "ModuleNotFoundError":
        name = re.search(r"No module named '([\w.]+)'", fault.message)
        module = code(name[1]) if name else "That module"
        return f"{module} is not available here; an exercise may use {ALLOWED}."
    if any(sign in f"{fault.type}: {fault.message}" for sign in NO_NETWORK):
        return "There is no network while grading; read the file that comes with the exercise."
    return ADVICE.get(fault.type, "")
