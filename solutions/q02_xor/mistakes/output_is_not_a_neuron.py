"""The output names the function, not the neuron that computes it.

loses: legal, truth_table, lean
says: 'output' must name one of your neurons: C, D, E.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A", "A"], "inhibit": ["B"]},
            "D": {"excite": ["B", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "C", "D", "D"]},
        },
        "output": "XOR",
    }


def can_one_neuron_do_it():
    return False
