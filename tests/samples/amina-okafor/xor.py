"""Question 2: XOR from original neurons."""

NOTES = "One neuron per case, then an OR: A and not B, or B and not A."


def fire(excite, inhibit):
    if any(inhibit):
        return 0
    return 1 if sum(excite) >= 2 else 0


def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A", "A"], "inhibit": ["B"]},
            "D": {"excite": ["B", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "C", "D", "D"], "inhibit": []},
        },
        "output": "E",
    }


def can_one_neuron_do_it():
    return False
