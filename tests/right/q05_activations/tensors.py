"""TensorFlow's own functions, which give tensors; slopes drawn by a gradient tape."""

import numpy as np
import sympy
import tensorflow as tf


def tensor(z):
    return tf.convert_to_tensor(np.asarray(z, dtype=np.float64))


def step(z):
    return tf.cast(tensor(z) >= 0, tf.float32)


def sigmoid(z):
    return tf.sigmoid(tensor(z))


def tanh(z):
    return tf.tanh(tensor(z)).numpy()


def relu(z):
    return tf.nn.relu(tensor(z))


def derivative(name):
    x = sympy.Dummy("x", real=True)
    e = sympy.E**x
    formulas = {"sigmoid": e / (e + 1), "tanh": (e - 1 / e) / (e + 1 / e), "relu": sympy.Max(x, 0)}
    return sympy.simplify(formulas[name].diff(x))


def slope_at_zero():
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": None}


def tanh_from_sigmoid(z):
    return 2 * sigmoid(2 * tensor(z)) - 1


def plot_activations(ax_functions, ax_derivatives):
    z = tf.constant(np.linspace(-5, 5, 300))
    for function in (step, tf.sigmoid, tf.tanh, tf.nn.relu):
        name = getattr(function, "__name__", "")
        with tf.GradientTape() as tape:
            tape.watch(z)
            y = function(z)
        ax_functions.plot(z, y, label=f"activation {name}")
        if function is not step:
            ax_derivatives.plot(z, tape.gradient(y, z), label=f"slope of {name}")
    ax_functions.set(xlabel="z", ylabel="y", title="functions")
    ax_derivatives.set(xlabel="z", ylabel="dy/dz", title="derivatives")
    ax_functions.legend()
    ax_derivatives.legend()
