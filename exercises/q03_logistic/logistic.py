"""Question 3: what separates a Perceptron from Logistic Regression, and how one becomes the other.

m is the number of samples, n of features, k of classes.  A row of X is a sample.
"""

from __future__ import annotations

import numpy as np

# In your own words (a person reads this): why is Logistic Regression usually preferred to a
# Perceptron, and what has to change in a Perceptron to make it equivalent?
NOTES = ""


def perceptron_step(
    w: np.ndarray, b: float, x: np.ndarray, y: int, eta: float
) -> tuple[np.ndarray, float]:
    """Return the weights (n,) and the bias after the Perceptron has seen one sample.

    ``w`` (n,) and ``b`` are the old ones, ``x`` (n,) is the sample, ``y`` its label, 0 or 1, and
    ``eta`` the learning rate.  The Perceptron's output is 1 where x·w + b is 0 or more.
    """
    raise NotImplementedError  # TODO 1


def predict_proba(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return the probability of class 1 for each sample: X (m, n), w (n,) -> (m,).

    It lies in [0, 1] and comes without a warning, also where X w + b is 1000 or -1000.
    """
    raise NotImplementedError  # TODO 2


def log_loss_gradient(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float
) -> tuple[np.ndarray, float]:
    """Return the gradient of the mean log loss by the weights (n,) and by the bias, a number.

    X is (m, n), ``y`` (m,) holds labels 0 and 1, ``w`` is (n,).
    """
    raise NotImplementedError  # TODO 3


def fit_logistic(
    X: np.ndarray, y: np.ndarray, lr: float = 1.0, steps: int = 3000
) -> tuple[np.ndarray, float]:
    """Return the weights (n,) and the bias after gradient descent on the mean log loss.

    It starts from zero and takes ``steps`` steps over the whole data set, at the rate ``lr``.
    """
    raise NotImplementedError  # TODO 4


def proba_softmax(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the probability of each class: X (m, n), W (n, k), b (k,) -> (m, k).

    Every row sums to 1, also where a row of X W + b is shifted by 1000.
    """
    raise NotImplementedError  # TODO 5


def answers() -> dict:
    """Return your answers to three questions.

    "changes": a set or list of all that must change in a Perceptron to make it equivalent to
        Logistic Regression, out of "activation", "training_by_gd", "cross_entropy",
        "more_layers", "scaling";
    "has_probability": "logistic" or "perceptron": which one tells how sure it is;
    "non_separable": "never_converges" or "converges": what the Perceptron's rule does on data
        that no line separates.
    """
    raise NotImplementedError  # TODO 6
