"""Cascades and branch modules of published networks, as their authors' papers or code give them.

Only what the entry names is counted, on the grid that it reads: stages hold their 3 x 3 layers; 1 x 1 layers,
normalisation and activations change no reach, and identity skips add no position (`with_skips` shows it).
"""

from dataclasses import dataclass
from typing import Any

from hdclib.checks import one_of, shown, text, truth_value, whole_number
from hdclib.layers import Cascade, ConvLayer, Parallel, receptive_field
from hdclib.networks.backbones import RESNET_UNITS
from hdclib.networks.graphs import STAGES, STRIDE_IN, resnet_graph
from hdclib.networks.inspecting.asking import inspect
from hdclib.networks.modules import summed
from hdclib.networks.sources import CODE, SMP
from hdclib.networks.whole_networks import (
    aspp_graph,
    basic_aspp_graph,
    csrnet_graph,
    dense_aspp_graph,
    dlinknet_graph,
    drn_graph,
    espnet_graph,
    fcn_graph,
    large_fov_graph,
    tcn_graph,
    wavenet_graph,
    yu_koltun_graph,
)


@dataclass(frozen=True)
class Published:
    """One part of a published network.

    Attributes
    ----------
    name : str
        The network.
    part : str
        Which part of it is counted.
    module : Cascade or Parallel
    source : str
        Key of the book's bibliography.
    note : str
        Where the numbers stand, and what surrounds the part.
    axes : int
        2 for images, 1 for sound and sequences, where the module is causal.
    beside : int
        Kernel size of an ordinary layer that reads the same map beside the part; 0 if there is none.
    gain : bool
        Whether its authors changed it against the grid, and report a gain from that.
    grid : bool
        Whether its authors saw a grid in its outputs, and report it.

    Raises
    ------
    TypeError
        If a text is no text, `module` is no Cascade or Parallel, a number is no whole one, or `gain` or `grid` is
        neither True nor False.
    ValueError
        If `axes` is neither 1 nor 2, or `beside` is negative.
    """

    name: str
    part: str
    module: Any
    source: str
    note: str
    axes: int = 2
    beside: int = 0
    gain: bool = False
    grid: bool = False

    def __post_init__(self):
        for name in ("name", "part", "source", "note"):
            text(name, getattr(self, name))
        if not isinstance(self.module, (Cascade, Parallel)):
            raise TypeError(f"module must be a Cascade or a Parallel, got {shown(self.module)}")
        whole_number("axes", self.axes, 1, 2)
        whole_number("beside", self.beside, 0)
        for name in ("gain", "grid"):
            truth_value(name, getattr(self, name))

    @property
    def code(self):
        """The lines of its authors' code that hold its dilations; None if it was taken from the paper alone."""
        return CODE.get((self.name, self.part))

    @property
    def depths(self):
        """Depths of the ResNets that its verdict holds for; the first is counted in `report`. Empty for others."""
        return DEPTHS.get((self.name, self.part), ())

    @property
    def function(self):
        """What the functions of torchvision that make its networks are called before the ResNet; None for others."""
        return FUNCTIONS.get((self.name, self.part))

    @property
    def borrowed(self):
        """Whether its whole network was built on torchvision's ResNet, though its authors have one of their own."""
        return self.name in BORROWED

    @property
    def align(self):
        """Where branches meet, for sequences at the last sample, for images at the centre."""
        return "last" if self.axes == 1 else "centre"

    def graph(self, side=513, stride_in="first 3x3"):
        """Return the whole ResNet with bottleneck units that the part stands in, for `inspect`; None for other parts.

        Its last stages have the dilations of the part; all before is torchvision's, but for the stems of PSPNet and
        HDC, whose authors' code has three 3 × 3 layers there.

        Parameters
        ----------
        side : int
            Rows and columns of its input.
        stride_in : str
            As `resnet_graph` takes it.

        Raises
        ------
        TypeError, ValueError
            If `side` is no whole number above 0, or `stride_in` another word.

        Examples
        --------
        >>> from hdclib import inspect
        >>> from hdclib import published_part
        >>> len(inspect(published_part("PSPNet", "layer3 and layer4").graph()).views_with_holes)
        9
        """
        whole_number("side", side, 1)
        one_of("stride_in", stride_in, STRIDE_IN)
        if (self.name, self.part) not in RESNETS:
            return None
        depth, output_stride = RESNETS[self.name, self.part]
        dilations, stages = [layer.dilation for layer in self.module.parts], {}
        for stage, units in reversed(list(zip(STAGES, RESNET_UNITS[depth], strict=True))):
            if dilations:
                stages[stage], dilations = dilations[-units:], dilations[:-units]
        deep = self.name in DEEP_STEMS
        given = {"dilations": stages, "deep_stem": deep, "stride_in": stride_in}
        return resnet_graph(depth, output_stride, shape=(3, side, side), **given)

    def report(self):
        """Return the inspection of the whole network that the part stands in, up to the end of the part.

        Its ``input`` tells what one output reads of the picture, and its ``axes`` the stride of the part's grid.
        The picture is so large that no border cuts what the judged output reads, because a border hides holes.

        Returns
        -------
        report : Inspection or None
            None for small modules that stand at many places, and for lists that are no network of their own.

        Examples
        --------
        >>> from hdclib import published_part
        >>> report = published_part("DRN-C-26", "levels 5 and 6").report()
        >>> report.axes[0].stride, report.input.has_holes
        (8.0, False)
        """
        if (self.name, self.part) in RESNETS:
            return inspect(self.graph(LARGE))
        if (self.name, self.part) not in WHOLE:
            return None
        graph, output, _ = WHOLE[self.name, self.part]
        return inspect(graph(), output=output)

    def seen(self):
        """Return what one output of the part reads of the map in front of it, in the graph of a network.

        For most parts that is the whole network that it stands in; for the others, small modules that stand at many
        places, the module alone. The output is one that no border cuts.

        Returns
        -------
        seen : Seen

        Examples
        --------
        >>> from hdclib import published_part
        >>> seen = published_part("DRN-C-26", "levels 5 and 6").seen()
        >>> seen.read, seen.spans
        (625, (49, 49))
        """
        report = self.report()
        if report is None:
            return inspect(self.module, (receptive_field(self.module) + 2,) * self.axes).input
        if (self.name, self.part) in RESNETS:
            return _first_of(report, len(self.module.parts))
        return next(view.seen for view in report.views if view.path == WHOLE[self.name, self.part][2])


