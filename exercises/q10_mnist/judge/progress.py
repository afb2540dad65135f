"""What training left: the history, the losses of the final weights, and why it fell short."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from digits import rows_of
from listeners import attribute
from network import are_probabilities, hidden_layers, last_activation, shaped_for

from grader import Finding, fetch
from grader.keras_model import Compiled, Model
from grader.show import show

EPOCHS = 1000  # of a history that are read
SAME = 1e-4  # relative: two losses of the same weights on the same images
CROSS_ENTROPY = {"sparse_categorical_crossentropy", "categorical_crossentropy"}
CROSS_ENTROPY |= {"categorical_focal_crossentropy", "crossentropy", "ce"}


class Trained(NamedTuple):
    """What training left, as plain data: it outlives the student's process."""

    model: Model
    history: dict[str, list[float]]
    returned: str
    brightest: float  # pixel of the validation images
    overlap: int  # validation images that are training images too
    losses: tuple[float, float]  # of the final weights on validation and on training images

    @property
    def val_loss(self) -> list[float]:
        """The validation loss of each epoch, as Keras reported it."""
        return self.history.get("val_loss", [])


def history_of(answer: Any) -> tuple[dict[str, list[float]], str]:
    """Return the numbers of each epoch by name, and what `train` handed back."""
    value = fetch(answer)
    named = value if isinstance(value, dict) else attribute(answer, "history")
    return {
        key: [float(number) for number in numbers[:EPOCHS]]
        for key, numbers in (named.items() if isinstance(named, dict) else ())
        if isinstance(key, str)
        and isinstance(numbers, list)
        and all(isinstance(number, (float, np.floating)) for number in numbers)
    }, show(value)


def unchanged(before: Model, after: Model) -> bool:
    """Tell whether a model still has the weights that it was built with."""
    pairs = list(zip(before.weights, after.weights, strict=False))
    return bool(pairs) and all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


def weigh(
    model: Model, history: dict[str, list[float]], returned: str, arrays: Sequence[Any]
) -> Trained:
    """Put together what later checks need; the losses can only be computed now."""
    training, validation = (rows_of(images) for images in arrays[::2])
    losses = (mean_loss(model, *arrays[2:]), math.nan)
    if epoch_of(history.get("val_loss", []), losses[0]) is None:
        losses = (losses[0], mean_loss(model, *arrays[:2]))
    overlap = len(set(training) & set(validation))
    brightest = 0.0 if arrays[2] is None else float(arrays[2].max(initial=0))
    return Trained(model, history, returned, brightest, overlap, losses)


def mean_loss(model: Model, images: np.ndarray | None, digits: np.ndarray | None) -> float:
    """Return the mean cross-entropy of softmax outputs; nan where there is none.

    Not clipped: Keras goes back to the logits where it finds a softmax before the loss.
    """
    if images is None or digits is None or not len(images) or len(images) != digits.size:
        return math.nan
    if digits.dtype.kind not in "iu" or digits.min() < 0 or digits.max() > 9:
        return math.nan
    if images[:1].size != 28 * 28:
        return math.nan
    outputs = model.forward(shaped_for(model, images))
    if not are_probabilities(outputs):
        return math.nan
    right = outputs[np.arange(len(images)), digits.ravel()].clip(1e-38)
    return float(-np.log(right, dtype=np.float64).mean())


def epoch_of(values: Sequence[float], loss: float) -> int | None:
    """Return the last epoch, from 0, that has this loss; None where none has."""
    near = SAME * max(loss, SAME)
    return next((n for n in reversed(range(len(values))) if abs(values[n] - loss) <= near), None)


def suits(compiled: Compiled | None, trained: Trained) -> Finding:
    """See that the loss is cross-entropy, by its name or by the numbers that it gave."""
    name = compiled.loss if compiled else "none: the model is not compiled"
    ok = name in CROSS_ENTROPY or epoch_of(trained.val_loss, trained.losses[0]) is not None
    says = None if ok else "To tell classes apart, cross-entropy is the matching loss."
    return Finding("the compiled loss", "cross-entropy", name, ok, says, subject="train")


def logits_of(compiled: Compiled, outputs: np.ndarray) -> Finding:
    """See that outputs and loss agree on whether a softmax has been applied."""
    soft, logits = are_probabilities(outputs), compiled.from_logits
    says = None
    if soft and logits:
        says = (
            "The loss receives probabilities as logits. Keras finds the softmax and only warns, so "
            "the accuracy hides it: leave `from_logits` out."
        )
    elif not soft and not logits:
        says = "The loss takes the outputs for probabilities, but they do not add up to 1."
    asked = "what the loss expects for " + ("probabilities" if soft else "outputs without softmax")
    expected, got = f"from_logits={not soft}", f"from_logits={logits}"
    return Finding(asked, expected, got, says is None, says, subject="train")


