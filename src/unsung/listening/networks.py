"""The trained networks that ship with Unsung, ready to run. `NOTICE` says where each is from."""

import hashlib
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime

_ERRORS_ONLY = 3


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    """The network called `name`, loaded once a process, on one thread of one core.

    One thread, because tracks are shared out over processes; the same sound then gives the same
    numbers whatever else the machine does.
    """
    return onnxruntime.InferenceSession(
        _weights(f"{name}.onnx"), _one_quiet_thread(), providers=["CPUExecutionProvider"]
    )


@cache
def weights_digest(*names: str) -> str:
    """The SHA-256 of the networks' files: an answer given by other weights is another answer."""
    return hashlib.sha256(b"".join(_weights(f"{name}.onnx") for name in names)).hexdigest()


@cache
def arrays(name: str) -> Mapping[str, np.ndarray]:
    """The weights called `name` of a network so small that numpy runs it, in single precision."""
    with np.load(io.BytesIO(_weights(f"{name}.npz"))) as kept:
        return {part: kept[part].astype(np.float32) for part in kept.files}


@cache
def arrays_digest(name: str) -> str:
    """The SHA-256 of the file of `arrays`."""
    return hashlib.sha256(_weights(f"{name}.npz")).hexdigest()


def _weights(file: str) -> bytes:
    return (files("unsung.listening") / "weights" / file).read_bytes()


def _one_quiet_thread() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = _ERRORS_ONLY
    return options
