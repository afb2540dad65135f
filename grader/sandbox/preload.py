"""Which libraries a batch will want: its fork server imports those once, and no others."""

from __future__ import annotations

from collections.abc import Iterable

from grader.model import Exercise, Submission

# What a text must mention for a module to be imported beforehand.  NumPy is always there: values
# cross the wall as its arrays.
MENTIONED_BY = {
    "numpy": (),
    "sympy": ("sympy",),
    "matplotlib.pyplot": ("matplotlib",),
    "tensorflow": ("tensorflow", "keras"),
    "keras": ("tensorflow", "keras"),
}
EVERYTHING = tuple(MENTIONED_BY)


def needed(
    exercises: Iterable[Exercise], submissions: Iterable[Submission] = ()
) -> tuple[str, ...]:
    """Return the modules that exercises or what was submitted for them mention, in import order.

    A text that imports a library without naming it still runs; its child pays for the import.
    """
    wanted = list(exercises)
    texts = [text for one in wanted for text in (one.stub, one.statement)]
    for submission in submissions:
        texts += [submission.sources[one.id].text for one in wanted if one.id in submission.sources]
    said = " ".join(texts).casefold()
    return tuple(
        module
        for module, words in MENTIONED_BY.items()
        if not words or any(word in said for word in words)
    )
