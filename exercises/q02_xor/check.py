"""Original neurons: what one of them does, and a wiring of some that computes XOR."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from wiring import (
    FUNCTIONS,
    INPUTS,
    MOST_NEURONS,
    ROWS,
    Neuron,
    Rule,
    drawing,
    listed,
    problems,
    read,
    subtract,
    truth,
    used,
    veto,
    why_never,
)

from grader import Finding, check, each, fetch, prose, table
from grader.expect import type_remark
from grader.show import show

ENOUGH = 3  # neurons; two are possible, one is not
CASES = [  # every (excite, inhibit) of up to 4 and up to 2 connections
    (excite, inhibit)
    for wires, brakes in product(range(5), range(3))
    for excite, inhibit in product(product((0, 1), repeat=wires), product((0, 1), repeat=brakes))
]
MISTAKES: dict[str, Rule] = {
    "It never fires, whatever its connections do.": lambda _, __: False,
    "It always fires, whatever its connections do.": lambda _, __: True,
    "Inhibition is not subtracted here: a single active inhibitory connection is a veto.": (
        lambda e, i: sum(e) - sum(i) >= 2
    ),
    "`inhibit` makes no difference to it: one active inhibitory connection is a veto.": (
        lambda e, _: sum(e) >= 2
    ),
    "One active inhibitory connection is a veto; it need not be all of them.": (
        lambda e, i: sum(e) >= 2 and not (i and all(i))
    ),
    "An inhibitory connection that is not active does nothing: look at the values in `inhibit`.": (
        lambda e, i: sum(e) >= 2 and not i
    ),
    "One active excitatory connection is not enough: it takes two.": (
        lambda e, i: sum(e) >= 1 and not any(i)
    ),
    "Two active excitatory connections are enough; yours waits for a third.": (
        lambda e, i: sum(e) > 2 and not any(i)
    ),
    "It takes at least two active excitatory connections, not exactly two.": (
        lambda e, i: sum(e) == 2 and not any(i)
    ),
    "Two active excitatory connections are enough; the others need not be active.": (
        lambda e, i: len(e) >= 2 and all(e) and not any(i)
    ),
    "It counts all connections; only the active ones count.": (
        lambda e, i: len(e) >= 2 and not any(i)
    ),
}


@check(points=1.5, partial=True)
def fire(student):
    """A neuron fires on two active excitatory connections, unless an inhibitory one is active

    Where: the function `fire`. Its lists hold one 0 or 1 for each connection, in any number;
    either list may be empty.

    Idea: two separate questions decide. How many of the values in `excite` are 1? Is there any 1
    among the values in `inhibit`? The second question is a veto: if the answer is yes, the first
    no longer matters. A source that connects twice simply appears twice in the list, so there is
    nothing special to do for it. Nothing is ever subtracted.

    Almost: return 0 if `any(___)`; otherwise return 1 if `sum(excite)` is at least ___, and 0 if
    it is not.
    """
    calls = each(student.fire, (map(list, case) for case in CASES))
    answers = {case: fetch(call) for case, call in zip(CASES, calls, strict=True)}
    bits = {case: bit(answer) for case, answer in answers.items()}
    wrong = [case for case in CASES if bits[case] != veto(*case)]
    mistakes = (name for name, rule in MISTAKES.items() if all(bits[c] == rule(*c) for c in CASES))
    mistake = next(mistakes, None)
    two = [case for case in wrong if not any(case[1]) and sum(case[0]) <= 2]
    more = [case for case in wrong if not any(case[1]) and sum(case[0]) > 2]
    # Some of them with silent inhibitory connections, so that a constant answer is wrong here too.
    brakes = [case for case in wrong if case[1] and (any(case[1]) or case[0] in {(0, 0), (1, 1)})]
    rest = 0 if brakes else 1  # without the veto it is another neuron: the rest earns nothing
    for behaviour, cases, weight in (
        ("Two active excitatory connections are needed and enough.", two, rest),
        ("Each active connection counts, also the second one from the same source.", more, rest),
        ("One active inhibitory connection is a veto.", brakes, 2),
    ):
        if not cases:
            remark = "True and False are accepted: Python counts them as 1 and 0."
            note = remark if cases is two and isinstance(answers[CASES[0]], bool) else None
            yield Finding(
                behaviour, "by the rule", "by the rule", ok=True, diagnosis=note, weight=weight
            )
            continue
        case = cases[0]
        shown = f"fire({list(case[0])}, {list(case[1])})"
        said = type_remark(answers[case], 0) or ("" if bits[case] is None else mistake) or behaviour
        yield Finding(
            shown,
            f"{veto(*case):d}",
            show(answers[case]),
            ok=False,
            diagnosis=said,
            subject="fire",
            weight=weight,
        )
    return bits


@check(points=2)
def legal(student):
    """The wiring is made of original neurons, and its output depends on both inputs

    Where: the dict that `xor_network` returns. The report names the first rule that is broken.

    Why: a neuron has a list `"excite"` and, where it needs one, a list `"inhibit"`. Both hold
    names of sources, which are the inputs A and B and other neurons, never in a circle. There is
    no weight and no constant, so the only way to make a single source strong enough is to connect
    it twice. If the rules are kept and the output still ignores an input, look for a neuron that
    can never fire.

    Almost: a neuron that fires when A is active and B is not:
    `{"excite": ["A", ___], "inhibit": [___]}`.
    """
    wiring = fetch(student.xor_network())
    rules = f"a dict of 1 to {MOST_NEURONS} original neurons on the inputs A and B"
    sentence, part = next(problems(wiring), (None, None))
    if sentence:
        yield finding("xor_network()", rules, show(part), sentence, ok=False)
        return None
    extra = set(wiring) - {"neurons", "output"}
    note = "Keys other than 'neurons' and 'output' are ignored." if extra else None
    yield finding("xor_network()", rules, "such a dict", note, ok=True)
    network = read(wiring)
    outputs = truth(network)
    both = outputs[:2] != outputs[2:] and outputs[::2] != outputs[1::2]
    got = "both matter" if both else FUNCTIONS[outputs]
    note = None if both else why_never(network) or f"The output is {got}."
    yield finding(f"the output {network.output}", "both A and B matter", got, note, ok=both)
    if not both:
        yield drawing(network)
    return network


@check(points=4, after=legal)
def truth_table(student, network):
    """The output is 1 exactly when A and B differ

    Where: follow the first wrong row through the drawing below, from the inputs up: which neuron
    fires and should not, or the other way round?

    Idea: say XOR in words that a neuron understands. "A without B, or B without A" needs a neuron
    for each half and a third one above them. "A or B, but not both" needs a neuron that notices
    when both are active, and an inhibitory connection from it. Which functions does one neuron
    have? One wire from each of two sources is AND; two wires from each is OR; two wires from one
    source, inhibited by another, is "this one without that one".

    Almost: `"E": {"excite": ["C", "C", ___, ___]}` above the two halves.
    """
    outputs, subtracted = truth(network), truth(network, subtract)
    notes = [f"This is {FUNCTIONS[outputs]}.", why_never(network)]
    if FUNCTIONS[outputs] == "AND":
        notes.append("Three rows are inverted; with both inputs 0 no neuron can fire at all.")
    if FUNCTIONS[subtracted] == "XOR":
        notes.append("It would be XOR if inhibition were subtracted, but it is a veto.")
    mistake = " ".join(filter(None, notes))
    for (a, b), output, other in zip(ROWS, outputs, subtracted, strict=True):
        note = f"If inhibition were subtracted, it would be {other}." if other != output else None
        right = output == a ^ b
        yield finding(f"A={a}, B={b}", a ^ b, output, note if right else mistake, ok=right)
    yield drawing(network)
    return network


@check(points=1, after=truth_table)
def lean(student, network):
    """Every neuron is needed for the output, and three are enough

    Where: the neurons of your network, counted without the inputs A and B.

    Idea: start at the output and walk down along the wires. A neuron that you never meet does
    nothing for the answer and can go. If there are still more than three, look for work that is
    done twice: one neuron can hold two wires from each source, so an OR needs a single neuron,
    and "this one without that one" needs a single neuron too, because inhibition is a kind of
    NOT that is built in. No neuron has to pass an input on: A and B connect to every level.

    Almost: one neuron for "A without B", one for "___ without ___", and one for "either of them".
    """
    unused = listed(name for name in network.neurons if name not in used(network))
    note = f"The output does not depend on {unused}: take it out." if unused else None
    yield finding(
        "neurons without a way to the output", "none", unused or "none", note, ok=not unused
    )
    count = len(network.neurons)
    yield finding("the number of neurons", f"at most {ENOUGH}", count, ok=count <= ENOUGH)


@check(points=1, after=fire)
def one_neuron(student, fires):
    """Whether a single neuron can compute XOR

    Where: `can_one_neuron_do_it`. The table lists what each single neuron computes, found by
    putting your own `fire` to every one of them.

    Idea: suppose that one neuron did it. With only A active it fires, so A has at least two
    excitatory connections, and with only B active it fires too. Now make both active. What has
    happened to the number of active excitatory connections? The only thing that could still keep
    the neuron silent is an inhibitory connection, and it would have to come from A or from B. But
    then think again of the row in which that input is active alone.

    Almost: in the last row the neuron must be silent, so A or B inhibits it, so it is also silent
    in the row ___, where XOR is 1.
    """
    found: dict[tuple[int, ...], Neuron] = {}
    for a, b, brakes in product(range(3), range(3), ((), ("A",), ("B",), INPUTS)):
        # A third wire from one source would change nothing: two are enough already.
        neuron = Neuron(("A",) * a + ("B",) * b, brakes)
        rows = [
            [tuple(row[INPUTS.index(source)] for source in part) for part in neuron] for row in ROWS
        ]
        found.setdefault(tuple(fires[tuple(row)] for row in rows), neuron)
    answer = fetch(student.can_one_neuron_do_it())
    ok = bit(answer) == 0
    note = "Your own `fire`, put to every single neuron, never gives XOR: see the table."
    if ok:
        note = None if isinstance(answer, bool) else "`False` would say it more clearly."
    shown = "can_one_neuron_do_it()"
    yield Finding(shown, "False", show(answer), ok, note, subject="can_one_neuron_do_it")
    yield table(
        f"One neuron computes {len(found)} of the 16 functions of A and B; XOR is none of them",
        ["function", *(f"A={a}, B={b}" for a, b in ROWS), "excite", "inhibit"],
        [
            [name, *outputs, *map(" ".join, found.get(outputs, (["no neuron"], [])))]
            for outputs, name in FUNCTIONS.items()
        ],
        [(list(FUNCTIONS.values()).index("XOR"), 5)],
    )


@check(points=0)
def in_words(student):
    """The network explained in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "The veto (or its wiring) is what separates one active input from two. One neuron "
            "that fires for A alone and for B alone has two wires from each, and then only a veto"
            " could silence it for both; but that veto would come from A or B and silence it for "
            "that input alone as well."
        ),
        question=(
            'How does your network tell "exactly one" from "both", and why can no single neuron '
            "do that?"
        ),
    )


def finding(shown: str, expected: Any, got: Any, note: str | None = None, *, ok: bool) -> Finding:
    return Finding(shown, str(expected), str(got), ok, note, subject="xor_network")


def bit(answer: Any) -> int | None:
    """Return an answer that says 0 or 1 in any type of number, else None."""
    numbers = (bool, int, float, np.bool_, np.integer, np.floating)
    return int(answer) if isinstance(answer, numbers) and answer in {0, 1} else None
