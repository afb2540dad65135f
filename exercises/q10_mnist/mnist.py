"""Question 10: a deep MLP that reads handwritten digits, more than 98 % of them right."""

from __future__ import annotations

import keras
import numpy as np

# In your own words (a person reads this): what did you try, and which change was worth most?
NOTES = ""


def load_data(path: str) -> tuple:
    """Return the labelled images as ((x, y), (x_val, y_val)).

    ``path`` names an .npz file with x_train, (60000, 28, 28) uint8, and y_train, (60000,).
    x has shape (50000, 28, 28) and x_val (10000, 28, 28), both float32 from 0 to 1; y, (50000,),
    and y_val, (10000,), are integers.  Each image of the file is in exactly one of the two parts.
    """
    raise NotImplementedError  # TODO 1


def build_model() -> keras.Model:
    """Return a deep MLP: images (None, 28, 28) in, probabilities (None, 10) out.

    It has at least two hidden Dense layers; no convolutions.  ``train`` compiles it.
    """
    raise NotImplementedError  # TODO 2


def callbacks(out_dir: str) -> list:
    """Return a ModelCheckpoint (the best model only), an EarlyStopping (which restores the best
    weights) and a TensorBoard.  Everything that they write lies under ``out_dir``.
    """
    raise NotImplementedError  # TODO 3


def train(
    model: keras.Model, data: tuple, val_data: tuple, out_dir: str, seed: int
) -> keras.callbacks.History:
    """Compile this model, fit it with your callbacks and return what ``fit`` returns.

    ``data`` and ``val_data`` are the two parts of :func:`load_data`.  At most 300 seconds of
    processor time; the reference takes about a dozen.
    """
    raise NotImplementedError  # TODO 4


def confusion_matrix(y_true: np.ndarray, y_pred: np.ndarray, k: int = 10) -> np.ndarray:
    """Return how many images of digit i (row) were read as j (column), (k, k) integers.

    ``y_true`` and ``y_pred`` are integers from 0 to k − 1, both (m,).
    """
    raise NotImplementedError  # TODO 5
