"""Sonic Visualiser layers (`.svl`): open the recording there, then File > Import Annotation Layer.

Stretches become regions, notes become notes, a curve becomes one layer of values a column, and a
curve of twelve or more columns one coloured grid. Time is in samples of the recording. The form is
the one Sonic Visualiser writes and reads itself (its `SVFileReader`); it has no schema.
"""

import re
from collections.abc import Iterator
from typing import Literal
from xml.etree import ElementTree as ET

import numpy as np

from unsung.model.album import Recording
from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.outcomes import NotHeard
from unsung.model.sound import Feature
from unsung.pages.exports.columns import Column, encodable
from unsung.pages.exports.curve import Curve
from unsung.pages.exports.curve_tables import CURVES
from unsung.pages.exports.stretches import STRETCHES, Stretch, stretches

_SCORE_RATE_HZ = 44_100
_NOTE_LAYERS = {"notes", "melody", "bass", "inner", "motif-notes"}
_FEWEST_ROWS_OF_A_GRID = 12
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE sonic-visualiser>\n'

SVL_CURVES: dict[str, Curve] = {curve.what: curve for curve in CURVES}


def layers(what: str, soundtrack: Soundtrack, heard: Heard) -> Iterator[tuple[str, str]]:
    """The layers of one thing that was heard: what each shows, and its file; none if not heard."""
    hearing = heard.hearing
    rate_hz = _sample_rate_hz(hearing)
    if what in STRETCHES:
        shape: Literal["note", "region"] = "note" if what in _NOTE_LAYERS else "region"
        yield what, _stretch_layer(what, stretches(what, soundtrack, heard), shape, rate_hz)
    else:
        yield from _curve_layers(SVL_CURVES[what], hearing, rate_hz)


def _sample_rate_hz(hearing: Hearing) -> int:
    source = hearing.source
    return source.sample_rate_hz if isinstance(source, Recording) else _SCORE_RATE_HZ


def _stretch_layer(
    name: str, drawn: list[Stretch], shape: Literal["note", "region"], rate_hz: int
) -> str:
    units = "MIDI Pitch" if shape == "note" else ""
    values = np.array([one.value for one in drawn])
    model = {"type": "sparse", "dimensions": "3", "subtype": shape, "resolution": "1"}
    dataset = ET.Element("dataset", id="0", dimensions="3")
    for one in drawn:
        ET.SubElement(dataset, "point", _point(one, rate_hz))
    layer = "notes" if shape == "note" else "regions"
    return _document(name, layer, model | {"units": units}, values, dataset, rate_hz)


def _point(one: Stretch, rate_hz: int) -> dict[str, str]:
    start, end = round(one.start_s * rate_hz), round(one.end_s * rate_hz)
    return {
        "frame": str(start),
        "value": f"{one.value:.4f}",
        "duration": str(max(1, end - start)),
        "label": _legal(one.text),
    }


def _legal(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", encodable(text))


def _curve_layers(curve: Curve, hearing: Hearing, rate_hz: int) -> Iterator[tuple[str, str]]:
    features = curve.features(hearing)
    if isinstance(features, NotHeard):
        return
    if len(curve.columns) >= _FEWEST_ROWS_OF_A_GRID:
        yield curve.what, _grid_layer(curve, features[0], rate_hz)
        return
    rows = [(feature, row) for feature in features for row in feature.values]
    for column, (feature, row) in zip(curve.columns, rows, strict=True):
        yield f"{curve.what}.{column.name}", _value_layer(column, feature.times_s, row, rate_hz)


def _value_layer(column: Column, times_s: np.ndarray, row: np.ndarray, rate_hz: int) -> str:
    model = {"type": "sparse", "dimensions": "2", "resolution": "1", "units": column.unit}
    dataset = ET.Element("dataset", id="0", dimensions="2")
    for time_s, value in zip(times_s.tolist(), row.tolist(), strict=True):
        point = {"frame": str(round(time_s * rate_hz)), "value": f"{value:.4f}", "label": ""}
        ET.SubElement(dataset, "point", point)
    return _document(column.name, "timevalues", model, row, dataset, rate_hz)


def _grid_layer(curve: Curve, feature: Feature, rate_hz: int) -> str:
    """Each column shows the instant nearest to it.

    Columns begin every whole number of samples; so the grid keeps time with the recording, whatever
    the feature's own clock.
    """
    hop = max(1, round(rate_hz / feature.frames.rate_hz))
    shown = feature.values[:, _nearest(feature, hop / rate_hz)]
    model = {"type": "dense", "dimensions": "3", "windowSize": str(hop), "startFrame": "0"}
    dataset = ET.Element("dataset", id="0", dimensions="3", separator=" ")
    for number, column in enumerate(curve.columns):
        ET.SubElement(dataset, "bin", number=str(number), name=column.name)
    for number, values in enumerate(shown.T.tolist()):
        row = ET.SubElement(dataset, "row", n=str(number))
        row.text = " ".join(f"{value:.4f}" for value in values)
    model |= {"yBinCount": str(len(curve.columns))}
    return _document(curve.what, "colour3dplot", model, feature.values, dataset, rate_hz)


def _nearest(feature: Feature, hop_s: float) -> np.ndarray:
    count = feature.values.shape[1]
    last_s = feature.frames.first_s + count / feature.frames.rate_hz
    times_s = np.arange(0.0, last_s if count else 0.0, hop_s)
    indices = np.rint((times_s - feature.frames.first_s) * feature.frames.rate_hz).astype(int)
    nearest: np.ndarray = np.clip(indices, 0, max(0, count - 1))
    return nearest


def _document(
    name: str,
    layer: str,
    model: dict[str, str],
    values: np.ndarray,
    dataset: ET.Element,
    rate_hz: int,
) -> str:
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    common = {"id": "1", "name": name, "sampleRate": str(rate_hz), "dataset": "0"}
    extent = {"minimum": f"{low:.4f}", "maximum": f"{high:.4f}", "notifyOnAdd": "true"}
    root = ET.Element("sv")
    inside = ET.SubElement(root, "data")
    ET.SubElement(inside, "model", common | model | extent)
    inside.append(dataset)
    display = ET.SubElement(root, "display")
    ET.SubElement(display, "layer", {"id": "2", "type": layer, "name": name, "model": "1"})
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"
