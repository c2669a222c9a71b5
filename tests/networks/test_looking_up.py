"""What a reader who looks a published part up is told, against counts and against the page that it leads to."""

import json
from pathlib import Path

import pytest

import hdclib as hdc
from hdclib import ConvLayer
from hdclib.networks import (
    Cascade,
    Parallel,
    Published,
    closing_layers,
    dilations_in_words,
    look_up,
    verdict,
)
from hdclib.networks import published as all_parts
from hdclib.networks.graphs import square_window
from hdclib.networks.inspecting.graph import Graph
from hdclib.networks.whole_networks import aspp_graph

PAGE = json.loads((Path(__file__).parents[2] / "book" / "published_networks.ipynb").read_text(encoding="utf-8"))
TEXTS = ["".join(cell["source"]) for cell in PAGE["cells"] if cell["cell_type"] == "markdown"]
IMAGES = [entry for entry in all_parts() if entry.axes == 2]


def bare(row):
    """The name of a row without where the part was counted."""
    return row[0].split(", in a ")[0].split(", of ")[0]


def named(entry):
    return f"{entry.name}, {entry.part}"


class Alone(Published):
    """A part whose whole network is the part itself."""

    def report(self):
        graph = Graph((1, 3, 65, 65), 2)
        source = 0
        for number, layer in enumerate(self.module.parts):
            source = square_window(graph, source, str(number), layer.kernel_size, 1, layer.dilation, 3)
        graph.outputs = {"output": source}
        return hdc.inspect(graph)


@pytest.mark.parametrize(
    ("dilations", "told"), [([2, 2, 2], "holes in the picture"), ([1, 2, 3], "no hole in the picture")], ids=str
)
def test_the_verdict_on_a_whole_network_is_what_it_reads_of_the_picture(dilations, told):
    assert verdict(Alone("a", "b", Cascade(dilations, 3), "c", "d")) == told


@pytest.mark.parametrize(
    ("module", "beside", "told"),
    [
        (Cascade([1, 2, 3], 3), 0, "adds no hole"),
        (Cascade([2, 2, 2], 3), 0, "depends on what stands before"),
        (Parallel([1, 2], 3), 0, "depends on what stands before"),
        (Parallel([1, 2], 3), 5, "adds no hole, with the 5 × 5 kernel beside it"),
        (Parallel([1, 2], 3), 3, "depends on what stands before"),
    ],
    ids=str,
)
def test_the_verdict_on_a_part_without_a_network_is_about_the_part(module, beside, told):
    assert verdict(Published("a", "b", module, "c", "d", beside=beside)) == told


HOLED = {"ESPNet, ESP unit"} | {
    f"segmentation_models_pytorch, DeepLab v3+ (smp.DeepLabV3Plus), ResNet-{depth}" for depth in (18, 50)
}


def test_no_published_part_but_three_that_was_asked_in_its_network_has_holes_in_the_picture():
    asked = {named(entry) for entry in all_parts() if entry.report() is not None} - HOLED
    told = {named(entry): verdict(entry) for entry in all_parts()}
    assert {name for name, words in told.items() if words == "no hole in the picture"} == asked and len(asked) >= 25
    assert {name for name, words in told.items() if words == "holes in the picture"} == HOLED


@pytest.mark.parametrize(
    ("dilations", "closing"), [([2, 2, 1], 1), ([2, 2, 1, 1], 2), ([1, 2, 2, 1], 0), ([4, 1], 0), ([1, 1], 0)], ids=str
)
def test_layers_close_at_the_end_only_where_it_takes_them(dilations, closing):
    assert closing_layers(Cascade(dilations, 3)) == closing


def test_dilations_are_told_with_what_is_not_usual():
    module = Cascade([ConvLayer(3, 2), ConvLayer(3, 2), Parallel([1, 2, 2], [1, 3, 5]), ConvLayer(7, 4)])
    assert dilations_in_words(module) == "[2, 2, (1 × 1 | 2 | 2 (k = 5)), 4 (k = 7)]"
    assert dilations_in_words(Cascade([2] * 3, 3)) == "[2 (3 times)]"
    assert dilations_in_words(hdc.networks.summed([1, 2], 3)) == "[1, 2], partial outputs added"


def test_the_table_is_sorted_by_name_and_keeps_the_parts_of_a_network_together():
    names = [row[0].split(",")[0].lower() for row in look_up(IMAGES, "#published-").rows]
    assert names == sorted(names) and len(names) == len(IMAGES)


