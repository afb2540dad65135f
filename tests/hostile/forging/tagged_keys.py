"""failed: dictionaries with the keys by which the wire knows its own tags"""


def area(radius):
    return {"$float": "7.068583470577035", "$array": 0, "$ref": [0]}


def ring(outer, inner):
    return {"$opaque": "float"}
