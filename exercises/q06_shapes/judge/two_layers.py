"""Two layers of ReLU neurons: what they compute, what is often computed instead, random ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
Arrays = tuple[Array, ...]  # X, Wh, bh, Wo, bo


class Sizes(NamedTuple):
    """Rows of the batch, inputs, hidden neurons, output neurons."""

    m: int
    inputs: int
    hidden: int
    outputs: int

    @property
    def weights(self) -> dict[str, tuple[int, ...]]:
        """The shapes of weights and biases."""
        return {
            "Wh": (self.inputs, self.hidden),
            "bh": (self.hidden,),
            "Wo": (self.hidden, self.outputs),
            "bo": (self.outputs,),
        }


def equation(x: Array, wh: Array, bh: Array, wo: Array, bo: Array) -> Array:
    """Return the outputs of the network, shape (m, outputs)."""
    return relu(relu(x @ wh + bh) @ wo + bo)


def relu(z: Array) -> Array:
    return np.maximum(z, 0)


def softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


# One row, so small that every number can be read: before the last ReLU the second output is −1.3.
SMALLEST: Arrays = (
    np.array([[1.0, -2.0]]),
    np.array([[1.0, 0.5, 3.0], [-0.5, 1.0, 0.5]]),
    np.array([0.5, 0.5, -1.0]),
    np.array([[1.0, -0.5, 0.5, 1.0], [0.5, 1.0, -1.0, 2.0], [-1.0, -0.5, 2.0, 1.0]]),
    np.array([0.5, 0.45, -0.5, 1.0]),
)

INSTEAD: dict[str, Callable[..., Array]] = {
    "Some outputs are negative; all neurons use ReLU, those of the output layer too.": (
        lambda x, wh, bh, wo, bo: relu(x @ wh + bh) @ wo + bo
    ),
    "The hidden neurons use ReLU too: without it, two layers are no more than one.": (
        lambda x, wh, bh, wo, bo: relu((x @ wh + bh) @ wo + bo)
    ),
    "ReLU is missing in both layers.": lambda x, wh, bh, wo, bo: (x @ wh + bh) @ wo + bo,
    "Rows sum to 1: that is a softmax; the question says ReLU.": (
        lambda x, wh, bh, wo, bo: softmax(relu(x @ wh + bh) @ wo + bo)
    ),
    "Rows sum to 1: there is a softmax after the ReLU; the question says ReLU alone.": (
        lambda *arrays: softmax(equation(*arrays))
    ),
    "The outputs lie between 0 and 1: that is a sigmoid; the question says ReLU.": (
        lambda x, wh, bh, wo, bo: 1 / (1 + np.exp(-(relu(x @ wh + bh) @ wo + bo)))
    ),
    "The biases are missing: each layer adds its own to every row.": (
        lambda x, wh, bh, wo, bo: relu(relu(x @ wh) @ wo)
    ),
    "The biases of the hidden layer are missing.": (
        lambda x, wh, bh, wo, bo: relu(relu(x @ wh) @ wo + bo)
    ),
    "The biases of the output layer are missing.": (
        lambda x, wh, bh, wo, bo: relu(relu(x @ wh + bh) @ wo)
    ),
    "ReLU comes after the bias has been added, in both layers.": (
        lambda x, wh, bh, wo, bo: relu((relu(x @ wh) + bh) @ wo) + bo
    ),
    "These are the outputs of the hidden layer.": lambda x, wh, bh, wo, bo: relu(x @ wh + bh),
}
IN_FORWARD = {
    "The second output is −1.3 before the last ReLU; all neurons use ReLU, those of the output "
    "layer too.": lambda x, wh, bh, wo, bo: relu(x @ wh + bh) @ wo + bo,
    **INSTEAD,
    "The hidden layer's bias is a column, which makes a square of a single row; NumPy adds a "
    "vector to every row as it is.": lambda x, wh, bh, wo, bo: equation(x, wh, bh[:, None], wo, bo),
    "The output layer's bias is a column, which makes a square of a single row; NumPy adds a "
    "vector to every row as it is.": lambda x, wh, bh, wo, bo: equation(x, wh, bh, wo, bo[:, None]),
}


def messages(sizes: Sizes) -> dict[str, str]:
    """Map what NumPy says of shapes that do not fit to the mistake behind it."""
    m, inputs, hidden, outputs = sizes
    found = {}
    for name, bias, rows, columns in (
        ("Wh", "bh", inputs, hidden),
        ("Wo", "bo", hidden, outputs),
    ):
        together = f"together with shapes ({m},{rows})"
        found[f"{together} ({columns},)"] = (
            f"Shapes ({m},{rows}) + ({columns},): the bias is added after the product with {name}."
        )
        found[f"{together} ({rows},{columns})"] = (
            f"`*` multiplies element by element and needs equal shapes. Use @ for {name}."
        )
        for left in (m, hidden):  # a column before this one has made `hidden` rows of a single one
            found[f"together with shapes ({left},{columns}) ({columns},1)"] = (
                f"{bias} has shape ({columns},), which is added to every row as it is; as a "
                f"column, ({columns},1), it does not fit rows of {columns} numbers."
            )
        for text in (
            f"(size {columns} is different from {rows})",
            f"shapes ({m},{rows}) and ({columns},{rows}) not aligned",
        ):
            found[text] = (
                f"{name} has shape ({rows},{columns}): its rows already meet the {rows} columns "
                "on its left. Transpose nothing."
            )
        for text in (
            f"(size {m} is different from {columns})",
            f"shapes ({rows},{columns}) and ({m},{rows}) not aligned",
        ):
            found[text] = f"The batch comes first: its rows times the columns of {name}."
    found["truth value of an array"] = (
        "`max(0, z)` compares whole arrays; `np.maximum(0, z)` does it number by number."
    )
    return found


def drawn(random: np.random.Generator, sizes: Sizes) -> Arrays:
    """Return a random batch and network, with outputs on both sides of the last ReLU's kink."""
    x = random.normal(size=(sizes.m, sizes.inputs))
    return (x, *weights(random, sizes))


def weights(random: np.random.Generator, sizes: Sizes) -> Arrays:
    """Return random weights and biases, scaled by the number of inputs of each layer."""
    return tuple(
        random.normal(size=shape) / np.sqrt(shape[0] if len(shape) == 2 else 4)
        for shape in sizes.weights.values()
    )


@cache
def untrained() -> Arrays:
    """Return weights and biases as Keras starts with them; the same for everyone.

    Glorot & Bengio (2010): uniform within ±√(6 / (inputs + neurons)), biases 0.
    """
    random = np.random.default_rng(30)
    arrays = []
    for shape in Sizes(1, 10, 50, 3).weights.values():
        limit = np.sqrt(6 / sum(shape)) if len(shape) == 2 else 0
        arrays.append(random.uniform(-limit, limit, shape))
    return tuple(arrays)
