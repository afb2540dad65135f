"""A neuron that leads nowhere was left in.

loses: lean
says: The output does not depend on F: take it out.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A", "A"], "inhibit": ["B"]},
            "D": {"excite": ["B", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "C", "D", "D"]},
            "F": {"excite": ["A", "B"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
