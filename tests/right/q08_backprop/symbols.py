"""SymPy differentiates the tape; the network is differentiated column by column with vjp closures."""

from functools import reduce

import numpy as np
import sympy


def linear(X, W, b):
    def pull(d):
        return d @ W.T, X.T @ d, d.sum(axis=0)

    return X @ W + b, pull


def bend(Z):
    A = np.tanh(Z)
    return A, lambda d: d * (1 - A * A)


def forward(params, X):
    Z1, _ = linear(X, *params[:2])
    A1, _ = bend(Z1)
    Z2, _ = linear(A1, *params[2:])
    shares = np.exp(Z2)
    shares /= np.sum(shares, axis=1)[:, None]
    return {"Z1": Z1, "A1": A1, "Y": shares}


def backward(params, X, y):
    W1, b1, W2, b2 = params
    Z1, through_1 = linear(X, W1, b1)
    A1, through_tanh = bend(Z1)
    _, through_2 = linear(A1, W2, b2)
    delta = forward(params, X)["Y"]
    for row, label in enumerate(y):
        delta[row, label] -= 1
    dA1, dW2, db2 = through_2(delta / len(y))
    _, dW1, db1 = through_1(through_tanh(dA1))
    return [dW1, db1, dW2, db2]


def gd_step(params, grads, lr):
    return [p.copy() + (-lr) * g for p, g in zip(params, grads)]


def symbolic(tape, count):
    inputs = list(sympy.symbols(f"x:{count}"))
    rules = {"add": sympy.Add, "mul": sympy.Mul}

    def grow(values, step):
        name, *places = step
        rule = rules.get(name) or getattr(sympy, name)
        return [*values, rule(*(values[place] for place in places))]

    return inputs, reduce(grow, tape, inputs)[-1]


def reverse_mode(tape, x):
    inputs, last = symbolic(tape, len(x))
    at = dict(zip(inputs, x, strict=True))
    return [float(last.diff(symbol).subs(at).evalf(30)) for symbol in inputs]


def forward_mode(tape, x, direction):
    return float(np.dot(reverse_mode(tape, x), direction))


def passes(mode, inputs, outputs):
    return [outputs, inputs][mode == "forward"]


def answers():
    return {
        "backprop_includes": {"gradients", "gd_step", "repeat"},
        "autodiff_is": "gradients_only",
    }
