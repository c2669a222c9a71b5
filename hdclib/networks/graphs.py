"""Residual networks as graphs for `inspect`: with all their branches, and their modules named as in PyTorch."""

from hdclib.checks import one_of, shown, sized, truth_value, whole_number
from hdclib.networks.backbones import BASIC_DEPTHS, OUTPUT_STRIDES, RESNET_UNITS
from hdclib.networks.inspecting.asking import as_shape
from hdclib.networks.inspecting.graph import Convolution, Graph
from hdclib.networks.inspecting.windows import convolution, pool

DEPTHS = tuple(depth for depth in RESNET_UNITS if depth not in BASIC_DEPTHS)
STAGES = {"layer1": 1, "layer2": 2, "layer3": 4, "layer4": 8}  # channels of their 3 × 3 layers, times the width
STRIDE_IN = "first 3x3", "first 1x1"  # torchvision's, and that of the paper
EXPANSION = 4  # times as many channels come out of a unit


def resnet_graph(
    depth=50, output_stride=32, *, dilations=None, width=64, shape=(3, 513, 513), deep_stem=False, stride_in="first 3x3"
):
    """Return a ResNet of bottleneck units up to its last map, with its skips, and named as in torchvision.

    Parameters
    ----------
    depth : int
        50, 101 or 152.
    output_stride : int
        Input samples between two neighbouring outputs: 32 as for classification; 16 or 8 as in DeepLab and PSPNet,
        where the last one or two stages lose their strides, and dilation 2, or 2 and 4, stands in. The first unit of
        such a stage keeps the dilation of the stage before.
    dilations : dict of str to sequence of int, by name only
        For each stage that is to have others, "layer1" to "layer4": those of its 3 × 3 layers, one a unit. Each layer
        is padded by as much.
    width : int, by name only
        Channels of the 3 × 3 layers of the first stage.
    shape : tuple of int, by name only
        Of the input: channels, rows, columns.
    deep_stem : bool, by name only
        Whether three 3 × 3 convolutions, the first with the stride, stand in place of the 7 × 7 one, as in the code
        of PSPNet's authors. The field is then 4 pixels wider: 11 in place of 7 at the stem.
    stride_in : str, by name only
        Which layer of a stage has its stride: the "first 3x3", as in torchvision, or the "first 1x1", as the paper's
        authors had it. (`resnet` knows a third place.)

    Returns
    -------
    graph : Graph
        For `inspect`; its convolutions bear names such as "layer4.2.conv2", and each stage is an output, "layer4" the
        first.

    Raises
    ------
    TypeError, ValueError
        If an argument is not allowed, or a stage has another number of units.

    References
    ----------
    He et al. (2016), table 1 [he2016]; torchvision, source code [torchvision].

    Examples
    --------
    >>> from hdclib import inspect
    >>> from hdclib import resnet_graph
    >>> report = inspect(resnet_graph(50, 8))
    >>> report.axes[0].fields, report.input.has_holes, len(report.views_with_holes)
    ((427,), False, 8)
    >>> falling = {"layer3": (4, 4, 2, 2, 2, 2), "layer4": (2, 2, 1)}
    >>> len(inspect(resnet_graph(50, 8, dilations=falling)).views_with_holes)
    0
    """
    units = RESNET_UNITS[_listed("depth", depth, DEPTHS)]
    output_stride = _listed("output_stride", output_stride, OUTPUT_STRIDES)
    one_of("stride_in", stride_in, STRIDE_IN)
    truth_value("deep_stem", deep_stem)
    strides, spacings = _stages(units, output_stride)
    spacings.update(_given(dilations, spacings))
    graph, width = Graph((1, *as_shape(shape)), 2), whole_number("width", width, 1)
    source = _deep_stem(graph, width) if deep_stem else square_window(graph, 0, "conv1", 7, 2, 1, width)
    sizes = [(size - 1) // 2 + 1 for size in graph.shapes[source][2:]]
    source = pool(graph, source, (3, 3), (2, 2), (1, 1), (1, 1), sizes, "maxpool", "max pooling")
    for stage, stride in strides.items():
        for unit, dilation in enumerate(spacings[stage]):
            path, step = f"{stage}.{unit}", stride if unit == 0 else 1
            steps = (step, 1) if stride_in == "first 1x1" else (1, step)
            source = _bottleneck(graph, source, path, STAGES[stage] * width, steps, dilation)
        graph.outputs = {stage: source, **graph.outputs}
    return graph


def _listed(name, number, allowed):
    number = whole_number(name, number, 1)
    if number not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}, got {shown(number)}")
    return number


def _deep_stem(graph, width):
    source = square_window(graph, 0, "conv1", 3, 2, 1, width)
    source = square_window(graph, source, "conv2", 3, 1, 1, width)
    return square_window(graph, source, "conv3", 3, 1, 1, 2 * width)


def _stages(units, output_stride):
    """The stride of each stage's first unit, and the dilations of all its units."""
    strides, spacings, before = {}, {}, 1
    for place, (stage, count) in enumerate(zip(STAGES, units, strict=True)):
        dilation = max(1, 4 * 2**place // output_stride)
        strides[stage] = 1 if place == 0 or dilation > before else 2
        spacings[stage] = (before, *[dilation] * (count - 1))
        before = dilation
    return strides, spacings


def _given(dilations, spacings):
    """The dilations that were asked for, checked."""
    if dilations is not None and not isinstance(dilations, dict):
        raise TypeError(f'dilations must be a dict such as {{"layer4": (1, 2, 5)}}, got {shown(dilations)}')
    found = {}
    for stage, given in (dilations or {}).items():
        if stage not in spacings:
            raise ValueError(f"dilations must name stages of {', '.join(spacings)}, got {shown(stage)}")
        name, count = f'dilations["{stage}"]', len(spacings[stage])
        if len(sized(name, given)) != count:
            raise ValueError(f"{name} must have {count} entries, one for each unit, got {len(given)}")
        found[stage] = tuple(whole_number(f"{name}[{unit}]", one, 1) for unit, one in enumerate(given))
    return found


def _bottleneck(graph, source, path, width, strides, dilation):
    """Add 1 × 1, 3 × 3 and 1 × 1 layers, and beside them an identity, or a 1 × 1 layer where the shape changes."""
    found = square_window(graph, source, f"{path}.conv1", 1, strides[0], 1, width)
    found = square_window(graph, found, f"{path}.conv2", 3, strides[1], dilation, width)
    found = square_window(graph, found, f"{path}.conv3", 1, 1, 1, width * EXPANSION)
    if graph.shapes[source] != graph.shapes[found]:
        source = square_window(graph, source, f"{path}.downsample.0", 1, max(strides), 1, width * EXPANSION)
    return graph.add("sum", [(found, []), (source, [])], path)


def square_window(graph, source, path, kernel_size, stride, dilation, channels):
    """Add a square convolution that is padded by half of its effective size."""
    padding = dilation * (kernel_size - 1) // 2
    taps, steps, spacing, zeros = ((number, number) for number in (kernel_size, stride, dilation, padding))
    return convolution(graph, source, Convolution(taps, steps, spacing, zeros, zeros), channels, path)
