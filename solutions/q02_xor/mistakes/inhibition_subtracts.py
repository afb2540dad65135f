"""Inhibition is subtracted from excitation, so that three outvote one.

loses: fire, one_neuron, many_connections
says: a single active inhibitory connection is a veto
"""


def fire(excite, inhibit):
    return int(sum(excite) - sum(inhibit) >= 2)


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
