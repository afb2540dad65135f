"""Keras models across the wall: described in the child, read and computed by the judge."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.activations import ACTIVATIONS
from grader.keras_model import Model, read
from grader.model import Source
from grader.sandbox import Sandbox
from grader.sandbox.remote import fault_of, fetch, student_of
from grader.sandbox.wire import WireError

DIGITS = Path(__file__).resolve().parents[1] / "exercises" / "q10_mnist" / "mnist.npz"
SIZES = (5, 7)

STUDENT = '''
import functools, keras, numpy as np, tensorflow as tf
from keras import layers as L

made = []

def keep(model):
    """Give weights and statistics values as after training."""
    random = np.random.default_rng(len(made))
    for weight in model.weights:
        if "seed" not in weight.name and weight.dtype.startswith("float"):
            spread = random.uniform(0.5, 1.5, weight.shape)
            weight.assign(spread if "variance" in weight.name else spread - 1)
    made.append(model)
    return model

def predict(x):
    return made[-1].predict(x, verbose=0)

def chain(*layers):
    return keep(keras.Sequential([keras.Input((5, 7)), *layers]))

def activated(name):
    return chain(L.Flatten(), L.Dense(8), L.Activation(name))

def inside_dense():
    hidden = L.Dense(6, tf.nn.elu), L.Dense(5, activation=L.LeakyReLU(0.1))
    return chain(L.Flatten(), *hidden, L.Dense(4, tf.nn.softmax))

def spellings():
    return chain(
        L.Rescaling(2.0, -0.5), L.Flatten(), L.GaussianNoise(0.1), L.Dense(9, use_bias=False),
        L.BatchNormalization(scale=False), L.ReLU(max_value=2, negative_slope=0.1, threshold=0.5),
        L.Dropout(0.3), L.LayerNormalization(), L.PReLU(), L.AlphaDropout(0.2), L.Dense(8),
        L.BatchNormalization(center=False), L.ELU(0.7), L.GaussianDropout(0.2), L.LeakyReLU(0.2),
        L.Dense(10), L.Softmax(),
    )

def axes():
    return chain(
        L.BatchNormalization(axis=1), L.LayerNormalization(axis=[1, 2]), L.Softmax(axis=1),
        L.Reshape((7, -1)), L.Dense(3), L.Flatten(data_format="channels_first"), L.Dense(4, "tanh"),
    )

def normalised():
    adapted = L.Normalization()
    adapted.adapt(np.random.default_rng(1).random((50, 5, 7)).astype("float32"))
    told = L.Normalization(mean=1.0, variance=2.0)
    made.append(keras.Sequential([keras.Input((5, 7)), adapted, told, L.Flatten(), L.Dense(3)]))
    return made[-1]

def functional():
    start, part = keras.Input((5, 7)), keras.Input((5,))
    inner = keras.Model(part, keras.activations.gelu(L.Dense(4)(part)))
    shared = L.Dense(35, "tanh")
    x = keras.ops.reshape(1 - start / 2.0, (-1, 35))
    x = inner(keras.Sequential([L.Dense(5), L.ReLU()])(shared(shared(x))))
    x = keras.activations.relu(x, negative_slope=0.1)
    x = keras.ops.gelu(keras.activations.elu(keras.ops.leaky_relu(x * 1.5 + 0.1), 0.3))
    return keep(keras.Model(start, keras.activations.softmax(x)))

class Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.body = keras.Sequential([L.Flatten(), L.Dense(5)])
        self.act, self.drop, self.out = L.ReLU(), L.Dropout(0.2), L.Dense(10, "softmax")
    def call(self, x, training=False):
        return self.out(self.drop(self.act(self.body(x)), training=training))

class Winding(Subclass):
    def call(self, x):
        return tf.nn.relu(self.out(self.body(x)))

def subclassed(kind=Subclass):
    model = kind()
    model(np.zeros((2, 5, 7), "float32"))
    return keep(model)

def winding(): return subclassed(Winding)

class Scaled(keras.Sequential):
    def call(self, x, training=False):
        return 3.0 * super().call(x)

def scaled():
    return keep(Scaled([keras.Input((5, 7)), L.Flatten(), L.Dense(4)]))

def unbuilt(): return Subclass()
def unshaped(): return keras.Sequential([L.Flatten(), L.Dense(3)])

def convolution():
    start = keras.Input((5, 7, 1))
    return keras.Model(start, L.Dense(2)(L.Flatten()(L.Conv2D(3, 3)(start))))

def own_function(x): return x
def own_activation(): return chain(L.Flatten(), L.Dense(2, own_function))
def anonymous(): return chain(L.Lambda(lambda x: 2 * x), L.Dense(2))
def many_scales(): return chain(L.Rescaling([1.0] * 7))

def skip():
    start = keras.Input((5, 7))
    x = L.Flatten()(start)
    return keras.Model(start, L.Add()([x, L.Dense(35)(x)]))

def two_outputs():
    start = keras.Input((5, 7))
    return keras.Model(start, [start, L.Flatten()(start)])

def no_call():
    class Silent(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = L.Dense(3)
    return Silent()

def too_wide(): return chain(L.Flatten(), L.Dense(70_000))

def misfit(): return tf.matmul(tf.ones((2, 3)), tf.ones((2, 3)))

def disguised():
    class Dense(L.Dense):
        def call(self, x): return 10 * super().call(x)
    return chain(L.Flatten(), Dense(2))

def compiled(how):
    model = chain(L.Flatten(), L.Dense(3))
    losses, schedules = keras.losses, keras.optimizers.schedules
    sparse = losses.sparse_categorical_crossentropy
    model.compile(**{
        "names": dict(optimizer="adam", loss="mse", metrics=["accuracy"]),
        "objects": dict(
            optimizer=keras.optimizers.SGD(schedules.CosineDecay(0.25, 9)),
            loss=losses.SparseCategoricalCrossentropy(from_logits=True, name="mine"),
            metrics=[keras.metrics.SparseCategoricalAccuracy()],
        ),
        "partial": dict(loss=functools.partial(sparse, from_logits=True)),
        "lambda": dict(loss=lambda y, p: 0.0),
    }[how])
    return model

def reader_of_digits():
    with np.load("mnist.npz") as archive:
        images, labels = archive["x_train"].astype("float32") / 255, archive["y_train"]
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((28, 28)), L.Flatten()])
    for _ in range(3):
        model.add(L.Dense(256, use_bias=False))
        model.add(L.BatchNormalization())
        model.add(L.ReLU())
    model.add(L.Dense(10, "softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(images[:2560], labels[:2560], batch_size=256, verbose=0)
    made.append(model)
    return model
'''

IN_WORDS = {
    "convolution": "Layer Conv2D is not part of an MLP.",
    "anonymous": "Layer Lambda is not part of an MLP.",
    "disguised": "Layer Dense of your own cannot be followed",
    "own_activation": "uses the activation own_function, which is none of Keras's.",
    "many_scales": "(Rescaling) has a scale that the judge's forward pass does not know.",
    "skip": "Its layers branch",
    "no_call": "Its `call` does more than",
    "two_outputs": "It has more than one input or output.",
    "winding": "Its `call` does more than call Keras layers one after another",
    "unbuilt": "It has no weights yet",
    "unshaped": "It has no weights yet",
    "too_wide": "It is larger than the judge computes",
}

DENSE = {
    "class": "Dense",
    "name": "dense",
    "settings": {"activation": "relu"},
    "weights": {"kernel": np.ones((6, 2), np.float32), "bias": np.zeros(2, np.float32)},
    "odd": None,
}
FLATTEN = {
    "class": "Flatten",
    "name": "flatten",
    "settings": {"data_format": "channels_last"},
    "weights": {},
    "odd": None,
}
WHOLE: dict[str, Any] = {
    "layers": [FLATTEN, DENSE],
    "unordered": None,
    "built": True,
    "input_shape": [None, 2, 3],
    "output_shape": [None, 2],
    "compiled": {
        "loss": "mse",
        "loss_class": None,
        "from_logits": False,
        "optimizer": "Adam",
        "learning_rate": 0.5,
        "schedule": None,
        "metrics": ["accuracy"],
    },
}
HOSTILE: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    float("nan"),
    float("inf"),
    "",
    "__class__",
    "<script>",
    [],
    [[]],
    {},
    {"a": 1},
    b"x",
    np.zeros((0, 0), np.float32),
    np.zeros((3, 2, 2), np.complex64),
    np.full((6, 3), np.nan),
    [None] * 300,
)
REQUIRED = {*WHOLE, *WHOLE["compiled"], *DENSE}


@pytest.fixture(scope="module")
def student(sandbox: Sandbox) -> Iterator[Any]:
    """One child for all tests, with functions that build models."""
    with sandbox.open("models", Source("models.py", STUDENT), provided=(DIGITS,)) as session:
        session.allow(120)
        yield student_of(session)


@pytest.fixture
def inputs() -> np.ndarray:
    """Return 300 inputs on both sides of zero."""
    return np.random.default_rng(0).uniform(-3, 3, (300, *SIZES)).astype(np.float32)


def off(model: Model, student: Any, inputs: np.ndarray) -> float:
    """Return how far the judge's outputs are from Keras's, relative to the largest of them."""
    theirs = fetch(student.predict(inputs))
    return float(np.abs(model.forward(inputs) - theirs).max() / max(1.0, np.abs(theirs).max()))


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"gelu_tanh"}))
def test_every_activation_function_is_that_of_keras(
    name: str, student: Any, inputs: np.ndarray
) -> None:
    """The judge's activation functions give what Keras's do."""
    assert off(fetch(student.activated(name)), student, inputs) < 1e-5


@pytest.mark.parametrize(
    "build",
    ["inside_dense", "spellings", "axes", "normalised", "functional", "subclassed", "scaled"],
)
def test_the_forward_pass_is_that_of_keras(build: str, student: Any, inputs: np.ndarray) -> None:
    """Layer spellings, nested models, operators and subclasses compute what they do in Keras."""
    model = fetch(getattr(student, build)())
    assert model.obstacle is None
    assert off(model, student, inputs) < 1e-5


def test_a_trained_network_reads_every_digit_as_it_does_in_keras(student: Any) -> None:
    """Argmax agrees on 10,000 of 10,000 images, and the probabilities within 1e-5."""
    model = fetch(student.reader_of_digits())
    with np.load(DIGITS) as archive:
        images = archive["x_train"][50_000:].astype(np.float32) / 255
    ours, theirs = model.forward(images), fetch(student.predict(images))
    assert (ours.argmax(axis=1) == theirs.argmax(axis=1)).sum() == 10_000
    assert np.abs(ours - theirs).max() < 1e-5
    assert model.parameters == fetch(student.made[-1].count_params())


@pytest.mark.parametrize("build", sorted(IN_WORDS))
def test_what_the_judge_cannot_run_is_said_in_words(build: str, student: Any) -> None:
    """A model with an obstacle still comes across, and its forward pass refuses to run."""
    model = fetch(getattr(student, build)())
    assert IN_WORDS[build] in model.obstacle
    assert model.layers
    with pytest.raises(ValueError, match=r"\w"):
        model.forward(np.zeros((1, *SIZES), np.float32))


def test_the_weights_of_a_model_that_cannot_be_followed_come_along(student: Any) -> None:
    """Shapes of weights can be judged where the order of layers is not known."""
    shapes = [weight.shape for weight in fetch(student.winding()).weights]
    assert shapes == [(35, 5), (5,), (5, 10), (10,)]


def test_an_unbuilt_sequential_model_is_described_once_it_is_built(student: Any) -> None:
    """`build` gives the shape that was missing."""
    call = student.unshaped()
    assert not fetch(call).built
    fetch(call.build((None, *SIZES)))
    model = fetch(call)
    assert (model.input_shape, model.output_shape) == ((None, 5, 7), (None, 3))
    assert model.obstacle is None


def test_an_operation_that_fails_says_so_in_its_own_words(student: Any) -> None:
    """Children run bare kernels; a graph around each would cost time and be named in errors."""
    fault = fault_of(student.misfit())
    assert fault is not None
    assert "Matrix size-incompatible" in fault.message
    assert "__wrapped__" not in fault.message


def test_compile_settings_come_in_one_spelling(student: Any) -> None:
    """Names, objects, partial functions and functions of the student's own are told apart."""
    names = fetch(student.compiled("names")).compiled
    assert (names.loss, names.loss_class, names.from_logits) == ("mean_squared_error", None, False)
    assert (names.optimizer, names.schedule, names.metrics) == ("Adam", None, ("accuracy",))
    assert names.learning_rate == pytest.approx(0.001)
    objects = fetch(student.compiled("objects")).compiled
    assert (objects.loss, objects.loss_class) == (
        "sparse_categorical_crossentropy",
        "SparseCategoricalCrossentropy",
    )
    assert (objects.from_logits, objects.schedule) == (True, "CosineDecay")
    assert (objects.learning_rate, objects.metrics) == (0.25, ("sparse_categorical_accuracy",))
    partial = fetch(student.compiled("partial")).compiled
    assert (partial.loss, partial.from_logits) == ("sparse_categorical_crossentropy", True)
    assert fetch(student.compiled("lambda")).compiled.loss == "<lambda>"
    assert fetch(student.unshaped()).compiled is None


