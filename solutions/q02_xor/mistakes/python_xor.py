"""Python's own operator in place of a network.

loses: legal, truth_table, lean
says: Return the wiring as a dict, not a computed truth table.
"""


def fire(excite, inhibit):
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network():
    return lambda a, b: a ^ b


def can_one_neuron_do_it():
    return False
