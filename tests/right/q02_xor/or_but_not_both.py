"""(A or B) and not (A and B), in tuples, with an explicit AND that feeds a last neuron."""


def fire(excite, inhibit):
    if 1 in inhibit:
        return 0
    active = 0
    for connection in excite:
        active += connection
        if active == 2:
            return 1
    return 0


def xor_network():
    return {
        "neurons": {
            "any": {"excite": ("A", "A", "B", "B"), "inhibit": ()},
            "both": {"excite": ("A", "B"), "inhibit": ()},
            "one": {"excite": ("any", "any"), "inhibit": ("both",)},
        },
        "output": "one",
    }


def can_one_neuron_do_it():
    return False
