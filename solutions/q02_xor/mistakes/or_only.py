"""An OR: nothing notices that both inputs are active.

loses: truth_table, lean
says: This is OR.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A", "A", "B", "B"]},
        },
        "output": "C",
    }


def can_one_neuron_do_it():
    return False
