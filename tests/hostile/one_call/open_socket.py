"""error: There is no network"""

import socket


def f(x):
    return socket.socket()
