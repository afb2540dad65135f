"""Two neurons, OR with a veto from AND; activities counted by NumPy."""

import numpy as np


def fire(excite, inhibit):
    if np.any(inhibit):
        return np.int64(0)
    return np.int64(np.count_nonzero(excite) > 1)


def xor_network():
    return {
        "output": "E",
        "neurons": {
            "E": {"excite": ["A", "A", "B", "B"], "inhibit": ["N"]},
            "N": {"excite": ["A", "B"]},
        },
    }


def can_one_neuron_do_it():
    return np.bool_(False)
