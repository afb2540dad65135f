"""Several knobs turned a little; a class for early stopping; another activation."""

import numpy as np


def hyperparameters():
    return {
        "Number of layers": "architecture",
        "Neurons per layer": "architecture",
        "Activation": "architecture",
        "Learning rate": "optimisation",
        "Batch size": "optimisation",
        "Early-stopping patience": "regularisation",
        "Dropout": "regularisation",
        "L1": "regularisation",
        "colour of the plots": "architecture",
    }


def diagnose(history):
    loss, val = (np.asarray(history[key], dtype=float) for key in ("loss", "val_loss"))
    bad = ~np.isfinite(np.concatenate([loss, val]))
    if bad.any() or loss[-1] > loss[0] * 1.1:
        answer = "diverging"
    elif loss[-1] >= loss[0] * 0.8:
        answer = "underfit"
    elif val[-1] / val.min() - 1 >= 0.2 and loss[-1] < loss[np.argmin(val)]:
        answer = "overfit"
    else:
        answer = "good"
    return np.str_(answer)


class Watcher:
    def __init__(self, patience):
        self.patience, self.lowest, self.best, self.wait = patience, np.inf, None, 0

    def goes_on(self, epoch, loss):
        self.wait += 1
        if loss < self.lowest:
            self.lowest, self.best, self.wait = loss, epoch, 0
        return self.wait < self.patience


def best_epoch(val_loss, patience):
    watcher = Watcher(patience)
    for last, loss in enumerate(val_loss):
        if not watcher.goes_on(last, loss):
            break
    return np.array([watcher.best, last])


def fix_overfitting(config):
    return dict(
        config,
        widths=np.array([16, 16]),
        activation="relu",
        epochs=100,
        lr=0.005,
        l2=0.001,
        dropout=0.2,
        early_stopping=np.bool_(True),
    )


def direction(knob):
    return ("decrease", "increase")[knob in ("dropout", "l2", "training_data")]
