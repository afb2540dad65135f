"""An inhibitory connection that is not active silences the neuron too.

loses: fire, one_neuron, many_connections
says: An inhibitory connection that is not active does nothing
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not inhibit)


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
