"""What the report shows of a trained network: curves, confusions, misread digits, weights."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader import Bars, Matrix, Tiles, plot, series, tile
from grader.evidence import Evidence
from grader.keras_model import Model

MOST = 25  # tiles on a sheet
DIGITS = tuple(map(str, range(10)))


def reach(right: int, goal: int) -> Bars:
    """Show how many digits were read right, and how many are needed."""
    return Bars(
        "Digits of the test set that were read right",
        f"{right:,} of 10,000 are right; {goal:,} are needed for full marks.",
        ("your network",),
        (float(right),),
        ("yours",),
        limit=float(goal),
        limit_label=f"{goal:,}",
    )


def curves(history: Mapping[str, Sequence[float]]) -> Iterator[Evidence]:
    """Draw the losses by epoch on a logarithmic axis, the best epoch marked."""
    lines = []
    for key, name, role in (("loss", "training", "plain"), ("val_loss", "validation", "yours")):
        values = [value if 0 < value < math.inf else math.nan for value in history.get(key, [])]
        if not all(map(math.isnan, values)):
            lines.append(series(f"{name} loss", range(1, len(values) + 1), values, role))
    losses = [math.inf if math.isnan(value) else value for value in history.get("val_loss", [])]
    best = losses.index(min(losses)) + 1 if min(losses, default=math.inf) < math.inf else None
    if lines:
        yield plot(
            "Learning curves",
            *lines,
            says=f"The validation loss is lowest in epoch {best} of {len(losses)}."
            if best
            else "No validation loss was reported.",
            x_label="epoch",
            y_label="loss",
            log_y=True,
            mark_x=None if best is None else float(best),
            mark_label=f"best: epoch {best}" if best else "",
        )


def confusions(digits: np.ndarray, read: np.ndarray) -> Matrix:
    """Count how often each digit was read as each other one."""
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (digits, read), 1)
    off = counts - np.diag(np.diag(counts))
    true, taken = np.unravel_index(off.argmax(), off.shape)
    return Matrix(
        "Which digits are taken for which",
        f"Most often, {off.max()} times, a {true} is read as {taken}."
        if off.any()
        else "Every digit is read right.",
        "true digit",
        "read as",
        DIGITS,
        DIGITS,
        tuple(tuple(row) for row in counts.astype(float).tolist()),
        skip_diagonal=True,
    )


def misread(
    images: np.ndarray, digits: np.ndarray, outputs: np.ndarray, *, shares: bool
) -> Iterator[Evidence]:
    """Show the misread digits that the network was surest of; ``shares`` prints how sure."""
    read, sure = outputs.argmax(axis=1), outputs.max(axis=1)
    wrong = np.flatnonzero(read != digits)
    surest = wrong[np.argsort(-sure[wrong], kind="stable")][:MOST]
    if wrong.size and np.isfinite(sure).all():
        tiles = []
        for n in surest:
            caption = f"{digits[n]} → {read[n]}" + (f", {100 * sure[n]:.0f} %" if shares else "")
            tiles.append(tile(images[n] * 255, caption, f"digit {digits[n]} read as {read[n]}"))
        yield Tiles(
            "Misread digits, the surest first",
            f"{len(surest)} of {len(wrong):,} misread digits: what each is, what it was read as, "
            "and how sure the network was.",
            tuple(tiles),
        )


def first_weights(model: Model) -> Iterator[Evidence]:
    """Show what the first neurons look for, where they see the image itself."""
    first = next((layer for layer in model.layers if layer.kind == "Dense"), None)
    kernel = first.weights.get("kernel") if first else None
    if kernel is None or kernel.shape[0] != 28 * 28 or not np.isfinite(kernel).all():
        return
    strongest = np.argsort(-np.linalg.norm(kernel, axis=0), kind="stable")[:MOST]
    largest = float(np.abs(kernel[:, strongest]).max()) or 1.0
    yield Tiles(
        "Weights of the first layer",
        f"The {len(strongest)} strongest of {kernel.shape[1]:,} neurons: bright pixels excite "
        "them, dark ones inhibit them.",
        tuple(
            tile(
                127.5 * (1 + kernel[:, n].reshape(28, 28) / largest),
                f"neuron {n + 1}",
                f"weights of neuron {n + 1}, as an image",
            )
            for n in strongest
        ),
    )
