"""Classes: dual numbers for forward mode, nodes that know their parents for reverse mode."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Dual:
    value: float
    slope: float

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Dual) -> Dual:
        return Dual(
            self.value * other.value, self.slope * other.value + self.value * other.slope
        )

    def bent(self, value: float, slope: float) -> Dual:
        return Dual(value, slope * self.slope)


@dataclass(eq=False)
class Node:
    value: float
    parents: list[tuple[Node, float]] = field(default_factory=list)
    gradient: float = 0.0

    def __add__(self, other: Node) -> Node:
        return Node(self.value + other.value, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other: Node) -> Node:
        return Node(self.value * other.value, [(self, other.value), (other, self.value)])

    def bent(self, value: float, slope: float) -> Node:
        return Node(value, [(self, slope)])


def run(tape, values):
    for operation, *places in tape:
        operands = [values[place] for place in places]
        u = operands[0].value
        if operation == "add":
            values.append(operands[0] + operands[1])
        elif operation == "mul":
            values.append(operands[0] * operands[1])
        elif operation == "sin":
            values.append(operands[0].bent(math.sin(u), math.cos(u)))
        elif operation == "exp":
            values.append(operands[0].bent(math.exp(u), math.exp(u)))
        else:
            values.append(operands[0].bent(math.tanh(u), 1 / math.cosh(u) ** 2))
    return values


def forward_mode(tape, x, direction):
    return run(tape, [Dual(*pair) for pair in zip(x, direction, strict=True)])[-1].slope


def reverse_mode(tape, x):
    nodes = run(tape, [Node(value) for value in x])
    nodes[-1].gradient = 1.0
    for node in reversed(nodes):
        for parent, factor in node.parents:
            parent.gradient += factor * node.gradient
    return tuple(node.gradient for node in nodes[: len(x)])


class Network:
    def __init__(self, params):
        self.W1, self.b1, self.W2, self.b2 = map(np.asarray, params)

    def run(self, X):
        self.X, self.Z1 = X, np.dot(X, self.W1) + self.b1[np.newaxis, :]
        self.A1 = np.tanh(self.Z1)
        powers = np.exp(np.dot(self.A1, self.W2) + self.b2)
        self.Y = (powers.T / powers.sum(axis=1)).T
        return self

    def gradients(self, y):
        targets = (np.asarray(y)[:, None] == np.arange(self.Y.shape[1])).astype(float)
        d2 = np.divide(self.Y - targets, float(len(y)))
        d1 = np.multiply(np.dot(d2, self.W2.T), 1 - np.tanh(self.Z1) ** 2)
        ones = np.ones(len(y))
        return [np.dot(self.X.T, d1), ones @ d1, np.dot(self.A1.T, d2), ones @ d2]


def forward(params, X):
    network = Network(params).run(X)
    return {key: getattr(network, key) for key in ("Z1", "A1", "Y")}


def backward(params, X, y):
    return Network(params).run(X).gradients(y)


def gd_step(params, grads, lr):
    return list(map(lambda p, g: np.add(p, -lr * np.asarray(g)), params, grads))


def passes(mode, inputs, outputs):
    return np.int64(inputs if mode == "forward" else outputs)


def answers():
    return dict(backprop_includes={"gradients", "gd_step", "repeat"}, autodiff_is="gradients_only")
