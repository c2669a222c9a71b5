"""The wall: values as plain data, which is all that crosses between a student's process and the tests.

A message is JSON behind its length. None, bool, int, float and str stand for themselves, every other value is
``[kind, content]``. Who decodes gets exact types of Python and numpy or `Malformed`, whatever was sent.
"""

import base64
import collections
import inspect
import itertools
import json
import math
import re
import struct
import sys

import numpy as np

MOST_BYTES = 4_000_000  # of a message
MOST_ITEMS = 200_000  # of one list
SHOWN = 200  # characters of a value that is no plain data
PLAIN = (bool, int, float, str)
NUMBERS = re.compile(r"[<>|](b1|[iu][1248]|f[248])")


class Malformed(Exception):
    """What was sent is not what was agreed on, or too large."""


def send(wall, message):
    """Send a message of plain JSON."""
    try:
        data = json.dumps(message).encode()
    except (ValueError, RecursionError) as error:
        raise Malformed(f"a value cannot be sent: {error}") from None
    if len(data) > MOST_BYTES:
        raise Malformed(f"a value takes {len(data) / 1e6:.0f} MB, at most {MOST_BYTES / 1e6:.0f} are sent")
    wall.sendall(struct.pack("!I", len(data)) + data)


def receive(wall):
    """Return the next message, not yet decoded; None if the other side is gone."""
    head = _exactly(wall, 4)
    if head is None:
        return None
    (size,) = struct.unpack("!I", head)
    if size > MOST_BYTES:
        raise Malformed(f"a message claims {size} bytes")
    data = _exactly(wall, size)
    try:
        return None if data is None else json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"a message is no JSON: {type(error).__name__}") from None


def _exactly(wall, size):
    """Return the next `size` bytes, None if they never come."""
    data = bytearray()
    while len(data) < size:
        part = wall.recv(min(size - len(data), 2**16))
        if not part:
            return None
        data += part
    return bytes(data)


def encode(value):
    """Return a value as JSON."""
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, np.generic) and value.dtype.kind in "biuf":
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return _encode_array(value)
    if drawn := _drawn(value):
        return ["drawing", drawn]
    for kind in PLAIN:  # a subclass becomes what it is made of
        if isinstance(value, kind):
            return getattr(kind, {str: "__str__", float: "__float__"}.get(kind, "__int__"))(value)
    return _encode_many(value)


def _encode_array(value):
    """Return an array of numbers as its type, shape and bytes."""
    value = np.ascontiguousarray(value).reshape(value.shape)  # the first makes one axis of none
    value = value.astype(float) if value.dtype.kind == "f" and value.dtype.itemsize > 8 else value
    return ["array", [value.dtype.str, list(value.shape), base64.b64encode(value.tobytes()).decode()]]


def _drawn(value):
    """Return what the Axes in a value show, or nothing."""
    if "matplotlib" not in sys.modules or isinstance(value, (str, dict)):
        return None
    from hdclib.coursework.drawings import axes_in, read_drawing

    if not axes_in(value):
        return None
    found = read_drawing(value)
    shown = {"series": list(map(encode, found.series)), "grids": list(map(encode, found.grids))}
    words = {"x_label": found.x_label, "y_label": found.y_label}
    return {"axes": found.axes, "areas": found.areas, "loose_words": found.loose_words, **words, **shown}


def _encode_many(value):
    """Return a collection, the first line of a function, or the text of anything else."""
    if isinstance(value, dict):
        return ["dict", [[encode(key), encode(item)] for key, item in value.items()]]
    if isinstance(value, (set, frozenset)):
        return ["set", [encode(item) for item in value]]
    if isinstance(value, tuple):
        return ["tuple", _items(value)]
    if isinstance(value, (list, range, collections.deque)) or hasattr(value, "__next__"):
        return ["list", _items(value)]
    if isinstance(value, np.ndarray):
        return encode(value.tolist())
    return ["function", _first_line(value)] if callable(value) else ["other", repr(value)[:SHOWN]]


def _items(values):
    """Return the encoded items of a list, or of an iterator as far as it may go."""
    found = [encode(item) for item in itertools.islice(values, MOST_ITEMS + 1)]
    if len(found) > MOST_ITEMS:
        raise Malformed(f"a list has more than {MOST_ITEMS} items")
    return found


def _first_line(function):
    """Return name, kind and whether it has a default of each parameter; None where they cannot be told."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [[one.name, int(one.kind), one.default is not one.empty] for one in found]


class Other:
    """A value that is no plain data; it equals nothing."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    __hash__ = None  # type: ignore[assignment]  # as of every class that compares and is not hashable

    def __eq__(self, other):
        return False


def decode(tree):
    """Return the value that JSON stands for, in exact types; raise Malformed if it stands for none."""
    if tree is None or type(tree) in PLAIN:
        return tree
    try:
        kind, content = tree
        return DECODERS[kind](content)
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise Malformed(f"what was sent stands for no value: {type(error).__name__}") from None


def _decode_list(content):
    if type(content) is not list:
        raise TypeError(content)
    return [decode(item) for item in content]


def _decode_array(content):
    kind, shape, data = content
    if not NUMBERS.fullmatch(kind) or any(type(size) is not int or size < 0 for size in shape):
        raise ValueError(kind)
    if math.prod(max(1, size) for size in shape) > MOST_BYTES:  # one without items can still have endless rows
        raise ValueError(shape)
    return np.frombuffer(base64.b64decode(data, validate=True), dtype=kind).reshape(shape).copy()


def _decode_drawing(content):
    from hdclib.coursework.drawings import Drawing

    series, grids = (
        [np.array(one, dtype=float) for one in _decode_list(content[name])] for name in ("series", "grids")
    )
    if any(one.ndim != 2 or one.shape[1] != 2 for one in series):
        raise ValueError("series")
    return Drawing(
        axes=int(content["axes"]),
        series=series,
        grids=grids,
        x_label=_text(content["x_label"]),
        y_label=_text(content["y_label"]),
        areas=bool(content["areas"]),
        loose_words=bool(content["loose_words"]),
    )


def _text(value):
    if type(value) is not str:
        raise TypeError(value)
    return value.encode("utf-8", "backslashreplace").decode()


DECODERS = {
    "list": _decode_list,
    "tuple": lambda content: tuple(_decode_list(content)),
    "set": lambda content: set(_decode_list(content)),
    "dict": lambda content: {decode(key): decode(item) for key, item in content},
    "array": _decode_array,
    "drawing": _decode_drawing,
    "function": lambda _: Other("a function"),
    "other": lambda content: Other(_text(content)[:SHOWN]),
}
