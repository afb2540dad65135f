"""Early stopping does not restore the best weights, and the last ones are worse.

loses: callbacks, watched, accuracy
says: best was
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
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def callbacks(out_dir):
    folder = Path(out_dir)
    return [
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=10),
        keras.callbacks.LearningRateScheduler(lambda epoch: 2e-3 * 4**epoch),
        keras.callbacks.TensorBoard(folder / "logs"),
    ]


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    model.compile(
        optimizer=keras.optimizers.Adam(2e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model.fit(
        *data,
        batch_size=256,
        epochs=3,
        validation_data=val_data,
        callbacks=callbacks(out_dir),
        verbose=2,
    )


def confusion_matrix(y_true, y_pred, k=10):
    matrix = np.zeros((k, k), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
