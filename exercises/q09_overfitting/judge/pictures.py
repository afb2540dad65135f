"""Pictures for the report: losses before and after, the gap, a history, a table of names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from histories import History
from names import CANONICAL, kind, meant, not_set
from networks import Config
from trainer import Trained

from grader import Bars, plot, series, table
from grader.evidence import Plot, Table
from grader.show import number, show

MOST_NAMES = 40


def curves(title: str, config: Config, trained: Trained) -> Plot:
    """Draw the mean losses over the epochs; the best epoch is that of the lowest test loss."""
    best = trained.epochs[int(np.argmin(trained.test_curve))]
    back = " In the end each run goes back to its own best epoch." if config.early_stopping else ""
    return plot(
        title,
        series("training", trained.epochs, trained.train_curve),
        series("test", trained.epochs, trained.test_curve, "alarm"),
        says=f"Means of 20 runs. The test loss is lowest near epoch {best}.{back}",
        x_label="epoch",
        y_label="loss",
        mark_x=float(best),
        mark_label=f"lowest test loss, epoch {best}",
    )


def gaps(before: Trained, after: Trained, share: float) -> Bars:
    """Draw the gap between test and training loss before and after."""
    left, right = number(before.gap, 3), number(after.gap, 3)
    return Bars(
        "The gap between test loss and training loss",
        f"It was {left} before and is {right} now.",
        ("before", "yours"),
        (before.gap, after.gap),
        ("plain", "yours"),
        limit=share * before.gap,
        limit_label=f"{share:g} of before",
    )


def run(history: History) -> Plot:
    """Draw a history, with the epoch of its lowest validation loss."""
    epochs = range(len(history.loss))
    return plot(
        "The history that was asked about",
        series("loss", epochs, history.loss),
        series("val_loss", epochs, history.val_loss, "alarm"),
        says=history.reason,
        x_label="epoch",
        y_label="loss",
        mark_x=None if history.diagnosis == "diverging" else float(history.lowest),
        mark_label=f"lowest val_loss, epoch {history.lowest}",
    )


def counted(given: Mapping[Any, Any]) -> Table:
    """List what was named, what it stands for, and whether it counts."""
    rows, marked = [], []
    for place, (name, category) in enumerate(list(given.items())[:MOST_NAMES]):
        canonical = meant(name)
        said = canonical or "not on the list"
        if canonical and kind(category) not in CANONICAL[canonical]:
            said = f"{canonical}: {' or '.join(CANONICAL[canonical])}"
            marked.append((place, 2))
        elif not_set(name):
            said = f"{not_set(name)}, not set"
            marked.append((place, 2))
        rows.append((show(name), show(category), said))
    return table("What you named", ["name", "kind", "taken for"], rows, marked)
