"""Python's own numbers and loops: no NumPy, one instance after the other, lists all the way."""

from math import cos, exp, sin, tanh


def forward(params, X):
    W1, b1, W2, b2 = params
    kept = {"Z1": [], "A1": [], "Y": []}
    for row in X:
        z = [sum(row[i] * W1[i][j] for i in range(len(row))) + b1[j] for j in range(len(b1))]
        a = [tanh(value) for value in z]
        s = [sum(a[j] * W2[j][c] for j in range(len(a))) + b2[c] for c in range(len(b2))]
        powers = [exp(value) for value in s]
        for key, value in zip(kept, (z, a, [p / sum(powers) for p in powers]), strict=True):
            kept[key].append(value)
    return kept


def backward(params, X, y):
    W1, b1, W2, b2 = params
    n, h, k, m = len(W1), len(b1), len(b2), len(X)
    dW1, dW2 = [[0.0] * h for _ in range(n)], [[0.0] * k for _ in range(h)]
    db1, db2 = [0.0] * h, [0.0] * k
    kept = forward(params, X)
    for row, a, p, label in zip(X, kept["A1"], kept["Y"], y, strict=True):
        d2 = [(p[c] - (c == label)) / m for c in range(k)]
        for j in range(h):
            d1 = sum(d2[c] * W2[j][c] for c in range(k)) * (1 - a[j] ** 2)
            db1[j] += d1
            for i in range(n):
                dW1[i][j] += row[i] * d1
            for c in range(k):
                dW2[j][c] += a[j] * d2[c]
        for c in range(k):
            db2[c] += d2[c]
    return [dW1, db1, dW2, db2]


def moved(p, g, lr):
    if hasattr(p, "__len__"):
        return [moved(a, b, lr) for a, b in zip(p, g, strict=True)]
    return float(p - lr * g)


def gd_step(params, grads, lr):
    return tuple(moved(p, g, lr) for p, g in zip(params, grads, strict=True))


def forward_mode(tape, x, direction):
    v, d = x[:], direction[:]
    for step in tape:
        match step:
            case ("add", i, j):
                v.append(v[i] + v[j])
                d.append(d[i] + d[j])
            case ("mul", i, j):
                v.append(v[i] * v[j])
                d.append(d[i] * v[j] + v[i] * d[j])
            case ("sin", i):
                v.append(sin(v[i]))
                d.append(cos(v[i]) * d[i])
            case ("exp", i):
                v.append(exp(v[i]))
                d.append(exp(v[i]) * d[i])
            case ("tanh", i):
                v.append(tanh(v[i]))
                d.append((1 - tanh(v[i]) ** 2) * d[i])
    return d.pop()


def reverse_mode(tape, x):
    v = x[:]
    for name, *at in tape:
        if name in ("add", "mul"):
            a, b = v[at[0]], v[at[1]]
            v.append(a + b if name == "add" else a * b)
        else:
            v.append({"sin": sin, "exp": exp, "tanh": tanh}[name](v[at[0]]))
    g = [0] * (len(v) - 1) + [1]
    for (name, *at), out in zip(reversed(tape), reversed(range(len(x), len(v))), strict=True):
        if name == "add":
            for i in at:
                g[i] = g[i] + g[out]
        elif name == "mul":
            i, j = at
            g[i] = g[i] + g[out] * v[j]
            g[j] = g[j] + g[out] * v[i]
        else:
            (i,) = at
            slope = {"sin": cos(v[i]), "exp": v[out], "tanh": 1 - v[out] * v[out]}[name]
            g[i] = g[i] + g[out] * slope
    return g[: len(x)]


def passes(mode, inputs, outputs):
    if mode == "reverse":
        return outputs
    return inputs


def answers():
    return {
        "backprop_includes": ["gradients", "gd_step", "repeat"],
        "autodiff_is": "gradients_only",
    }
