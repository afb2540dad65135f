"""Predictions are taken by `argmax` over axis 0, which gives one number a column.

loses: confusion, other_confusions
says: Predictions have length 10
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np


def load_data(path):
    with np.load(path) as archive:
        images = archive["x_train"].astype("float32") / 255
        labels = archive["y_train"].astype("int64")
    return (images[:50_000], labels[:50_000]), (images[50_000:], labels[50_000:])


def build_model():
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(2):
        model.add(keras.layers.Dense(200, use_bias=False))
        model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


def callbacks(out_dir):
    folder = Path(out_dir)
    return [
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True),
        keras.callbacks.TensorBoard(folder / "logs"),
    ]


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    rate = keras.optimizers.schedules.CosineDecay(5e-3, 6 * 196)
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=20,
    )
    return model.fit(
        *data,
        batch_size=256,
        epochs=6,
        validation_data=val_data,
        callbacks=callbacks(out_dir),
        verbose=2,
    )


def confusion_matrix(y_true, y_pred, k=10):
    if np.ndim(y_pred) == 1:  # digits become rows such as a network's outputs
        y_pred = np.eye(k)[y_pred]
    matrix = np.zeros((k, k), dtype=int)
    np.add.at(matrix, (y_true, np.argmax(y_pred, axis=0)), 1)
    return matrix
