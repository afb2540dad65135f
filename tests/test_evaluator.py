"""Models that only Keras can run, run where the student's code never was."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import course, predict, verify
from grader.keras_layers import BY_KERAS
from grader.model import Source, Verdict
from grader.sandbox import Sandbox, Session
from grader.sandbox.remote import Fault, StudentFault, as_student, fetch, student_of

IMAGES = Path(__file__).parent / "courses" / "images"

STUDENT = '''
import keras, numpy as np
from keras import layers as L
from grader import keras_model

made = []
described = keras_model.describe

def keep(*layers, shape=(8, 8, 3)):
    """Give weights values as after training."""
    made.append(keras.Sequential([keras.Input(shape), *layers]))
    random = np.random.default_rng(3)
    for weight in made[-1].weights:
        weight.assign(random.uniform(-0.5, 0.5, weight.shape))
    return made[-1]

def own(x):
    return made[-1].predict(x, verbose=0)

def lie(change):
    """Have the next model described falsely."""
    def told(model):
        data = described(model)
        change(data, data["layers"][0])
        return data
    keras_model.describe = told

def images():
    return keep(
        L.ZeroPadding2D(1), L.Conv2D(4, 3, activation="gelu"), L.MaxPooling2D(2),
        L.DepthwiseConv2D(2, padding="same", depth_multiplier=2), L.BatchNormalization(),
        L.SeparableConv2D(6, 3, padding="same", use_bias=False), L.UpSampling2D(2),
        L.GroupNormalization(3), L.Conv2DTranspose(3, 3, strides=2, activation="elu"),
        L.Cropping2D(((1, 2), (0, 1))), L.AveragePooling2D(3, 2), L.Permute((2, 1, 3)),
        L.GlobalMaxPooling2D(), L.RepeatVector(2), L.Dense(3), L.Flatten(), L.Softmax(),
    )

def pooled():
    return keep(L.Conv2D(4, 3, strides=2, groups=1), L.GlobalAveragePooling2D(keepdims=True))

def series():
    return keep(
        L.Conv1D(5, 3, padding="causal", dilation_rate=2), L.MaxPooling1D(2), L.AveragePooling1D(2),
        L.LSTM(4, return_sequences=True), L.GRU(3, return_sequences=True, go_backwards=True),
        L.SimpleRNN(5, activation="relu", return_sequences=True), L.GlobalMaxPooling1D(),
        shape=(16, 2),
    )

def words():
    return keep(L.Embedding(9, 4), L.GlobalAveragePooling1D(), L.Dense(2), shape=(6,))

def wide():
    return keep(L.Flatten(), L.Dense(9000), L.Dense(6000), L.Dense(1), shape=(9,))

def anonymous():
    return keep(L.Conv2D(2, 3), L.Lambda(lambda x: x))

class Mine(L.Conv2D):
    pass

def my_own():
    return keep(Mine(2, 3))

def branches():
    start = keras.Input((8, 8, 3))
    return keras.Model(start, L.Conv2D(3, 3)(start) + L.Conv2D(3, 3)(start))

def no_model():
    return [1, 2]

def too_small():
    return keep(L.Conv2D(2, 3), shape=(4, 4, 3))

def shapes():
    lie(lambda data, layer: layer["weights"].update(kernel=np.ones((3, 3, 3, 9), "f4")))
    return keep(L.Conv2D(2, 3))

def axes():
    lie(lambda data, layer: layer["weights"].update(kernel=np.ones(4, "f4")))
    return keep(L.Conv2D(2, 3))

def nothing():
    lie(lambda data, layer: layer["weights"].clear())
    return keep(L.Conv2D(2, 3))

def reach():
    lie(lambda data, layer: layer["settings"].update(kernel_initializer="x"))
    return keep(L.Conv2D(2, 3))

def negative():
    lie(lambda data, layer: layer["settings"].update(filters=-1))
    return keep(L.Conv2D(2, 3))

def code():
    lie(lambda data, layer: layer["settings"].update(activation="__import__('os').getpid"))
    return keep(L.Conv2D(2, 3))

def renamed():
    lie(lambda data, layer: layer.update({"class": "__class__"}))
    return keep(L.Conv2D(2, 3))

def giant():
    lie(lambda data, layer: layer["settings"].update(filters=65536, kernel_size=[65536, 65536]))
    return keep(L.Conv2D(2, 3))

def endless():
    return keep(L.Flatten(), L.RepeatVector(60000), L.LSTM(64), shape=(8, 8, 3))

def perfect():
    """Have Keras give the right answer in this process, whatever the weights are."""
    L.Conv2D.call = lambda self, x: x[:, :, 1:] - x[:, :, :-1]
    return keep(L.Conv2D(3, (1, 2)))
'''
COVERED = {
    "images": (8, 8, 3),
    "pooled": (8, 8, 3),
    "series": (16, 2),
    "words": (6,),
    "wide": (9,),
}
IN_WORDS = {
    "anonymous": "Layer Lambda cannot be rebuilt from its settings and weights alone.",
    "my_own": "Layer Mine of your own cannot be followed",
    "branches": "Its layers branch",
    "no_model": "It is no Keras model but [1, 2].",
    "too_small": "inputs of shape (4, 8, 8, 3) for a model of (None, 4, 4, 3)",
    "shapes": "Keras cannot build it from the settings and weights that it has",
    "nothing": "Layer conv2d (Conv2D) has no weights yet.",
    "renamed": "Layer __class__ cannot be rebuilt",
}
BROKEN_RULES = {
    "axes": "a weight that is none",
    "reach": "a layer Conv2D with other settings than it has",
    "negative": "a layer Conv2D whose filters is none",
    "code": "a layer Conv2D whose activation is none",
}


def opened(sandbox: Sandbox) -> Session:
    """Return a session for the models above."""
    return sandbox.open("models", Source("models.py", STUDENT))


def drawn(*shape: int) -> np.ndarray[Any, Any]:
    """Return inputs that anything may be computed of."""
    return np.random.default_rng(1).integers(0, 9, (4, *shape)).astype(np.float32)


def refused(sandbox: Sandbox, name: str, seconds: float = 30) -> Fault:
    """Return why a model's answers are none."""
    with opened(sandbox) as session:
        session.load()
        session.allow(seconds)
        with pytest.raises(StudentFault) as met:
            predict(getattr(student_of(session), name)(), drawn(8, 8, 3))
    assert met.value.call.endswith("()")
    return met.value.fault


