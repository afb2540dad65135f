"""The Playground in NumPy: its data sets, and its training of one small network for many seeds.

A network has the inputs x1 and x2, hidden layers of your choice and one output neuron with tanh.
Every seed draws other start weights; the data and their order are the same for all of them.  All
seeds are trained side by side, so forty networks take hardly longer than four.  Each of them
ends with exactly the weights that it would have had alone.

What the Playground does, and this file too: labels are -1 and +1, the loss of a point is half its
squared error, one epoch makes 25 steps on batches of 10 points, weights start between -0.5 and
0.5 and biases at 0.1.  See https://playground.tensorflow.org.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

POINTS = 500  # of a data set; one half trains, the other half tests
BATCH = 10
SIDE_BY_SIDE = 100  # more networks at once would leave the processor's fast memory

Layers = list[np.ndarray]  # each (seeds, inputs + 1, neurons); the last row holds the biases

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(0.5 * z),  # 1 / (1 + exp(-z)) without overflow
    "linear": lambda z: z,
}
SLOPES: dict[str, Callable[[np.ndarray], np.ndarray]] = {  # written with the activation a = f(z)
    "tanh": lambda a: 1.0 - a * a,
    "relu": lambda a: (a > 0.0) * 1.0,
    "sigmoid": lambda a: a * (1.0 - a),
    "linear": np.ones_like,
}


@dataclass(frozen=True)
class Data:
    """A data set, split in two halves."""

    x_train: np.ndarray  # (250, 2)
    y_train: np.ndarray  # (250,), -1 or +1
    x_test: np.ndarray  # (250, 2)
    y_test: np.ndarray  # (250,)


@dataclass(frozen=True)
class Runs:
    """What came of training one architecture from several seeds."""

    losses: np.ndarray  # (seeds, epochs): mean training loss after each epoch
    test_accuracies: np.ndarray  # (seeds,): share of test points on their right side, at the end
    activation: str
    layers: Layers  # the trained weights

    def scores(self, points: np.ndarray) -> np.ndarray:
        """Return z of the output neuron before its tanh: points (n, 2) give (seeds, n).

        A network calls a point positive where its score is above 0: the boundary is where it is 0.
        """
        return _forward(self.layers, self.activation, _with_one(np.asarray(points)))[-1][..., 0]


def make_data(name: str, seed: int = 0, noise: float = 0.0) -> Data:
    """Make the data set "circle", "xor", "gauss" or "spiral" with noise from 0 to 0.5."""
    draw = {"circle": _circle, "xor": _xor, "gauss": _gauss, "spiral": _spiral}
    random = np.random.default_rng(seed)
    x, y = draw[_known(name, draw)](random, noise)
    train, test = np.split(random.permutation(POINTS), 2)
    return Data(x[train], y[train], x[test], y[test])


def train(
    hidden: Sequence[int],
    activation: str,
    seeds: Iterable[int],
    data: str = "circle",
    epochs: int = 200,
    rate: float = 0.03,
) -> Runs:
    """Train a network with these hidden widths, such as [4, 2], once from each seed.

    ``activation`` is that of the hidden layers: "tanh", "relu", "sigmoid" or "linear".
    """
    seeds, points = list(seeds), make_data(data)
    groups = [seeds[at : at + SIDE_BY_SIDE] for at in range(0, len(seeds), SIDE_BY_SIDE)]
    trained = [
        _descend(start_layers(hidden, group), activation, points, epochs, rate) for group in groups
    ]
    losses = np.concatenate([losses for losses, _ in trained])
    layers = [np.concatenate(same) for same in zip(*(layers for _, layers in trained), strict=True)]
    right = _forward(layers, activation, _with_one(points.x_test))[-1][..., 0] * points.y_test > 0.0
    return Runs(losses, right.mean(axis=1), activation, layers)


def hidden_deltas(
    hidden: Sequence[int], activation: str, seeds: Iterable[int], data: str = "spiral"
) -> np.ndarray:
    """Return how large the back-propagated error is before any training: (seeds, hidden layers).

    The error of a neuron at a point is dL/dz: how the point's loss changes with the neuron's z.
    Its size in a layer is the root of its mean square over the layer's neurons and all points.
    """
    points, layers = make_data(data), start_layers(hidden, seeds)
    inputs = _forward(layers, activation, _with_one(points.x_train))
    deltas = _backward(layers, activation, inputs, points.y_train[:, None])
    return np.stack([np.sqrt((delta**2).mean(axis=(1, 2))) for delta in deltas[:-1]], axis=1)


def start_layers(hidden: Sequence[int], seeds: Iterable[int]) -> Layers:
    """Return the start weights of every seed."""
    random = [np.random.default_rng(seed) for seed in seeds]
    layers = []
    for fan_in, fan_out in pairwise([2, *hidden, 1]):
        layer = np.stack([one.uniform(-0.5, 0.5, (fan_in + 1, fan_out)) for one in random])
        layer[:, -1] = 0.1  # biases
        layers.append(layer)
    return layers


def _descend(
    layers: Layers, activation: str, points: Data, epochs: int, rate: float
) -> tuple[np.ndarray, Layers]:
    """Descend along the gradient; return the losses and the trained layers."""
    x, y = _with_one(points.x_train), points.y_train[:, None]
    batches = [(x[at : at + BATCH], y[at : at + BATCH]) for at in range(0, len(x), BATCH)]
    losses = np.empty((len(layers[0]), epochs))
    for epoch in range(epochs):
        for x_batch, y_batch in batches:
            inputs = _forward(layers, activation, x_batch)
            deltas = _backward(layers, activation, inputs, y_batch)
            for number, (a, delta) in enumerate(zip(inputs, deltas, strict=False)):
                layers[number] -= (a.swapaxes(-1, -2) @ delta) * (rate / BATCH)
        errors = np.tanh(_forward(layers, activation, x)[-1]) - y
        losses[:, epoch] = 0.5 * (errors**2).mean(axis=(1, 2))
    return losses, layers


def _forward(layers: Layers, activation: str, x: np.ndarray) -> list[np.ndarray]:
    """Return the inputs of every layer, each with its constant 1, and last the output's z."""
    f = ACTIVATIONS[_known(activation, ACTIVATIONS)]
    inputs = [x]
    for layer in layers[:-1]:
        inputs.append(_with_one(f(inputs[-1] @ layer)))
    return [*inputs, inputs[-1] @ layers[-1]]


