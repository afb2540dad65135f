"""An L2 penalty; pandas for the losses, lists where tuples are meant."""

import pandas as pd

KINDS = dict(a="architecture", o="optimisation", r="regularisation", i="initialisation")


def hyperparameters():
    names = "a:depth a:width a:activation o:eta o:solver o:epochs r:dropout_rate i:init"
    return {name: KINDS[kind] for kind, name in (item.split(":") for item in names.split())}


def diagnose(history):
    frame = pd.DataFrame(history).replace([float("inf"), float("-inf")], float("nan"))
    first, last = frame.iloc[0], frame.iloc[-1]
    if frame.isna().any(axis=None) or last["loss"] > 1.1 * first["loss"]:
        return "diverging"
    if last["loss"] >= 0.8 * first["loss"]:
        return "underfit"
    return "overfit" if last["val_loss"] >= 1.2 * frame["val_loss"].min() else "good"


def best_epoch(val_loss, patience):
    losses = pd.Series(val_loss)
    since = losses.groupby((losses < losses.cummin().shift(fill_value=float("inf"))).cumsum())
    waited = since.cumcount()
    stops = waited[waited >= patience]
    last = len(losses) - 1 if stops.empty else stops.index[0]
    return [losses[: last + 1].idxmin(), last]


def fix_overfitting(config):
    config["l2"] = 0.01
    config["widths"] = [32, 32]
    return config


def direction(knob):
    against = {"increase": {"l2", "dropout", "training_data"}}
    against["decrease"] = {"layers", "neurons", "epochs"}
    return next(way for way, knobs in against.items() if knob in knobs)
