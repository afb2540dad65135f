"""A neuron with a threshold and weights, as later ones have.

loses: legal, truth_table, lean
says: Only 'excite' and 'inhibit' lists are allowed; the threshold is fixed at 2.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A"], "inhibit": ["B"], "threshold": 1},
            "D": {"excite": ["B"], "inhibit": ["A"], "threshold": 1},
            "E": {"excite": ["C", "D"], "threshold": 1},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
