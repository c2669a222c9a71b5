"""What the page *Check your network* asks: plain data goes in, a report comes out as text of JSON."""

import base64
import json
from typing import Any

import numpy as np

from hdclib.checks import shown
from hdclib.networks.backbones import path as layers_of_text
from hdclib.networks.inspecting.asking import as_shape
from hdclib.networks.inspecting.inspection import inspected
from hdclib.networks.inspecting.lists import graph_of_layers
from hdclib.networks.inspecting.onnx_graphs import constant_of, graph_of_plain
from hdclib.networks.inspecting.words import findings, repair_record

FIRST_FINDINGS = "field", "holes", "border", "views", "trust"
MOST_CELLS = 2**16  # of a map that a page draws


class Desk:
    """Answers the page, one network at a time. Every answer is JSON; one with "error" says why there is no other."""

    def __init__(self):
        self.report: Any = None

    def ask_file(self, name, model, shape):
        """Inspect what the page's reader found in an ONNX file; `shape` as text, such as "3 513 513", or empty."""

        def made():
            graph, notes = graph_of_plain(model_of(json.loads(model)), _shape(shape))
            return inspected(graph, name, notes=notes)

        return self._told(made)

    def ask_layers(self, text, shape):
        """Inspect layers written as "3p1 3d2p2"; `shape` as text, the places alone, or empty."""

        def made():
            graph, notes = graph_of_layers(layers_of_text(text), _numbers(shape) or None)
            return inspected(graph, "layers", notes=notes)

        return self._told(made)

    def repairs(self):
        """Return the repairs of the network that was inspected last."""
        found = [{**repair_record(repair), "copy": self._copy(repair)} for repair in self.report.repairs]
        return json.dumps({"repairs": found, "words": findings(self.report, "repairs")["repairs"]})

    def map(self, number):
        """Return the window of one view as rows of "1" and "0", and where it starts."""
        view = self.report.views[number]
        mask = view.seen.window(self.report.map(view.path))
        if mask.size > MOST_CELLS:
            return json.dumps({"number": number, "error": f"This window has {mask.size} positions: too many to draw."})
        rows = np.atleast_2d(mask if mask.ndim < 3 else mask.any(0)).astype(int)
        lines = ["".join(map(str, row)) for row in rows.tolist()]
        return json.dumps({"number": number, "rows": lines, "starts": list(view.seen.starts)})

    def _copy(self, repair):
        """What a reader takes home: a patch, or the layers as they were written."""
        return repair.patch if repair.layers is None else " ".join(map(_written, repair.layers))

    def _told(self, made):
        try:
            self.report = made()
        except (TypeError, ValueError) as error:
            return json.dumps({"error": str(error)})
        return json.dumps({**self.report.record(), "findings": findings(self.report, *FIRST_FINDINGS)})


def model_of(found):
    """Return what the page's reader found in an ONNX file as `graph_of_plain` takes it: constants become arrays."""
    constants = {name: _constant(name, one) for name, one in found["constants"].items()}
    functions = [
        {**_attributed(one), "nodes": list(map(_attributed, one["nodes"]))} for one in found.get("functions", [])
    ]
    return {**found, "constants": constants, "nodes": list(map(_attributed, found["nodes"])), "functions": functions}


def _attributed(one):
    """A node or a function whose attributes are arrays where they are tensors."""
    attributes = {
        name: _constant(name, value) if isinstance(value, dict) else value for name, value in one["attributes"].items()
    }
    return {**one, "attributes": attributes}


def _constant(name, given):
    """An array, or its shape alone where the page has left its values out."""
    return constant_of(name, given["shape"], (lambda: _values(given)) if "dtype" in given else None)


def _values(given):
    dtype = np.dtype(given["dtype"])
    if "bytes" in given:
        return np.frombuffer(base64.b64decode(given["bytes"]), dtype.newbyteorder("<")).astype(dtype)
    values = given["values"]
    if dtype.kind in "iu":  # beyond 2**53 a page's numbers are not exact, and "to the end" is such a number
        limits = np.iinfo(dtype)
        values = [min(max(int(value), limits.min), limits.max) for value in values]
    return np.array(values, dtype)


def _written(layer):
    """A layer as `path` reads it."""
    parts = ("s", layer.stride, 1), ("d", layer.dilation, 1), ("p", layer.padding, 0)
    return str(layer.kernel_size) + "".join(f"{letter}{number}" for letter, number, usual in parts if number != usual)


def _shape(text):
    numbers = _numbers(text)
    return as_shape(numbers) if numbers else None


def _numbers(text):
    """The whole numbers of a text such as "3 × 513 × 513"."""
    parts = text.replace("×", " ").replace("x", " ").replace(",", " ").split()
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        raise ValueError(f"the input size must be whole numbers such as 3 × 513 × 513, got {shown(text)}")
    return tuple(map(int, parts))
