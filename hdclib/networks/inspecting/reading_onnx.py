"""Reading an ONNX file with the package ``onnx``: into the plain data that `graph_of_plain` takes; nothing is run."""

import os

from hdclib.checks import shown
from hdclib.networks.inspecting.onnx_graphs import constant_of, graph_of_plain

MOST_BYTES = 2**31 - 1  # what protobuf can hold; larger weights stand in files of their own


def graph_of_file(path, shape=None):
    """Return the graph of an ONNX file, and notes on it.

    Parameters
    ----------
    path : str or path
    shape : tuple of int, optional
        Of one input without the batch, where the file leaves it open.

    Raises
    ------
    ImportError
        If the package ``onnx`` is missing.
    ValueError
        If the file is missing, broken, too large, or its graph is not in order.
    """
    return graph_of_plain(plain(path), shape)


def plain(path):
    """Return what is needed of an ONNX file as dictionaries, lists and arrays; weights are left on disk."""
    try:
        size = os.path.getsize(path)
    except OSError as error:
        raise ValueError(f"model {shown(str(path))} cannot be read: {error.strerror}") from error
    if not os.path.isfile(path) and not os.path.isdir(path):
        raise ValueError(f"model {shown(str(path))} cannot be read: it is a pipe or a device")
    if size > MOST_BYTES:
        raise ValueError(f"model {shown(str(path))} has {size} bytes, and an ONNX file has at most {MOST_BYTES}")
    try:
        import onnx
    except ImportError as error:
        raise ImportError("model is an ONNX file, which needs: pip install 'hdclib[onnx]'") from error
    try:
        model = onnx.load(path, load_external_data=False)
    except OSError as error:
        raise ValueError(f"model {shown(str(path))} cannot be read: {error.strerror}") from error
    except Exception as error:  # protobuf raises many kinds
        raise ValueError(f"model {shown(str(path))} is no whole ONNX file: {str(error)[:200]}") from error
    if not model.graph.node:
        raise ValueError(f"model {shown(str(path))} is no ONNX file, or one without operations")
    found = _plain_graph(onnx, model)
    if _holds_bytes(found):
        raise ValueError(f"model {shown(str(path))} is no whole ONNX file: it has names that are no text")
    return found


def _holds_bytes(value):
    """Whether bytes stand somewhere in dictionaries, lists and tuples: so protobuf returns a name that is broken."""
    if isinstance(value, dict):
        return _holds_bytes(list(value)) or _holds_bytes(list(value.values()))
    return isinstance(value, bytes) or (isinstance(value, (list, tuple)) and any(map(_holds_bytes, value)))


def _plain_graph(onnx, model):
    graph = model.graph
    constants = {tensor.name: _constant(onnx, tensor) for tensor in graph.initializer}
    return {
        "inputs": [(one.name, _dims(one)) for one in graph.input if one.name not in constants],
        "outputs": [one.name for one in graph.output],
        "constants": constants,
        "nodes": [_node(onnx, node) for node in graph.node],
        "opset": max((one.version for one in model.opset_import if one.domain in ("", "ai.onnx")), default=0),
        "shapes": {one.name: [_dims(one)[0] or 1, *_dims(one)[1:]]
                   for one in (*graph.value_info, *graph.output) if _dims(one)},
        "functions": [_function(onnx, one) for one in model.functions],
    }  # fmt: skip


def _function(onnx, function):
    return {
        "domain": function.domain, "name": function.name, "overload": getattr(function, "overload", ""),
        "inputs": list(function.input), "outputs": list(function.output),
        "attributes": _attributes(onnx, function.attribute_proto),
        "nodes": [_node(onnx, node) for node in function.node],
    }  # fmt: skip


def _node(onnx, node):
    return {
        "op": node.op_type, "name": node.name, "inputs": list(node.input), "outputs": list(node.output),
        "attributes": _attributes(onnx, node.attribute), "domain": node.domain,
        "overload": getattr(node, "overload", ""), "inside": sorted(_from_outside(node), key=str),
        "references": {one.name: one.ref_attr_name for one in node.attribute if one.ref_attr_name},
    }  # fmt: skip


def _attributes(onnx, given):
    attributes = {}
    for attribute in given:
        if attribute.ref_attr_name:
            continue  # a call of the function around it has the value
        if attribute.type == onnx.AttributeProto.TENSOR:
            attributes[attribute.name] = _constant(onnx, attribute.t)
        elif attribute.type in (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS):
            attributes[attribute.name] = None  # a branch or a loop: it is named, and not read
        else:
            attributes[attribute.name] = _decoded(onnx.helper.get_attribute_value(attribute))
    return attributes


def _decoded(value):
    """Words as text; ONNX holds them as bytes."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return [_decoded(one) for one in value] if isinstance(value, list) else value


def _from_outside(node):
    """The names that graphs inside of a node read and do not make."""
    found = set()
    for attribute in node.attribute:
        for graph in (attribute.g, *attribute.graphs):
            read, made = {one.name for one in graph.output}, {one.name for one in (*graph.input, *graph.initializer)}
            for part in graph.node:
                read.update(name for name in part.input if name)
                read |= _from_outside(part)
                made.update(part.output)
            found |= read - made
    return found


def _constant(onnx, tensor):
    """The values of a small tensor, the shape of a large one."""
    elsewhere = tensor.data_location == onnx.TensorProto.EXTERNAL
    return constant_of(tensor.name, tensor.dims, None if elsewhere else lambda: onnx.numpy_helper.to_array(tensor))


def _dims(value):
    """The sizes of an input, None where the file leaves one open."""
    return [one.dim_value if one.HasField("dim_value") and one.dim_value > 0 else None
            for one in value.type.tensor_type.shape.dim]  # fmt: skip
