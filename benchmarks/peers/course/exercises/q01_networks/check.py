"""Activations and their slopes, XOR, and the shapes of a Keras model."""

from itertools import product

import numpy as np

from grader import check, close, computes, equal, fetch

POINTS = np.array([[0.0, 0.5, -0.5], [2.0, -2.0, 30.0], [-30.0, 1000.0, -1000.0]])
SHAPES = [(10, 50), (50,), (50, 3), (3,)]


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


@check(points=2)
def activations(student):
    """The three functions give the value for each element, however large"""
    yield from computes(student.sigmoid, sigmoid, on=[(POINTS,)])
    yield from computes(student.tanh, np.tanh, on=[(POINTS,)])
    yield from computes(student.relu, lambda z: np.maximum(0, z), on=[(POINTS,)])


@check(points=2)
def slopes(student):
    """The slopes are those of the functions"""
    yield from computes(student.sigmoid_slope, lambda z: sigmoid(z) * sigmoid(-z), on=[(POINTS,)])
    yield from computes(student.tanh_slope, lambda z: 1 - np.tanh(z) ** 2, on=[(POINTS,)])


@check(points=2)
def xor(student):
    """The output is 1 exactly when A and B differ"""
    network = fetch(student.xor_network())
    for a, b in product((0, 1), repeat=2):
        yield equal(output(network, {"A": a, "B": b}), a ^ b)


@check(points=2)
def shapes(student):
    """The model has the weights of a 10-50-3 network and gives three outputs for each row"""
    model = student.build()
    yield equal([weight.shape for weight in fetch(model.get_weights())], SHAPES)
    rows = np.linspace(-1, 1, 70, dtype=np.float32).reshape(7, 10)
    answer = fetch(model(rows))
    yield equal(answer.shape, (7, 3))
    yield close(np.minimum(answer, 0), np.zeros((7, 3)))


def output(network, known):
    """Return what a wiring's output neuron does for known inputs."""
    known = dict(known)
    for name, neuron in network["neurons"].items():  # sources before those that they feed
        active = sum(known[source] for source in neuron["excite"])
        known[name] = int(active >= 2 and not any(known[s] for s in neuron.get("inhibit", [])))
    return known[network["output"]]
