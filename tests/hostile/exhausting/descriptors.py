"""error: opens files until there are no more to be had"""


def area(radius):
    kept = []
    for _ in range(100_000):
        kept.append(open("/dev/null"))
    print("BREACH", "100,000 descriptors")
