"""What a student's network is made of, as one looks at it before it is trained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from grader import Finding, table
from grader.evidence import Table
from grader.keras_model import Layer, Model
from grader.sandbox.remote import shown
from grader.show import number, show

LINEAR = {"Dropout", "GaussianDropout", "GaussianNoise", "AlphaDropout", "SpatialDropout1D"}
LINEAR |= {"Flatten", "Reshape", "Rescaling", "Normalization", "BatchNormalization"}
LINEAR |= {"Identity", "ActivityRegularization"}


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


def shaped_for(model: Model, images: np.ndarray) -> np.ndarray:
    """Give images the shape that a model takes; (28, 28, 1) and (784,) hold the same pixels."""
    return images.reshape(-1, *(model.input_shape or ())[1:])
