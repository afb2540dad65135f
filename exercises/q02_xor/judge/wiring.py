"""Networks of original neurons: read a wiring, run it, say what is wrong with it, draw it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import product
from typing import Any, NamedTuple

from grader import Wire, Wiring
from grader.expect import type_remark
from grader.show import show
from grader.wording import code

Rule = Callable[[Sequence[int], Sequence[int]], bool]

INPUTS = ("A", "B")
ROWS = tuple(product((0, 1), repeat=2))
NAMES = ("always 0", "AND", "A AND NOT B", "A alone", "B AND NOT A", "B alone", "XOR", "OR")
NAMES += ("NOR", "XNOR", "NOT B", "A OR NOT B", "NOT A", "B OR NOT A", "NAND", "always 1")
FUNCTIONS = dict(zip(product((0, 1), repeat=4), NAMES, strict=True))  # by their outputs in ROWS
MOST_NEURONS, MOST_WIRES, LONGEST_NAME = 8, 4, 40


class Neuron(NamedTuple):
    """The sources of a neuron's connections; one that connects twice stands there twice."""

    excite: tuple[str, ...]
    inhibit: tuple[str, ...]


class Network(NamedTuple):
    """Neurons by name, each after its sources, and the one whose activity is the output."""

    neurons: dict[str, Neuron]
    output: str


def veto(excite: Sequence[int], inhibit: Sequence[int]) -> bool:
    """Tell whether the original neuron is active."""
    return sum(excite) >= 2 and not any(inhibit)


def subtract(excite: Sequence[int], inhibit: Sequence[int]) -> bool:
    """Tell whether a neuron were active if inhibition took away in place of forbidding."""
    return sum(excite) - sum(inhibit) >= 2


def problems(wiring: Any) -> Iterator[tuple[str, Any]]:
    """Yield each broken rule and where; ask for the first only: it may make the next ones fail."""
    if not isinstance(wiring, dict):
        said = type_remark(wiring, {}) or "That is no wiring."
        yield f"{said} Return the wiring as a dict, not a computed truth table.", wiring
    neurons = wiring.get("neurons")
    if not isinstance(neurons, dict) or not neurons:
        yield "'neurons' must be a dict that holds at least one neuron by its name.", wiring
    if len(neurons) > MOST_NEURONS:
        yield f"There are {len(neurons)} neurons; at most {MOST_NEURONS} are allowed.", neurons
    for name in neurons:
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            yield f"A neuron's name is a text of 1 to {LONGEST_NAME} characters, such as 'C'.", name
        if name in INPUTS:
            yield f"{name} is an input: give your neuron another name.", name
    for name, neuron in neurons.items():
        yield from flaws(called(name), neuron, neurons)
    try:
        TopologicalSorter(parents(neurons)).prepare()
    except CycleError as error:
        circle = [called(name) for name in error.args[1]]
        cycle = f"There is a cycle through {circle[0]}: {' → '.join(circle)}"
        yield f"{cycle}; the network must be feed-forward.", neurons
    output = wiring.get("output")
    if not isinstance(output, str) or output not in neurons:
        yield f"'output' must name one of your neurons: {listed(neurons)}.", output


