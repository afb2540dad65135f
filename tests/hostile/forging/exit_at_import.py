"""problem: ends its process with success while it is imported"""

import os

print("4 / 4")
os._exit(0)
