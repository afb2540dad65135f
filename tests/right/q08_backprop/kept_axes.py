"""Biases' gradients keep their axis, labels are subtracted by index, einsum does the products."""

from __future__ import annotations

import numpy as np


def forward(params: list, X: np.ndarray) -> dict:
    W1, b1, W2, b2 = params
    Z1 = np.einsum("mi,ij->mj", X, W1) + b1
    A1 = 2 / (1 + np.exp(-2 * Z1)) - 1
    Z2 = np.einsum("mj,jc->mc", A1, W2) + b2
    return {"Y": np.exp(Z2 - np.logaddexp.reduce(Z2, axis=1, keepdims=True)), "A1": A1, "Z1": Z1}


def backward(params: list, X: np.ndarray, y: np.ndarray) -> list:
    kept = forward(params, X)
    error = kept["Y"].copy()
    error[np.arange(y.size), y] -= 1.0
    error /= y.size
    back = np.einsum("mc,jc->mj", error, params[2]) * (1 - np.square(kept["A1"]))
    return [
        np.einsum("mi,mj->ij", X, back),
        back.sum(axis=0, keepdims=True),
        np.einsum("mj,mc->jc", kept["A1"], error),
        error.sum(axis=0, keepdims=True),
    ]


def gd_step(params: list, grads: list, lr: float) -> list:
    new = [np.array(p, copy=True) for p in params]
    for p, g in zip(new, grads):
        p -= lr * np.reshape(g, p.shape)
    return new


def jacobian(tape: list, x: list) -> np.ndarray:
    """Row by row: the derivatives of each value by all inputs."""
    values, rows = list(x), list(np.eye(len(x)))
    for name, i, *j in tape:
        u, du = values[i], rows[i]
        if name == "add":
            values.append(u + values[j[0]])
            rows.append(du + rows[j[0]])
        elif name == "mul":
            values.append(u * values[j[0]])
            rows.append(du * values[j[0]] + rows[j[0]] * u)
        else:
            slope = {"sin": np.cos(u), "exp": np.exp(u), "tanh": np.cosh(u) ** -2.0}
            values.append(getattr(np, name)(u))
            rows.append(slope[name] * du)
    return np.array(rows)


def forward_mode(tape: list, x: list, direction: list) -> np.ndarray:
    return jacobian(tape, x)[-1:] @ np.array(direction)


def reverse_mode(tape: list, x: list) -> np.ndarray:
    return jacobian(tape, x)[-1:]


def passes(mode: str, inputs: int, outputs: int) -> float:
    return float(inputs) if mode.startswith("f") else float(outputs)


def answers() -> dict:
    return {
        "backprop_includes": frozenset({"repeat", "gd_step", "gradients"}),
        "autodiff_is": "gradients_only",
        "because": "a gradient changes no weight",
    }