def recorded(trained: Trained) -> Finding:
    """See that loss and validation loss of each epoch came back."""
    history = trained.history
    epochs = [len(history.get(key, ())) for key in ("loss", "val_loss")]
    ok = epochs[0] > 0 and epochs[0] == epochs[1]
    says = None
    if not history:
        says = "Return what `model.fit` returns: a History."
    elif not ok:
        says = "`val_loss` is there only if `fit` is given `validation_data`."
    elif any("precision" in key for key in history) and not any("acc" in key for key in history):
        says = "The reported value is a precision, which each class has; the task is accuracy."
    got = ", ".join(sorted(history)[:8]) or trained.returned
    return Finding("history of train(…)", "loss and val_loss", got, ok, says, subject="train")


def unseen(trained: Trained) -> Finding:
    """See that validation images are no training images, by their pixels and by their loss."""
    says, got = None, "none"
    if trained.overlap:
        got = f"{trained.overlap:,} images"
        says = f"val_data overlaps training rows: {got} are the same, pixel for pixel."
    elif (
        epoch_of(trained.val_loss, trained.losses[0]) is None
        and epoch_of(trained.val_loss, trained.losses[1]) is not None
    ):
        got, says = "all", "`val_loss` is the loss of the training images: give `fit` val_data."
    asked = "validation images that are trained on"
    return Finding(asked, "none", got, says is None, says, subject="train")


def best_kept(trained: Trained, monitor: str) -> Finding | None:
    """See that the final weights are those of the best epoch, by what early stopping watches.

    None where the history does not tell which epoch's they are.
    """
    values, epoch = trained.history.get(monitor, []), epoch_of(trained.val_loss, trained.losses[0])
    if epoch is None or len(values) != len(trained.val_loss) or not np.isfinite(values).all():
        return None
    best = int(np.argmax(values) if "acc" in monitor else np.argmin(values))
    # Weights of an earlier epoch were restored: which one, a loss that occurs twice leaves open.
    ok = epoch < len(values) - 1 or abs(values[epoch] - values[best]) <= SAME
    says = (
        f"Final weights are from epoch {epoch + 1}, best was {best + 1}: let early stopping "
        "restore them."
    )
    got, expected = (f"those of epoch {number + 1}" for number in (epoch, epoch if ok else best))
    asked = "the final weights"
    return Finding(asked, expected, got, ok, None if ok else says, subject="train")


def reason(trained: Trained, outputs: np.ndarray, right: int) -> str:  # noqa: PLR0911
    """Name the mistake that fits what is seen on the test images, the surest first."""
    model, history, losses = trained.model, trained.history, trained.val_loss
    hidden, bent = hidden_layers(model.layers)
    if not np.isfinite(outputs).all():
        cause = "Pixels up to 255" if trained.brightest > 1 else "Too large a learning rate"
        return f"{cause}: the weights became NaN."
    read = np.unique(outputs.argmax(axis=1))
    if len(read) == 1:
        loss = history.get("loss", [0.0])[-1]
        hint = " Its loss is 2.303 = ln 10, that of guessing." if abs(loss - 2.303) < 0.05 else ""
        hint = " Pixels up to 255 are too large to begin with." if trained.brightest > 1 else hint
        return f"All 10,000 predictions are '{read[0]}': the network did not train.{hint}"
    if hidden == 0:
        return "There is no hidden layer: this is softmax regression, which reaches about 92 %."
    if bent == 0:
        return "No hidden layer has an activation, so this is softmax regression: about 92 %."
    if trained.brightest > 1 and model.layers[0].kind not in {"Rescaling", "Normalization"}:
        return "It was trained on pixels up to 255; it is judged on pixels from 0 to 1."
    logits = last_activation(model) == "linear" and not are_probabilities(outputs)
    if logits and model.compiled and not model.compiled.from_logits:
        return "The outputs are logits, and the loss takes them for probabilities: add softmax."
    if right < 2_000:
        return "That is hardly better than guessing: do images and labels keep the same order?"
    if len(losses) > 1 and losses[-1] < 0.98 * min(losses[:-1]):
        return f"The validation loss was still falling after {len(losses)} epochs: go on longer."
    if model.compiled and not model.compiled.schedule and "learning_rate" not in history:
        return (
            "Your validation accuracy stopped improving at a constant rate: decay it (cosine, "
            "ReduceLROnPlateau) or use Adam with decay."
        )
    return ""
