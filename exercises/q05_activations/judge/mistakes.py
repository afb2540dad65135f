"""What students often write in place of a function or a slope, and what to tell them."""

from __future__ import annotations

import numpy as np
from functions import RELU, SIGMOID, STEP, VALUES, Function, z
from sympy import Expr, Heaviside, Integer, Max, Min, Piecewise, diff, exp, sech, sign, tanh

# A formula, or a NumPy function where the mistake shows in floating point only.
OF_VALUES: dict[str, dict[str, Expr | Function]] = {
    "step": {
        "This is sign-like: −1 at −1, and −1 at 0. The Heaviside step is 0/1, with 1 at 0.": (
            lambda z: np.where(z > 0, 1, -1)
        ),
        "This is sign-like: −1 below zero. The Heaviside step is 0 there.": (
            lambda z: np.where(z >= 0, 1, -1)
        ),
        "This is the sign: −1 below zero and 0 at 0. The Heaviside step is 0 and 1.": np.sign,
        "Only z = 0 differs: the step is 1 there.": lambda z: np.where(z > 0, 1, 0),
        "Only z = 0 differs: this step is 1 there, not ½.": lambda z: np.heaviside(z, 0.5),
        "The two sides are swapped.": lambda z: np.where(z < 0, 1, 0),
    },
    "sigmoid": {
        "This falls where it should rise: it is σ(−z). The exponent needs a minus.": 1
        / (1 + exp(z)),
        "At z = 0 this is 2, and σ(0) is ½: 1 must be divided by the bracket.": 1 + exp(-z),
        "This is exp(−z) alone; the sigmoid is 1 divided by 1 + exp(−z).": exp(-z),
        "This is tanh; the sigmoid lies between 0 and 1.": tanh(z),
        "This is the sigmoid's derivative.": diff(SIGMOID, z),
        "For large z this is ∞/∞ = nan: write it with exp(−z).": (
            lambda z: np.exp(z) / (1 + np.exp(z))
        ),
        "Every answer is a whole number: an array of integers cannot hold a sigmoid.": (
            lambda z: np.trunc(VALUES["sigmoid"](z))
        ),
    },
    "tanh": {
        "At z = 710 this is ∞/∞ = nan: use `np.tanh` or the form with the sigmoid.": (
            lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        ),
        "For large z this is ∞/∞ = nan: use `np.tanh` or the form with the sigmoid.": (
            lambda z: (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)
        ),
        "For very negative z this is ∞/∞ = nan: use `np.tanh` or the form with the sigmoid.": (
            lambda z: (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))
        ),
        "This is 2σ(z) − 1: the sigmoid's input must be doubled as well.": 2 * SIGMOID - 1,
        "This is the sigmoid; tanh lies between −1 and 1.": SIGMOID,
        "This is tanh's derivative.": diff(tanh(z), z),
        "The sign is turned around.": -tanh(z),
    },
    "relu": {
        "This is the smaller of 0 and z; ReLU is the larger.": Min(0, z),
        "This is the absolute value; ReLU is 0 for negative inputs.": Max(z, -z),
        "This is the step; ReLU passes z itself.": STEP,
        "This passes negative inputs too; ReLU is 0 there.": z,
        "This is a leaky ReLU; the plain one is 0 for negative inputs.": (
            lambda z: np.where(z < 0, 0.01 * z, z)
        ),
        "This is softplus, a smooth relative of ReLU.": lambda z: np.logaddexp(0, z),
    },
}

OF_SLOPES: dict[str, dict[str, Expr]] = {
    "sigmoid": {
        "This is σ itself, not its slope.": SIGMOID,
        "This is a(1 − a) with z in place of a = σ(z): substitute the sigmoid.": z * (1 - z),
        "The sign is turned around: −z brings a minus of its own.": -diff(SIGMOID, z),
        "The denominator must be squared.": exp(-z) / (1 + exp(-z)),
        "This is σ²: the slope is σ(1 − σ).": SIGMOID**2,
        "This is tanh's derivative.": diff(tanh(z), z),
    },
    "tanh": {
        "tanh must be squared: the slope is one minus its square.": 1 - tanh(z),
        "Right idea, missing square: the slope is sech².": sech(z),
        "This is tanh itself, not its slope.": tanh(z),
        "This is 1 − a² with z in place of a = tanh(z): substitute tanh.": 1 - z**2,
        "The sign is turned around.": tanh(z) ** 2 - 1,
        "The slope is one minus tanh², not one plus it.": 1 + tanh(z) ** 2,
        "This is the sigmoid's derivative.": diff(SIGMOID, z),
    },
    "relu": {
        "The slope is 1 on the right, not z: this is ReLU itself.": RELU,
        "At z = −1 ReLU is flat, and its flat part has slope 0, not −1.": sign(z),
        "The flat part on the left has slope 0, not 1.": Integer(1),
        "The right part rises: its slope is 1, not 0.": Integer(0),
        "The two sides are swapped.": Heaviside(-z),
        "This is a leaky ReLU's slope; the plain one is flat on the left.": (
            Piecewise((0.01, z < 0), (1, True))
        ),
    },
}

OF_IDENTITY: dict[str, Function] = {
    "This is 2σ(z) − 1: the sigmoid's input must be doubled as well.": (
        lambda z: 2 * VALUES["sigmoid"](z) - 1
    ),
    "This is 2σ(2z): take 1 off, so that it is 0 at zero.": lambda z: 2 * VALUES["sigmoid"](2 * z),
    "This is σ(2z): it must be stretched to twice its height, then shifted down by 1.": (
        lambda z: VALUES["sigmoid"](2 * z)
    ),
    "This is σ(2z) − 1: it must be stretched to twice its height.": (
        lambda z: VALUES["sigmoid"](2 * z) - 1
    ),
}

AT_ZERO: dict[str, dict[str, float]] = {
    "sigmoid": {"This is σ(0); the slope there is another number.": 0.5},
    "tanh": {"This is tanh(0); the slope there is another number.": 0.0},
    "relu": {
        "Libraries compute with 0 by convention, but from the right the slope is 1.": 0.0,
        "That is the slope from the right; from the left it is 0.": 1.0,
        "½ lies between the slopes of the two sides, 0 and 1, but is neither.": 0.5,
    },
}
