"""Histories of training runs with a known diagnosis, and what early stopping makes of a loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

Losses = list[float]


class History(NamedTuple):
    """Two losses, one number for each epoch, and what they show; far from every border."""

    loss: Losses
    val_loss: Losses
    diagnosis: str

    @property
    def lowest(self) -> int:
        """The epoch of the lowest validation loss, from 0."""
        return int(np.argmin(self.val_loss))

    @property
    def words(self) -> str:
        loss, val = (f"{one[0]:.2f} → {one[-1]:.2f}" for one in self[:2])
        return f"diagnose(history): {len(self.loss)} epochs, loss {loss}, val_loss {val}"

    @property
    def reason(self) -> str:
        """Say what shows the diagnosis."""
        first, last = self.loss[0], self.loss[-1]
        if self.diagnosis == "diverging":
            ends = {"loss": last, "val_loss": self.val_loss[-1]}
            wild = [f"{key} ends at {end}" for key, end in ends.items() if not math.isfinite(end)]
            rose = f"the training loss rose from {first:.2f} to {last:.2f}"
            return f"Here {wild[0] if wild else rose}: diverging."
        if self.diagnosis == "underfit":
            return f"The training loss only fell from {first:.2f} to {last:.2f}: underfitting."
        above = self.val_loss[-1] / min(self.val_loss) - 1
        if self.diagnosis == "overfit":
            since = f"val_loss rises from epoch {self.lowest} on, in the end by {above:.0%}"
            return f"{since}, while the training loss went on falling: overfitting."
        fell = f"The training loss fell from {first:.2f} to {last:.2f}"
        return f"{fell}, and val_loss ends {above:.0%} above its minimum: good."


def drawn(rng: np.random.Generator) -> list[History]:
    """Return nine histories in random order: what diverges comes in three ways, the rest in two."""
    made = [
        _overfit(rng, train_end=0.03, rise=0.8),
        _overfit(rng, train_end=0.45, rise=0.4),
        _flat(rng, start=0.69, end=1.03),
        _flat(rng, start=2.3, end=0.88),
        _good(rng, start=1.0, end=0.3),
        _settled(rng),
        _rising(rng),
        _exploding(rng, value=math.nan, training=True),
        _exploding(rng, value=math.inf, training=False),
    ]
    return [made[place] for place in rng.permutation(len(made))]


def _falling(start: float, end: float, epochs: int, speed: float = 5.0) -> np.ndarray[Any, Any]:
    """Return a curve from ``start`` down to ``end``, steep at first."""
    progress = (1 - np.exp(-speed * np.linspace(0, 1, epochs))) / (1 - math.exp(-speed))
    return start + (end - start) * progress


def _noisy(
    curve: np.ndarray[Any, Any], rng: np.random.Generator, size: float = 0.01
) -> np.ndarray[Any, Any]:
    """Return a curve with some noise in the middle; its ends stay as they are."""
    noise = 1 + size * rng.uniform(-1, 1, size=len(curve))
    noise[0] = noise[-1] = 1
    return curve * noise


def _epochs(rng: np.random.Generator) -> int:
    return int(rng.integers(24, 50))


def _history(loss: np.ndarray[Any, Any], val: np.ndarray[Any, Any], diagnosis: str) -> History:
    return History(loss.round(4).tolist(), val.round(4).tolist(), diagnosis)


def _overfit(rng: np.random.Generator, train_end: float, rise: float) -> History:
    epochs = _epochs(rng)
    loss = _falling(1.0, train_end, epochs, speed=3)
    turn = int(rng.integers(epochs // 4, epochs // 2))
    low = max(train_end, 0.4) + 0.1
    falls = _falling(1.05, low, turn + 1)
    rises = low * (1 + rise * np.linspace(0, 1, epochs - turn)[1:])
    return _history(_noisy(loss, rng), _noisy(np.concatenate([falls, rises]), rng), "overfit")


def _flat(rng: np.random.Generator, start: float, end: float) -> History:
    epochs = _epochs(rng)
    loss = _falling(start, end * start, epochs, speed=1)
    return _history(_noisy(loss, rng), _noisy(loss * 1.03, rng), "underfit")


def _good(rng: np.random.Generator, start: float, end: float) -> History:
    epochs = _epochs(rng)
    loss = _falling(start, end, epochs)
    val = _falling(start * 1.02, end * 1.15, epochs)
    val[epochs // 3] *= 1.4  # one bad epoch on the way is no overfitting
    return _history(_noisy(loss, rng), val, "good")


def _settled(rng: np.random.Generator) -> History:
    """Return a run whose validation loss stays near its minimum while the training loss falls."""
    epochs = _epochs(rng)
    loss = _falling(2.3, 0.02, epochs, speed=3)
    val = np.maximum(_falling(2.35, 0.3, epochs, speed=6), 0.4)
    val[epochs // 2] = 0.39
    val[-1] = 0.42
    return _history(loss, val, "good")


def _rising(rng: np.random.Generator) -> History:
    epochs = _epochs(rng)
    loss = 0.8 * np.linspace(1, rng.uniform(1.4, 1.8), epochs)
    return _history(_noisy(loss, rng), _noisy(loss * 1.1, rng), "diverging")


def _exploding(rng: np.random.Generator, value: float, *, training: bool) -> History:
    epochs = _epochs(rng)
    loss, val = _falling(1.0, 0.5, epochs), _falling(1.0, 0.52, epochs)
    (loss if training else val)[-3:] = value
    return _history(loss, val, "diverging")


SEQUENCES: list[tuple[Losses, int]] = [
    ([0.9, 0.7, 0.5, 0.6, 0.65, 0.7, 0.8], 2),  # stops after two bad epochs
    ([0.9, 0.7, 0.5, 0.4, 0.3], 2),  # never stops, and the last epoch is the best
    ([0.9, 0.7, 0.75, 0.8], 5),  # never stops, and it is not
    ([0.9, 0.5, 0.5, 0.5, 0.5, 0.4], 3),  # ties are no improvement
    ([0.9, 0.6, 0.7, 0.65, 0.5, 0.55, 0.6, 0.7, 0.8], 3),  # an improvement between bad epochs
    ([0.5, 0.6, 0.7, 0.1], 2),  # the lowest loss of all is never reached
    ([0.3, 0.2, 0.4, 0.1], 1),
    ([0.2, 0.3, 0.4, 0.5, 0.6, 0.7], 3),  # the first epoch stays the best
    ([0.3], 1),
]


def sequences(rng: np.random.Generator) -> list[tuple[Losses, int]]:
    """Return the sequences to ask about: picked ones, then drawn ones with ties in them."""
    lengths = rng.integers(8, 30, size=6).tolist()
    return SEQUENCES + [
        ((rng.integers(2, 12, size=length) / 10).tolist(), int(rng.integers(1, 6)))
        for length in lengths
    ]


def best_epoch(val_loss: Sequence[float], patience: int) -> tuple[int, int]:
    """Return (best epoch, last epoch), as keras.callbacks.EarlyStopping has them."""
    return _stopped(val_loss, patience)


def _stopped(
    val_loss: Sequence[float],
    patience: int,
    better: Callable[[float, float], bool] = float.__lt__,
    *,
    resets: bool = True,
) -> tuple[int, int]:
    best, waited, epoch = 0, 0, 0
    for epoch, loss in enumerate(val_loss):
        if epoch == 0 or better(loss, val_loss[best]):
            best, waited = epoch, 0 if resets else waited
        else:
            waited += 1
            if waited >= patience:
                break
    return best, epoch


def _late(val_loss: Sequence[float], patience: int) -> tuple[int, int]:
    return _stopped(val_loss, patience + 1)


def _since_previous(val_loss: Sequence[float], patience: int) -> tuple[int, int]:
    best, waited, epoch = 0, 0, 0
    for epoch in range(1, len(val_loss)):
        waited = 0 if val_loss[epoch] < val_loss[epoch - 1] else waited + 1
        best = min(best, epoch, key=val_loss.__getitem__)
        if waited >= patience:
            break
    return best, epoch


OF_BEST_EPOCH: dict[str, Callable[[Losses, int], tuple[int, int]]] = {
    "It stops one epoch later than Keras, which stops as soon as wait ≥ patience: with the "
    "patience-th epoch in a row that is no improvement.": _late,
    "It stops one epoch before Keras: the patience-th epoch without an improvement is still "
    "trained.": lambda v, p: (_stopped(v, p)[0], _before(v, p)),
    "Best epoch is the minimum of val_loss, not the last one that is trained.": (
        lambda v, p: (_stopped(v, p)[1],) * 2
    ),
    "The best epoch is looked for among all losses; those after the stop are never seen.": (
        lambda v, p: (int(np.argmin(v)), _stopped(v, p)[1])
    ),
    "Training ends with the stop; the epochs after it are not trained.": (
        lambda v, _: (int(np.argmin(v)), len(v) - 1)
    ),
    "An equal loss is no improvement: compare with <, not with ≤.": (
        lambda v, p: _stopped(v, p, float.__le__)
    ),
    "Epochs count from 0.": lambda v, p: (_stopped(v, p)[0] + 1, _stopped(v, p)[1] + 1),
    "An improvement sets the count of bad epochs back to 0.": (
        lambda v, p: _stopped(v, p, resets=False)
    ),
    "Each loss is compared with the one before it; it has to be compared with the lowest so "
    "far.": _since_previous,
    "The two numbers are swapped: the best epoch comes first.": (lambda v, p: _stopped(v, p)[::-1]),
}


def _before(val_loss: Losses, patience: int) -> int:
    best, last = _stopped(val_loss, patience)
    return last - (last - best >= patience)
