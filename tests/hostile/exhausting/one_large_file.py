"""error: makes one file of a terabyte"""


def area(radius):
    with open("huge", "wb") as file:
        file.truncate(1 << 40)
        print("BREACH", "a terabyte")
