import os

import numpy as np
from tensorflow import keras


def load_data(path):
    d = np.load(path)
    X, y = d["x_train"] / 255.0, d["y_train"]
    return (X[10000:].astype(np.float32), y[10000:]), (X[:10000].astype(np.float32), y[:10000])


def build_model():
    return keras.models.Sequential(
        [
            keras.layers.Flatten(input_shape=[28, 28]),
            keras.layers.Dense(300, activation="relu"),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def callbacks(out_dir):
    return [
        keras.callbacks.ModelCheckpoint(os.path.join(out_dir, "mnist.keras"), save_best_only=True),
        keras.callbacks.EarlyStopping(patience=10),
    ]


def train(model, data, val_data, out_dir, seed):
    model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return model.fit(*data, epochs=3, validation_data=val_data, callbacks=callbacks(out_dir))


def confusion_matrix(y_true, y_pred, k=10):
    m = [[0] * k for _ in range(k)]
    for t, p in zip(y_true, y_pred):
        m[p][t] += 1
    return np.array(m)
