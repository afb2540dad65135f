def fire(excite, inhibit):
    # active connections minus the inhibitory ones
    return int(sum(excite) - sum(inhibit) >= 2)


def xor_network():
    return {"neurons": {"C": {"excite": ["A", "A", "B", "B"]}}, "output": "C"}


def can_one_neuron_do_it():
    return True
