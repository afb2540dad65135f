"""Looks for the lowest of all losses, also after the stop.

loses: best_epoch, longer_runs
says: those after the stop are never seen
"""

import math


def hyperparameters():
    return {
        "layers": "architecture",
        "neurons": "architecture",
        "activation": "architecture",
        "learning rate": "optimisation",
        "batch size": "optimisation",
        "optimizer": "optimisation",
        "dropout": "regularisation",
        "weight initialisation": "initialisation",
    }


def diagnose(history):
    loss, val = history["loss"], history["val_loss"]
    if not all(math.isfinite(value) for value in loss + val) or loss[-1] > 1.1 * loss[0]:
        return "diverging"
    if loss[-1] >= 0.8 * loss[0]:
        return "underfit"
    if val[-1] >= 1.2 * min(val):
        return "overfit"
    return "good"


def best_epoch(val_loss, patience):
    best, wait = 0, 0
    for epoch in range(1, len(val_loss)):
        wait += 1
        if val_loss[epoch] < val_loss[best]:
            best, wait = epoch, 0
        if wait >= patience:
            return val_loss.index(min(val_loss)), epoch
    return best, len(val_loss) - 1


def fix_overfitting(config):
    return {**config, "dropout": 0.4, "early_stopping": True}


def direction(knob):
    return "increase" if knob in {"l2", "dropout", "training_data"} else "decrease"
