def fire(excite, inhibit):
    return 1


def xor_network():
    return {"neurons": {"C": {"excite": ["A"], "inhibit": ["B"]}, "D": {"excite": ["B"], "inhibit": ["A"]}, "E": {"excite": ["C", "D"]}}, "output": "E"}
