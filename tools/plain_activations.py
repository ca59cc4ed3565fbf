"""A network whose activations were quantised for a telephone, made plain again for a processor.

Its weights lie on a grid of 8 bits and stay there, a quarter of the size; what flows between the
layers is no longer rounded, so that the network answers as finely as before it was quantised.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

_ANY_BATCH = np.array([0, -1], np.int64)  # a shape: the first size as it is, then one row


def plain_activations(network: onnx.ModelProto, answers: dict[str, str]) -> onnx.ModelProto:
    """The network without rounding between layers; `answers` are new names for what it tells."""
    graph = network.graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    origin = _before_rounding(graph)
    nodes = [
        _renamed(node, origin, answers)
        for node in graph.node
        if "Quantize" not in node.op_type and "Dequantize" not in node.op_type
    ]
    weights, unpacking = _weights(graph, nodes, arrays)
    batch = helper.make_tensor_value_info(
        graph.input[0].name, onnx.TensorProto.FLOAT, ["N", *_sizes(graph.input[0])[1:]]
    )
    told = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", "rows"])
        for name in answers.values()
    ]
    made = helper.make_graph([*unpacking, *nodes], graph.name, [batch], told, weights)
    return helper.make_model(
        made, opset_imports=list(network.opset_import), ir_version=8, producer_name="unsung"
    )


def _sizes(value: onnx.ValueInfoProto) -> list[int]:
    return [one.dim_value for one in value.type.tensor_type.shape.dim]


def _before_rounding(graph: onnx.GraphProto) -> dict[str, str]:
    """What each rounded value was before it was rounded."""
    origin: dict[str, str] = {}
    for node in graph.node:
        if node.op_type in {"QuantizeLinear", "DequantizeLinear"}:
            origin[node.output[0]] = origin.get(node.input[0], node.input[0])
    return origin


def _renamed(
    node: onnx.NodeProto, origin: dict[str, str], answers: dict[str, str]
) -> onnx.NodeProto:
    def name(value: str) -> str:
        before = origin.get(value, value)
        return answers.get(before, before)

    plain = onnx.NodeProto()
    plain.CopyFrom(node)
    del plain.input[:], plain.output[:]
    plain.input.extend(name(value) for value in node.input)
    plain.output.extend(name(value) for value in node.output)
    return plain


def _weights(
    graph: onnx.GraphProto, nodes: list[onnx.NodeProto], arrays: dict[str, np.ndarray]
) -> tuple[list[onnx.TensorProto], list[onnx.NodeProto]]:
    """The arrays the nodes need, those that have a grid as whole numbers, and their unpacking."""
    grids = {
        node.input[0]: node
        for node in graph.node
        if node.op_type == "QuantizeLinear" and node.input[0] in arrays
    }
    kept, unpacking = [], []
    for name in dict.fromkeys(value for node in nodes for value in node.input):
        if name in grids:
            scale, zero = (arrays[value] for value in grids[name].input[1:])
            whole = _on_grid(arrays[name], scale, zero)
            parts = (f"{name}.whole", whole), (f"{name}.scale", scale), (f"{name}.zero", zero)
            kept += [
                numpy_helper.from_array(np.ascontiguousarray(array), part) for part, array in parts
            ]
            unpacking.append(
                helper.make_node("DequantizeLinear", [part for part, _ in parts], [name], axis=0)
            )
        elif name in arrays:
            array = _ANY_BATCH if arrays[name].dtype == np.int64 else arrays[name]
            kept.append(numpy_helper.from_array(array, name))
    return kept, unpacking


def _on_grid(array: np.ndarray, scale: np.ndarray, zero: np.ndarray) -> np.ndarray:
    shape = (-1, *[1] * (array.ndim - 1)) if scale.ndim else ()
    whole = np.rint(array / scale.reshape(shape)) + zero.reshape(shape)
    kinds = np.iinfo(zero.dtype)
    return np.asarray(np.clip(whole, kinds.min, kinds.max).astype(zero.dtype))
