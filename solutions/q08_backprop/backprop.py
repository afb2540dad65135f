"""Backpropagation for one hidden layer, and forward and reverse mode on a tape."""

from __future__ import annotations

import math

import numpy as np

NOTES = """The backward pass needs A1, for dW2 and for the slope of tanh, and Y, for the first
delta; X it has anyway. With equal weights all hidden neurons would compute the same, get the same
gradient and stay equal for ever. Random weights break that symmetry, and then the biases may start
at 0."""

PARTIALS = {  # of each operation by its operands, from their values and the result
    "add": lambda _, __: (1.0, 1.0),
    "mul": lambda a, _: (a[1], a[0]),
    "sin": lambda a, _: (math.cos(a[0]),),
    "exp": lambda _, value: (value,),
    "tanh": lambda _, value: (1.0 - value**2,),
}
OPERATIONS = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "sin": math.sin,
    "exp": math.exp,
    "tanh": math.tanh,
}


def forward(params: list[np.ndarray], X: np.ndarray) -> dict[str, np.ndarray]:
    """Return Z1, A1 and the probabilities Y of a batch, one row an instance."""
    W1, b1, W2, b2 = params
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    powers = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return {"Z1": Z1, "A1": A1, "Y": powers / powers.sum(axis=1, keepdims=True)}


def backward(params: list[np.ndarray], X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Return the gradient of the mean cross-entropy: [dW1, db1, dW2, db2]."""
    _, _, W2, _ = params
    kept = forward(params, X)
    A1, Y = kept["A1"], kept["Y"]
    d2 = (Y - np.eye(Y.shape[1])[y]) / len(X)
    d1 = (d2 @ W2.T) * (1 - A1**2)
    return [X.T @ d1, d1.sum(axis=0), A1.T @ d2, d2.sum(axis=0)]


def gd_step(params: list[np.ndarray], grads: list[np.ndarray], lr: float) -> list[np.ndarray]:
    """Return new parameters, one step downhill."""
    return [p - lr * g for p, g in zip(params, grads, strict=True)]


def forward_mode(tape: list[tuple], x: list[float], direction: list[float]) -> float:
    """Carry each value together with its derivative along the direction."""
    values, slopes = list(x), list(direction)
    for name, *places in tape:
        operands = [values[place] for place in places]
        values.append(OPERATIONS[name](*operands))
        partials = PARTIALS[name](operands, values[-1])
        slopes.append(sum(p * slopes[place] for p, place in zip(partials, places, strict=True)))
    return slopes[-1]


def reverse_mode(tape: list[tuple], x: list[float]) -> list[float]:
    """Run the tape forwards for its values, then backwards for the gradient."""
    values = list(x)
    for name, *places in tape:
        values.append(OPERATIONS[name](*(values[place] for place in places)))
    gradient = [0.0] * len(values)
    gradient[-1] = 1.0
    for at in reversed(range(len(x), len(values))):
        name, *places = tape[at - len(x)]
        partials = PARTIALS[name]([values[place] for place in places], values[at])
        for partial, place in zip(partials, places, strict=True):
            gradient[place] += partial * gradient[at]
    return gradient[: len(x)]


def passes(mode: str, inputs: int, outputs: int) -> int:
    """Forward mode takes one pass an input, reverse mode one an output."""
    return inputs if mode == "forward" else outputs


def answers() -> dict:
    """Backpropagation is the whole training; reverse mode only computes its gradients."""
    return {
        "backprop_includes": {"gradients", "gd_step", "repeat"},
        "autodiff_is": "gradients_only",
    }
