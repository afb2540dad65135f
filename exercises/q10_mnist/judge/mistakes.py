"""Known mistakes: what they raise, and the confusion matrices that they give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader import Finding, fetch
from grader.sandbox.remote import fault_of, shown, subject

FAULTS = {  # what an exception says, and which mistake that is
    # Where there is a /tmp inside the wall, Keras means to keep its downloads there.
    r"URL fetch failure|URLError|urlopen error|/tmp/\.keras": (
        "There is no network while grading, so `keras.datasets.mnist.load_data()` has nothing to "
        "download from. Read the file that comes with the exercise: `load_data(path)` is given "
        'its path, "mnist.npz".'
    ),
    r"`output` must have rank \(ndim\) `target.ndim - 1`": (
        "Labels have shape (50000, 10), the loss expects integers: "
        "`sparse_categorical_crossentropy` takes the digits themselves, not one-hot rows."
    ),
    r"`target` and `output` must have the same rank": (
        "The loss expects one-hot rows, but the labels are integers from 0 to 9: use "
        "`sparse_categorical_crossentropy`."
    ),
    r"compile_loss/(mse|mae|huber|mean_(squared|absolute))": (
        "The labels are one integer an image and the outputs are ten numbers: use "
        "`sparse_categorical_crossentropy`."
    ),
    r"TBNotInstalledError": (
        "TensorBoard is a package of its own; install it with `pip install tensorboard`."
    ),
    r"File not found: filepath|nable to (synchronously )?open file": (
        "No model was saved under that name. Checkpoints lie below `out_dir`, where "
        "ModelCheckpoint wrote them; with `restore_best_weights=True` nothing need be loaded."
    ),
    r"must call `compile\(\)`": "The model comes as it was built: `train` has to compile it.",
}
WRONG_AXIS = {
    r"\(10,\)": (
        "Predictions have length 10: `argmax` over axis 0 runs down the columns; over axis 1 it "
        "gives one digit an image."
    )
}


def recognised(call: Any, faults: Mapping[str, str] = FAULTS) -> Finding | None:
    """Return the finding on a known mistake behind an exception; let any other one pass on."""
    fault = fault_of(call)
    if fault is None:
        return None
    for pattern, says in faults.items():
        if re.search(pattern, f"{fault.type}: {fault.message}"):
            got = f"raises {fault.type}"
            return Finding(
                shown(call), "an answer", got, ok=False, diagnosis=says, subject=subject(call)
            )
    fetch(call)  # raises
    return None


def wrong_matrices(counts: np.ndarray) -> dict[str, Any]:
    """Return what known mistakes give in place of a matrix of counts."""
    across, down = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    occur = np.flatnonzero(across.ravel() + down.ravel())
    return {
        "Rows are the true digits, columns what they were read as; yours is transposed.": counts.T,
        "These are shares of each row, the recall of each digit: return counts.": (
            counts / across.clip(1)
        ),
        "These are shares of each column: the diagonal is the precision of each digit, and the "
        "task asks for counts.": counts / down.clip(1),
        "These are shares of all images: return counts.": counts / counts.sum(),
        "A digit that does not occur has its row and its column too.": counts[np.ix_(occur, occur)],
    }
