"""AND and NOR under an OR, which is the opposite of XOR.

loses: truth_table, lean
says: with both inputs 0 no neuron can fire at all
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "BOTH": {"excite": ["A", "B"]},
            "NEITHER": {"excite": [], "inhibit": ["A", "B"]},
            "E": {"excite": ["BOTH", "BOTH", "NEITHER", "NEITHER"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
