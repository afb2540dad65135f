"""A subclass of keras.Model without an input shape, fed by tf.data, with a loss object."""

import pathlib

import keras
import numpy as np
import tensorflow as tf


class Network(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = keras.layers.Flatten()
        self.blocks = [
            keras.Sequential(
                [
                    keras.layers.Dense(200, use_bias=False),
                    keras.layers.BatchNormalization(),
                    keras.layers.Activation("relu"),
                ]
            )
            for _ in range(2)
        ]
        self.drop = keras.layers.Dropout(0.05)
        self.out = keras.layers.Dense(10, activation="softmax")

    def call(self, images, training=False):
        x = self.flatten(images)
        for block in self.blocks:
            x = block(x, training=training)
        return self.out(self.drop(x, training=training))


def load_data(path):
    with np.load(path) as archive:
        images, labels = archive["x_train"], archive["y_train"].astype(np.int32)
    images = images.astype(np.float32) / np.float32(255)
    return [(images[:50000], labels[:50000]), (images[50000:], labels[50000:])]


def build_model():
    return Network()


def callbacks(out_dir):
    out = pathlib.Path(out_dir).resolve()
    return (
        keras.callbacks.ModelCheckpoint(out / "net.weights.h5", save_weights_only=True, save_best_only=True),
        keras.callbacks.EarlyStopping(restore_best_weights=True, patience=6),
        keras.callbacks.TensorBoard(out),
    )


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    training = tf.data.Dataset.from_tensor_slices(data).shuffle(50000, seed).batch(256)
    validation = tf.data.Dataset.from_tensor_slices(val_data).batch(1000)
    rate = keras.optimizers.schedules.PolynomialDecay(5e-3, 6 * 196, 0.0)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=rate),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy("accuracy")],
    )
    return model.fit(
        training.prefetch(2),
        epochs=6,
        validation_data=validation,
        callbacks=list(callbacks(out_dir)),
        verbose=2,
    )


def confusion_matrix(y_true, y_pred, k=10):
    return tf.math.confusion_matrix(y_true, y_pred, num_classes=k)
