"""What students often write in place of a slope or a layer, and what to tell them about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from neuron import ONE_STEP, START, Array, Function, flat, sigmoid, sigmoid_slope, step, trained
from sympy import Expr, Symbol, diff, exp, tanh

x = Symbol("x", real=True)
SIGMOID = 1 / (1 + exp(-x))
SLOPE = diff(SIGMOID, x)

STABLE = "Use a form in which no exponent is positive."
RAISING = {
    "OverflowError": f"exp(1000) is more than a float can hold. {STABLE}",
    "overflow": f"RuntimeWarning: overflow at z = −1000. {STABLE}",
    "arrays can be converted": "`math.exp` fails for arrays, it takes one number: use NumPy's.",
    "must be real number": "`math.exp` fails for arrays, it takes one number: use NumPy's.",
    "truth value of an array": "An array is neither true nor false: `np.where` goes by element.",
}

OF_SIGMOID: dict[str, Function] = {
    "At z = 0 this is 2, and σ(0) is 0.5: the fraction is missing.": lambda z: 1 + np.exp(-z),
    "It decreases: this is σ(−z). The exponent needs a minus.": lambda z: sigmoid(-z),
    "This is tanh, which runs from −1 to 1.": np.tanh,
    "This is the slope of the logistic function.": sigmoid_slope,
    "This is the step: the logistic function is its smooth relative.": step,
    f"At z = 1000 this is ∞/∞ = nan. {STABLE}": lambda z: np.exp(z) / (1 + np.exp(z)),
}

OF_SLOPE: dict[str, Expr] = {
    "This is σ itself: at 0 it is 0.5, and the slope there is 0.25.": SIGMOID,
    "That is a(1 − a) with a = σ(x); substitute σ.": x * (1 - x),
    "The sign is turned around: the minus of −x meets that of the power −1.": -SLOPE,
    "The denominator has to be squared.": exp(-x) / (1 + exp(-x)),
    "The inner derivative is missing, that of exp(−x).": SIGMOID**2,
    "The second factor is 1 − σ, with a minus.": SIGMOID * (1 + SIGMOID),
    "This is the slope of tanh.": diff(tanh(x), x),
}

OF_STEP_SLOPE: dict[str, Function] = {
    "That is ReLU's derivative; the step is flat on both sides.": lambda z: (z > 0) * 1,
    "That is ReLU's derivative, with nan at 0; the step is flat on both sides.": (
        lambda z: np.where(z == 0, np.nan, z > 0)
    ),
    "These are the values of the step; its slope is something else, since it is flat.": (
        lambda z: (z >= 0) * 1
    ),
    "At z = 0 the step has no derivative: nan says so.": lambda z: 0 * z,
    "At z = 0 the step jumps, so it has no slope there, not even an infinite one: nan says so.": (
        lambda z: np.where(z == 0, np.inf, 0)
    ),
    "That is the slope of the logistic function; the step is flat on both sides.": sigmoid_slope,
    "It is 0 where there is a slope, not nan; only z = 0 has none.": lambda z: z * np.nan,
}

OF_STEP_TRAINING: dict[str, Function] = {  # the slopes that would move a neuron with the step
    "That is the Perceptron's rule; by the chain rule the slope is a factor, and it is 0.": flat,
    "It moves along the slope of the logistic function, but its output is that of the step.": (
        sigmoid_slope
    ),
    "It moves along a slope of 1 where z > 0; the step is flat there, too.": lambda z: z > 0,
}

Training = Callable[[Array, Array], tuple[float, float]]
OF_TRAINING: dict[str, Training] = {
    "The steps go uphill: subtract the gradient.": lambda x, y: trained(x, y, rate=-2.0),
    "This is the neuron with the step: it does not move.": lambda *_: START,
    "The slope is a(1 − a) with a = σ(z); here z stands in the place of a.": (
        lambda x, y: trained(x, y, slope=lambda z: z * (1 - z))
    ),
    "It moves along the step's outputs; with the logistic function they are σ(z).": (
        lambda x, y: trained(x, y, f=step)
    ),
}

LR = ONE_STEP[2]
OF_ONE_STEP: dict[str, Training] = {  # with the rate LR and steps=1
    "`lr` makes no difference: a step is lr times the gradient.": (
        lambda x, y: trained(x, y, rate=1.0, steps=1)
    ),
    "`lr` is not used: a step is lr times the gradient.": lambda x, y: trained(x, y, steps=1),
    "`steps` makes no difference: it was 1 here.": lambda x, y: trained(x, y, rate=LR),
    "`lr` and `steps` make no difference.": trained,
    "No step is taken.": lambda *_: START,
    "The output of the neuron is σ(z); here it is σ(−z).": (
        lambda x, y: trained(x, y, f=lambda z: sigmoid(-z), rate=LR, steps=1)
    ),
    "The slope is a(1 − a) with both factors; here it is a.": (
        lambda x, y: trained(x, y, slope=sigmoid, rate=LR, steps=1)
    ),
}

ORDER = "Shapes (n, h)(h, k): with row vectors it is W1 @ W2, and b1 @ W2."
OF_SHAPES = {
    "matmul": ORDER,
    "not aligned": ORDER,
    "could not be broadcast": "b1 (h,) and b2 (k,) do not add up: b1 passes through W2 first.",
}
OF_COLLAPSE: dict[str, Callable[..., Any]] = {
    "b1 passes through W2: b = b1 @ W2 + b2.": lambda W1, b1, W2, b2: (W1 @ W2, b2),
    "b2 is lost: b = b1 @ W2 + b2.": lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2),
    "Both biases are lost: b = b1 @ W2 + b2.": lambda W1, b1, W2, b2: (W1 @ W2, 0 * b2),
    "Here W has columns for rows: with row vectors it is W1 @ W2.": (
        lambda W1, b1, W2, b2: ((W1 @ W2).T, b1 @ W2 + b2)
    ),
}

OF_STEEPEST: dict[str, tuple[float, float]] = {
    "That is σ(0); the slope there is another number.": (0.0, 0.5),
    "The order is z, then the slope.": (0.25, 0.0),
    "There the output is ½; asked is z.": (0.5, 0.25),
    "That is the slope of tanh.": (0.0, 1.0),
}

OF_ANSWERS = {
    "step_trains": ("no", "Your own step neuron has not moved."),
    "why": ("zero_gradient", "More steps, or longer ones, would not have moved it either."),
    "nonlinearity": ("needed", "Your own `collapse` makes one linear layer out of two."),
}
