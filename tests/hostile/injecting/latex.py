"""error: formulas in the message of an error"""


def area(radius):
    raise ValueError(r"$\text{<img src=x onerror=alert(1)>}$ $\href{javascript:alert(1)}{x}$ `$x$`")
