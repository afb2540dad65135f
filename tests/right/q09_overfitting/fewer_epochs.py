"""Dataclasses and regular expressions where a dict would do; fewer epochs as the cure."""

from __future__ import annotations

import copy
import itertools
import re
from dataclasses import asdict, dataclass


@dataclass
class Names:
    number_of_hidden_layers: str = "Architecture"
    units_per_layer: str = "Architecture"
    learning_rate: str = "Optimisation"
    number_of_epochs: str = "Optimisation"
    mini_batch_size: str = "Optimisation"
    weight_initialization: str = "Initialisation"
    loss_function: str = "Optimisation"


def hyperparameters() -> dict[str, str]:
    return asdict(Names())


def diagnose(history: dict[str, list[float]]) -> str:
    text = " ".join(map(repr, history["loss"] + history["val_loss"]))
    if re.search("nan|inf", text):
        return "diverging"
    match history["loss"][-1] / history["loss"][0]:
        case ratio if ratio > 1.1:
            return "diverging"
        case ratio if ratio >= 0.8:
            return "underfit"
    lowest = min(range(len(history["val_loss"])), key=history["val_loss"].__getitem__)
    risen = history["val_loss"][-1] >= history["val_loss"][lowest] * 1.2
    falling = history["loss"][-1] < history["loss"][lowest]
    return "overfit" if risen and falling else "good"


def best_epoch(val_loss: list[float], patience: int) -> tuple[int, int]:
    lows = list(itertools.accumulate(val_loss, min))
    firsts = [lows.index(low) for low in lows]
    for epoch, best in enumerate(firsts):
        if epoch - best >= patience:
            return best, epoch
    return firsts[-1], len(val_loss) - 1


def fix_overfitting(config: dict) -> dict:
    new = copy.deepcopy(config)
    new["epochs"] = new["epochs"] / 5  # 40.0
    return new


def direction(knob: str) -> str:
    down = re.compile("layers|neurons|epochs")
    return "decrease" if down.fullmatch(knob) else "increase"
