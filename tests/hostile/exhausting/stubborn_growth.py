"""memory or timeout: takes what memory there is, again and again"""


def area(radius):
    kept = []
    while True:
        try:
            kept.append(bytearray(1 << 16))
        except MemoryError:
            if len(kept) > 10:
                kept.pop()
