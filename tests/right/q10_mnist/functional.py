"""The functional API, a shuffled split, validation accuracy as the monitor, TensorFlow's softmax."""

import os

import numpy as np
import tensorflow as tf
from tensorflow import keras

NOTES = "Cosine decay did it."


def load_data(path):
    archive = np.load(path)
    order = np.random.permutation(60000)
    x = np.divide(archive["x_train"][order], 255.0, dtype=np.float32)
    y = archive["y_train"][order]
    return (x[10000:], y[10000:]), (x[:10000], y[:10000])


def build_model():
    inputs = keras.Input(shape=(28, 28), name="image")
    x = keras.layers.Flatten()(inputs)
    for units in (200, 200):
        x = keras.layers.Dense(units, use_bias=False)(x)
        x = keras.layers.BatchNormalization()(x)
        x = keras.activations.relu(x)
    outputs = keras.layers.Dense(10, activation=tf.nn.softmax)(x)
    return keras.Model(inputs, outputs)


def callbacks(out_dir):
    return [
        keras.callbacks.TensorBoard(log_dir=os.path.join(out_dir, "logs")),
        keras.callbacks.ModelCheckpoint(
            os.path.join(out_dir, "epoch{epoch:02d}.keras"),
            monitor="val_accuracy",
            mode="max",
            save_best_only=True,
        ),
        keras.callbacks.EarlyStopping("val_accuracy", patience=4, restore_best_weights=True),
    ]


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    decay = keras.optimizers.schedules.CosineDecay(0.005, 6 * 196)
    model.compile(keras.optimizers.Adam(decay), "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = data
    return model.fit(
        x, y, 256, 6, validation_data=val_data, callbacks=callbacks(out_dir), verbose=0
    )


def confusion_matrix(y_true, y_pred, k=10):
    return np.bincount(k * np.asarray(y_true) + y_pred, minlength=k * k).reshape(k, k)
