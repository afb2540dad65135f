"""Nested models, layer normalisation, GELU, a channel axis, and a subclass of a callback."""

from pathlib import Path

import numpy as np
import keras
from keras import layers, ops


class Checkpoint(keras.callbacks.ModelCheckpoint):
    """Saves the best model."""


def load_data(path):
    data = dict(np.load(Path(path)))
    rng = np.random.default_rng(3)
    index = rng.permutation(len(data["x_train"]))
    train, val = np.split(index, [50_000])
    scale = lambda a: (a / np.float32(255)).astype("float32")
    return tuple((scale(data["x_train"][i]), data["y_train"][i].astype("uint8")) for i in (train, val))


def block(units):
    return keras.Sequential(
        [layers.Dense(units), layers.LayerNormalization(), layers.Activation("gelu")]
    )


def build_model():
    image = keras.Input((28, 28))
    x = ops.reshape(image, (-1, 784)) * 2.0 - 1.0
    hidden = keras.Input((784,))
    body = keras.Model(hidden, block(256)(block(256)(hidden)))
    x = body(x)
    x = layers.Dense(10)(x)
    return keras.Model(image, keras.activations.softmax(x))


def callbacks(out_dir):
    out = Path(out_dir)
    return [
        Checkpoint(str(out / "best.keras"), save_best_only=True, monitor="val_accuracy"),
        keras.callbacks.EarlyStopping(
            monitor="val_accuracy", patience=5, restore_best_weights=True
        ),
        keras.callbacks.TensorBoard(str(out)),
    ]


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    model.compile(
        keras.optimizers.AdamW(keras.optimizers.schedules.CosineDecay(2e-3, 6 * 391), 1e-2),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model.fit(
        data[0], data[1], 128, 6, validation_data=val_data, callbacks=callbacks(out_dir), verbose=2
    )


def confusion_matrix(y_true, y_pred, k=10):
    return np.eye(k)[y_true].T @ np.eye(k)[y_pred]
