"""Graphs of ONNX networks that were read into plain data, whatever read them; numpy only.

`graph_of_plain` is the door: `hdclib.networks.inspecting.reading_onnx` comes through it with what the package
``onnx`` parsed, a web page with what its own reader of protobuf did. `constant_of` makes its constants, and
`hdclib.inspect` takes the graph: ``inspect(graph_of_plain(model, shape)[0])``.
"""

import math
from dataclasses import dataclass

import numpy as np

from hdclib.checks import shown
from hdclib.networks.inspecting.graph import MOST_POSITIONS, Graph
from hdclib.networks.inspecting.onnx_functions import written_out
from hdclib.networks.inspecting.onnx_rules import (
    CONSTANTS,
    ELEMENTWISE,
    MOST_VALUES,
    RULES,
    SAME_VALUES,
    Opaque,
    Shaped,
    Unread,
    joint_shape,
)  # fmt: skip

__all__ = ["MOST_VALUES", "Shaped", "constant_of", "graph_of_plain"]

MOST_AXES = 3
LONG_SIZE = 2**31
OWN_DOMAINS = ("", "ai.onnx")  # others may call their operations as they like


@dataclass(frozen=True)
class Node:
    """One operation of a file, with what its inputs stand for."""

    op: str
    path: str
    inputs: list
    attributes: dict
    count: int
    opset: int
    inside: list
    shapes: list


class Reader:
    """What every name of a file stands for: a tensor of the graph, a constant, or a shape."""

    def __init__(self, graph, model):
        self.graph, self.values = graph, dict(model["constants"])
        self.opset, self.shapes = model.get("opset", 0), model.get("shapes", {})

    def shape(self, value):
        """Return the shape of what a name stands for."""
        return self.graph.shapes[value] if isinstance(value, int) else tuple(value.shape)


def graph_of_plain(model, shape=None):
    """Return the graph of a network, and notes on it.

    Parameters
    ----------
    model : dict
        "inputs" : list of (name, sizes), a size None where the file leaves it open; no initialisers among them.
        "outputs" : list of str.
        "constants" : dict of str to array or Shaped, the initialisers, as `constant_of` makes them.
        "nodes" : list of dict, in the order of the file: "op" and "name" (str), "inputs" and "outputs" (lists of
        str, empty where left out), "attributes" (dict of str to int, float, str, list or constant; None for a graph),
        and, where there is one, "domain" (str), "inside" (list of str: what graphs inside of it read from outside).
        "opset" : int, of ONNX's own operations.
        "shapes" : dict of str to sizes, optional: what the file says of the tensors between.
        "functions" : list of dict, optional: operations of the file's own, as `written_out` takes them.
    shape : tuple of int, optional
        Of one input without the batch.

    Returns
    -------
    graph : Graph
    notes : list of str
        What was taken for granted.

    Raises
    ------
    ValueError
        If sizes are open or do not fit, a node reads what no earlier one makes, or an operation does not fit.
    """
    inputs = [(name, sizes) for name, sizes in model["inputs"] if len(sizes) >= 3] or model["inputs"]
    if not inputs:
        raise ValueError("model has no input")
    name, sizes = inputs[0]
    full = _full_shape(name, sizes, shape)
    graph = Graph(full, min(len(full) - 2, MOST_AXES))
    reader, notes = Reader(graph, model), []
    reader.values[name] = 0
    for other, open_sizes in model["inputs"]:
        if other != name:
            reader.values[other] = Shaped(tuple(size or 1 for size in open_sizes))
            notes.append(f"the input {other} is taken as a constant")
    for node in written_out(model["nodes"], model.get("functions", [])):
        _read(reader, node)
    graph.outputs = {one: reader.values[one] for one in model["outputs"] if isinstance(reader.values.get(one), int)}
    return graph, notes


def constant_of(name, sizes, values=None):
    """Return a constant of a network: its values where they are few, else its shape.

    Parameters
    ----------
    name : str
        For messages.
    sizes : sequence of int
    values : array or callable, optional
        As many numbers, row by row, or what returns them; it is not called for more than `MOST_VALUES`. None where
        they stand in another file.

    Raises
    ------
    ValueError
        If a size is below zero or beyond 2**31, or the values are not as many.
    """
    shape = tuple(sizes)
    if any(not 0 <= size < LONG_SIZE for size in shape):
        raise ValueError(f"model holds the tensor {shown(name)} of shape {shown(shape)}")
    if values is None or math.prod(shape) > MOST_VALUES:
        return Shaped(shape)
    try:
        return np.asarray(values() if callable(values) else values).reshape(shape)
    except Exception as error:  # bytes that are too few, or of no type: each reader has its own errors
        raise ValueError(f"model holds the tensor {shown(name)} with broken values: {error}") from error