def _backward(
    layers: Layers, activation: str, inputs: list[np.ndarray], y: np.ndarray
) -> list[np.ndarray]:
    """Return dL/dz of every layer, from the first hidden one to the output."""
    slope = SLOPES[activation]
    output = np.tanh(inputs[-1])
    deltas = [(output - y) * (1.0 - output * output)]
    for layer, a in zip(layers[:0:-1], inputs[-2:0:-1], strict=True):
        back = deltas[-1] @ layer.swapaxes(1, 2).copy()  # a copy is multiplied faster
        deltas.append((back * slope(a))[..., :-1])  # what reaches the constant 1 ends there
    return deltas[::-1]


def _with_one(a: np.ndarray) -> np.ndarray:
    """Add a constant input 1, so that a bias is a weight like any other."""
    extended = np.empty((*a.shape[:-1], a.shape[-1] + 1))
    extended[..., :-1] = a
    extended[..., -1] = 1.0
    return extended


def _known(name: str, names: Iterable[str]) -> str:
    if name not in names:
        raise ValueError(f"{name!r} is none of {', '.join(names)}")
    return name


def _circle(random: np.random.Generator, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a disc inside a ring; noise moves the point that the label is made of."""
    half = POINTS // 2
    radius = np.concatenate([random.uniform(0, 2.5, half), random.uniform(3.5, 5, half)])
    angle = random.uniform(0, 2 * np.pi, POINTS)
    x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    seen = x + noise * random.uniform(-5, 5, x.shape)
    return x, np.where(np.hypot(*seen.T) < 2.5, 1.0, -1.0)


def _xor(random: np.random.Generator, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Return four squares, apart from the axes; noise moves the point that the label is made of."""
    x = random.uniform(-5, 5, (POINTS, 2))
    x += np.where(x > 0, 0.3, -0.3)
    seen = x + noise * random.uniform(-5, 5, x.shape)
    return x, np.where(seen[:, 0] * seen[:, 1] >= 0, 1.0, -1.0)


def _gauss(random: np.random.Generator, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Return two clouds whose variance grows with the noise, from 0.5 to 4."""
    y = np.repeat([1.0, -1.0], POINTS // 2)
    return 2 * y[:, None] + np.sqrt(0.5 + 7 * noise) * random.normal(size=(POINTS, 2)), y


def _spiral(random: np.random.Generator, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Return two arms that turn around each other."""
    y = np.repeat([1.0, -1.0], POINTS // 2)
    along = np.tile(np.arange(POINTS // 2) / (POINTS // 2), 2)
    angle = 1.75 * 2 * np.pi * along + np.where(y > 0, 0.0, np.pi)
    x = 5 * along[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return x + noise * random.uniform(-1, 1, x.shape), y
