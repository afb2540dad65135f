"""What a configuration is worth beside the one that overfits, and what went wrong with it."""

from __future__ import annotations

import math

from trainer import Config, Trained

from grader.show import number

HALF = 0.85  # of the test loss before, for half of the points
WHOLE = (0.75, 0.70)  # of the test loss and of the gap before, for all of them
BETTER = 15  # runs of 20 in which the test loss must be lower
LEARNED = 0.85  # training accuracy; below it a network has missed the pattern, not the noise


def lower(after: Trained, before: Trained) -> int:
    """Return the number of runs in which the test loss became lower."""
    pairs = zip(after.test_losses, before.test_losses, strict=True)
    return sum(one < other for one, other in pairs)


def diagnosis(base: Config, config: Config, before: Trained, after: Trained) -> str:
    """Say why a configuration does not help."""
    if config == base:
        return "This is the configuration that overfits: nothing was changed."
    if not math.isfinite(after.test):
        return "The loss is not a number: training diverged. The learning rate is too large."
    share = after.gap / before.gap
    if after.train_accuracy < LEARNED:
        fell = f"from {before.train_accuracy:.2f} to {after.train_accuracy:.2f}"
        lost = "Gap is gone but" if share < WHOLE[1] else "The gap is smaller, but"
        return f"{lost} training accuracy fell below {LEARNED} ({fell}): underfitting."
    if sum(config.widths) > sum(base.widths):
        stays = f"the gap between training and test loss stays ({number(share, 3)} of before)"
        return f"More capacity fits the noise better: {stays}."
    if config.most_epochs > base.epochs:
        rise = number(after.test / before.test, 3)
        return f"Later epochs raise the test loss ×{rise}: the noise is what is learned last."
    if after.test > before.test:
        return "The test loss rose: this fits the noise still better."
    return f"The gap between training and test loss is still {number(share, 3)} of before."
