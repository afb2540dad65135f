"""SymPy throughout: one table of formulas, turned into NumPy functions."""

import numpy as np
import sympy as sp

u = sp.Symbol("u", real=True)
TABLE = {
    "step": sp.Piecewise((0, u < 0), (1, True)),
    "sigmoid": (1 + sp.tanh(u / 2)) / 2,
    "tanh": sp.tanh(u),
    "relu": sp.Piecewise((u, u > 0), (0, True)),
}
NUMERIC = {name: sp.lambdify(u, formula) for name, formula in TABLE.items()}


def step(z):
    return NUMERIC["step"](np.asarray(z))


def sigmoid(z):
    return NUMERIC["sigmoid"](z)


def tanh(z):
    return NUMERIC["tanh"](z)


def relu(z):
    return NUMERIC["relu"](np.asarray(z, dtype=float))


def derivative(name):
    return sp.Derivative(TABLE[name], u).doit()


def slope_at_zero():
    smooth = {name: f for name, f in TABLE.items() if not f.has(sp.Piecewise)}
    return {name: None for name in TABLE} | {
        name: f.diff(u).subs(u, 0) for name, f in smooth.items()
    }


def tanh_from_sigmoid(z):
    doubled = sigmoid(z + z)
    return doubled + doubled - 1


def plot_activations(ax_functions, ax_derivatives):
    grid = np.linspace(-3, 3, 150)
    for name, function in NUMERIC.items():
        ax_functions.plot(grid, function(grid), label=name.upper())
        slope = sp.lambdify(u, TABLE[name].diff(u))(grid)
        ax_derivatives.plot(grid, np.broadcast_to(slope, grid.shape), label=name.upper())
    for axes in (ax_functions, ax_derivatives):
        axes.set_xlabel("u")
        axes.set_ylabel("y")
        axes.legend()
