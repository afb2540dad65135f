"""What a library does slowly the first time, done once in the server, for all its children.

Nothing here may start a thread: a fork does not copy it, and whoever waits for it waits for ever.
"""

from __future__ import annotations

import contextlib
import sys

from grader.sandbox import pens


def warm() -> None:
    """Warm those of the libraries that are imported."""
    if "sympy" in sys.modules:
        warm_sympy()
    if "matplotlib.pyplot" in sys.modules:
        pens.warm()
    if "tensorflow" in sys.modules:
        with contextlib.suppress(ImportError, AttributeError):  # names that TensorFlow may move
            warm_tensorflow()


def warm_sympy() -> None:
    """Fill SymPy's caches: the first derivative and `lambdify` cost 120 and 70 ms otherwise."""
    import sympy

    x = sympy.Symbol("x", real=True)
    for expression in (1 / (1 + sympy.exp(-x)), sympy.tanh(x), sympy.Max(0, x)):
        slope = sympy.diff(expression, x)
        sympy.simplify(slope)
        str(slope)
    sympy.Piecewise((0, x < 0), (x, True)).diff(x)
    sympy.lambdify(x, sympy.tanh(x))  # looks at all that NumPy has


def warm_tensorflow() -> None:
    """Take 40 of the 100 ms out of a child's first small Keras model.

    TensorFlow wraps the first operation of each kind in a graph and optimises that, which pays
    where a process lives long; a child's operations run as bare kernels, with the same results.
    The registries of operations and kernels are sorted when somebody first asks for anything.
    """
    from tensorflow.python import pywrap_tfe
    from tensorflow.python.framework import kernels, op_def_registry

    choose = pywrap_tfe.TFE_ContextOptionsSetRunEagerOpAsFunction
    bare = False
    pywrap_tfe.TFE_ContextOptionsSetRunEagerOpAsFunction = lambda options, _: choose(options, bare)
    kernels.get_registered_kernels_for_op("MatMul")
    op_def_registry.get("MatMul")
