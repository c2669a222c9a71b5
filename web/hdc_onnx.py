"""Write small ONNX files from hdclib's graphs: the example on the page *Check your network*, and those of its tests.

Only what such a graph holds is written: convolutions, max pools and sums. Weights are zeros. The numbers of fields are
those of ONNX's published onnx.proto.
"""

import struct

VARINT, BYTES = 0, 2  # protobuf's kinds of fields
INT, INTS, TENSOR_FLOAT = 2, 7, 1  # ONNX's kinds of attributes, and of numbers
OPSET = 13


def onnx_file(graph, open_sizes=False):
    """Return a graph as the bytes of an ONNX file.

    Parameters
    ----------
    graph : Graph
        Of convolutions, pools of size 3, stride 2 and padding 1, and sums.
    open_sizes : bool
        Whether the file leaves the sizes of its input open.
    """
    nodes, weights, last = [], [], next(iter(graph.outputs.values()))
    names = {0: "input", last: "output"}
    for operation in graph.operations:
        target = names.setdefault(operation.target, f"tensor{operation.target}")
        inputs = [names[link.source] for link in operation.links]
        if operation.convolution:
            weight = f"{operation.path}.weight"
            channels = graph.shapes[operation.links[0].source][1] // operation.convolution.groups
            shape = (graph.shapes[operation.target][1], channels, *operation.convolution.kernel_size)
            weights.append(_tensor(weight, shape))
            nodes.append(_node("Conv", [*inputs, weight], target, operation.path, _convolution(operation.convolution)))
        elif operation.kind == "max pooling":
            window = {"kernel_shape": (3, 3), "strides": (2, 2), "pads": (1, 1, 1, 1)}
            nodes.append(_node("MaxPool", inputs, target, operation.path, window))
        else:
            nodes.append(_node("Add", inputs, target, operation.path, {}))
    return _model(graph, nodes, weights, open_sizes)


def _model(graph, nodes, weights, open_sizes):
    shape = [None if open_sizes and axis > 1 else size for axis, size in enumerate(graph.shapes[0])]
    parts = [*((1, node) for node in nodes), (2, "hdclib"), *((5, weight) for weight in weights)]
    parts += [(11, _value("input", shape)), (12, _value("output", graph.shapes[next(iter(graph.outputs.values()))]))]
    return message((1, 8), (2, "hdclib"), (8, message((1, ""), (2, OPSET))), (7, message(*parts)))


def _convolution(numbers):
    """The attributes of a convolution."""
    return {"kernel_shape": numbers.kernel_size, "strides": numbers.stride, "dilations": numbers.dilation,
            "pads": (*numbers.before, *numbers.after), "group": numbers.groups}  # fmt: skip


def _node(op, inputs, output, path, attributes):
    named = [message((1, name), *_attribute(value)) for name, value in attributes.items()]
    name = f"/{path.replace('.', '/')}/{op}"
    parts = [*((1, source) for source in inputs), (2, output), (3, name), (4, op)]
    return message(*parts, *((5, one) for one in named))


def _attribute(value):
    if isinstance(value, tuple):
        return [*((8, number) for number in value), (20, INTS)]
    return [(3, value), (20, INT)]


def _tensor(name, shape):
    count = 1
    for size in shape:
        count *= size
    return message(*((1, size) for size in shape), (2, TENSOR_FLOAT), (8, name), (9, struct.pack("<f", 0) * count))


def _value(name, shape):
    """An input or output; a size of None has a name instead."""
    sizes = [message((2, "size")) if size is None else message((1, size)) for size in shape]
    tensor = message((1, TENSOR_FLOAT), (2, message(*((1, size) for size in sizes))))
    return message((1, name), (2, message((1, tensor))))


def message(*fields):
    """Return fields, pairs of a number and an int, text or bytes, as protobuf writes them."""
    found = b""
    for number, value in fields:
        if isinstance(value, int):
            found += _varint(number << 3 | VARINT) + _varint(value)
        else:
            value = value.encode() if isinstance(value, str) else value
            found += _varint(number << 3 | BYTES) + _varint(len(value)) + value
    return found


def _varint(number):
    """Seven bits a byte, the lowest first; the top bit says that more follow."""
    found = b""
    while number > 0x7F:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])
