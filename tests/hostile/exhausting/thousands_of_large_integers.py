"""failed: returns integers of as many digits as may cross"""


def area(radius):
    return [10**3999 + number for number in range(200)]
