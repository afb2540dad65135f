"""An AND above the two halves, which never fire together.

loses: legal, truth_table, lean
says: E fires only if C and D are both active, which never happens; use two wires from each for OR.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A", "A"], "inhibit": ["B"]},
            "D": {"excite": ["B", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "D"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
