from pathlib import Path

import keras
import numpy as np
from keras import layers

NOTES = "The step from 97.5 to 98.3 % came from letting the learning rate fall to zero."


def load_data(path):
    with np.load(path) as data:
        x = data["x_train"].astype("float32") / 255
        y = data["y_train"].astype("int64")
    return (x[:50_000], y[:50_000]), (x[50_000:], y[50_000:])


def build_model():
    model = keras.Sequential([layers.Input((28, 28)), layers.Flatten()])
    for _ in range(2):
        model.add(layers.Dense(200, use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Dense(10, activation="softmax"))
    return model


def callbacks(out_dir):
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.ModelCheckpoint(
            str(out / "best.keras"), monitor="val_accuracy", mode="max", save_best_only=True
        ),
        keras.callbacks.EarlyStopping(
            monitor="val_accuracy", mode="max", patience=5, restore_best_weights=True
        ),
        keras.callbacks.TensorBoard(str(out / "logs")),
    ]


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    x, y = data
    epochs, batch = 6, 256
    decay = keras.optimizers.schedules.CosineDecay(5e-3, epochs * -(-len(x) // batch))
    model.compile(
        optimizer=keras.optimizers.Adam(decay),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model.fit(
        x,
        y,
        batch_size=batch,
        epochs=epochs,
        validation_data=val_data,
        callbacks=callbacks(out_dir),
        verbose=2,
    )


def confusion_matrix(y_true, y_pred, k=10):
    matrix = np.zeros((k, k), dtype=int)
    np.add.at(matrix, (np.asarray(y_true), np.asarray(y_pred)), 1)
    return matrix
