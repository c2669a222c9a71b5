"""A stride that turns into a dilation: stride_maths.js against hdclib, and what may be asked of the panel."""

import pytest
from scripts import evaluate

import hdclib as hdc
from hdclib.widgets import stride_to_dilation_panel

STEPS = """Object.assign(script.strideCells(given), {
  spans: [0, 1, 2, 3].map((step) => script.strideSpan(given, step)), output: script.strideOutput(given) })"""
SAMPLES = 21


def middles(layers):
    """The middle of what each output reads of Layer 1."""
    grid = hdc.networks.feature_grid(layers)
    count = hdc.sizes.size_chain(SAMPLES, layers)[-1]
    return [sum(grid.window(index)) // 2 for index in range(count)]


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_cells_and_spans_are_those_of_hdclib(stride):
    strided = [hdc.ConvLayer(3, stride=stride), hdc.ConvLayer(3)]
    dense = hdc.networks.dilate_instead(strided)
    (found,) = evaluate("networks/stride_maths.js", STEPS, [stride])
    for name, layers in (("strided", strided), ("dense", dense)):
        assert found[name] == [middles(layers[:1]), middles(layers)]
    plain = [hdc.ConvLayer(3), hdc.ConvLayer(3)]
    assert found["spans"] == [hdc.receptive_field(layers) for layers in (strided, plain, dense, dense)]
    assert (
        found["output"] in found["strided"][1]
        and found["dense"][1][::stride][: len(found["strided"][1])] == (found["strided"][1])
    )


@pytest.mark.parametrize(("stride", "kind"), [(1, ValueError), (5, ValueError), (2.0, TypeError)])
def test_a_stride_that_is_not_shown_is_refused_by_name(stride, kind):
    with pytest.raises(kind, match=r"^stride must be"):
        stride_to_dilation_panel(stride)
