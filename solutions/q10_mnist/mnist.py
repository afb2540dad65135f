"""A deep MLP on MNIST: batch normalisation and a decaying learning rate take it past 98 %."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

NOTES = """
At a constant rate the weights keep jumping around the minimum, and validation accuracy stalls
near 97.7 %. The cosine decay lets them settle; batch normalisation allows the large first rate.
"""

TRAINING = 50_000
EPOCHS = 5
BATCH = 256


def load_data(path: str) -> tuple:
    with np.load(path) as archive:
        images = np.divide(archive["x_train"], 255, dtype="float32")
        labels = archive["y_train"].astype("int64")
    return (images[:TRAINING], labels[:TRAINING]), (images[TRAINING:], labels[TRAINING:])


def build_model() -> keras.Model:
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(3):
        model.add(keras.layers.Dense(256, use_bias=False))
        model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


def callbacks(out_dir: str) -> list:
    folder = Path(out_dir)
    return [
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True),
        keras.callbacks.TensorBoard(folder / "logs"),
    ]


def train(model, data, val_data, out_dir: str, seed: int) -> keras.callbacks.History:
    keras.utils.set_random_seed(seed)
    images, labels = data
    steps = EPOCHS * -(-len(images) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(5e-3, steps)
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=28,
    )
    return model.fit(
        images,
        labels,
        batch_size=BATCH,
        epochs=EPOCHS,
        validation_data=val_data,
        callbacks=callbacks(out_dir),
        verbose=2,
    )


def confusion_matrix(y_true, y_pred, k: int = 10) -> np.ndarray:
    matrix = np.zeros((k, k), dtype=int)
    np.add.at(matrix, (np.asarray(y_true), np.asarray(y_pred)), 1)
    return matrix
