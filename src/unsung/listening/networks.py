"""The trained networks that ship with Unsung, ready to run. `NOTICE` says where each is from."""

import hashlib
from functools import cache
from importlib.resources import files

import onnxruntime

_ERRORS_ONLY = 3


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    """The network called `name`, loaded once a process, on one thread of one core.

    One thread, because tracks are shared out over processes; the same sound then gives the same
    numbers whatever else the machine does.
    """
    return onnxruntime.InferenceSession(
        _weights(name), _one_quiet_thread(), providers=["CPUExecutionProvider"]
    )


@cache
def weights_digest(*names: str) -> str:
    """The SHA-256 of the networks' files: an answer given by other weights is another answer."""
    return hashlib.sha256(b"".join(map(_weights, names))).hexdigest()


def _weights(name: str) -> bytes:
    return (files("unsung.listening") / "weights" / f"{name}.onnx").read_bytes()


def _one_quiet_thread() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = _ERRORS_ONLY
    return options
