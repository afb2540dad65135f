"""error: fills sockets, whose memory is the kernel's"""

import socket


def area(radius):
    kept = []
    for _ in range(100_000):
        pair = socket.socketpair()
        pair[0].setblocking(False)
        kept.append(pair)
        try:
            while True:
                pair[0].send(bytes(1 << 16))
        except BlockingIOError:
            pass
    print("BREACH", "100,000 sockets")
