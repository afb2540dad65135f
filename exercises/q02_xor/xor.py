"""Question 2: a network of original artificial neurons that computes A XOR B.

The rule of the original neuron (McCulloch and Pitts, 1943, as the chapter draws it):

    A neuron is active when at least two of its excitatory connections are active
    and none of its inhibitory connections is.

A source may connect to a neuron more than once; each connection counts.  There are no weights,
thresholds, biases, constants or cycles.  A network has the inputs "A" and "B", at most 8 neurons,
and at most 4 wires from one source to one neuron.
"""

from __future__ import annotations

# In your own words (a person reads this): how does your network tell "exactly one" from "both",
# and why can no single neuron do that?
NOTES = ""


def fire(excite: list[int], inhibit: list[int]) -> int:
    """Return the activity of one neuron, 1 if it is active and 0 if it is not.

    ``excite`` holds the activity (0 or 1) of each excitatory connection, ``inhibit`` that of each
    inhibitory one.  Both may have any length, 0 included.
    """
    raise NotImplementedError  # TODO 1


def xor_network() -> dict:
    """Return the wiring of a network whose output is 1 exactly when A and B differ.

    The dict has two keys: "neurons" maps the name of each neuron to the names of its sources, and
    "output" names the neuron whose activity is the answer.  A neuron fed twice by A, once by B,
    and inhibited by D looks like this:

        {"neurons": {"C": {"excite": ["A", "A", "B"], "inhibit": ["D"]}, ...}, "output": "C"}

    "inhibit" may be left out where there is none.
    """
    raise NotImplementedError  # TODO 2


def can_one_neuron_do_it() -> bool:
    """Return whether one single neuron, wired to A and B in any way, can compute XOR."""
    raise NotImplementedError  # TODO 3
