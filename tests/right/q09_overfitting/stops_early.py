"""Early stopping alone; recursion for the epochs."""


def hyperparameters():
    names = ["epochs", "learning rate", "batch size", "loss", "optimiser"]
    return dict.fromkeys(names, "optimisation") | {
        "regularization": "regularization",
        "number of neurons": "architecture",
    }


def ends_badly(loss, val_loss):
    numbers = [*loss, *val_loss]
    return any(not -1e308 < number < 1e308 for number in numbers)


def diagnose(history):
    loss, val_loss = history.get("loss"), history.get("val_loss")
    checks = {
        "diverging": lambda: ends_badly(loss, val_loss) or loss[-1] > 1.1 * loss[0],
        "underfit": lambda: loss[-1] >= 0.8 * loss[0],
        "overfit": lambda: val_loss[-1] >= 1.2 * min(val_loss),
        "good": lambda: True,
    }
    return next(name for name, applies in checks.items() if applies())


def walk(val_loss, patience, epoch=0, best=0):
    if val_loss[epoch] < val_loss[best]:
        best = epoch
    if epoch - best == patience or epoch == len(val_loss) - 1:
        return best, epoch
    return walk(val_loss, patience, epoch + 1, best)


def best_epoch(val_loss, patience):
    return walk(val_loss, patience)


def fix_overfitting(config):
    config = dict(config)
    config.update(early_stopping=True)
    return config


def direction(knob):
    more_is_worse = ["layers", "neurons", "epochs"]
    return "increase" if knob not in more_is_worse else "decrease"