def _first_of(report, count):
    """What the output reads of the input of the 3 × 3 layer that stands `count` before the end."""
    return report.wide_views[-count].seen


def published():
    """Return the published modules of the book: cascades first, then branches, then sequences.

    Returns
    -------
    modules : tuple of Published

    Examples
    --------
    >>> from hdclib import receptive_field
    >>> from hdclib.networks import published
    >>> [receptive_field(entry.module) for entry in published() if entry.name == "WaveNet"]
    [1024, 3070]
    """
    return (*_cascades(), *_resnets(), *_branches(), *_sequences())


def published_part(name, part):
    """Return one published module.

    Parameters
    ----------
    name, part : str
        As the entries of `published` have them.

    Returns
    -------
    module : Published

    Raises
    ------
    TypeError, ValueError
        If there is none of that name, or it has no such part; the message lists those that there are.

    Examples
    --------
    >>> from hdclib import published_part
    >>> published_part("VAN", "large kernel attention").source
    'guo2023'
    """
    one_of("name", name, tuple(dict.fromkeys(entry.name for entry in published())))
    parts = {entry.part: entry for entry in published() if entry.name == name}
    return parts[one_of("part", part, parts, f"one of {'; '.join(parts)} for {name}")]


LARGE = 2497  # rows of a picture whose borders cut nothing of the middle of a dilated ResNet
SOUND = 8000
WHOLE = {  # the graphs of other networks, the output at which a part ends, and its first convolution
    ("Yu-Koltun", "front end"): (lambda: yu_koltun_graph((), 769), "front end", "conv5.0"),
    ("Yu-Koltun", "context module"): (
        lambda: yu_koltun_graph((1, 1, 2, 4, 8, 16, 1), 1025), "context", "context.0",
    ),
    ("Yu-Koltun", "context, Cityscapes"): (
        lambda: yu_koltun_graph((1, 1, 2, 4, 8, 16, 32, 64, 1), 2561), "context", "context.0",
    ),
    ("DeepLab v1", "LargeFOV, with pools"): (lambda: large_fov_graph(769), "output", "conv5.0"),
    ("DeepLab v2", "ASPP"): (
        lambda: aspp_graph(101, 8, {"layer3": [2] * 23, "layer4": [4] * 3}, (6, 12, 18, 24), 1665), "aspp", "aspp.0",
    ),
    ("DeepLab v3", "ASPP, stride 16"): (
        lambda: aspp_graph(50, 16, {"layer4": (2, 4, 8)}, (0, 6, 12, 18), 1537), "aspp", "aspp.1",
    ),
    ("DeepLab v3", "ASPP, stride 8"): (
        lambda: aspp_graph(50, 8, {"layer4": (4, 8, 16)}, (0, 12, 24, 36), 1537), "aspp", "aspp.1",
    ),
    ("DeepLab v3", "block4 and ASPP, stride 16"): (
        lambda: aspp_graph(50, 16, {"layer4": (2, 4, 8)}, (0, 6, 12, 18), 2049), "aspp", "layer4.0.conv2",
    ),
    ("torchvision", "layer3 to FCN head"): (lambda: fcn_graph(1025), "head", "layer3.0.conv2"),
    ("torchvision", "layer3 to DeepLab head"): (
        lambda: aspp_graph(50, 8, None, (0, 12, 24, 36), 2049), "head", "layer3.0.conv2",
    ),
    ("segmentation_models_pytorch", f"{SMP[16]}, ResNet-18"): (
        lambda: basic_aspp_graph(18, (1, 2), (0, 12, 24, 36), 2049), "aspp", "layer4.0.conv1",
    ),
    ("segmentation_models_pytorch", f"{SMP[16]}, ResNet-34"): (
        lambda: basic_aspp_graph(34, (1, 2), (0, 12, 24, 36), 2561), "aspp", "layer4.0.conv1",
    ),
    ("segmentation_models_pytorch", f"{SMP[16]}, ResNet-50"): (
        lambda: aspp_graph(50, 16, {"layer4": [2] * 3}, (0, 12, 24, 36), 2049), "aspp", "layer4.0.conv2",
    ),
    ("segmentation_models_pytorch", f"{SMP[8]}, ResNet-34"): (
        lambda: basic_aspp_graph(34, (2, 4), (0, 12, 24, 36), 2049), "aspp", "layer3.0.conv1",
    ),
    ("segmentation_models_pytorch", f"{SMP[8]}, ResNet-50"): (
        lambda: aspp_graph(50, 8, {"layer3": [2] * 6, "layer4": [4] * 3}, (0, 12, 24, 36), 1665),
        "aspp", "layer3.0.conv2",
    ),
    ("CSRNet", "back end"): (lambda: csrnet_graph(769), "output", "backend.0"),
    ("DRN-C-26", "levels 5 and 6"): (lambda: drn_graph(769), "layer6", "layer5.0.conv1"),
    ("DRN-C-26", "levels 5 to 8"): (lambda: drn_graph(769), "layer8", "layer5.0.conv1"),
    ("ESPNet", "ESP unit"): (lambda: espnet_graph(1665), "level3", "level3.2.d1"),
    ("DenseASPP", "dilations 3 to 24"): (lambda: dense_aspp_graph((3, 6, 12, 18, 24), 3585), "output", "aspp3.conv1"),
    ("D-LinkNet", "centre, ResNet-34"): (lambda: dlinknet_graph(34, (1, 2, 4, 8), 2048), "centre", "dblock.0"),
    ("D-LinkNet", "centre, ResNet-50"): (lambda: dlinknet_graph(50, (1, 2, 4, 8, 16), 3072), "centre", "dblock.0"),
    ("WaveNet", "one block"): (lambda: wavenet_graph(3, 10, SOUND), "block1", "gated.0"),
    ("WaveNet", "three blocks"): (lambda: wavenet_graph(3, 10, SOUND), "output", "gated.0"),
    ("TCN", "eight levels"): (lambda: tcn_graph(8, SOUND), "output", "network.0.conv1"),
}  # fmt: skip
RESNETS = {  # depth and output stride of the networks that the parts stand in
    ("PSPNet", "layer3 and layer4"): (50, 8),
    ("torchvision", "layer3 and layer4"): (50, 8),
    ("DeepLab v2", "res4 and res5"): (101, 8),
    ("DeepLab v3", "block4, stride 16"): (50, 16),
    ("DeepLab v3", "block4, stride 8"): (50, 8),
    ("HDC", "res4 and res5, bigger"): (101, 8),
}
BOTH = 50, 101
DEPTHS = {
    ("PSPNet", "layer3 and layer4"): BOTH,
    ("torchvision", "layer3 and layer4"): BOTH,
    ("torchvision", "layer3 to FCN head"): BOTH,
    ("torchvision", "layer3 to DeepLab head"): BOTH,
    ("DeepLab v2", "res4 and res5"): (101,),
    ("DeepLab v2", "ASPP"): (101,),
    ("DeepLab v3", "block4, stride 16"): BOTH,
    ("DeepLab v3", "block4, stride 8"): BOTH,
    ("DeepLab v3", "ASPP, stride 16"): BOTH,
    ("DeepLab v3", "ASPP, stride 8"): BOTH,
    ("DeepLab v3", "block4 and ASPP, stride 16"): BOTH,
    ("HDC", "res4 and res5, bigger"): (101,),
}
FUNCTIONS = {
    ("torchvision", "layer3 to FCN head"): "fcn",
    ("torchvision", "layer3 to DeepLab head"): "deeplabv3",
}
BORROWED = "DeepLab v2", "DeepLab v3", "HDC", "PSPNet"  # `graph` says what of it is their own
DEEP_STEMS = (
    "PSPNet",  # https://github.com/hszhao/semseg, model/resnet.py: deep_base
    "HDC",  # https://github.com/TuSimple/TuSimple-DUC, tusimple_duc/networks/resnet.py: conv1_1 to conv1_3
)


