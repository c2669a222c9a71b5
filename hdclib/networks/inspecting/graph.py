"""The graph of a network: tensors, and operations that say which positions of one are read by another."""

from dataclasses import dataclass
from operator import index

from hdclib.checks import shown
from hdclib.networks.inspecting.moves import Everything, Whole

MOST_POSITIONS = 2**28  # of an input: beyond, sets take gigabytes
MOST_ALONG = 2**24  # positions along an axis of a tensor


@dataclass(frozen=True)
class Link:
    """One way in which an operation reads a tensor: moves from what is read to what reads.

    `is_global` says that a whole axis of the network's input is read at once, as a mean over the map does.
    """

    source: int
    moves: tuple
    is_global: bool = False

    def back(self, places):
        """Return what the readers in a set read of the source, None if nothing."""
        for move in reversed(self.moves):
            places = places and move.back(places)
        return places

    def forth(self, places):
        """Return the readers of a set of the source's positions, None if there are none."""
        for move in self.moves:
            places = places and move.forth(places)
        return places


@dataclass(frozen=True)
class Convolution:
    """The numbers of a convolution or a transposed one, each a tuple with one entry for a spatial axis."""

    kernel_size: tuple
    stride: tuple
    dilation: tuple
    before: tuple
    after: tuple
    groups: int = 1
    transposed: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation: what it is called, where it stands, the tensor it makes and how that reads others.

    `known` is False if there is no rule for it; then it is taken to read everything.
    """

    kind: str
    path: str
    target: int
    links: tuple
    convolution: Convolution | None = None
    known: bool = True


class Graph:
    """Tensors by number, with their shapes, and the operations in the order in which they run.

    Parameters
    ----------
    shape : tuple of int
        Of the network's input, with the batch of one and the channels in front.
    spatial : int
        How many axes at the end are places: 2 for images.
    """

    def __init__(self, shape, spatial):
        first = len(shape) - spatial
        self.shapes = [_checked(shape, "the input")]
        self.tags = [tuple(frozenset([axis - first] if axis >= first else []) for axis in range(len(shape)))]
        self.spatial = spatial
        self.operations = []
        self.outputs = {}
        self.layers = None  # of a stack that was written by hand: what it is made of
        self.left = {}  # where the contents of a tensor were taken out, and what reads them cannot be followed

    def add(self, kind, links, path="", convolution=None, known=True):
        """Add an operation that reads each of `links`, pairs of a tensor and its moves, and return its tensor."""
        made, shape, tags = [], None, None
        for source, moves, *cut in links:
            found, marks, is_global = self.shapes[source], self.tags[source], any(cut)
            for move in moves:
                is_global |= isinstance(move, Whole) and move.size > 1 and bool(marks[move.axis])
                marks, found = move.tagged(marks, found), move.read_by(found)
            if shape is not None and found != shape:
                raise ValueError(f"{kind} at {path or 'the top'} joins shapes {shape} and {found}")
            shape = found
            tags = marks if tags is None else tuple(a if a == b else a | b for a, b in zip(tags, marks, strict=True))
            made.append(Link(source, tuple(moves), is_global))
        return self._keep(Operation(kind, path, len(self.shapes), tuple(made), convolution, known), shape, tags)

    def unknown(self, kind, sources, shape, path=""):
        """Add an operation without a rule: each of its outputs may read everything."""
        links = tuple(Link(source, (Everything(self.shapes[source], tuple(shape)),)) for source in sources)
        tags = _guessed([self.tags[source] for source in sources], len(shape), self.spatial)
        return self._keep(Operation(kind, path, len(self.shapes), links, known=False), tuple(shape), tags)

    def upstream(self, tensor):
        """Return the numbers of all tensors that `tensor` is made of, and its own, without whole-map branches."""
        found = {tensor}
        for operation in reversed(self.operations):
            if operation.target in found:
                found |= {link.source for link in operation.links if not link.is_global}
        return found

    def _keep(self, operation, shape, tags):
        shape = _checked(shape, f"{operation.kind} at {operation.path or 'the top'}")
        self.operations.append(operation)
        self.shapes.append(shape)
        self.tags.append(tags)
        return operation.target

    def reads_all(self, tensors, first, made=()):
        """Return whether operation `first` and those behind it read each of some tensors that is not among `made`."""
        read = {link.source for operation in self.operations[first:] for link in operation.links}
        return read.issuperset(set(tensors).difference(made))

    def places(self, tensor):
        """Return the axes of a tensor that are places in the network's input, not channels."""
        return tuple(a for a, t in enumerate(self.tags[tensor]) if t and self.shapes[tensor][a] > 1)


def _checked(shape, made_by):
    """A shape as a tuple of int, none of whose axes is empty or too long."""
    sizes = tuple(map(index, shape))
    for size in sizes:
        if not 1 <= size <= MOST_ALONG:
            raise ValueError(f"{made_by} has an axis of {shown(size)} positions, and 1 to {MOST_ALONG} are followed")
    return sizes


def _guessed(tags, axes, spatial):
    """The tags of an unknown operation's output: those of an input of as many axes, else places at the end."""
    alike = [one for one in tags if len(one) == axes]
    if alike:
        return alike[0]
    first = axes - spatial
    return tuple(frozenset([axis - first]) if 2 <= first <= axis else frozenset() for axis in range(axes))
