"""error: Only the files that come with the exercise"""


def f(x):
    return open("nowhere")
