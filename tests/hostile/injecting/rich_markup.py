"""error: words that a terminal library takes for colours
student: [bold red]4[·bold red]
"""


def area(radius):
    raise ValueError("[link=http://evil.example]click[/link] [/] [bold]4 / 4[/bold] [blink]")
