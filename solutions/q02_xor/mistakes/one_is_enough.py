"""One active excitatory connection makes the neuron fire.

loses: fire, one_neuron, many_connections
says: One active excitatory connection is not enough
"""


def fire(excite, inhibit):
    return int(any(excite) and not any(inhibit))


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
    return False
