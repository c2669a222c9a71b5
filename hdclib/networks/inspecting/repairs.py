"""Other dilations for the same network: the same field and the same cost, and fewer views with holes."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations, islice

from hdclib.networks.inspecting.axes import Window
from hdclib.networks.inspecting.carrying import walk_back
from hdclib.networks.inspecting.fields import fields_of
from hdclib.networks.inspecting.graph import Graph
from hdclib.networks.inspecting.lists import redilated, written
from hdclib.networks.inspecting.moves import Along
from hdclib.networks.inspecting.sets import one_place
from hdclib.networks.inspecting.views import seen

MOST_TRIED = 24  # on the real graph, after a chain of windows has sorted all candidates
WANTED = 3
MOST_DEALT = 400_000  # dilations in all candidates of a chain, one for each of its convolutions
LONGEST_CHAIN = 200  # convolutions on one grid; of more there are too many schedules to try


@dataclass(frozen=True)
class Repair:
    """Dilations to set, and what the network reads with them.

    Attributes
    ----------
    dilations : dict of str to (tuple, tuple)
        For each module to change: its dilation and its padding, one number for an axis.
    with_holes : int
        Convolutions whose input the final output then reads with holes.
    before : int
        The same as the network stands.
    input_has_holes : bool
        Whether the final output then still reads the input with holes.
    layers : tuple of layers or None
        The whole stack with them, of a network that is a list of layers.
    """

    dilations: dict
    with_holes: int
    before: int
    input_has_holes: bool

    layers: tuple | None = field(default=None, repr=False, compare=False)

    @property
    def lines(self):
        """One line for each module, with what to set."""
        told = list(self.dilations.items())
        if self.layers is not None:
            told = [(path, (d[0], p[0])) for path, (d, p) in told]
        return [f"{path}: dilation={d}, padding={p}" for path, (d, p) in told]

    @property
    def patch(self):
        """Python code that sets them in a PyTorch network called ``model``, or in a list called ``layers``."""
        if self.layers is not None:
            numbers = sorted({int(path[len("layers[") : path.index("]")]) for path in self.dilations})
            return "\n".join(f"layers[{number}] = {written(self.layers[number])}" for number in numbers)
        lines = []
        for path, (dilation, padding) in self.dilations.items():
            module = f'model.get_submodule("{path}")'
            lines += [f"{module}.dilation = {dilation}", f"{module}.padding = {padding}"]
        return "\n".join(lines)

    def apply(self, model):
        """Set the dilations in a PyTorch network, whose weights stay as they are, or return a list of layers with them.

        Parameters
        ----------
        model : torch.nn.Module, or sequence of layers

        Returns
        -------
        mended : torch.nn.Module, or list of layers
            The network itself, or a new list.
        """
        if self.layers is not None:
            return list(redilated(model, self.dilations))
        for path, (dilation, padding) in self.dilations.items():
            module = model.get_submodule(path)
            module.dilation = dilation
            if not isinstance(module.padding, str):
                module.padding = padding
            if hasattr(module, "_reversed_padding_repeated_twice"):
                module._reversed_padding_repeated_twice = [p for p in reversed(padding) for _ in range(2)]
        return model


def repairs_of(graph, tensor, at, views):
    """Return repairs of a network: first those after which its input is read without a hole.

    Of them the fewest views with holes come first, then the fewest layers to change.

    Parameters
    ----------
    graph : Graph
    tensor : int
        What is judged.
    at : tuple of int
        Its place.
    views : sequence of View
        As the network stands.

    Returns
    -------
    found : tuple of Repair
        Each was inspected again on the whole graph, and has fewer views with holes than the network. Empty if there is
        nothing to mend, or no way was found.
    """
    before = sum(view.has_holes for view in views)
    if before == 0:
        return ()
    asked = one_place(graph.shapes[tensor], dict(zip(graph.places(tensor), at, strict=True)))
    field, found = _field(graph, tensor), []
    for chain in _chains(graph):
        for dilations in _candidates(chain, _between(graph, chain, tensor))[:MOST_TRIED]:
            changed = {o.target: d for o, d in zip(chain, dilations, strict=True) if o.convolution.dilation[0] != d}
            other = rewired(graph, changed)
            left, holed = _with_holes(other, asked, tensor)
            if left < before and _field(other, tensor) == field:
                new = sorted(dilations) != sorted(max(o.convolution.dilation) for o in chain)
                repair = _repair(other, changed, left, before, holed)
                found.append((holed, left, len(changed), new, max(dilations), repair))
            if sum(one[1] == 0 for one in found) >= WANTED:
                break
    found.sort(key=lambda one: one[:-1])
    return tuple(one[-1] for one in found)


def rewired(graph, dilations):
    """Return the graph with other dilations of some convolutions, padded so that sizes stay.

    Parameters
    ----------
    graph : Graph
    dilations : dict of int to int
        By the tensor that the convolution makes.
    """
    other = Graph(graph.shapes[0], graph.spatial)
    for name in ("shapes", "tags", "outputs", "layers", "left"):
        setattr(other, name, getattr(graph, name))
    other.operations = [_redilated(o, dilations[o.target]) if o.target in dilations else o for o in graph.operations]
    return other


def _redilated(operation, dilation):
    old, moves = operation.convolution, []
    spacing = tuple(dilation if taps > 1 else 1 for taps in old.kernel_size)
    zeros = tuple(d * (taps - 1) // 2 for d, taps in zip(spacing, old.kernel_size, strict=True))
    first, number = operation.links[0], 0
    for move in first.moves:
        if isinstance(move, Along) and isinstance(move.relation, Window):
            window = replace(move.relation, dilation=spacing[number], before=zeros[number])
            move, number = Along(move.axis, window), number + 1
        moves.append(move)
    numbers = replace(old, dilation=spacing, before=zeros, after=zeros)
    return replace(operation, links=(replace(first, moves=tuple(moves)),), convolution=numbers)


def _repair(graph, changed, left, before, holed):
    numbers = {o.path: (o.convolution.dilation, o.convolution.before) for o in graph.operations if o.target in changed}
    return Repair(numbers, left, before, holed, graph.layers and redilated(graph.layers, numbers))


def _field(graph, tensor):
    """The field along each axis, as far as a general rule tells."""
    found = []
    for axis in range(graph.spatial):
        reach = fields_of(graph, axis).get(tensor)
        found.append(reach and reach.widest)
    return found


def _with_holes(graph, asked, tensor):
    """How many convolutions of more than one tap are seen with holes, and whether the input is."""
    count, before = Counter(), graph.upstream(tensor)
    for operation in graph.operations:
        if operation.target in before and operation.convolution and max(operation.convolution.kernel_size) > 1:
            count[operation.links[0].source, len(operation.convolution.kernel_size)] += 1
    inputs, left, holed = dict(count.keys()), 0, False
    for number, places in walk_back(graph, asked, tensor, through_global=False):
        if number in inputs:
            axes = range(len(places.shape) - inputs[number], len(places.shape))
            left += count[number, inputs[number]] * seen(places, axes).has_holes
        if number == 0:
            holed = seen(places, range(len(places.shape) - graph.spatial, len(places.shape))).has_holes
    return left, holed


def _chains(graph):
    """Convolutions that run one after the other on one grid, and whose dilations can be changed: a list a grid."""
    grids, behind = _grids(graph), {}
    free = {operation.target for grid in grids for operation in grid}
    for operation in graph.operations:
        mark = 1 << operation.target if operation.target in free else 0
        for link in operation.links:
            mark |= behind.get(link.source, 0)
        behind[operation.target] = mark
    for grid in grids:
        if len(grid) > LONGEST_CHAIN:
            continue
        alone = [a for a in grid if all(_ordered(behind, a, b) for b in grid)]
        if any(o.convolution.dilation[0] > 1 for o in alone):
            yield alone


def _grids(graph):
    """Convolutions whose dilations can be changed: a list for each grid that they stand on."""
    reaches, found = fields_of(graph, 0), {}
    paths = Counter(o.path for o in graph.operations if o.convolution)
    for operation in graph.operations:
        reach = reaches.get(operation.target)
        if reach is not None and reach.slope is not None and paths[operation.path] == 1 and _is_free(operation):
            found.setdefault(reach.slope, []).append(operation)
    return list(found.values())


def obstacle(graph):
    """Return in words why a network with holes has no repairs."""
    grids = _grids(graph)
    if not any(max(o.convolution.dilation) > 1 for grid in grids for o in grid):
        return (
            "a dilation is changed only where zeros on both sides keep the size (stride 1, an odd kernel), "
            "and no dilated convolution here is such a one"
        )
    if max(map(len, grids)) > LONGEST_CHAIN:
        return f"more than {LONGEST_CHAIN} convolutions stand on one grid, too many for all their orders to be tried"
    return "none of the dilations that were tried leaves fewer"


def _ordered(behind, a, b):
    return bool(behind[a.target] >> b.target & 1 or behind[b.target] >> a.target & 1)


def _is_free(operation):
    """Whether a convolution keeps its size by its own zeros, alike on all sides, so that its dilation may change."""
    numbers = operation.convolution
    if numbers is None or numbers.transposed or not operation.path or max(numbers.stride) > 1:
        return False
    taps = {k for k in numbers.kernel_size if k > 1}
    axes = zip(numbers.kernel_size, numbers.dilation, numbers.before, numbers.after, strict=True)
    even = all(2 * before == 2 * after == d * (k - 1) for k, d, before, after in axes if k > 1)
    alike = {d for k, d in zip(numbers.kernel_size, numbers.dilation, strict=True) if k > 1}
    return len(taps) == 1 and len(alike) == 1 and even and taps.pop() % 2 == 1


def _between(graph, chain, tensor):
    """What one place behind each convolution of a chain reads of its output, along the first axis: lists of positions.

    Behind it stands the next one of the chain or, behind the last, what is judged.
    """
    found = []
    for operation, end in zip(chain, [*(o.links[0].source for o in chain[1:]), tensor], strict=True):
        shape = graph.shapes[end]
        asked = one_place(shape, {axis: shape[axis] // 2 for axis in graph.places(end)})
        walked = walk_back(graph, asked, end, through_global=False)
        places = next((places for number, places in walked if number == operation.target), None)
        line = [True] if places is None else places.over([len(graph.shapes[operation.target]) - graph.spatial])[1]
        found.append([number for number, read in enumerate(line) if read])
    return found


def _candidates(chain, between):
    """Sequences of dilations of the same sum, those first that leave the fewest ends of the chain with holes.

    Of those that leave as many, the same dilations in another order come first.
    """
    taps = [max(o.convolution.kernel_size) - 1 for o in chain]
    now = [max(o.convolution.dilation) for o in chain]
    total = sum(t * d for t, d in zip(taps, now, strict=True))
    if len(set(taps)) > 1:
        return []
    total //= taps[0]
    found, orders = {}, (order for parts in _parts(total, len(chain)) for order in _orders(parts))
    for order in islice(orders, MOST_DEALT // len(chain)):
        if list(order) != now and order not in found:
            new = sorted(order) != sorted(now)
            found[order] = (_holes_behind(order, taps[0] + 1, between), new, max(order), _moved(order, now))
    return sorted(found, key=found.__getitem__)


def _parts(total, count):
    """Falling lists of `count` dilations of this sum, with at most three different ones above 1."""
    least = -(-total // count)
    for most in range(max(least, 2), min(total - count + 2, least + 8)):
        for others in combinations(range(1, most), min(2, most - 1)):
            yield from _filled(total, count, sorted({most, *others, 1}, reverse=True))


def _filled(total, count, values):
    """Falling lists of `count` of these values, of this sum, the largest at least once."""
    if len(values) == 1:
        if total == count * values[0]:
            yield (values[0],) * count
        return
    first, *rest = values
    for times in range(min(count, total // first) + 1):
        for tail in _filled(total - times * first, count - times, rest):
            yield (first,) * times + tail


def _orders(parts):
    """A falling list, and the same dilations dealt out into falls of different values, such as 5, 2, 1, 5, 2, 1."""
    yield tuple(parts)
    left, falls = Counter(parts), []
    while left:
        falls.append(sorted(left, reverse=True))
        left -= Counter(falls[-1])
    yield tuple(d for fall in falls for d in fall)
    yield tuple(d for fall in reversed(falls) for d in fall)


def _holes_behind(dilations, taps, between):
    """How many ends of a chain read with holes: bit x of a number is 1 if sample x is read."""
    marks, count = 1, 0
    for dilation, places in zip(reversed(dilations), reversed(between), strict=True):
        marks = _spread(marks, places)
        marks = _spread(marks, range(0, taps * dilation, dilation))
        count += marks & (marks + 1) != 0
    return count


def _spread(marks, places):
    """A copy of the marks at each of these places."""
    found = 0
    for place in places:
        found |= marks << place
    return found


def _moved(order, now):
    return sum(a != b for a, b in zip(order, now, strict=True))
