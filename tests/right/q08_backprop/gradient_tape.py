"""TensorFlow in float64: GradientTape for every gradient, ForwardAccumulator for forward mode."""

import tensorflow as tf

KEYS = ("add", "mul", "sin", "exp", "tanh")
OPERATIONS = dict(zip(KEYS, (tf.add, tf.multiply, tf.sin, tf.exp, tf.tanh), strict=True))


def double(arrays):
    return [tf.constant(array, dtype=tf.float64) for array in arrays]


def forward(params, X):
    W1, b1, W2, b2 = double(params)
    Z1 = tf.constant(X, tf.float64) @ W1 + b1
    A1 = tf.tanh(Z1)
    return {"Z1": Z1, "A1": A1, "Z2": A1 @ W2 + b2, "Y": tf.nn.softmax(A1 @ W2 + b2)}


def backward(params, X, y):
    variables = double(params)
    with tf.GradientTape() as tape:
        tape.watch(variables)
        logits = forward(variables, X)["Z2"]
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
        loss = tf.reduce_mean(losses)
    return tape.gradient(loss, variables)


def gd_step(params, grads, lr):
    return [(p - lr * g).numpy() for p, g in zip(double(params), double(grads), strict=True)]


def evaluate(tape, x):
    values = list(x)
    for name, *places in tape:
        values.append(OPERATIONS[name](*(values[place] for place in places)))
    return values[-1]


def forward_mode(tape, x, direction):
    inputs = double(x)
    with tf.autodiff.ForwardAccumulator(inputs, double(direction)) as accumulator:
        result = evaluate(tape, inputs)
    return accumulator.jvp(result).numpy()


def reverse_mode(tape, x):
    inputs = double(x)
    with tf.GradientTape() as watched:
        watched.watch(inputs)
        result = evaluate(tape, inputs)
    return watched.gradient(result, inputs, unconnected_gradients="zero")


def passes(mode, inputs, outputs):
    return {"forward": inputs, "reverse": outputs}[mode]


def answers():
    return {
        "backprop_includes": ("repeat", "gradients", "gd_step"),
        "autodiff_is": "gradients_only",
    }
