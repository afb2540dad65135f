"""failed: links, pictures and tables in Markdown
student: [4 of 4](javascript:alert(1)) | 4 |
"""


def area(radius):
    return "| 4 | 4 |\n|---|---|\n![x](http://evil.example/x.png) <details open> @everyone [x]: y `` ` ``"