def test_a_well_formed_description_is_read() -> None:
    """The base of the mutations below is itself in order."""
    model = read(copy.deepcopy(WHOLE))
    assert (model.obstacle, model.parameters, model.output_shape) == (None, 14, (None, 2))
    assert model.forward(np.ones((3, 2, 3), np.float32)).tolist() == [[6, 6]] * 3


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every part of a description."""
    yield path
    items = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in items:
        yield from places(value, (*path, key))


def with_change(path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """Return a copy of the description in which one part is changed."""
    data = copy.deepcopy(WHOLE)
    part = data
    for key in path[:-1]:
        part = part[key]
    change(part, path[-1])
    return data


def test_no_malformed_description_gets_past_the_reader() -> None:
    """Each part is replaced by each hostile value: a WireError, or a model that is safe to run."""
    for path in list(places(WHOLE))[1:]:
        for value in HOSTILE:
            data = with_change(path, lambda part, key, new=value: part.__setitem__(key, new))
            try:
                model = read(data)
            except WireError:
                continue
            if model.obstacle is None:
                shape = (3, *model.input_shape[1:])
                assert len(model.forward(np.ones(shape, np.float32))) == 3


@pytest.mark.parametrize("path", [path for path in places(WHOLE) if path and path[-1] in REQUIRED])
def test_a_description_without_one_of_its_parts_is_refused(path: tuple[Any, ...]) -> None:
    """Every key has to be there."""
    with pytest.raises(WireError):
        read(with_change(path, lambda part, key: part.pop(key)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"settings": {"activation": "__import__"}}, "whose activation is none"),
        ({"settings": {"activation": "relu", "trainable": True}}, "other settings"),
        ({"settings": {}}, "other settings"),
        ({"weights": {"kernel": np.ones((6, 2, 1))}}, "a weight that is none"),
        ({"weights": {"kernel": np.ones((6, 2)), "eval": np.ones(1)}}, "malformed model"),
        ({"name": 5}, "a name that is none"),
    ],
)
def test_settings_and_weights_follow_a_closed_table(change: dict[str, Any], words: str) -> None:
    """Unknown keys, values out of range and weights with other axes are refused."""
    data = copy.deepcopy(WHOLE) | {"layers": [FLATTEN, DENSE | change]}
    with pytest.raises(WireError, match=words):
        read(data)


@pytest.mark.parametrize(
    "layer",
    [
        DENSE | {"weights": {"kernel": np.ones((5, 2))}},
        DENSE | {"weights": {"kernel": np.ones((6, 2)), "bias": np.ones(3)}},
        DENSE | {"class": "PReLU", "settings": {}, "weights": {"alpha": np.ones((2, 6))}},
        DENSE | {"class": "PReLU", "settings": {}, "weights": {"alpha": np.ones((1, 2, 6))}},
        DENSE | {"class": "Reshape", "settings": {"target_shape": [-1, -1]}, "weights": {}},
        DENSE | {"class": "Reshape", "settings": {"target_shape": [4]}, "weights": {}},
        DENSE | {"class": "Softmax", "settings": {"axis": 0}, "weights": {}},
    ],
)
def test_layers_that_do_not_fit_together_are_an_obstacle(layer: dict[str, Any]) -> None:
    """Nothing that passes the reader can fail later, or mix one image with another."""
    assert read(WHOLE | {"layers": [FLATTEN, layer]}).obstacle == "Its layers do not fit together."


def test_names_are_safe_to_show() -> None:
    """Control characters and long names do not reach a report."""
    data = WHOLE | {"layers": [DENSE | {"class": "A\x1b[31m\u202e" + "x" * 500, "odd": None}]}
    layer = read(data).layers[0]
    assert layer.kind.startswith("A__31m_x")
    assert len(layer.kind) == 80


def test_reading_needs_no_keras() -> None:
    """The judge imports neither Keras nor TensorFlow."""
    code = (
        "import sys, grader.keras_model; "
        "print([m for m in ('keras', 'tensorflow', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
