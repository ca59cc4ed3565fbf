"""The network that hears beats, from its PyTorch checkpoint, without PyTorch.

A checkpoint is an archive of plain arrays; each of this network's has a size of its own, which says
what it is. The layers are those of BeatNet's `model.py`: a convolution along the spectrum, a pool,
a dense layer, two LSTMs of 150 cells, a dense layer and a softmax.
"""

import io
import zipfile

import numpy as np
import onnx
from onnx import helper, numpy_helper

CELLS, SEEN, KERNEL = 150, 272, 10
POOLED = (SEEN - KERNEL + 1) // 2
GATES = 4 * CELLS


def beat_network(checkpoint: bytes) -> onnx.ModelProto:
    """The graph around the trained weights."""
    weights = _weights(_arrays(checkpoint))
    constants = [numpy_helper.from_array(np.ascontiguousarray(a), n) for n, a in weights.items()]
    seen = helper.make_tensor_value_info("f", onnx.TensorProto.FLOAT, [1, "t", SEEN])
    told = helper.make_tensor_value_info("p", onnx.TensorProto.FLOAT, [1, "t", 3])
    graph = helper.make_graph(_nodes(), "beatnet", [seen], [told], constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="unsung"
    )


def _arrays(checkpoint: bytes) -> dict[int, np.ndarray]:
    """The arrays of the checkpoint by their size."""
    with zipfile.ZipFile(io.BytesIO(checkpoint)) as archive:
        rows = [archive.read(name) for name in archive.namelist() if "/data/" in name]
    return {len(row) // 4: np.frombuffer(row, "<f4") for row in rows}


def _weights(arrays: dict[int, np.ndarray]) -> dict[str, np.ndarray]:
    """By layer, as ONNX has them; the recurrent layers lie end to end, weights, then biases."""
    recurrent, square = arrays[2 * (2 * GATES * CELLS + 2 * GATES)], GATES * CELLS
    matrices = [_gates(recurrent[k * square :][:square].reshape(GATES, CELLS)) for k in range(4)]
    rest = recurrent[4 * square :]
    biases = [_gates(rest[k * GATES :][:GATES].reshape(GATES, 1))[:, 0] for k in range(4)]
    layers = {
        f"{name}{layer}": array[None]
        for layer in range(2)
        for name, array in (
            ("W", matrices[2 * layer]),
            ("R", matrices[2 * layer + 1]),
            ("B", np.concatenate(biases[2 * layer : 2 * layer + 2])),
        )
    }
    return {
        "conv.kernel": arrays[2 * KERNEL].reshape(2, 1, KERNEL),
        "conv.bias": arrays[2],
        "dense.kernel": arrays[2 * POOLED * CELLS].reshape(CELLS, 2 * POOLED).T,
        "dense.bias": arrays[CELLS],
        "out.kernel": arrays[3 * CELLS].reshape(3, CELLS).T,
        "out.bias": arrays[3],
        "frames": np.array([-1, 1, SEEN], np.int64),
        "flat": np.array([-1, 1, 2 * POOLED], np.int64),
        "one": np.array([1], np.int64),
        "answer": np.array([1, -1, 3], np.int64),
        **layers,
    }


def _gates(rows: np.ndarray) -> np.ndarray:
    """Input, forget, cell, output, as PyTorch has them, to input, output, forget, cell."""
    one, forget, cell, output = rows.reshape(4, CELLS, -1)
    return np.concatenate([one, output, forget, cell])


def _nodes() -> list[onnx.NodeProto]:
    node = helper.make_node
    return [
        node("Reshape", ["f", "frames"], ["x0"]),
        node("Conv", ["x0", "conv.kernel", "conv.bias"], ["x1"]),
        node("Relu", ["x1"], ["x2"]),
        node("MaxPool", ["x2"], ["x3"], kernel_shape=[2], strides=[2]),
        node("Reshape", ["x3", "flat"], ["x4"]),
        node("MatMul", ["x4", "dense.kernel"], ["x5"]),
        node("Add", ["x5", "dense.bias"], ["x6"]),
        node("LSTM", ["x6", "W0", "R0", "B0"], ["y0"], hidden_size=CELLS),
        node("Squeeze", ["y0", "one"], ["x7"]),
        node("LSTM", ["x7", "W1", "R1", "B1"], ["y1"], hidden_size=CELLS),
        node("Squeeze", ["y1", "one"], ["x8"]),
        node("MatMul", ["x8", "out.kernel"], ["x9"]),
        node("Add", ["x9", "out.bias"], ["x10"]),
        node("Reshape", ["x10", "answer"], ["x11"]),
        node("Softmax", ["x11"], ["p"], axis=-1),
    ]
