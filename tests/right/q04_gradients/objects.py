"""Layers and activations as objects; the steepest point is searched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np
from scipy.optimize import minimize_scalar
from sympy import Function, Lambda, Rational, Symbol, exp


@dataclass
class Activation:
    value: Callable
    slope: Callable


@dataclass
class Layer:
    W: np.ndarray
    b: np.ndarray

    def __rshift__(self, other):
        return Layer(self.W @ other.W, self.b @ other.W + other.b)


def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -z))


def sigmoid_prime():
    y = Symbol("y_1", real=True)
    rise = Lambda(y, exp(y) / (exp(y) + 1))
    return Rational(1, 4) - (rise(y) - Rational(1, 2)) ** 2


def step_gradient(z):
    slope = np.full(z.shape, np.nan)
    np.putmask(slope, z != 0, 0)
    return slope


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "step": Activation(lambda z: np.heaviside(z, 1.0), step_gradient),
}


def train_neuron(x, y, activation, lr=2.0, steps=500):
    f = ACTIVATIONS[activation]
    neuron = {"w": 0.3, "b": 0.2}
    for _ in range(steps):
        z = neuron["w"] * x + neuron["b"]
        delta = (f.value(z) - y) * f.slope(z)
        neuron["w"] -= lr * np.average(delta * x)
        neuron["b"] -= lr * np.average(delta)
    return neuron["w"], neuron["b"]


def collapse(W1, b1, W2, b2):
    layer = Layer(W1, b1) >> Layer(W2, b2)
    return layer.W, layer.b


def max_slope():
    found = minimize_scalar(lambda z: -sigmoid(z) * sigmoid(-z), bounds=(-3, 2), method="bounded")
    return float(found.x), float(-found.fun)


def answers():
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
