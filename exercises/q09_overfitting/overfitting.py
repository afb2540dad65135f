"""Question 9: the hyperparameters of a network, and what to turn when it overfits.

A configuration is a dict with these keys and no others:

    "widths"          neurons of each hidden layer, such as [16, 8]: 1 to 8 layers; more than 64
                      neurons in a layer are trained as 64
    "activation"      of the hidden layers: "tanh", "relu", "sigmoid" or "linear"
    "epochs"          1 to 10000
    "lr"              learning rate of Adam, above 0 and at most 1
    "batch"           rows in a batch, 1 to 10000; there are 60 training points
    "l2"              weight of the L2 penalty: l2 times the sum of all squared weights, 0 to 100
    "dropout"         share of each hidden layer's outputs that are dropped, 0 to 0.99
    "early_stopping"  True or False: watch the loss on validation data, end after 20 epochs in a
                      row without a new lowest one, and go back to the weights of the lowest one
"""

from __future__ import annotations

# In your own words (a person reads this): which changes did you make to the configuration, which
# of them helped most, and how can one fight overfitting without touching the network at all?
NOTES = ""


def hyperparameters() -> dict[str, str]:
    """Return hyperparameters of an MLP by name, each with what kind it is.

    At least 6 names in at least 3 kinds.  The kinds are "architecture", "optimisation",
    "regularisation" and "initialisation".  {"dropout": "regularisation"} would be a start.
    """
    raise NotImplementedError  # TODO 1


def diagnose(history: dict[str, list[float]]) -> str:
    """Return what a training run suffers from, by the first of these rules that applies.

    ``history["loss"]`` and ``history["val_loss"]`` hold one number for each epoch.

    "diverging"  a loss is nan or inf, or the last training loss is above 1.1 times the first
    "underfit"   the last training loss is at least 0.8 times the first
    "overfit"    val_loss ends at least 20 % above its minimum, while the training loss went on
                 falling
    "good"       none of these
    """
    raise NotImplementedError  # TODO 2


def best_epoch(val_loss: list[float], patience: int) -> tuple[int, int]:
    """Return (best epoch, last epoch that is trained), both counted from 0.

    As keras.callbacks.EarlyStopping does it: only a strictly lower loss is an improvement, and
    training ends with the epoch that is the ``patience``-th in a row without one.  ``val_loss`` has
    at least one number and no nan; ``patience`` is at least 1; training may also run to the end.
    """
    raise NotImplementedError  # TODO 3


def fix_overfitting(config: dict) -> dict:
    """Return a changed copy of ``config`` that overfits less.

    It is given the configuration that the statement lists.  Only hyperparameters may change.
    """
    raise NotImplementedError  # TODO 4


def direction(knob: str) -> str:
    """Return "increase" or "decrease": which way to turn a knob against overfitting.

    The knobs: "layers", "neurons", "epochs", "l2", "dropout", "training_data".
    """
    raise NotImplementedError  # TODO 5
