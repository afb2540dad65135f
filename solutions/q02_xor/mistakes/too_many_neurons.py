"""Neurons that only pass the inputs on.

loses: lean
says: expected `at most 3`, yours is `5`
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "L": {"excite": ["A", "A"]},
            "R": {"excite": ["B", "B"]},
            "C": {"excite": ["L", "L"], "inhibit": ["R"]},
            "D": {"excite": ["R", "R"], "inhibit": ["L"]},
            "E": {"excite": ["C", "C", "D", "D"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