def _stack(dilations, kernel_size=3):
    return Cascade(dilations, kernel_size)


def _aspp(base):
    """Return the branches of DeepLab v3 but for the one that averages the whole image."""
    return Parallel([1, base, 2 * base, 3 * base], [1, 3, 3, 3])


def _cascades():
    yield Published(
        "Yu-Koltun", "front end", _stack([2, 2, 2, 4], [3, 3, 3, 7]), "yu2016",
        "conv5 of VGG-16 and fc6 as a 7 x 7 layer, output stride 8",
    )  # fmt: skip
    yield Published("Yu-Koltun", "context module", _stack([1, 1, 2, 4, 8, 16, 1]), "yu2016", "table 1 of the paper")
    yield Published(
        "Yu-Koltun", "context, Cityscapes", _stack([1, 1, 2, 4, 8, 16, 32, 64, 1]), "yu2016",
        "the authors' network for Cityscapes adds 32 and 64",
    )  # fmt: skip
    yield Published(
        "DeepLab v1", "LargeFOV, convolutions", _stack([2, 2, 2, 12]), "chen2015", "conv5, then fc6 as 3 x 3"
    )
    yield Published(
        "DeepLab v1", "LargeFOV, with pools", _stack([2, 2, 2, 1, 1, 12]), "chen2015",
        "two 3 x 3 pools of stride 1 stand between conv5 and fc6; a pool reads what a 3 x 3 layer reads",
    )  # fmt: skip
    yield Published(
        "CSRNet", "back end", _stack([2] * 6), "li2018csrnet", "behind ten convolutions of VGG-16, output stride 8"
    )
    yield Published("D-LinkNet", "centre, ResNet-34", summed([1, 2, 4, 8], 3), "zhou2018", "partial outputs are added")
    yield Published(
        "D-LinkNet", "centre, ResNet-50", summed([1, 2, 4, 8, 16], 3), "zhou2018",
        "partial outputs are added",
    )  # fmt: skip
    yield Published(
        "VAN", "large kernel attention", _stack([1, 3], [5, 7]), "guo2023", "depthwise, the 7 x 7 with dilation 3"
    )
    yield Published(
        "LSKNet", "selective kernel", Parallel([ConvLayer(5), _stack([1, 3], [5, 7])]), "li2023lsk",
        "the same cascade, and its first output beside it",
    )  # fmt: skip


