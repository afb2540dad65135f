"""One-hot labels and label smoothing inside train; columns of labels; the rate by a callback."""

import math

import keras
import numpy as np
from keras import layers


def load_data(path):
    archive = np.load(path)
    x = archive["x_train"] / 255.0
    y = archive["y_train"].reshape(-1, 1).astype("int64")
    validation = np.arange(len(x)) % 6 == 0
    return (
        (x[~validation].astype("float32"), y[~validation]),
        (x[validation].astype("float32"), y[validation]),
    )


def build_model():
    return keras.models.Sequential(
        [
            layers.InputLayer(shape=(28, 28)),
            layers.Flatten(),
            layers.Dense(300, kernel_initializer="he_normal"),
            layers.BatchNormalization(),
            layers.LeakyReLU(negative_slope=0.1),
            layers.Dense(200, kernel_initializer="he_normal"),
            layers.BatchNormalization(),
            layers.ELU(),
            layers.Dense(10),
            layers.Softmax(),
        ]
    )


def callbacks(out_dir):
    best = f"{out_dir}/checkpoints/best.keras"
    stop = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=10, min_delta=1e-4, restore_best_weights=True
    )
    save = keras.callbacks.ModelCheckpoint(best, "val_loss", save_best_only=True)
    board = keras.callbacks.TensorBoard(f"{out_dir}/run", histogram_freq=0)
    return [save, stop, board]


def train(model, data, val_data, out_dir, seed):
    keras.utils.set_random_seed(seed)
    (x, y), (x_val, y_val) = data, val_data
    model.compile(
        optimizer="adam",
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.05),
        metrics=["accuracy"],
    )
    epochs = 6
    rate = keras.callbacks.LearningRateScheduler(
        lambda epoch: 5e-3 * (1 + math.cos(math.pi * epoch / epochs)) / 2
    )
    return model.fit(
        x,
        keras.utils.to_categorical(y, 10),
        batch_size=256,
        epochs=epochs,
        validation_data=(x_val, keras.utils.to_categorical(y_val, 10)),
        callbacks=[*callbacks(out_dir), rate],
        verbose=2,
    )


def confusion_matrix(y_true, y_pred, k=10):
    matrix = [[0] * k for _ in range(k)]
    for true, predicted in zip(y_true, y_pred):
        matrix[true][predicted] += 1
    return matrix
