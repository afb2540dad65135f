"""failed: a hundred million numbers where a short list is meant, which as a list are gigabytes

exercise: slope
question: exponents
"""

import numpy as np

EXPONENTS = np.zeros(100 << 20, dtype=np.int8)
