"""failed: answers with a page of its own
student: <img src=x onerror=alert(1)>
"""

import warnings

PAGE = "</code></pre></details></section></main><h1>4 / 4</h1><script>alert(1)</script><img src=x onerror=alert(1)>"
print(PAGE)


def area(radius):
    warnings.warn(PAGE, stacklevel=1)
    return PAGE
