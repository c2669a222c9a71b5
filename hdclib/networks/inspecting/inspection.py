"""The report on a network: what its final output reads of the input, and of every convolution's input."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hdclib.checks import counted, one_of, shown, truth_value, whole_number
from hdclib.networks.inspecting.carrying import before, feeds, reads, walk_back
from hdclib.networks.inspecting.fields import LONGEST_PERIOD, fields_of
from hdclib.networks.inspecting.graph import Graph
from hdclib.networks.inspecting.repairs import repairs_of
from hdclib.networks.inspecting.sets import everything, one_place
from hdclib.networks.inspecting.views import Seen, convolution_views, seen
from hdclib.networks.inspecting.words import as_record, as_text


@dataclass(frozen=True)
class AxisReport:
    """What is true along one axis of the network's input.

    Attributes
    ----------
    fields : tuple of int or None
        Samples that one output reaches, first to last, beyond the border too; more than one entry where outputs
        differ by their place. None where no general rule is known: then ``Inspection.input`` has what one output reads.
    stride : float or None
        Samples between neighbouring outputs, in the mean.
    period : int or None
        After how many outputs the fields come again; None if they do not within 64.
    padding : int or None
        Samples before the input that the first output reaches.
    shift : float or None
        How far the fields lie to the right of the input's middle, in the mean.
    causal : bool or None
        Whether no output reaches beyond its own samples.
    outputs : int or None
    cut : int or None
        Outputs whose set is cut by a border.
    unread : int
        Samples of the input that no output reads.
    """

    fields: tuple | None
    stride: float | None
    period: int | None
    padding: int | None
    shift: float | None
    causal: bool | None
    outputs: int | None
    cut: int | None
    unread: int


@dataclass(frozen=True, eq=False)
class Inspection:
    """What a network reads; ``print`` it for the report in words.

    Attributes
    ----------
    name : str
        Of the network.
    graph : Graph
    output : str
        Which output is judged.
    tensor : int
        Its number in the graph.
    at : tuple of int
        Which place of it, the middle one if none was asked for.
    axes : tuple of AxisReport
        One for each axis of the input.
    input : Seen or None
        What that output reads of the input, global branches left out; None if nothing.
    whole : Seen or None
        The same with global branches.
    views : tuple of View
        One for each convolution.
    global_branches, unknown, notes : tuple of str
        What reads whole axes; operations without a rule; what else limits the answer.
    exact : bool
        False if the sets may hold more than is read: then every answer is "at most". Also where arrays are taken out
        of tensors, and what is computed of them cannot be followed.
    """

    name: str
    graph: Graph
    output: str
    tensor: int
    at: tuple
    axes: tuple
    input: Seen | None
    whole: Seen | None
    views: tuple
    global_branches: tuple
    unknown: tuple
    notes: tuple
    exact: bool

    def __str__(self):
        return as_text(self)

    def __repr__(self):
        return f"<Inspection of {self.name}: {len(self.views)} convolutions, {len(self.views_with_holes)} with holes>"

    @cached_property
    def wide_views(self):
        """The convolutions of more than one tap before the judged output, the input first.

        1 × 1 convolutions have no gap to leave.
        """
        before = self.graph.upstream(self.tensor)
        return tuple(
            view for view in self.views
            if view.target in before and view.seen is not None and max(view.kernel_size) > 1
        )  # fmt: skip

    @cached_property
    def views_with_holes(self):
        """Those of `wide_views` whose input the final output reads with holes."""
        return tuple(view for view in self.wide_views if view.has_holes)

    @cached_property
    def repairs(self):
        """Sets of dilations of the same field and cost, each inspected again.

        Those first after which the input is read without a hole, of them the fewest views with holes, then the fewest
        layers to change.
        """
        return repairs_of(self.graph, self.tensor, self.at, self.wide_views)

    def reads(self, output=None, through_global=False):
        """Return which samples of the input one place of the judged output reads.

        Parameters
        ----------
        output : tuple of int, optional
            A place; `at` if left out.
        through_global : bool
            Whether to follow branches that read the whole map.

        Returns
        -------
        read : ndarray of bool, shape of the input without batch and channels
        """
        truth_value("through_global", through_global)
        place = self.at if output is None else output
        found = reads(self.graph, _asked(self.graph, self.tensor, place), self.tensor, through_global)
        return _spatial(self.graph, found.get(0), 0)

    def feeds(self, input, through_global=False):
        """Return which places of the judged output read one sample of the input.

        Parameters
        ----------
        input : tuple of int
            A place of the input.
        through_global : bool
            Whether to follow branches that read the whole map.

        Returns
        -------
        fed : ndarray of bool, shape of the output's places
        """
        truth_value("through_global", through_global)
        found = feeds(self.graph, _asked(self.graph, 0, input, "input"), 0, through_global)
        return _spatial(self.graph, found.get(self.tensor), self.tensor)

    def map(self, path):
        """Return which positions of a convolution's input the judged output reads.

        Parameters
        ----------
        path : str
            As in `views`.

        Returns
        -------
        read : ndarray of bool, shape of that input without batch and channels
        """
        view = next((view for view in self.views if view.path == path), None)
        if view is None:
            raise ValueError(f"path must be that of one of the {len(self.views)} convolutions, got {shown(path)}")
        found = reads(self.graph, _asked(self.graph, self.tensor, self.at), self.tensor, False)
        return _spatial(self.graph, found.get(view.tensor), view.tensor, len(view.kernel_size))

    def record(self):
        """Return the report as dictionaries, lists and numbers, ready for JSON."""
        return as_record(self)


def inspected(graph, name, output=None, at=None, notes=()):
    """Return the report on a graph.

    Parameters
    ----------
    graph : Graph
    name : str
        What to call the network.
    output : str, optional
        One of ``graph.outputs``; the first with places if left out.
    at : tuple of int, optional
        The place to judge.
    notes : sequence of str
        What the reader of the network has to say.
    """
    output, tensor, notes = _judged(graph, output, list(notes))
    if at is None:
        at = tuple(graph.shapes[tensor][axis] // 2 for axis in graph.places(tensor))
    asked = _asked(graph, tensor, at, "at")
    at = tuple(map(int, at))
    windows = [o for o in graph.operations if o.convolution]
    inputs = {o.links[0].source: len(o.convolution.kernel_size) for o in windows}
    given, exact, first = {}, True, None
    for number, places in walk_back(graph, asked, tensor, through_global=False):
        exact &= places.exact
        if number in inputs:
            given[number] = seen(places, _last(graph, number, inputs[number])), places.exact
        if number == 0:
            first = seen(places, _last(graph, 0, graph.spatial))
    cone = before(graph, tensor)
    wide = [o for o in graph.operations if o.target in cone and any(link.is_global for link in o.links)]
    unknown = [o for o in graph.operations if o.target in cone and not o.known]
    whole = reads(graph, asked, tensor).get(0) if wide else None
    reaches = [fields_of(graph, axis) for axis in range(graph.spatial)]
    return Inspection(
        name, graph, output, tensor, at, _axes(graph, tensor, reaches), first,
        None if whole is None else seen(whole, _last(graph, 0, graph.spatial)),
        convolution_views(graph, given, reaches), _names(wide), _names(unknown), tuple(notes),
        exact and not unknown and not graph.left,
    )  # fmt: skip


def judged_name(graph, output=None):
    """Return the name of the output to judge: the one asked for, or the first with places."""
    if not graph.outputs:
        left = f", as far as it is followed: an array is taken out at {', '.join(graph.left)}" if graph.left else ""
        raise ValueError(f"no output of the network depends on its input{left}")
    names = list(graph.outputs)
    if type(output) is int and 0 <= output < len(names):
        names = [names[output]]
    elif output is not None:
        names = [one_of("output", output, names)]
    return next((name for name in names if graph.places(graph.outputs[name])), names[0])


def _judged(graph, output, notes):
    """The output to judge; where it has no places, the last map before it."""
    name = judged_name(graph, output)
    tensor = graph.outputs[name]
    if graph.places(tensor):
        return name, tensor, notes
    found = _last_map(graph, tensor)
    if found is None:
        raise ValueError(f"{name} has no places, and no map before it reads the input without global branches")
    maker = next(o for o in graph.operations if o.target == found)
    where = f"{maker.path} ({maker.kind})" if maker.path else maker.kind
    return name, found, [*notes, f"{name} is no map: judged is the last map before it, made by {where}"]


def _last_map(graph, tensor):
    """The last tensor before another whose axes follow those of the input, and that reads it without global links."""
    for number in sorted(before(graph, tensor) - {0}, reverse=True):
        places = graph.places(number)
        followed = [tag for axis in places for tag in graph.tags[number][axis]]
        if len(places) == len(followed) == len(set(followed)) == graph.spatial:
            middle = {axis: graph.shapes[number][axis] // 2 for axis in places}
            walked = walk_back(graph, one_place(graph.shapes[number], middle), number, through_global=False)
            if any(one == 0 for one, _ in walked):
                return number
    return None


def _asked(graph, tensor, place, name="output"):
    """The set that holds one place of a tensor, on all channels."""
    axes = graph.places(tensor)
    if not isinstance(place, (tuple, list)) or len(place) != len(axes):
        raise ValueError(f"{name} must hold {counted(len(axes), 'whole number')}, got {shown(place)}")
    at = {}
    for axis, number in zip(axes, place, strict=True):
        at[axis] = whole_number(f"{name}[{len(at)}]", number, 0)
        if at[axis] >= graph.shapes[tensor][axis]:
            raise ValueError(f"{name}[{len(at) - 1}] must be below {graph.shapes[tensor][axis]}, got {number}")
    return one_place(graph.shapes[tensor], at)


def _axes(graph, tensor, reaches):
    """An `AxisReport` for each axis of the input."""
    walked = walk_back(graph, everything(graph.shapes[tensor]), tensor, through_global=False)
    all_read = next((places for number, places in walked if number == 0), None)
    unread = []
    for axis in _last(graph, 0, graph.spatial):
        size = graph.shapes[0][axis]
        unread.append(size if all_read is None else size - int(np.count_nonzero(all_read.over([axis])[1])))
    return tuple(_axis(reach.get(tensor), graph.shapes[0][-graph.spatial + number], unread[number])
                 for number, reach in enumerate(reaches))  # fmt: skip


def _axis(reach, size, unread):
    if reach is None:
        return AxisReport(None, None, None, None, None, None, None, None, unread)
    few = reach if reach.slope is None else replace(reach, size=min(reach.size, 2))  # a line is known by two outputs
    low, high = few.ends
    spans = high - low + 1
    period = _period(low, spans)
    if period is None:
        found = tuple(sorted({int(spans.min()), int(spans.max())}))
        stride = float(low[-1] - low[0]) / (len(low) - 1) if len(low) > 1 else None
    else:
        found = tuple(sorted(set(spans[len(spans) // 2 :][:period].tolist() or [int(spans[0])])))
        stride = float(low[period] - low[0]) / period if len(low) > period else None
    (first, end), (start, last) = reach.of(0), reach.of(reach.size - 1)
    shift = (first + end + start + last) / 4 - (size - 1) / 2
    causal = end < max(stride or 1, 1) and last < size and shift < 0 and first < 0
    cut = min(reach.cut_first + reach.cut_last, reach.size)
    return AxisReport(found, stride, period, -first, shift, causal, reach.size, cut, unread)


def _period(low, spans):
    """After how many outputs the fields come again."""
    for period in range(1, min(LONGEST_PERIOD, len(low) - 1) + 1):
        if (spans[period:] == spans[:-period]).all() and len(set(np.unique(low[period:] - low[:-period]))) == 1:
            return period
    return 1 if len(low) == 1 else None


def _last(graph, tensor, count):
    axes = len(graph.shapes[tensor])
    return tuple(range(axes - count, axes))


def _spatial(graph, places, tensor, count=None):
    """A set as booleans over the places of a tensor, whatever the channels."""
    axes = graph.places(tensor) if count is None and tensor else _last(graph, tensor, count or graph.spatial)
    found = np.zeros([graph.shapes[tensor][axis] for axis in axes], dtype=bool)
    if places is not None:
        starts, mask = places.over(axes)
        found[tuple(slice(start, start + size) for start, size in zip(starts, mask.shape, strict=True))] = mask
    return found


def _names(operations):
    return tuple(dict.fromkeys(f"{o.path} ({o.kind})" if o.path else o.kind for o in operations))
