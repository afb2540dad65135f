"""failed: thirty million numbers where a short list is meant, which as a list are ten times as large

exercise: slope
question: exponents
"""

import numpy as np

EXPONENTS = np.zeros(32 << 20, dtype=np.int8)
