"""Keras' own EarlyStopping counts the epochs; NumPy reads the histories; dropout is the cure."""

import keras
import numpy as np


class Losses:
    """What the callback needs of a model: a flag, and weights to go back to."""

    stop_training = False

    def get_weights(self):
        return []

    def set_weights(self, weights):
        pass


def hyperparameters():
    return {
        "learning rate": "optimisation",
        "momentum": "optimisation",
        "learning-rate decay": "optimisation",
        "early stopping": "regularisation",
        "weight decay": "regularisation",
        "drop-out": "regularisation",
        "batch normalization": "architecture",
        "pruning": "architecture",
    }


def diagnose(history):
    loss, val = np.array(history["loss"]), np.array(history["val_loss"])
    if not (np.isfinite(loss).all() and np.isfinite(val).all()):
        return "diverging"
    rules = [loss[-1] > 1.1 * loss[0], loss[-1] >= 0.8 * loss[0], val[-1] >= 1.2 * val.min()]
    return str(np.select(rules, ["diverging", "underfit", "overfit"], "good"))


def best_epoch(val_loss, patience):
    callback = keras.callbacks.EarlyStopping(
        monitor="val_loss", mode="min", patience=patience, restore_best_weights=True
    )
    callback.set_model(Losses())
    callback.on_train_begin()
    for epoch, loss in enumerate(val_loss):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if callback.model.stop_training:
            break
    return callback.best_epoch, epoch


def fix_overfitting(config):
    return config | {"dropout": np.float64(0.5)}


def direction(knob):
    if knob in ("layers", "neurons", "epochs"):
        return "decrease"
    return "increase"
