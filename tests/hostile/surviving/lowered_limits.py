"""error: gives up so much that its own harness cannot go on

honest: nothing
"""

import resource


def area(radius):
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    open("file", "w")
