"""Truth values for 0 and 1, and a dataclass for each neuron."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass
class Neuron:
    excite: list[str]
    inhibit: list[str] = field(default_factory=list)


def fire(excite, inhibit):
    return sum(excite) >= 2 and not any(inhibit)


def xor_network():
    neurons = {
        "C": Neuron(["A"] * 2, ["B"]),
        "D": Neuron(["B"] * 2, ["A"]),
        "E": Neuron(["C"] * 2 + ["D"] * 2),
    }
    return {"neurons": {name: asdict(neuron) for name, neuron in neurons.items()}, "output": "E"}


def can_one_neuron_do_it() -> bool:
    return any(())
