"""Callbacks as the judge sees them: told apart by their attributes, looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader import Finding, fetch
from grader.model import Verdict
from grader.sandbox.remote import StudentFault, fault_of
from grader.show import show

ELSEWHERE = "runs/first"  # a folder that no submission can expect
MOST = 20  # callbacks that are looked at
KINDS = {  # of callbacks: attributes by which they are told, also where a subclass is used
    "ModelCheckpoint": ("save_best_only", "filepath"),
    "EarlyStopping": ("restore_best_weights", "patience"),
    "TensorBoard": ("update_freq", "log_dir"),
}


def attribute(thing: Any, name: str) -> Any:
    """Fetch an attribute of something of the student's; None where it has none."""
    try:
        return fetch(getattr(thing, name))
    except StudentFault as error:
        if error.fault.verdict is not Verdict.ERROR:
            raise
        return None


def settings_of(call: Any, names: Sequence[str]) -> dict[str, Any] | None:
    """Return the settings of the first callback that has all of these attributes."""
    listed = fetch(call)
    for place in range(min(len(listed), MOST) if isinstance(listed, (list, tuple)) else 0):
        settings = {name: attribute(call[place], name) for name in names}
        if None not in settings.values():
            watched = {name: attribute(call[place], name) for name in ("monitor", "mode")}
            return settings | {name: value for name, value in watched.items() if value is not None}
    return None


def monitor(call: Any) -> str:
    """Return what early stopping watches, ``val_loss`` where nothing says so."""
    settings = {} if fault_of(call) else settings_of(call, KINDS["EarlyStopping"]) or {}
    return str(settings.get("monitor", "val_loss"))


def looked_at(call: Any) -> Iterator[Finding]:
    """Look for one callback of each kind and at its settings."""
    faults = {"ModelCheckpoint": checkpoint, "EarlyStopping": stopping, "TensorBoard": board}
    for kind, names in KINDS.items():
        settings = settings_of(call, names)
        says = faults[kind](settings) if settings else f"{kind} is not among the callbacks."
        given = [f"{name}={show(value)}" for name, value in (settings or {}).items()]
        got = ", ".join(given) or "none"
        yield Finding(kind, "one, set up to serve", got, says is None, says, subject="callbacks")


def checkpoint(settings: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a ModelCheckpoint."""
    if settings["save_best_only"] is not True:
        return "It saves every epoch, the worst ones too; set `save_best_only=True`."
    return watches(settings) or below(settings["filepath"])


def stopping(settings: Mapping[str, Any]) -> str | None:
    """Say what is wrong with an EarlyStopping."""
    if settings["restore_best_weights"] is not True:
        return (
            "The model would keep the weights of the last epoch, not those of the best: set "
            "`restore_best_weights=True`."
        )
    return watches(settings)


def board(settings: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a TensorBoard."""
    return below(settings["log_dir"])


def watches(settings: Mapping[str, Any]) -> str | None:
    """Say what is wrong with what a callback watches."""
    monitor, mode = str(settings.get("monitor")), settings.get("mode")
    if not monitor.startswith("val_"):
        return f"It watches {monitor}, which is measured on training images: watch val_loss."
    if (mode == "max" and "loss" in monitor) or (mode == "min" and "acc" in monitor):
        return f"With mode={show(mode)} it takes the worst {monitor} for the best."
    return None


def below(path: Any) -> str | None:
    """Say that a path does not lie under the folder that was given."""
    if f"/{ELSEWHERE}/" in f"/{path}/":
        return None
    return f"It writes to {show(path)}; it was given the folder {show(ELSEWHERE)}."
