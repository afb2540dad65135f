"""A student's SymPy expression as a plain tree that the judge reads, walks and prints itself.

The student's side writes nested lists (:func:`from_sympy`); the judge checks every node of them
(:func:`read`).  No SymPy object is ever made from what a student sent.
"""

from grader.expression.crossing import from_number, from_sympy, read
from grader.expression.tree import Expression

__all__ = ["Expression", "from_number", "from_sympy", "read"]
