"""The networks in which the published parts stand, as graphs, up to the map at which a part ends.

They follow the papers and the authors' code in kernels, strides, dilations, branches and order; channels are few,
because no position depends on them.
"""

from hdclib.networks.backbones import RESNET_UNITS
from hdclib.networks.graphs import resnet_graph, square_window
from hdclib.networks.inspecting.graph import Convolution, Graph
from hdclib.networks.inspecting.shapes import joined
from hdclib.networks.inspecting.windows import convolution, pool

WIDTH = 4  # channels
DENSE_LAYERS, DENSE_DILATIONS = (6, 12, 24, 16), (1, 1, 2, 4)  # of the blocks of DenseNet-121
DRN_UNITS, DRN_STRIDES, DRN_DILATIONS = (1, 1, 2, 2, 2, 2, 1, 1), (1, 2, 2, 2, 1, 1, 1, 1), (1, 1, 1, 1, 2, 4, 2, 1)


def yu_koltun_graph(context, side):
    """Return VGG-16 with the front end of Yu and Koltun (2016), and their context module behind it [yu2016]."""
    graph = _images(side)
    source = _chain(graph, _vgg(graph, 2, 0), "conv5", (2, 2, 2))
    source = square_window(graph, source, "fc6", 7, 1, 4, WIDTH)
    graph.outputs["front end"] = square_window(graph, source, "fc7", 1, 1, 1, WIDTH)
    graph.outputs["context"] = _chain(graph, graph.outputs["front end"], "context", context)
    return graph


def large_fov_graph(side):
    """Return DeepLab-LargeFOV of Chen et al. (2015): pools of stride 1 stand behind conv4 and conv5 [chen2015]."""
    graph = _images(side)
    source = _pool(graph, _vgg(graph, 3, 1), 3, 1, 1)
    source = _chain(graph, source, "conv5", (2, 2, 2))
    for _ in range(2):
        source = _pool(graph, source, 3, 1, 1)
    graph.outputs["output"] = square_window(graph, source, "fc6", 3, 1, 12, WIDTH)
    return graph


def csrnet_graph(side):
    """Return CSRNet: six layers of dilation 2 behind ten convolutions of VGG-16 [li2018csrnet]."""
    graph = _images(side)
    graph.outputs["output"] = _chain(graph, _vgg(graph, 2, 0), "backend", (2,) * 6)
    return graph


def fcn_graph(side):
    """Return torchvision's FCN: a ResNet-50 at stride 8, and one ordinary layer before the classes [torchvision]."""
    graph = resnet_graph(50, 8, width=WIDTH, shape=(3, side, side))
    graph.outputs = {"head": square_window(graph, graph.outputs["layer4"], "head.0", 3, 1, 1, WIDTH)}
    return graph


def aspp_graph(depth, output_stride, dilations, branches, side):
    """Return a ResNet with DeepLab's pyramid behind it, and the head that torchvision puts behind that.

    `dilations` are those of the stages that are not torchvision's; `branches` those of the pyramid, 0 for a 1 × 1
    layer [chen2017]. The branch that reads the whole map is left out.
    """
    graph = resnet_graph(depth, output_stride, dilations=dilations, width=WIDTH, shape=(3, side, side))
    aspp = _aspp(graph, graph.outputs["layer4"], branches)
    projected = square_window(graph, aspp, "project", 1, 1, 1, WIDTH)
    graph.outputs = {"aspp": aspp, "head": square_window(graph, projected, "head.1", 3, 1, 1, WIDTH)}
    return graph


def basic_aspp_graph(depth, dilations, branches, side):
    """Return a ResNet-18 or ResNet-34 with DeepLab's pyramid behind it, as segmentation_models_pytorch builds it [smp].

    `dilations` are those of its last two stages, throughout; a stage with a dilation above 1 has no stride.
    """
    graph = _images(side)
    graph.outputs["aspp"] = _aspp(graph, _basic_resnet(graph, depth, dilations), branches)
    return graph


