"""The neuron fires on two active connections, and no longer on three.

loses: fire, one_neuron, many_connections
says: at least two active excitatory connections, not exactly two
"""


def fire(excite, inhibit):
    return int(sum(excite) == 2 and sum(inhibit) == 0)


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