def _resnets():
    yield Published("PSPNet", "layer3 and layer4", _stack([2] * 6 + [4] * 3), "zhao2017", "ResNet-50, output stride 8")
    yield Published(
        "torchvision", "layer3 and layer4", _stack([1] + [2] * 6 + [4] * 2), "torchvision",
        "ResNet-50 as in FCN and DeepLab v3; each stage starts with the dilation before it",
    )  # fmt: skip
    yield Published(
        "torchvision", "layer3 to FCN head", _stack([1] + [2] * 6 + [4] * 2 + [1]), "torchvision",
        "the head is an ordinary 3 x 3 layer",
    )  # fmt: skip
    yield Published(
        "torchvision", "layer3 to DeepLab head",
        Cascade([*_stack([1] + [2] * 6 + [4] * 2).parts, _aspp(12), ConvLayer(3)]), "torchvision",
        "the head is ASPP, image-level branch left out, then an ordinary 3 x 3 layer",
    )  # fmt: skip
    for depth, stride, dilations in (
        (18, 16, [2] * 4), (34, 16, [2] * 6), (50, 16, [2] * 3),
        (34, 8, [2] * 12 + [4] * 6), (50, 8, [2] * 6 + [4] * 3),
    ):  # fmt: skip
        yield Published(
            "segmentation_models_pytorch", f"{SMP[stride]}, ResNet-{depth}",
            Cascade([*_stack(dilations).parts, _aspp(12)]), "smp",
            f"the dilated stages and ASPP as built by default, output stride {stride}, image-level branch left out",
        )  # fmt: skip
    yield Published(
        "DeepLab v2", "res4 and res5", _stack([2] * 23 + [4] * 3), "chen2018deeplab", "ResNet-101, output stride 8"
    )
    yield Published(
        "DeepLab v3", "block4, stride 16", _stack([2, 4, 8]), "chen2017", "multi-grid 1, 2, 4 times the base 2"
    )
    yield Published(
        "DeepLab v3", "block4, stride 8", _stack([4, 8, 16]), "chen2017", "multi-grid 1, 2, 4 times the base 4"
    )
    yield Published(
        "DeepLab v3", "block4 and ASPP, stride 16", Cascade([*_stack([2, 4, 8]).parts, _aspp(6)]), "chen2017",
        "the image-level branch is left out; v3+ keeps both and adds a decoder on a finer grid",
    )  # fmt: skip
    yield Published(
        "DRN-C-26", "levels 5 and 6", _stack([2] * 4 + [4] * 4), "yu2017", "basic blocks, output stride 8", grid=True
    )
    yield Published(
        "DRN-C-26", "levels 5 to 8", _stack([2] * 4 + [4] * 4 + [2] * 2 + [1] * 2), "yu2017",
        "levels 7 and 8 remove the grid and have no skips", gain=True,
    )  # fmt: skip
    yield Published(
        "HDC", "res4 and res5, bigger", _stack([2, 2, 5, 9] + [1, 2, 5, 9] * 4 + [1, 2, 5] + [5, 9, 17]), "wang2018",
        "ResNet-101 of the authors' code", gain=True,
    )  # fmt: skip


