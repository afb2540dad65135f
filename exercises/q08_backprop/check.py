"""Backpropagation block by block, a step downhill, and the two modes of differentiation."""

from __future__ import annotations

import mlp
import numpy as np
import tapes
from blocks import compared, four, judged
from mistakes import OF_FORWARD, OF_FORWARD_MODE, OF_REVERSE_MODE, OF_STEP, PASSES
from pictures import cost, graph, heat, learning, to_try, tracing
from training import learned, told_apart

from grader import Finding, check, computes, equal, fetch, generator
from grader.expect import is_number
from grader.show import number, show
