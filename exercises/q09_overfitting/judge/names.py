"""The names of hyperparameters: what they are called, what kind they are, and what is none."""

from __future__ import annotations

import re
from typing import Any

ARCHITECTURE, OPTIMISATION = "architecture", "optimisation"
REGULARISATION, INITIALISATION = "regularisation", "initialisation"
KINDS = (OPTIMISATION, REGULARISATION, ARCHITECTURE, INITIALISATION)
EXAMPLES = {
    ARCHITECTURE: "number of layers, neurons per layer, activation",
    OPTIMISATION: "learning rate, batch size, epochs, optimiser",
    REGULARISATION: "dropout, l2, early stopping",
    INITIALISATION: "weight initialisation",
}
CANONICAL = {  # each name with the kinds that it may be filed under
    "number of layers": (ARCHITECTURE,),
    "neurons per layer": (ARCHITECTURE,),
    "activation": (ARCHITECTURE,),
    "learning rate": (OPTIMISATION,),
    "optimiser": (OPTIMISATION,),
    "optimiser parameters": (OPTIMISATION,),
    "batch size": (OPTIMISATION,),
    "epochs": (OPTIMISATION, REGULARISATION),
    "learning-rate schedule": (OPTIMISATION,),
    "loss": (OPTIMISATION, ARCHITECTURE),
    "initialisation": (INITIALISATION,),
    "l1/l2": (REGULARISATION,),
    "dropout": (REGULARISATION,),
    "early-stopping patience": (REGULARISATION, OPTIMISATION),
    "normalisation": (ARCHITECTURE, REGULARISATION, OPTIMISATION),
}
ALIASES = {
    "number of layers": """layers, hidden layers, number of hidden layers, depth, network depth,
        n layers, num layers, n hidden layers, num hidden layers, n hidden, layer count""",
    "neurons per layer": """neurons, number of neurons, number of neurons per layer, n neurons,
        num neurons, units, number of units, units per layer, hidden units, hidden neurons, nodes,
        number of nodes, nodes per layer, width, widths, layer width, layer size, hidden size,
        hidden layer size, number of hidden units, neurons per hidden layer""",
    "activation": """activation function, hidden activation, hidden activation function,
        output activation, activation type, nonlinearity""",
    "learning rate": "lr, eta, initial learning rate, step size, learning rate eta",
    "optimiser": "optimisation algorithm, optimisation method, solver, optimiser type",
    "optimiser parameters": """momentum, nesterov, beta 1, beta 2, betas, rho, optimiser settings,
        adam parameters""",
    "batch size": "batch, mini batch size, minibatch size, mini batch, minibatch",
    "epochs": """epoch, number of epochs, n epochs, num epochs, training epochs, max epochs,
        iterations, number of iterations, training steps, number of training epochs""",
    "learning-rate schedule": """schedule, scheduler, lr schedule, lr scheduler, lr decay, decay,
        learning rate scheduler, learning rate decay, learning rate scheduling, warmup, warm up""",
    "loss": "loss function, cost function, cost, objective, objective function",
    "initialisation": """init, initialiser, weight initialisation, weight initialiser, weight init,
        kernel initialiser, kernel initialisation, initialisation scheme, initialisation method,
        initialisation of weights, bias initialiser, bias initialisation""",
    "l1/l2": """l1, l2, l1 l2, l1 and l2, l1 or l2, l1 penalty, l2 penalty, l1 regularisation,
        l2 regularisation, l1 l2 regularisation, weight decay, weight penalty, penalty, lambda,
        alpha, regularisation, regulariser, kernel regulariser, regularisation strength,
        regularisation factor, ridge, lasso""",
    "dropout": "dropout rate, drop out, drop out rate, dropout probability, drop rate",
    "early-stopping patience": "early stopping, patience, early stop",
    "normalisation": """batch normalisation, batch norm, batchnorm, layer normalisation,
        layer norm, normalisation layer""",
}
LEARNED = """weights, weight, biases, bias, kernel, kernels, parameters, coefficients, w, b,
    trainable parameters, model weights, network weights, connection weights, weights and biases"""
MEASURED = """gradients, gradient, accuracy, training loss, validation loss, test loss, val loss,
    error, training accuracy, validation accuracy, test accuracy, predictions, outputs"""


def plain(text: str) -> str:
    """Return a name in one spelling: small letters, single spaces, -ise, no plural."""
    words = re.sub(r"[^a-z0-9]+", " ", text.casefold()[:80]).split()
    spelled = (re.sub(r"iz(?=e|a|i)", "is", word) for word in words)
    return " ".join(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in spelled)


def _spellings(listed: str) -> list[str]:
    return [plain(name) for name in listed.split(",")]


KNOWN = {
    spelling: name
    for name, others in ALIASES.items()
    for spelling in (plain(name), *_spellings(others))
}
NOT_SET = dict.fromkeys(_spellings(LEARNED), "learned") | dict.fromkeys(
    _spellings(MEASURED), "measured"
)


def meant(name: Any) -> str | None:
    """Return the hyperparameter that a name stands for, or None."""
    return KNOWN.get(plain(name)) if isinstance(name, str) else None


def not_set(name: Any) -> str | None:
    """Say of a name whether it is learned or measured in place of set; None where it is neither."""
    return NOT_SET.get(plain(name)) if isinstance(name, str) else None


def kind(category: Any) -> str | None:
    """Return the kind that a category's name stands for, or None."""
    given = category.strip().casefold() if isinstance(category, str) else ""
    return next(
        (kind for kind in KINDS if given in {kind, kind.replace("isation", "ization")}), None
    )
