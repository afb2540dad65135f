"""timeout: Stopped after"""

import signal


def f(x):
    for number in range(1, 32):
        try:
            signal.signal(number, lambda *_: None)
        except OSError:
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