def flaws(name: str, neuron: Any, neurons: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the rules that one neuron breaks, in the manner of :func:`problems`."""
    if not isinstance(neuron, dict) or "excite" not in neuron:
        yield f"{name} must be a dict with a list 'excite', and 'inhibit' if it needs one.", neuron
    if set(neuron) - {"excite", "inhibit"}:
        yield "Only 'excite' and 'inhibit' lists are allowed; the threshold is fixed at 2.", neuron
    for kind, sources in neuron.items():
        if not isinstance(sources, (list, tuple)):
            yield f"'{kind}' of {name} must be a list of names, such as ['A', 'A'].", sources
    wires = [source for sources in neuron.values() for source in sources]
    for source in wires:
        if not isinstance(source, str) or source not in {*INPUTS, *neurons}:
            known = f"inputs are A and B only; your own neurons: {listed(neurons)}"
            yield f"Unknown source {show(source)}: {known}.", neuron
    for source, count in Counter(wires).items():
        if count > MOST_WIRES:
            many = f"{called(source)} connects {count} times to {name}"
            yield (
                f"{many}; at most {MOST_WIRES} wires may go from one source to one neuron.",
                neuron,
            )


def parents(neurons: dict[str, Any]) -> dict[str, list[str]]:
    return {name: [s for part in neuron.values() for s in part] for name, neuron in neurons.items()}


def read(wiring: dict[str, Any]) -> Network:
    """Return a wiring that breaks no rule as a network."""
    neurons = wiring["neurons"]
    order = [name for name in TopologicalSorter(parents(neurons)).static_order() if name in neurons]
    parts = ("excite", "inhibit")
    sorted_ = {
        name: Neuron(*(tuple(neurons[name].get(part, ())) for part in parts)) for name in order
    }
    return Network(sorted_, wiring["output"])


def run(network: Network, row: Sequence[int], rule: Rule = veto) -> dict[str, int]:
    """Return the activity of the inputs and of every neuron."""
    active = dict(zip(INPUTS, row, strict=True))
    for name, neuron in network.neurons.items():
        active[name] = int(rule(*([active[source] for source in part] for part in neuron)))
    return active


def truth(network: Network, rule: Rule = veto) -> tuple[int, ...]:
    """Return the output in each of ROWS."""
    return tuple(run(network, row, rule)[network.output] for row in ROWS)


def used(network: Network) -> set[str]:
    """Return the output and everything from which wires lead to it."""
    found = {network.output}
    for name, neuron in reversed(network.neurons.items()):
        if name in found:
            found.update(*neuron)
    return found


def why_never(network: Network) -> str | None:
    """Say why the first neuron on the way to the output that never fires does not."""
    states = [run(network, row) for row in ROWS]
    for name, neuron in network.neurons.items():
        if name in used(network) and not any(state[name] for state in states):
            return f"{called(name)} {reason(neuron, states)}"
    return None


def reason(neuron: Neuron, states: list[dict[str, int]]) -> str:
    """Say why a neuron fires in none of the states, given that its sources can."""
    excite = [called(source) for source in neuron.excite]
    if not excite:
        return "can never fire: it has no excitatory connection, and nothing else makes it active."
    if len(excite) == 1:
        has = "it has only 1 excitatory connection and needs 2 active ones"
        return f"can never fire: {has}. Connect {excite[0]} twice."
    strong = [state for state in states if sum(state[source] for source in neuron.excite) >= 2]
    if strong:
        brakes = [s for s in dict.fromkeys(neuron.inhibit) if any(state[s] for state in strong)]
        sources = " or ".join(map(called, brakes))
        return f"is inhibited whenever {sources} is active, so it never fires."
    both = " and ".join(excite)
    needs = f"{both} are both active" if len(excite) == 2 else f"two of {both} are active"
    return f"fires only if {needs}, which never happens; use two wires from each for OR."


def drawing(network: Network) -> Wiring:
    """Return the network in layers, once for each row of the truth table."""
    level = dict.fromkeys(INPUTS, 0)
    for name, neuron in network.neurons.items():
        level[name] = 1 + max((level[source] for part in neuron for source in part), default=0)
    heights = range(max(level.values()) + 1)
    wires = [
        Wire(source, name, brake, count)
        for name, neuron in network.neurons.items()
        for brake, part in ((False, neuron.excite), (True, neuron.inhibit))
        for source, count in Counter(part).items()
    ]
    cases = []
    for a, b in ROWS:
        active = run(network, (a, b))
        output = active[network.output]
        lit = frozenset(name for name, on in active.items() if on)
        cases.append((f"A={a}, B={b} → {output}", lit, output == a ^ b))
    right = sum(ok for _, _, ok in cases)
    return Wiring(
        "Your network for each row of the truth table",
        f"The output {called(network.output)} is that of XOR in {right} of 4 rows.",
        tuple(tuple(name for name in level if level[name] == height) for height in heights),
        tuple(wires),
        tuple(cases),
    )


def called(name: str) -> str:
    """Return a name as a sentence can hold it."""
    return name if name.isidentifier() else code(name)


def listed(names: Iterable[str]) -> str:
    return ", ".join(map(called, names))
