"""Forward mode by a complex step, reverse mode as forward mode along each axis; SciPy's softmax."""

import cmath

import numpy as np
from scipy.special import log_softmax, softmax

TINY = 1e-200
HOW = {
    "add": complex.__add__,
    "mul": complex.__mul__,
    "sin": cmath.sin,
    "exp": cmath.exp,
    "tanh": cmath.tanh,
}


def forward(params, X):
    Z1 = np.matmul(X, params[0]) + params[1]
    A1 = np.tanh(Z1)
    return dict(Z1=Z1, A1=A1, Y=softmax(A1 @ params[2] + params[3], axis=-1), m=len(X))


def loss(params, X, y):
    logits = np.tanh(X @ params[0] + params[1]) @ params[2] + params[3]
    return -log_softmax(logits, axis=1)[range(len(y)), y].mean()


def backward(params, X, y):
    A1, Y = (forward(params, X)[key] for key in ("A1", "Y"))
    targets = np.zeros_like(Y)
    np.put_along_axis(targets, y.reshape(-1, 1), 1, axis=1)
    d2 = (Y - targets) / X.shape[0]
    d1 = d2 @ params[2].T * (1 + A1) * (1 - A1)
    return X.T @ d1, d1.sum(0), A1.T @ d2, d2.sum(0)


def gd_step(params, grads, lr):
    new = []
    for index in range(4):
        new += [np.asarray(params[index]) - lr * np.asarray(grads[index])]
    return new


def forward_mode(tape, x, direction):
    values = [complex(value, TINY * slope) for value, slope in zip(x, direction, strict=True)]
    for name, *places in tape:
        values.append(HOW[name](*[values[place] for place in places]))
    return values[-1].imag / TINY


def reverse_mode(tape, x):
    return [forward_mode(tape, x, axis) for axis in np.eye(len(x))]


def passes(mode, inputs, outputs):
    match mode:
        case "forward":
            return inputs
        case "reverse":
            return outputs


def answers():
    return {
        "autodiff_is": "gradients_only",
        "backprop_includes": list({"gradients": 1, "gd_step": 2, "repeat": 3}),
    }