def _branches():
    yield Published("DeepLab v2", "ASPP", Parallel([6, 12, 18, 24], 3), "chen2018deeplab", "outputs are added")
    yield Published(
        "DeepLab v3", "ASPP, stride 16", _aspp(6), "chen2017",
        "outputs are concatenated; the image-level branch is left out",
    )  # fmt: skip
    yield Published(
        "DeepLab v3", "ASPP, stride 8", _aspp(12), "chen2017",
        "outputs are concatenated; the image-level branch is left out",
    )  # fmt: skip
    yield Published(
        "DenseASPP", "dilations 3 to 24",
        Cascade([Parallel([ConvLayer(1), ConvLayer(3, d)]) for d in (3, 6, 12, 18, 24)]), "yang2018",
        "DenseNet-121, output stride 8; each layer reads all outputs before it, so a path may pass any of them by",
    )  # fmt: skip
    yield Published(
        "ESPNet", "ESP unit", Parallel([1, 2, 4, 8, 16], 3), "mehta2018", "sums of neighbouring branches, concatenated"
    )
    yield Published(
        "UniRepLKNet", "dilated branches, K=13", Parallel([1, 2, 3, 4, 5], [5, 7, 3, 3, 3]), "ding2024",
        "beside a plain 13 x 13 kernel, which reads everything", beside=13,
    )  # fmt: skip
    yield Published(
        "UniRepLKNet", "dilated branches, K=17", Parallel([1, 2, 4, 5, 7], [5, 9, 3, 3, 3]), "ding2024",
        "beside a plain 17 x 17 kernel, which reads everything", beside=17,
    )  # fmt: skip


def _sequences():
    block = [2**level for level in range(10)]
    yield Published("WaveNet", "one block", _stack(block, 2), "oord2016", "causal, dilations 1 to 512", axes=1)
    yield Published("WaveNet", "three blocks", _stack(block * 3, 2), "oord2016", "the block repeated", axes=1)
    yield Published(
        "TCN", "eight levels", _stack([2**level for level in range(8) for _ in range(2)], 2), "bai2018",
        "causal; two layers a level, kernel size 2 as in the authors' default", axes=1,
    )  # fmt: skip