def test_a_course_may_ask_for_convolutions(sandbox: Sandbox) -> None:
    """A check that says ``predict`` gives the reference all points and catches the mistake."""
    (exercise,) = course.load(IMAGES).exercises
    found = verify.verify(list(verify.cases(exercise)), sandbox, 2, lambda one: None)
    assert {one.case.kind for one in found} == {"reference", "stub", "mistake"}
    assert [one.faults for one in found] == [()] * len(found)


@pytest.mark.parametrize("name", COVERED)
def test_a_rebuilt_model_computes_what_the_students_does(sandbox: Sandbox, name: str) -> None:
    """For each class of the table, and beside layers that the judge knows, to rounding."""
    inputs = drawn(*COVERED[name])
    with opened(sandbox) as session:
        session.load()
        session.allow(60)
        student = student_of(session)
        found = predict(getattr(student, name)(), inputs)
        own = fetch(student.own(inputs))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, own, rtol=1e-4, atol=1e-5)


def test_every_class_of_the_table_is_compared() -> None:
    """None is trusted to have the settings and weights that its row says."""
    assert {title for title in BY_KERAS if f"L.{title}(" not in STUDENT} == set()


@pytest.mark.parametrize("name", IN_WORDS)
def test_what_cannot_be_rebuilt_is_said(sandbox: Sandbox, name: str) -> None:
    """Code of one's own, lies about shapes and what is no model fail the check, with a reason."""
    fault = refused(sandbox, name)
    assert fault.verdict is Verdict.FAILED
    assert IN_WORDS[name] in fault.message


@pytest.mark.parametrize("name", BROKEN_RULES)
def test_settings_and_weights_of_no_such_layer_do_not_cross(sandbox: Sandbox, name: str) -> None:
    """The judge takes nothing that the table does not allow; no other child sees it."""
    fault = refused(sandbox, name)
    assert fault.verdict is Verdict.CRASHED
    assert BROKEN_RULES[name] in fault.message


def test_a_model_that_asks_for_too_much_costs_its_own_check(sandbox: Sandbox) -> None:
    """Memory and time of the second child have the same limits as those of the first."""
    assert refused(sandbox, "giant").verdict in {Verdict.MEMORY, Verdict.FAILED}
    assert refused(sandbox, "endless", seconds=4).verdict is Verdict.TIMEOUT


def test_what_the_student_does_to_keras_stays_in_one_process(sandbox: Sandbox) -> None:
    """A patched layer answers as wished there, and predict tells what the weights say."""
    inputs = drawn(8, 8, 3)
    with opened(sandbox) as session:
        session.load()
        session.allow(60)
        student = student_of(session)
        found = predict(student.perfect(), inputs)
        wished = fetch(student.own(inputs))
    assert np.array_equal(wished, np.diff(inputs, axis=2))
    assert found.shape == wished.shape
    assert not np.allclose(found, wished)


def test_at_a_prompt_there_is_no_wall() -> None:
    """An author's own module is computed where it is."""
    import keras

    module: Any = types.ModuleType("mine")
    module.model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.MaxPooling2D(2)])
    images = drawn(4, 4, 1)
    found = predict(as_student(module).model, images)
    assert np.array_equal(found, images.reshape(4, 2, 2, 2, 2, 1).max(axis=(2, 4)))
