"""Hyperparameters, the diagnosis of a training run, early stopping, and a cure for overfitting."""

from __future__ import annotations

import math

NOTES = """I let early stopping choose the epoch: the test loss is lowest long before the last.
An L2 penalty of 0.005 or a dropout rate of 0.4 help nearly as much, and so do 8 neurons. Without
touching the network, more training data help, or copies of it, shifted or turned a little."""

UPWARDS = {"l2", "dropout", "training_data"}


def hyperparameters() -> dict[str, str]:
    """Return six that are set before training, by kind."""
    return {
        "number of layers": "architecture",
        "neurons per layer": "architecture",
        "learning rate": "optimisation",
        "batch size": "optimisation",
        "dropout rate": "regularisation",
        "weight initialisation": "initialisation",
    }


def diagnose(history: dict[str, list[float]]) -> str:
    """Return the first diagnosis that applies."""
    loss, val_loss = history["loss"], history["val_loss"]
    if not all(map(math.isfinite, loss + val_loss)) or loss[-1] > 1.1 * loss[0]:
        return "diverging"
    if loss[-1] >= 0.8 * loss[0]:
        return "underfit"
    turned = val_loss.index(min(val_loss))
    if val_loss[-1] >= 1.2 * val_loss[turned] and loss[-1] < loss[turned]:
        return "overfit"
    return "good"


def best_epoch(val_loss: list[float], patience: int) -> tuple[int, int]:
    """Return the epoch of the lowest loss so far when training ends, and where it ends."""
    best = 0
    for epoch, loss in enumerate(val_loss):
        if loss < val_loss[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val_loss) - 1


def fix_overfitting(config: dict) -> dict:
    """Return the configuration with early stopping."""
    return {**config, "early_stopping": True}


def direction(knob: str) -> str:
    """Return which way to turn a knob."""
    return "increase" if knob in UPWARDS else "decrease"
