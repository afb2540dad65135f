"""A part of a batch, so that the tasks of a job array can share the work without speaking."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.errors import Exit, GraderError

# Number of this task, how many there are, and the first number, by the scheduler's variables:
# Slurm (sbatch, "Output environment variables"), Kubernetes (Indexed Jobs tell no number: the
# job's file says it once more), PBS and OpenPBS likewise.
_ARRAYS = (
    ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"),
    ("JOB_COMPLETION_INDEX", "GRADER_SHARDS", None),
    ("PBS_ARRAY_INDEX", "GRADER_SHARDS", "GRADER_FIRST_SHARD"),
    ("PBS_ARRAYID", "GRADER_SHARDS", "GRADER_FIRST_SHARD"),
)


class ShardError(GraderError):
    """A shard that nobody can mean."""

    code = Exit.USAGE


@dataclass(frozen=True, slots=True)
class Shard:
    """The part ``number`` of ``count``, counted from 1."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    @property
    def name(self) -> str:
        """A word for file names."""
        return f"{self.number}-of-{self.count}"

    def holds(self, student: str) -> bool:
        """Tell whether a submission belongs to this part, on every machine alike."""
        hashed = hashlib.sha256(student.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(hashed[:8]) % self.count == self.number - 1


WHOLE = Shard(1, 1)


def parse(text: str, variables: Mapping[str, str] = os.environ) -> Shard:
    """Read ``3/8``, or ``auto`` for what the scheduler's variables say.

    Raises :class:`ShardError` with what was expected.
    """
    if text == "auto":
        return _of_array(variables)
    match = re.fullmatch(r"\s*([0-9]{1,6})\s*/\s*([0-9]{1,6})\s*", text)
    if not match:
        raise ShardError(f"--shard {text!r}: write 3/8 for the third of eight, or auto")
    return _checked(int(match[1]), int(match[2]), f"--shard {text}")


def _of_array(variables: Mapping[str, str]) -> Shard:
    for index, size, start in _ARRAYS:
        if index not in variables:
            continue
        numbers = {name: variables.get(name, "") for name in (index, size)}
        for name, value in numbers.items():
            if not re.fullmatch(r"[0-9]{1,6}", value):
                raise ShardError(f"--shard auto: {index} is set, but {name} is {value!r}")
        first = int(variables.get(start, "0") if start else "0")
        number = int(numbers[index]) - first + 1
        return _checked(number, int(numbers[size]), f"--shard auto, {index}={numbers[index]}")
    known = ", ".join(index for index, _, _ in _ARRAYS)
    raise ShardError(
        f"--shard auto: none of {known} is set\n  next: run it in a job array, or write 3/8"
    )


def _checked(number: int, count: int, said: str) -> Shard:
    if not 1 <= number <= count:
        raise ShardError(f"{said}: there is no part {number} of {count}")
    return Shard(number, count)
