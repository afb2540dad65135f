"""failed: markup in the names of types and in keys"""

Evil = type("<b onclick=alert(1)>", (), {})


def area(radius):
    return {"<script>": Evil(), Evil: "'\"", "\x1b[31m": ["`", "$x$"]}
