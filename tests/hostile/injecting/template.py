"""error: words of a template language
student: {{ 7 * 7 }}
"""


def area(radius):
    raise ValueError(
        "{{ 7 * 7 }} {% include 'base.html.jinja' %} ${7*7} #{7*7} %(x)s {0.__class__}"
    )
