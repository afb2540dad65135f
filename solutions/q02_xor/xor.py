"""XOR as "A without B, or B without A": one neuron for each half and one above them."""

NOTES = """C fires on A unless B vetoes it, and D on B unless A does; when both inputs are active,
both halves are vetoed. E is an OR, because two wires come from each half. A single neuron would
need two wires from A and two from B, and then a veto in the row where both are active; that veto
can only come from A or B, so it also falls where that input is active alone."""


def fire(excite: list[int], inhibit: list[int]) -> int:
    """Return 1 where two excitatory connections are active and no inhibitory one is, else 0."""
    return int(sum(excite) >= 2 and not any(inhibit))


def xor_network() -> dict:
    """Return the wiring: 3 neurons, 10 wires."""
    return {
        "neurons": {
            "C": {"excite": ["A", "A"], "inhibit": ["B"]},
            "D": {"excite": ["B", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "C", "D", "D"]},
        },
        "output": "E",
    }


def can_one_neuron_do_it() -> bool:
    """Return False: one neuron computes 7 of the 16 functions, and XOR is not among them."""
    return False