def drn_graph(side):
    """Return DRN-C-26 of Yu, Koltun and Funkhouser (2017): levels 7 and 8 have no skips [yu2017]."""
    graph = _images(side)
    source = square_window(graph, 0, "conv1", 7, 1, 1, WIDTH)
    levels = zip(DRN_UNITS, DRN_STRIDES, DRN_DILATIONS, strict=True)
    for level, (units, stride, dilation) in enumerate(levels, 1):
        for unit in range(units):
            path, step = f"layer{level}.{unit}", stride if unit == 0 else 1
            source = _basic(graph, source, path, step, dilation, level < 7)
        graph.outputs[f"layer{level}"] = source
    return graph


def espnet_graph(side):
    """Return the encoder of ESPNet with two units at stride 4 and three at stride 8 [mehta2018]."""
    graph = _images(side)
    half = _pool(graph, 0, 3, 2, 1)
    quarter = _pool(graph, half, 3, 2, 1)
    source = joined(graph, [square_window(graph, 0, "level1", 3, 2, 1, WIDTH), half], 1)
    for level, (units, beside) in enumerate(((2, quarter), (3, None)), 2):
        first = source = _pyramid(graph, source, f"level{level}_0", 2)
        for unit in range(units):
            source = _pyramid(graph, source, f"level{level}.{unit}", 1)
        graph.outputs[f"level{level}"] = source
        source = source if beside is None else joined(graph, [source, first, beside], 1)
    return graph


def dlinknet_graph(depth, dilations, side):
    """Return the encoder and the centre of D-LinkNet, on ResNet-34 or ResNet-50 [zhou2018]."""
    if depth == 34:
        graph = _images(side)
        source = _basic_resnet(graph, 34, (1, 1))
    else:
        graph = resnet_graph(depth, width=WIDTH, shape=(3, side, side))
        source = graph.outputs["layer4"]
    ends = [source]
    for number, dilation in enumerate(dilations):
        ends.append(square_window(graph, ends[-1], f"dblock.{number}", 3, 1, dilation, graph.shapes[source][1]))
    graph.outputs = {"centre": graph.add("sum", [(end, []) for end in ends])}
    return graph


def dense_aspp_graph(dilations, side):
    """Return DenseASPP at stride 8: a DenseNet-121 whose last two blocks are dilated, and the pyramid [yang2018]."""
    graph = _images(side)
    source = _pool(graph, square_window(graph, 0, "conv0", 7, 2, 1, WIDTH), 3, 2, 1)
    for block, (layers, dilation) in enumerate(zip(DENSE_LAYERS, DENSE_DILATIONS, strict=True), 1):
        for layer in range(1, layers + 1):
            source = _densely(graph, source, f"denseblock{block}.{layer}", dilation)
        source = square_window(graph, source, f"transition{block}", 1, 1, 1, WIDTH)
        source = _pool(graph, source, 2, 2, 0) if block == 1 else source
    for dilation in dilations:
        source = _densely(graph, source, f"aspp{dilation}", dilation)
    graph.outputs["output"] = source
    return graph


def wavenet_graph(blocks, levels, samples):
    """Return WaveNet up to the sum of its skips, an output for each block before it [oord2016]."""
    graph, skips = Graph((1, 1, samples), 1), []
    source = _causal(graph, 0, "causal", 1)
    for number in range(blocks * levels):
        gated = _causal(graph, source, f"gated.{number}", 2 ** (number % levels))
        skips.append((_pointwise(graph, gated, f"skip.{number}"), []))
        source = graph.add("sum", [(_pointwise(graph, gated, f"residual.{number}"), []), (source, [])])
        graph.outputs[f"block{number // levels + 1}"] = source
    graph.outputs["output"] = graph.add("sum", skips)
    return graph


def tcn_graph(levels, samples):
    """Return the network of Bai, Kolter and Koltun (2018): two causal layers a level, and a skip beside [bai2018]."""
    graph, source = Graph((1, WIDTH, samples), 1), 0
    for level in range(levels):
        found = source
        for number in (1, 2):
            found = _causal(graph, found, f"network.{level}.conv{number}", 2**level)
        source = graph.add("sum", [(found, []), (source, [])])
    graph.outputs["output"] = source
    return graph