def _full_shape(name, sizes, shape):
    if shape is None:
        if len(sizes) < 3 or any(size is None for size in sizes[1:]):
            told = " × ".join("?" if size is None else str(size) for size in sizes) or "nothing"
            raise ValueError(f"shape is needed: the file gives {told} for its input {name}; give channels and sizes")
        if math.prod(sizes[1:]) > MOST_POSITIONS:
            told = " × ".join(map(str, sizes[1:]))
            raise ValueError(f"model takes an input {name} of {told} values, and at most {MOST_POSITIONS} are followed")
        return (sizes[0] or 1, *sizes[1:])
    fixed = list(sizes[1:]) or [None] * len(shape)
    fits = len(fixed) == len(shape) and all(a in (None, b) for a, b in zip(fixed, shape, strict=True))
    if not fits:
        told = " × ".join("?" if size is None else str(size) for size in fixed)
        raise ValueError(f"shape is {shown(tuple(shape))}, and the file's input {name} takes {told}")
    return ((sizes[0] if sizes else None) or 1, *shape)


def _read(reader, given):
    """Add one operation of the file to the graph, or compute it where it is a constant."""
    inside, where = given.get("inside", []), given["name"] or given["op"]
    missing = [name for name in (*given["inputs"], *inside) if name and name not in reader.values]
    if missing:
        hint = "which nothing before it makes: a cycle, or no order"
        raise ValueError(f"model: {where} reads {shown(missing[0])}, {hint}")
    values, within = ([reader.values[name] if name else None for name in names] for names in (given["inputs"], inside))
    op = given["op"] if given.get("domain", "") in OWN_DOMAINS else f"{given['domain']}.{given['op']}"
    node = Node(op, path_of(given), values, given["attributes"], len(given["outputs"]), reader.opset, within,
                [reader.shapes.get(name) for name in given["outputs"]])  # fmt: skip
    try:
        made = _outcome(reader, node)
    except ValueError as error:
        raise ValueError(f"model: {node.op} at {where} does not fit: {error}") from error
    except (ArithmeticError, AttributeError, LookupError, StopIteration, TypeError) as error:
        kinds = "inputs or attributes are missing, or of another kind than it takes"
        raise ValueError(f"model: {node.op} at {where} does not fit: {kinds}") from error
    reader.values.update(zip(given["outputs"], made, strict=False))


def _outcome(reader, node):
    active = [value for value in (*node.inputs, *node.inside) if isinstance(value, int)]
    if node.op in ("Shape", "Size") and active:
        return CONSTANTS[node.op](node, *(Shaped(reader.shape(value)) for value in node.inputs))
    if not active:
        return _computed(node)
    if node.inside:
        return _unknown(reader, node, active)
    try:
        if any(isinstance(value, Opaque) for value in node.inputs):
            raise Unread
        if node.op in ELEMENTWISE:
            return RULES["elementwise"](reader, node) * node.count
        if node.op in RULES:
            first, made = len(reader.graph.operations), RULES[node.op](reader, node)
            if reader.graph.reads_all(active, first, made):
                return made
    except Unread:
        pass
    return _unknown(reader, node, active)


def _computed(node):
    """What an operation on constants gives: values where they are at hand and few, else the shape if it is known."""
    rule, values = CONSTANTS.get(node.op), node.inputs
    known = all(value is None or hasattr(value, "dtype") for value in values) or node.op in ("Shape", "Size")
    try:
        if node.op in ELEMENTWISE and not (rule and known):
            return [Shaped(joint_shape(node, _shapes_of(values)))] * node.count
        if node.op in SAME_VALUES and isinstance(values[0], Shaped):
            known, values = True, [np.broadcast_to(False, values[0].shape), *values[1:]]  # takes no memory
        with np.errstate(all="ignore"):  # a file may divide by zero
            made = rule(node, *values) if rule and known else []
    except Unread:
        made = []
    shaped = values is not node.inputs
    made = [Shaped(one.shape) if shaped or math.prod(one.shape) > MOST_VALUES else one for one in made]
    return made or [Opaque()] * node.count


def _shapes_of(values):
    if any(isinstance(value, Opaque) for value in values):
        raise Unread
    return [value.shape for value in values if value is not None]


def _unknown(reader, node, active):
    """Tensors of which nothing is known but their shape: as the file tells it, else that of what is read."""
    shapes = [shape if shape and None not in shape else reader.shape(active[0]) for shape in node.shapes]
    return [reader.graph.unknown(node.op, active, shape, node.path) for shape in shapes]


def path_of(node):
    """Where a node's module stands: told by the name of its weight, else by its own, as PyTorch writes them."""
    weight = node["inputs"][1] if len(node["inputs"]) > 1 else ""
    if weight.endswith(".weight"):
        return weight.removesuffix(".weight")
    parts, path = [part for part in node["name"].split("/")[:-1] if part], ""
    if not parts:
        return node["name"]
    last = ""
    for part in parts:
        path = path[: len(path) - len(last)] + part if last and part.startswith(last + ".") else f"{path}.{part}"
        last = part
    return path.strip(".")
