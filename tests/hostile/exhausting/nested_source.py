"""problem: a source that is nested deeper than Python reads"""

area = lambda radius: radius
