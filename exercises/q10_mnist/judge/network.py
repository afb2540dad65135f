"""What a student's network is made of, and what its training left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from grader import Finding, table
from grader.evidence import Table
from grader.keras_model import Compiled, Layer, Model
from grader.sandbox.remote import shown
from grader.show import number, show

SAME = 1e-4  # relative: two losses of the same weights on the same images
LINEAR = {"Dropout", "GaussianDropout", "GaussianNoise", "AlphaDropout", "SpatialDropout1D"}
LINEAR |= {"Flatten", "Reshape", "Rescaling", "Normalization", "BatchNormalization"}
LINEAR |= {"Identity", "ActivityRegularization"}
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


def foreign(model: Model) -> str | None:
    """Return the sentence about the first layer that is no part of an MLP."""
    return next((layer.foreign for layer in model.layers if layer.foreign), None)


def made_of(call: Any, model: Any) -> Finding:
    """See that a model is one, of layers that the judge can run."""
    says = foreign(model) if isinstance(model, Model) else "Return a `keras.Model`."
    if model is None:
        says = "It returned nothing: a `return` is missing."
    expected = "a Keras model of an MLP's layers"
    return Finding(shown(call), expected, show(model), says is None, says, subject="build_model")


def shapes_of(model: Model) -> Finding:
    """Look at the shapes of input and output; a last axis of length 1 does no harm."""
    inputs, outputs = model.input_shape or (), model.output_shape or ()
    ok = inputs[1:] in {(28, 28), (28, 28, 1)} and outputs[1:] == (10,)
    expected, got = "(None, 28, 28) and (None, 10)", f"{show(inputs)} and {show(outputs)}"
    says = None if ok else "It takes images as they are, 28 × 28, and gives ten numbers for each."
    return Finding("its input and output", expected, got, ok, says, subject="build_model")


def layer_table(model: Model) -> Table:
    """List the layers."""
    rows = []
    for layer in model.layers:
        size = sum(weight.size for weight in layer.weights.values())
        rows.append((layer.name, layer.kind, layer.activation or "", f"{size:,}"))
    header = ["layer", "class", "activation", "parameters"]
    return table(f"Your network has {model.parameters:,} parameters", header, rows)


def hidden_layers(layers: Sequence[Layer]) -> tuple[int, int]:
    """Return how many Dense layers come before the last one, and how many are not linear."""
    dense = [place for place, layer in enumerate(layers) if layer.kind == "Dense"]
    return max(0, len(dense) - 1), sum(
        any(map(_bends, layers[start:end])) for start, end in pairwise(dense)
    )


def _bends(layer: Layer) -> bool:
    if layer.activation is not None:
        return layer.activation != "linear"
    return layer.kind not in LINEAR


def depth_of(model: Model) -> Finding:
    """See that there are two hidden layers or more that are not linear."""
    hidden, bent = hidden_layers(model.layers)
    says = None
    if hidden == 0:
        says = "There is no hidden layer: this is softmax regression."
    elif bent < 2:
        says = "A deep network has two hidden layers or more."
        if bent < hidden:
            says = (
                f"{hidden - bent} of {hidden} hidden layers have no activation: linear layers in "
                "a row are one linear layer."
            )
    asked = "hidden Dense layers with an activation"
    return Finding(asked, "2 or more", str(bent), says is None, says, subject="build_model")


def last_activation(model: Model) -> str | None:
    """Return the activation of the last Dense layer."""
    return next((la.activation for la in reversed(model.layers) if la.kind == "Dense"), None)


def are_probabilities(outputs: np.ndarray) -> bool:
    """Tell whether each row is positive and adds up to 1."""
    return bool((outputs >= 0).all() and np.allclose(outputs.sum(axis=-1), 1, atol=1e-4))


def probabilities_of(outputs: np.ndarray, model: Model) -> Finding:
    """See that the ten outputs of each image are probabilities."""
    last = last_activation(model)
    says = "The ten outputs must be positive and add up to 1, which softmax does."
    if last == "linear":
        says = "The output layer has no activation, so these are logits: add softmax."
    elif last == "relu":
        says = "ReLU outputs are no probabilities: where all ten are 0, nothing is learned."
    elif last == "sigmoid":
        says = "Ten sigmoids are ten separate probabilities; digits exclude each other: softmax."
    sums = outputs.sum(axis=-1)
    got = f"sums from {number(float(sums.min()), 3)} to {number(float(sums.max()), 3)}"
    ok = are_probabilities(outputs)
    asked, expected = "outputs for 64 images of noise", "positive, with sum 1"
    return Finding(asked, expected, got, ok, None if ok else says, subject="build_model")


def takes_digits(model: Model) -> bool:
    """Tell whether a model takes 784 pixels in any shape and gives ten numbers."""
    sizes = [size or 0 for size in (model.input_shape or ())[1:]]
    return math.prod(sizes) == 28 * 28 and (model.output_shape or ())[1:] == (10,)


def unchanged(before: Model, after: Model) -> bool:
    """Tell whether a model still has the weights that it was built with."""
    pairs = list(zip(before.weights, after.weights, strict=False))
    return bool(pairs) and all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


def shaped_for(model: Model, images: np.ndarray) -> np.ndarray:
    """Give images the shape that a model takes; (28, 28, 1) and (784,) hold the same pixels."""
    return images.reshape(-1, *(model.input_shape or ())[1:])


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
