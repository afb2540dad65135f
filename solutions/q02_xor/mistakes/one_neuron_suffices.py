"""Takes a single neuron to be enough.

loses: one_neuron
says: never gives XOR
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
        "output": "E",
    }


def can_one_neuron_do_it():
    return True
