"""A constant that is always on as a second source.

loses: legal, truth_table, lean
says: Unknown source '1': inputs are A and B only
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["1", "A"], "inhibit": ["B"]},
            "D": {"excite": ["1", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "C", "D", "D"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
