"""Names with blanks and signs, keys of a module constant, and a read-only mapping."""

import types

WIRING = types.MappingProxyType(
    {
        "neurons": {
            "A ∧ ¬B": {"inhibit": ["B"], "excite": ["A", "A", "A"]},
            "B ∧ ¬A": {"inhibit": ["A"], "excite": ["B", "B"]},
            "A ⊕ B": {"excite": ["A ∧ ¬B", "A ∧ ¬B", "B ∧ ¬A", "B ∧ ¬A"]},
        },
        "output": "A ⊕ B",
    }
)


def fire(excite, inhibit):
    return 1.0 if excite.count(1) > 1 and inhibit.count(1) == 0 else 0.0


def xor_network():
    return WIRING


def can_one_neuron_do_it():
    return 0
