"""The neuron looks at its excitatory connections only.

loses: fire, one_neuron, many_connections
says: `inhibit` makes no difference to it
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2)


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
