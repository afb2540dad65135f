"""One half takes the input directly at the top: B fires E itself, and C is the veto and the rest."""


class Neuron:
    def __call__(self, excite, inhibit):
        return int(len([x for x in excite if x]) >= 2 and all(x == 0 for x in inhibit))


fire = Neuron()


def xor_network():
    network = {"neurons": {}, "output": "E"}
    network["neurons"]["C"] = {"excite": ["A", "A"], "inhibit": ["B"]}
    network["neurons"]["N"] = {"excite": ["A", "B"], "inhibit": []}
    network["neurons"]["E"] = {"excite": ["C", "C", "B", "B"], "inhibit": ["N"]}
    return network


can_one_neuron_do_it = lambda: not True
