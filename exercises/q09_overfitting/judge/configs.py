"""The configuration that overfits, and how a student's is read: everything is bounded here."""

from __future__ import annotations

from typing import Any

import numpy as np
from networks import ACTIVATIONS, Config
from noisy_xor import TRAINING

from grader.expect import is_number, type_remark
from grader.show import show

# Measured on four groups of 20 seeds, as shares of this configuration's test loss (0.66 to 0.85):
#   full marks  early stopping .48-.55   L2 .003-.01 .49-.63   dropout .3-.5 .53-.69
#               widths [4] to [16] .50-.64   a third to a tenth of the epochs .52-.69
#   half        half of the epochs .71-.79   widths [8, 8] .72-.77   (or full, where below .75)
#   none        widths [1] .78-.98, lower in 10-13 of 20 runs   1 epoch .91-1.14
#               dropout .9 and L2 of 1 .83-1.07   [64, 64] 1.00-1.05   [48, 48, 48] 1.33-1.41
#               three times the epochs 1.45-1.56
BASELINE: dict[str, Any] = {
    "widths": [48, 48],
    "activation": "tanh",
    "epochs": 200,
    "lr": 0.01,
    "batch": 30,
    "l2": 0.0,
    "dropout": 0.0,
    "early_stopping": False,
}
MOST_LAYERS, MOST_NEURONS, TRAINED_NEURONS = 8, 1024, 64
RANGES: dict[str, tuple[float, float, str]] = {  # lowest, highest, in words
    "epochs": (1, 10_000, "a whole number from 1 to 10000"),
    "batch": (1, 10_000, "a whole number from 1 to 10000"),
    "lr": (1e-12, 1, "a number above 0 and at most 1"),
    "l2": (0, 100, "a number from 0 to 100"),
    "dropout": (0, 0.99, "a number from 0 to 0.99"),
}
WHOLE = ("epochs", "batch")


def read(given: Any) -> tuple[Config | None, str | None]:
    """Return a configuration and a remark about it, or None and why it is refused.

    Nothing is trained before every value lies in its range.
    """
    problem = _form(given) or next(filter(None, map(_fault, given.items())), None)
    if problem:
        return None, problem
    widths = [int(width) for width in given["widths"]]
    config = Config(
        widths=tuple(min(width, TRAINED_NEURONS) for width in widths),
        activation=given["activation"],
        epochs=int(given["epochs"]),
        lr=float(given["lr"]),
        batch=min(int(given["batch"]), TRAINING),
        l2=float(given["l2"]),
        dropout=float(given["dropout"]),
        early_stopping=given["early_stopping"],
    )
    remarks = []
    if max(widths) > TRAINED_NEURONS:
        remarks.append(f"Layers are trained with {TRAINED_NEURONS} neurons at most.")
    if config.most_epochs < config.epochs:
        cut = f"{config.most_epochs} of the {config.epochs} epochs"
        remarks.append(f"A network of this size is trained for at most {cut}.")
    return config, " ".join(remarks) or None


def _form(given: Any) -> str | None:
    if not isinstance(given, dict):
        said = type_remark(given, {}) or "That is no configuration."
        return f"{said} Return a changed copy of the dict."
    for key in given:
        if key not in BASELINE:
            return f"Only hyperparameters may change: {show(key)} is none of the eight keys."
    missing = [key for key in BASELINE if key not in given]
    if missing:
        return f"Return a changed copy of the whole dict; missing: {', '.join(missing)}."
    return None


def _fault(item: tuple[str, Any]) -> str | None:
    """Say what is wrong with one value."""
    key, value = item
    if key == "widths":
        return _fault_of_widths(value)
    if key == "activation":
        known = isinstance(value, str) and value in ACTIVATIONS
        return None if known else f"'activation' must be one of {', '.join(ACTIVATIONS)}."
    if key == "early_stopping":
        return None if isinstance(value, bool) else "'early_stopping' must be True or False."
    low, high, words = RANGES[key]
    # A comparison with nan is false, and one with a huge integer does not overflow.
    if is_number(value) and low <= value <= high and (key not in WHOLE or value == int(value)):
        return None
    return f"'{key}' must be {words}; it is {show(value)}."


def _fault_of_widths(value: Any) -> str | None:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, (list, tuple)) or not 0 < len(value) <= MOST_LAYERS:
        return f"'widths' must list the neurons of 1 to {MOST_LAYERS} hidden layers, as in [16, 8]."
    for width in value:
        if not is_number(width) or not 1 <= width <= MOST_NEURONS or width != int(width):
            least = f"a whole number from 1 to {MOST_NEURONS}"
            return f"A hidden layer has {least} of neurons; 'widths' holds {show(width)}."
    return None
