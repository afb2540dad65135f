"""A smaller network; American spelling, short names, plain loops."""

from math import inf, isnan


def hyperparameters():
    kinds = {
        "architecture": ["n_layers", "n_neurons", "Activation Function"],
        "optimization": ["lr", "optimizer", "batch_size"],
        "regularization": ["l2_regularization"],
        "initialization": ["kernel_initializer"],
    }
    return {name: kind for kind, names in kinds.items() for name in names}


def diagnose(history):
    loss = history["loss"]
    val = history["val_loss"]
    for value in loss + val:
        if isnan(value) or value in (inf, -inf):
            return "diverging"
    if loss[-1] / loss[0] > 1.1:
        return "diverging"
    elif loss[-1] / loss[0] >= 0.8:
        return "underfit"
    lowest = val[0]
    for value in val:
        if value < lowest:
            lowest = value
    return "overfit" if (val[-1] - lowest) / lowest >= 0.2 else "good"


def best_epoch(val_loss, patience):
    lowest, best, bad, epoch = inf, 0, 0, 0
    while epoch < len(val_loss):
        if val_loss[epoch] < lowest:
            lowest, best, bad = val_loss[epoch], epoch, 0
        else:
            bad += 1
        if bad == patience:
            break
        epoch += 1
    return best, min(epoch, len(val_loss) - 1)


def fix_overfitting(config):
    new = config.copy()
    new["widths"] = (8,)
    return new


def direction(knob):
    return {
        "layers": "decrease",
        "neurons": "decrease",
        "epochs": "decrease",
        "l2": "increase",
        "dropout": "increase",
        "training_data": "increase",
    }[knob]
