"""hdclib/widgets/networks/*.js: modules that are known, fields of their own, blocks over time; without a browser."""

import pytest

import hdclib as hdc
from hdclib import Cascade, ConvLayer
from hdclib.networks import Parallel, published_part
from hdclib.networks.modules import JOINS
from hdclib.widgets import CausalTree, ModuleBuilder, PoolsOut, StrideToDilation

KNOWN = {
    "ASPP (DeepLab v2)": ("DeepLab v2", "ASPP"),
    "ASPP (DeepLab v3, stride 16)": ("DeepLab v3", "ASPP, stride 16"),
    "Centre of D-LinkNet-34": ("D-LinkNet", "centre, ResNet-34"),
    "Context module (Yu and Koltun)": ("Yu-Koltun", "context module"),
    "Large kernel attention (VAN)": ("VAN", "large kernel attention"),
    "WaveNet, one block": ("WaveNet", "one block"),
}


def built(state):
    """The module that the traits describe."""
    join = {"cascade": Cascade, "parallel": Parallel, "summed": hdc.networks.summed}[state["join"]]
    return join([ConvLayer(*pair) for pair in zip(state["kernels"], state["dilations"], strict=True)])


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_module_is_the_published_one(node_page, name):
    node_page.show(ModuleBuilder(kernels=[3], dilations=[1]))
    options = node_page.told()["options"]["Module"]
    node_page.ask("fill", name="Module", value=str(options.index(name) - 1))
    told = node_page.told()
    assert built(told["state"]) == published_part(*KNOWN[name]).module
    assert ["Module", str(options.index(name) - 1)] in told["fields"]


def test_a_field_changes_its_own_layer_and_a_new_layer_is_the_last_one_again(node_page):
    node_page.show(ModuleBuilder(kernels=[3, 5], dilations=[1, 2]))
    node_page.ask("fill", name="Convolution 2 dilation", value="7", event="input")
    assert node_page.told()["state"]["dilations"] == [1, 7]
    node_page.ask("fill", name="Convolution 1 kernel size", value="4", event="input")
    node_page.ask("fill", name="Convolution 1 kernel size", value="-4", event="input")
    assert node_page.told()["state"]["kernels"] == [4, 5]
    node_page.ask("press", name="Add a layer")
    state = node_page.told()["state"]
    assert (state["kernels"], state["dilations"]) == ([4, 5, 5], [1, 7, 7])
    node_page.ask("press", name="Take the last away")
    node_page.ask("press", name="Take the last away")
    assert node_page.told()["state"]["kernels"] == [4]


@pytest.mark.parametrize("join", ["cascade", "parallel", "summed", "skips"])
def test_a_module_is_measured_as_hdclib_measures_it(node_page, join):
    node_page.show(ModuleBuilder(join=join, kernels=[3, 3, 5], dilations=[1, 3, 2]))
    module = JOINS[join]([1, 3, 2], [3, 3, 5])
    found, told = hdc.coverage(module), node_page.told()
    assert {name: told["data"][name] for name in ("span", "read", "holes", "gap", "pixels")} == {
        "span": str(found.span), "read": str(found.read), "holes": str(found.holes), "gap": str(found.largest_gap),
        "pixels": str(found.pixels_read),
    }  # fmt: skip
    no_hole_along_an_axis = found.holes == 0 and not found.hole_free
    assert ("One axis alone shows no hole, the image does." in told["words"]) == no_hole_along_an_axis
    assert f"({100 * found.share:.1f} %)" in told["words"]


def test_one_axis_without_a_hole_may_be_an_image_with_holes(node_page):
    node_page.show(ModuleBuilder(kernels=[1, 3, 3], dilations=[1, 1, 2]))
    module = Parallel([1, 1, 2], [1, 3, 3])
    assert hdc.coverage(module).holes == 0 and not hdc.coverage(module).hole_free
    assert "One axis alone shows no hole, the image does." in node_page.told()["words"]


@pytest.mark.parametrize(("layers", "blocks", "kernel_size"), [(3, 1, 2), (4, 2, 2), (2, 3, 3)])
def test_a_causal_network_reads_what_hdclib_says(node_page, layers, blocks, kernel_size):
    node_page.show(CausalTree(layers=layers, blocks=blocks, kernel_size=kernel_size, back=0))
    stack = [2**level for level in range(layers)] * blocks
    counts, told = hdc.tap_counts(stack, kernel_size), node_page.told()
    assert (told["data"]["span"], told["data"]["most"]) == (str(len(counts)), str(counts.max()))
    node_page.ask("key", key="ArrowDown")
    below = hdc.receptive_field(stack[:-1], kernel_size)
    said = f"Layer {len(stack)}, time t: reads {below} inputs, from t − {below - 1} to t."
    assert node_page.told()["spoken"] == said


def test_the_table_of_vgg_is_that_of_hdclib(node_page):
    node_page.show(PoolsOut())
    node_page.ask("press", name="Dilate instead of the last two")
    pools = ["keep", "keep", "keep", "dilate", "dilate"]
    assert node_page.told()["state"]["pools"] == pools
    rows = hdc.networks.layer_table(hdc.networks.vgg16(pools))
    strides = {row.name.split("_")[0]: [row.size, row.stride, row.dilation, row.field] for row in rows}
    shown = {row[0]: list(map(int, row[1:5])) for row in node_page.told()["rows"][1:]}
    assert shown == strides
    node_page.ask("press", name="Remove the last two")
    assert node_page.told()["state"]["pools"] == ["keep", "keep", "keep", "remove", "remove"]


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_the_rows_of_stride_and_dilation_are_named_by_what_makes_them(node_page, stride):
    names = [(f"stride {stride}", "dilation 1"), ("stride 1", "dilation 1"), *[("stride 1", f"dilation {stride}")] * 2]
    for step, (first, second) in enumerate(names):
        node_page.show(StrideToDilation(stride=stride, step=step))
        svg = node_page.svg()
        assert f"Layer 2, by convolution 1 with {first}<" in svg
        assert f"Layer 3, by convolution 2 with {second}<" in svg