def _images(side):
    return Graph((1, 3, side, side), 2)


def _chain(graph, source, path, dilations):
    """Add 3 × 3 layers in a row."""
    for number, dilation in enumerate(dilations):
        source = square_window(graph, source, f"{path}.{number}", 3, 1, dilation, WIDTH)
    return source


def _pool(graph, source, taps, stride, zeros):
    sizes = [(size + 2 * zeros - taps) // stride + 1 for size in graph.shapes[source][2:]]
    return pool(graph, source, (taps, taps), (stride, stride), (1, 1), (zeros, zeros), sizes)


def _vgg(graph, taps, zeros):
    """Add VGG-16 up to its tenth convolution, with three pools of stride 2."""
    source = 0
    for stage, count in enumerate((2, 2, 3, 3), 1):
        source = _chain(graph, source, f"conv{stage}", (1,) * count)
        source = _pool(graph, source, taps, 2, zeros) if stage < 4 else source
    return source


def _basic_resnet(graph, depth, dilations):
    """Add a ResNet of basic units; in place of the stride of a stage stands its dilation, if that is above 1."""
    source = _pool(graph, square_window(graph, 0, "conv1", 7, 2, 1, WIDTH), 3, 2, 1)
    for stage, (units, dilation) in enumerate(zip(RESNET_UNITS[depth], (1, 1, *dilations), strict=True), 1):
        for unit in range(units):
            step = 2 if stage > 1 and unit == 0 and dilation == 1 else 1
            source = _basic(graph, source, f"layer{stage}.{unit}", step, dilation, True)
    return source


def _aspp(graph, source, branches):
    """Add layers side by side on one map, each by its dilation, 0 for a 1 × 1 layer."""
    ends = [
        square_window(graph, source, f"aspp.{number}", 3 if dilation else 1, 1, max(dilation, 1), WIDTH)
        for number, dilation in enumerate(branches)
    ]
    return joined(graph, ends, 1)


def _basic(graph, source, path, stride, dilation, skip):
    """Add two 3 × 3 layers, and beside them an identity, a 1 × 1 layer at a stride, or nothing."""
    found = square_window(graph, source, f"{path}.conv1", 3, stride, dilation, WIDTH)
    found = square_window(graph, found, f"{path}.conv2", 3, 1, dilation, WIDTH)
    if not skip:
        return found
    if stride > 1:
        source = square_window(graph, source, f"{path}.downsample", 1, stride, 1, WIDTH)
    return graph.add("sum", [(found, []), (source, [])], path)


def _densely(graph, source, path, dilation):
    """Add a 1 × 1 and a 3 × 3 layer, and join to their output what they read."""
    small = square_window(graph, source, f"{path}.conv1", 1, 1, 1, WIDTH)
    return joined(graph, [source, square_window(graph, small, f"{path}.conv2", 3, 1, dilation, WIDTH)], 1)


def _pyramid(graph, source, path, stride):
    """Add an ESP unit: dilations 1 to 16 side by side, sums of neighbours, all joined, and an identity at stride 1."""
    small = square_window(graph, source, f"{path}.c1", 3 if stride > 1 else 1, stride, 1, WIDTH)
    first, *others = (square_window(graph, small, f"{path}.d{2**n}", 3, 1, 2**n, WIDTH) for n in range(5))
    ends = [first, others[0]]
    for branch in others[1:]:
        ends.append(graph.add("sum", [(ends[-1], []), (branch, [])]))
    made = joined(graph, ends, 1)
    return graph.add("sum", [(made, []), (source, [])]) if stride == 1 else made


def _causal(graph, source, path, dilation):
    """Add a layer of two taps that reads no later sample."""
    numbers = Convolution((2,), (1,), (dilation,), (dilation,), (0,))
    return convolution(graph, source, numbers, WIDTH, path)


def _pointwise(graph, source, path):
    return convolution(graph, source, Convolution((1,), (1,), (1,), (0,), (0,)), WIDTH, path)
