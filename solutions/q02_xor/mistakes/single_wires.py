"""A single wire from each source, as if one active connection were enough.

loses: legal, truth_table, lean
says: C can never fire: it has only 1 excitatory connection and needs 2 active ones.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A"], "inhibit": ["B"]},
            "D": {"excite": ["B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "D"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
