"""Many submissions: what is there is used again, what is missing is graded side by side.

``run`` grades a batch, ``merge`` puts the shards of one together.
"""

from grader.batch.crew import Progress
from grader.batch.files import make_folder
from grader.batch.plan import Batch, chosen
from grader.batch.publish import write_class, write_report
from grader.batch.run import Ended, run

__all__ = [
    "Batch",
    "Ended",
    "Progress",
    "chosen",
    "make_folder",
    "run",
    "write_class",
    "write_report",
]
