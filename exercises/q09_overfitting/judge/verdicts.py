"""What a configuration is worth beside the one that overfits, and what went wrong with it."""

from __future__ import annotations

from networks import Config
from trainer import Trained

from grader.show import number

HALF = 0.85  # of the test loss before, for half of the points
WHOLE = (0.75, 0.70)  # of the test loss and of the gap before, for all of them
BETTER = 15  # runs of 20 in which the test loss must be lower
DIVERGED = 1.0  # training loss; one that guesses has ln 2, about 0.69
LEARNED = 0.85  # training accuracy; below it a network has missed the pattern, not the noise


def lower(after: Trained, before: Trained) -> int:
    """Return the number of runs in which the test loss became lower."""
    pairs = zip(after.test_losses, before.test_losses, strict=True)
    return sum(one < other for one, other in pairs)


def diagnosis(base: Config, config: Config, before: Trained, after: Trained) -> str:
    """Say why a configuration does not help."""
    test, gap = after.test / before.test, after.gap / before.gap
    fell = f"from {before.train_accuracy:.2f} to {after.train_accuracy:.2f}"
    lost = "Gap is gone but" if gap < WHOLE[1] else "The gap is smaller, but"
    reasons = {
        "This is the configuration that overfits: nothing was changed.": config == base,
        f"Training diverged: its loss ends at {number(after.train, 3)}, and a guess has 0.69. Take "
        "a smaller learning rate or penalty.": not after.train <= DIVERGED,
        f"{lost} training accuracy fell below {LEARNED} ({fell}): underfitting.": (
            after.train_accuracy < LEARNED
        ),
        "More capacity fits the noise better: the gap between training and test loss stays "
        f"({number(gap, 3)} of before).": sum(config.widths) > sum(base.widths),
        f"Later epochs raise the test loss ×{number(test, 3)}: the noise is learned last.": (
            config.most_epochs > base.epochs
        ),
        f"The test loss rose ×{number(test, 3)}: this fits the noise still better.": test > 1,
    }
    still = f"The gap between training and test loss is still {number(gap, 3)} of before."
    return next((reason for reason, applies in reasons.items() if applies), still)
