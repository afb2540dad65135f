"""Question 7: the output layer for five tasks, and the loss that belongs to it.

task                the label of an instance
"spam"              is this mail spam?  0 or 1
"mnist"             which digit is this?  a whole number from 0 to 9
"housing"           what does this house cost?  any number, in 100,000 dollars
"multilabel_tags"   which of five tags does this photo have?  five zeros or ones, each tag for
                    itself: none, one or all of them
"positive_price"    what does this house cost?  a number that is certainly above 0
"""

from __future__ import annotations

import keras
import numpy as np

# In your own words (a person reads this): what goes wrong if ten digits get ten sigmoids, and if
# five tags get a softmax?
NOTES = ""


def output_layer(task: str) -> dict:
    """Return the output layer for a task: {"units": int, "activation": str or None, "loss": ...}.

    "units" is the number of neurons, "activation" a name that Keras knows or None for none, and
    "loss" the name of a Keras loss or a ``keras.losses.Loss``.
    """
    raise NotImplementedError  # TODO 1


def head(task: str, features: int) -> keras.Model:
    """Return that output layer as a model: (None, features) in, (None, units) out.

    It has no other layer with weights, and it is compiled with that loss.
    """
    raise NotImplementedError  # TODO 2


def softmax(z: np.ndarray) -> np.ndarray:
    """Return the softmax of each row of z; both are (m, k) float64.

    It neither overflows nor warns, however large the numbers are.
    """
    raise NotImplementedError  # TODO 3


def expected_range(task: str) -> tuple[float, float]:
    """Return the lower and the upper bound of one output of :func:`head`.

    ``math.inf`` and ``-math.inf`` say that there is none.  Where the loss takes logits, the range
    is that of the probability that it makes of them.
    """
    raise NotImplementedError  # TODO 4
