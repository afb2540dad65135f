"""TensorFlow's tensors come back; a Sequential model that gets its layers one by one."""

import tensorflow as tf
from tensorflow import keras


def shapes(m):
    sizes = [10, 50, 3]
    found = {"X": (m, sizes[0])}
    for name, (inputs, neurons) in zip("ho", zip(sizes, sizes[1:])):
        found["W" + name] = (inputs, neurons)
        found["b" + name] = (neurons,)
    found["Y"] = (m, sizes[-1])
    return found


def n_parameters():
    return tf.constant(703)


def forward(X, Wh, bh, Wo, bo):
    H = tf.nn.relu(tf.linalg.matmul(X, Wh) + bh)
    return tf.nn.relu(tf.nn.bias_add(H @ Wo, bo))


def build():
    model = keras.models.Sequential(name="shapes")
    model.add(keras.layers.InputLayer(shape=[10]))
    model.add(keras.layers.Dense(50, kernel_initializer="zeros"))
    model.add(keras.layers.ReLU())
    model.add(keras.layers.Dropout(0.1))
    model.add(keras.layers.Dense(3, activation=tf.nn.relu))
    model.compile(loss="mse")
    return model


def answers():
    return {"outputs_are_probabilities": "no ", "why": " relu_not_normalised"}
