"""failed: three rows of ten million numbers each where three numbers are meant

exercise: slope
question: exponents
"""

import numpy as np

EXPONENTS = np.zeros((3, 10 << 20), dtype=np.int8)
