"""error: closes attributes, styles and comments in an error message
student: " onmouseover="alert(1)
"""


class Error(Exception):
    pass


Error.__name__ = Error.__qualname__ = '"><svg onload=alert(1)>'


def area(radius):
    raise Error("' style='position:fixed' --> ]]> </style></title><style>*{display:none}</style>")
