def fire(excite, inhibit):
    if sum(inhibit) > 0:
        return 0
    return int(sum(excite) >= 2


def xor_network():
    return {}