def test_a_row_counts_the_part_alone_and_the_views_where_a_backbone_was_asked():
    cells = {bare(row): row for row in look_up(IMAGES, "#published-").rows}
    for entry in IMAGES:
        _, _, views, _, _, alone = cells[named(entry)]
        report = entry.report()
        seen = [] if report is None else report.wide_views
        assert views == ("–" if report is None else f"{len(report.views_with_holes)} of {len(seen)}")
        read = hdc.coverage(entry.module)
        assert alone.startswith("all" if read.hole_free else f"{read.pixels_read / read.pixels:.1%}")
    # By hand: a stem and a 3 × 3 layer in each of 16 units make 17, and behind the last eight none has dilation 1.
    assert cells["torchvision, layer3 and layer4"][2] == "8 of 17"
    # By hand: a layer of 7 × 7 and, up to level 6, ten units of two 3 × 3 layers; no layer behind the last four units
    # joins neighbours.
    assert cells["DRN-C-26, levels 5 and 6"][2] == "8 of 21"


def test_a_row_of_a_network_with_holes_says_so():
    holed = look_up([Alone("a", "b", Cascade([2, 2, 2], 3), "c", "d")], "#").rows[0]
    assert holed == ["a, b", "holes in the picture, 29.0% read", "3 of 3", "[2 (3 times)]", "paper", "29.0%"]


def test_a_row_names_the_resnets_that_its_verdict_holds_for_and_the_first_is_counted():
    units = {50: 16, 101: 33}  # each with one layer of 3 × 3, behind a stem
    named_so = [entry for entry in IMAGES if entry.depths]
    rows = [row[0] for row in look_up(IMAGES, "#published-").rows if row[0] != bare(row)]
    assert len(rows) == len(named_so) == 12 and {entry.name for entry in named_so} >= {"PSPNet", "HDC", "torchvision"}
    assert "PSPNet, layer3 and layer4, in a ResNet-50 or ResNet-101" in rows
    assert "torchvision, layer3 to FCN head, of fcn_resnet50 or fcn_resnet101" in rows
    assert "HDC, res4 and res5, bigger, in a ResNet-101" in rows
    for entry in named_so:
        stages = [view for view in entry.report().wide_views if view.path.startswith("layer")]
        assert len(stages) == units[entry.depths[0]], named(entry)


STAGES = {"DeepLab v3, stride 16": (16, {"layer4": (2, 4, 8)}), "DeepLab v3, stride 8": (8, {"layer4": (4, 8, 16)}),
          "segmentation_models_pytorch": (16, {"layer4": (2, 2, 2)}),
          "PSPNet": (8, {"layer3": [2] * 23, "layer4": [4] * 3}), "torchvision": (8, None)}  # fmt: skip


@pytest.mark.parametrize("name", STAGES)
def test_the_verdict_holds_for_the_second_resnet_too(name):
    output_stride, dilations = STAGES[name]
    deep = {"deep_stem": True} if name == "PSPNet" else {}
    graph = hdc.networks.resnet_graph(101, output_stride, dilations=dilations, shape=(3, 2497, 2497), **deep)
    assert not hdc.inspect(graph).input.has_holes
    branches = {"DeepLab v3, stride 16": (0, 6, 12, 18)}.get(name, (0, 12, 24, 36))
    if name != "PSPNet":
        whole = hdc.inspect(aspp_graph(101, output_stride, dilations, branches, 2497), output="aspp")
        assert not whole.input.has_holes


def test_a_row_says_where_the_rest_of_the_network_is_not_its_authors():
    borrowed = {row[0].split(",")[0] for row in look_up(IMAGES, "#published-").rows if "torchvision's" in row[4]}
    assert borrowed == {"DeepLab v2", "DeepLab v3", "HDC", "PSPNet"}


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("gain reported", ["DRN-C-26, levels 5 to 8", "HDC, res4 and res5, bigger, in a ResNet-101"]),
        ("grid reported", ["DRN-C-26, levels 5 and 6"]),
    ],
)
def test_what_authors_report_of_a_grid_is_marked(word, wanted):
    assert [row[0] for row in look_up(IMAGES, "#published-").rows if row[1].endswith(f"; {word}")] == wanted


def test_each_row_leads_to_a_paragraph_on_the_page_that_names_its_code():
    table = look_up(IMAGES, "#published-")
    paragraphs = {}
    for text in TEXTS:
        for piece in text.split("\n\n"):
            if piece.startswith("(published-"):
                paragraphs["#" + piece[1 : piece.index(")=")]] = piece
    names = [bare(row) for row in table.rows]
    leads = dict(zip(names, table.links, strict=True))
    for entry in IMAGES:
        paragraph = paragraphs[leads[named(entry)]]
        assert f"{{cite}}`{entry.source}" in paragraph or entry.source in paragraph.split("{cite}`")[1].split("`")[0]
        if entry.code:
            assert f"{entry.code.path.rsplit('/', 1)[-1]}` [lines {entry.code.first} to {entry.code.last}]" in paragraph
            assert f"({entry.code.url})" in paragraph
        told = table.rows[names.index(named(entry))][4]
        assert told.split(";")[0] == ("code" if entry.code else "paper")
