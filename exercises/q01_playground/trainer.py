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
SIDE_BY_SIDE = 200  # more networks at once would leave the processor's fast memory

Layers = list[np.ndarray]  # each (seeds, neurons, inputs + 1); the last column holds the biases


def _sigmoid(z: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z)) without overflow."""
    np.tanh(np.multiply(z, 0.5, out=out), out=out)
    return np.add(np.multiply(out, 0.5, out=out), 0.5, out=out)


def _slope_of_tanh(a: np.ndarray, out: np.ndarray) -> np.ndarray:
    return np.subtract(1.0, np.multiply(a, a, out=out), out=out)


def _slope_of_sigmoid(a: np.ndarray, out: np.ndarray) -> np.ndarray:
    return np.multiply(a, np.subtract(1.0, a, out=out), out=out)


# Each writes what it returns into its second argument: asking for memory would take longer than
# the arithmetic does.
Into = Callable[[np.ndarray, np.ndarray], np.ndarray]
ACTIVATIONS: dict[str, Into] = {
    "tanh": np.tanh,
    "relu": lambda z, out: np.maximum(z, 0.0, out=out),
    "sigmoid": _sigmoid,
    "linear": np.positive,
}
SLOPES: dict[str, Into] = {  # written with the activation a = f(z)
    "tanh": _slope_of_tanh,
    "relu": np.sign,  # of what is never negative
    "sigmoid": _slope_of_sigmoid,
    "linear": lambda a, out: np.copyto(out, 1.0) or out,
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
        return Pass(self.layers, self.activation, len(points)).forward(_with_one(points))[:, 0]


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
    scores = Pass(layers, activation, len(points.y_test)).forward(_with_one(points.x_test))[:, 0]
    return Runs(losses, (scores * points.y_test > 0.0).mean(axis=1), activation, layers)


def hidden_deltas(
    hidden: Sequence[int], activation: str, seeds: Iterable[int], data: str = "spiral"
) -> np.ndarray:
    """Return how large the back-propagated error is before any training: (seeds, hidden layers).

    The error of a neuron at a point is dL/dz: how the point's loss changes with the neuron's z.
    Its size in a layer is the root of its mean square over the layer's neurons and all points.
    """
    points, layers = make_data(data), start_layers(hidden, seeds)
    through = Pass(layers, activation, len(points.y_train))
    through.forward(_with_one(points.x_train))
    deltas = through.backward(points.y_train, 1.0)
    return np.stack([np.sqrt((delta**2).mean(axis=(1, 2))) for delta in deltas[:-1]], axis=1)


def start_layers(hidden: Sequence[int], seeds: Iterable[int]) -> Layers:
    """Return the start weights of every seed."""
    random = [np.random.default_rng(seed) for seed in seeds]
    layers = []
    for fan_in, fan_out in pairwise([2, *hidden, 1]):
        drawn = np.stack([one.uniform(-0.5, 0.5, (fan_in + 1, fan_out)) for one in random])
        layer = drawn.swapaxes(1, 2).copy()
        layer[:, :, -1] = 0.1  # biases
        layers.append(layer)
    return layers


class Pass:
    """Room for so many points on their way through all networks and back, made once.

    Arrays are (seeds, neurons, points): what belongs to one network lies together.
    """

    def __init__(self, layers: Layers, activation: str, points: int) -> None:
        """Make room; ``layers`` may change later, but only in place: there are views of them."""
        self.layers = layers
        self.back = [layer[:, :, :-1].swapaxes(1, 2) for layer in layers[1:]]  # no 1 to go to
        self.activate = ACTIVATIONS[_known(activation, ACTIVATIONS)]
        self.slope = SLOPES[activation]
        *hidden, last = [(len(layer), layer.shape[1], points) for layer in layers]
        self.outputs = [np.ones((seeds, width + 1, points)) for seeds, width, _ in hidden]
        self.hidden = [output[:, :-1] for output in self.outputs]
        self.score = np.empty(last)
        self.deltas = [np.empty(shape) for shape in (*hidden, last)]
        self.slopes = [np.empty(shape) for shape in (*hidden, last)]

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return z of the output neurons, (seeds, 1, points), for inputs (3, points)."""
        for layer, z, output in zip(self.layers, self.hidden, self.outputs, strict=False):
            self.activate(np.matmul(layer, x, out=z), z)
            x = output  # z, and a last row of ones
        return np.matmul(self.layers[-1], x, out=self.score)

    def backward(self, y: np.ndarray, weight: float) -> list[np.ndarray]:
        """Return dL/dz of every layer, from the first hidden one to the output, times a weight.

        It follows a ``forward``, whose scores it replaces by their tanh.
        """
        a = np.tanh(self.score, self.score)
        slope = _slope_of_tanh(a, self.slopes[-1])
        error = np.subtract(a, y, out=self.deltas[-1])
        error *= slope
        error *= weight
        for at in range(len(self.outputs) - 1, -1, -1):
            error = np.matmul(self.back[at], error, out=self.deltas[at])
            error *= self.slope(self.hidden[at], self.slopes[at])
        return self.deltas


def _descend(
    layers: Layers, activation: str, points: Data, epochs: int, rate: float
) -> tuple[np.ndarray, Layers]:
    """Descend along the gradient; return the losses and the trained layers."""
    x, y = _with_one(points.x_train), points.y_train
    cuts = [slice(at, at + BATCH) for at in range(0, len(y), BATCH)]
    batches = [(x[:, cut].copy(), x[:, cut].T.copy(), y[cut]) for cut in cuts]
    losses = np.empty((len(layers[0]), epochs))
    step, whole = Pass(layers, activation, BATCH), Pass(layers, activation, len(y))
    gradients = [np.empty_like(layer) for layer in layers]
    turned = [a.swapaxes(1, 2) for a in step.outputs]
    for epoch in range(epochs):
        for x_batch, transposed, y_batch in batches:
            step.forward(x_batch)
            deltas = step.backward(y_batch, rate / BATCH)
            # A product is fast where its last factor lies in order, or its first has one row.
            inputs = [transposed, *(a.copy() for a in turned[:-1]), *turned[-1:]]
            for layer, delta, a, gradient in zip(layers, deltas, inputs, gradients, strict=True):
                np.subtract(layer, np.matmul(delta, a, out=gradient), out=layer)
        errors = np.tanh(whole.forward(x)) - y
        losses[:, epoch] = 0.5 * (errors**2).mean(axis=(1, 2))
    return losses, layers


def _with_one(points: np.ndarray) -> np.ndarray:
    """Turn points (n, 2) into columns (3, n): a constant input 1 makes a bias a weight."""
    return np.vstack([np.transpose(points), np.ones(len(points))])


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
