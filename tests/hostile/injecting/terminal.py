"""error: colours, links, titles and cursor movements for whoever reads in a terminal
student: \x1b[31mred\x1b[0m
"""

CODES = "\x1b]0;title\x07\x1b[2J\x1b[1;1H4 / 4 \x1b]8;;http://evil.example\x07click\x1b]8;;\x07\x9b31m\x1bP+q\x1b\\"
print(CODES)


def area(radius):
    raise ValueError(CODES)
