"""The cone's scripts: its maths against hdclib, its words, and what each view draws."""

import itertools
import random

import numpy as np
import pytest
from scripts import evaluate

import hdclib as hdc

MATHS = "gridding/cone_maths.js"
WORDS = "gridding/cone_words.js"
LARGEST = [10, 10, 10, 10]
STACKS = [[2, 2, 2], [1, 2, 3], [1, 1, 1], [1], [10], [1, 2, 9], [3, 3], [1, 2, 5, 9], [5, 1, 2], [4, 6, 10], LARGEST]

# A pen that keeps the strokes it is asked for, in the units of the picture.
RECORDER = """
const strokes = { lines: [], texts: [], rects: [], circles: [] };
let shift = [0, 0];
const box = ([x, y, ...size], fill) => strokes.rects.push([x + shift[0], y + shift[1], ...size, fill]);
const moved = (x, y, paint) => {
  const before = shift;
  shift = [shift[0] + x, shift[1] + y];
  paint();
  shift = before;
};
const pen = {
  moved,
  whole: (length) => length,
  still: (store, key, width, height, paint) => paint(pen),
  inPlane: (plane, paint) => paint(),
  bands: (left, width, height, bands) => bands.forEach(({ tops, paint }) => (
    tops.forEach((top) => moved(left, top, () => paint(pen))))),
  rect: (x, y, width, height, style) => box([x, y, width, height], style.fill),
  rects: (boxes, { fill }) => boxes.forEach((one) => box(one, fill)),
  pixels: (x, y, side, rows) => rows.forEach((row, at) => {
    row.forEach((fill, i) => box([x + i * side, y + at * side, side, side], fill));
  }),
  lines: (ends, { stroke }) => ends.forEach((end) => strokes.lines.push([...end, stroke])),
  curve: () => {}, line: () => {},
  circle: (x, y, radius) => strokes.circles.push([x, y, radius]),
  circles: (centres, radius) => centres.forEach(([x, y]) => strokes.circles.push([x, y, radius])),
  text: (x, y, words) => strokes.texts.push([x + shift[0], y + shift[1], words]),
};
const roles = "ground ink quiet line hole hole-ground low high tap second both focus".split(" ");
const colours = Object.fromEntries(roles.map((role, i) => [role, `#0000${(16 + i).toString(16)}`]));
const scene = (dilations, position, second = 0, lit = null) => ({
  dilations, halves: maths.coneHalves(dilations), at: maths.coneAt(dilations, position), lit,
  outputs: [{ column: 0, row: 0 }, ...(second ? [{ column: second, row: 0 }] : [])],
  names: words.coneNames(dilations, Math.floor(position)), shown: maths.coneHalves(dilations)[0],
  key: () => "", restKey: () => "", describe: () => "",
});
"""
DRAWN = """(() => { %s
  const given_ = given;
  const cells = script[given_.paint](pen, { width: given_.width ?? 760, colours },
    scene(given_.dilations, given_.position, given_.second, given_.lit), { filling: {}, rest: {}, flight: {} });
  return { ...strokes, cross: colours.hole, rows: cells.rows, columns: cells.columns };
})()"""


def draw(view, **case):
    """What a view asks of the pen for each case."""
    name = {"side": "paintConeSide", "space": "paintConeSpace", "above": "paintConeAbove"}[view]
    modules = {"maths": MATHS, "words": WORDS}
    return evaluate(f"gridding/cone_{view}.js", DRAWN % RECORDER, [{"paint": name, **case}], modules)[0]


def random_stacks(many, seed=3):
    rng = random.Random(seed)
    return [[rng.randint(1, 10) for _ in range(rng.randint(1, 4))] for _ in range(many)]


def test_counts_of_every_layer_are_those_of_hdclib():
    stacks = [*STACKS, *random_stacks(400)]
    for dilations, found in zip(stacks, evaluate(MATHS, "script.coneCounts(given)", stacks), strict=True):
        wanted = [counts.tolist() for counts in hdc.gridding.descent_counts(dilations, kernel_size=3)] + [[1]]
        assert found == wanted, dilations


def test_each_map_is_what_a_convolution_without_padding_leaves_of_the_one_below():
    stacks = [*STACKS, *random_stacks(100)]
    for dilations, halves in zip(stacks, evaluate(MATHS, "script.coneHalves(given)", stacks), strict=True):
        sizes = [2 * half + 1 for half in halves]
        assert sizes[-1] == 7
        for layer, dilation in enumerate(dilations):
            assert hdc.conv_size(sizes[layer], 3, dilation=dilation) == sizes[layer + 1]


def test_shared_cells_are_those_of_hdclib():
    cases = [[dilations, shift] for dilations in [*STACKS, *random_stacks(100)] for shift in (1, 2, 3)]
    for (dilations, shift), found in zip(cases, evaluate(MATHS, "script.coneShared(...given)", cases), strict=True):
        for layer in range(len(dilations)):
            along = hdc.shared_inputs(dilations[layer:], shift, kernel_size=3)
            across = hdc.shared_inputs(dilations[layer:], 0, kernel_size=3)
            assert found[layer] == {"along": along, "image": along * across}, (dilations, shift, layer)


def joined(dilations):
    """Cells (layer, place) of a row and which cells of the layer below each reads, from the definition."""
    room = 3
    halves = [room + sum(dilations[layer:]) for layer in range(len(dilations) + 1)]
    return halves, {
        (layer, place): {(layer - 1, place + tap * dilations[layer - 1]) for tap in (-1, 0, 1)} if layer else set()
        for layer, half in enumerate(halves)
        for place in range(-half, half + 1)
    }


def follow(links, start):
    found, edge = set(), {start}
    while edge:
        edge = set().union(*(links.get(cell, set()) for cell in edge)) - found
        found |= edge
    return found


@pytest.mark.parametrize("dilations", STACKS[:8], ids=str)
def test_a_cell_lights_what_it_reads_and_what_reads_it(dilations):
    halves, reads = joined(dilations)
    read_by = {cell: {other for other, below in reads.items() if cell in below} for cell in reads}
    cases = [[dilations, layer, place] for layer, place in reads]
    for (_, layer, place), found in zip(cases, evaluate(MATHS, "script.coneLinks(...given)", cases), strict=True):
        lit = {(other, at) for other, places in enumerate(found) for at in places} - {(layer, place)}
        assert lit == follow(reads, (layer, place)) | follow(read_by, (layer, place)), (layer, place)


@pytest.mark.parametrize("dilations", STACKS, ids=str)
def test_on_the_way_down_counts_only_grow_and_end_at_the_counts_of_hdclib(dilations):
    steps = len(dilations)
    positions = [step / 50 for step in range(50 * steps + 1)]
    cases = [[dilations, position] for position in positions]
    ways = evaluate(MATHS, "script.coneAt(...given)", cases)
    wanted = [counts.tolist() for counts in hdc.gridding.descent_counts(dilations, kernel_size=3)] + [[1]]
    before = [0] * (steps + 1)
    for position, way in zip(positions, ways, strict=True):
        arrived = [sum(counts) if counts else 0 for counts in way["counts"]]
        assert all(now >= then for now, then in zip(arrived, before, strict=True)), position
        before = arrived
        for layer, counts in enumerate(way["counts"]):
            reached = steps - layer <= int(position)
            assert (counts == wanted[layer]) if reached else counts is None or max(counts) <= max(wanted[layer])
        assert (way["moving"] is None) == (position == int(position))
    assert ways[-1]["counts"] == wanted


def test_a_value_starts_at_its_parent_ends_at_its_tap_and_never_turns_back():
    shares = np.array(evaluate(MATHS, "script.tapShares(given)", [step / 200 for step in range(201)]))
    assert (shares[0] == 0).all()
    assert (shares[-1] == 1).all()
    assert (np.diff(shares, axis=0) >= 0).all()
    assert np.diff(shares, axis=0).max() < 0.02  # no jump: a fiftieth of the way in a two-hundredth of the time


def test_a_second_output_always_stands_on_the_map():
    cases = [[column, shift] for column in range(-3, 4) for shift in (1, 2, 3)]
    for (column, shift), second in zip(cases, evaluate(MATHS, "script.secondColumn(...given)", cases), strict=True):
        assert abs(second) <= 3
        assert abs(second - column) == shift


@pytest.mark.parametrize("dilations", STACKS, ids=str)
def test_words_of_every_step_hold_the_numbers_of_hdclib(dilations):
    top, steps = len(dilations) + 1, len(dilations)
    state = {"dilations": dilations, "second": 0}
    told = evaluate(WORDS, "script.coneWords(...given)", [[state, step] for step in range(steps + 1)])
    assert told[0].startswith(f"Layer {top}, the output: one value.")
    for step in range(1, steps + 1):
        found = hdc.coverage(dilations[steps - step :], kernel_size=3)
        title = f"Layer {top - step}, seen from Layer {top}"
        image = f"{found.pixels_read} of {found.pixels} on an image"
        along = f"{found.read} of {found.span} cells along a row"
        assert told[step].startswith(f"{title}: one output uses {along}, {image}.")
        assert ("Nothing between them is left out." in told[step]) == (found.holes == 0)
        assert found.holes == 0 or f"each of the {found.holes} that it never uses" in told[step]


@pytest.mark.parametrize("dilations", STACKS, ids=str)
@pytest.mark.parametrize("shift", [1, 2, 3])
def test_words_of_two_outputs_say_what_they_share_and_whether_they_ever_meet(dilations, shift):
    steps = len(dilations)
    state = {"dilations": dilations, "second": shift}
    told = evaluate(WORDS, "script.coneWords(...given)", [[state, step] for step in range(1, steps + 1)])
    shared = [hdc.shared_inputs(dilations[layer:], shift, kernel_size=3) for layer in range(steps)]
    for step, words in enumerate(told, start=1):
        assert f"they share {shared[steps - step]} along the row" in words
        met = any(shared[steps - step :])
        assert ("They meet." in words) == met
        assert ("They do not meet in any layer." in words) == (not met and step == steps)


def test_neighbours_of_222_never_meet_and_those_of_123_do():
    cases = [[{"dilations": dilations, "second": 1}, 3] for dilations in ([2, 2, 2], [1, 2, 3])]
    apart, together = evaluate(WORDS, "script.coneWords(...given)", cases)
    assert "they share 0 along the row, 0 on the image. They do not meet in any layer." in apart
    assert "they share 12 along the row, 156 on the image. They meet." in together


def test_a_cell_tells_its_count_its_readers_and_what_it_reads():
    state = {"dilations": [2, 2, 2], "second": 0, "column": 0, "row": 0}
    cells = [
        {"layer": 0, "column": 0, "row": None},
        {"layer": 0, "column": 1, "row": None},
        {"layer": 1, "column": 2, "row": 2},
        {"layer": 3, "column": 0, "row": None},
        {"layer": 0, "column": 9, "row": None},
    ]
    told = evaluate(WORDS, "script.coneCellWords(...given)", [[state, cell] for cell in cells])
    assert told[0] == "Layer 1, cell 10. The output uses it 7 times. It is read by cell 6, 8, 10 of Layer 2."
    assert "a hole" in told[1]
    counts = hdc.gridding.descent_counts([2, 2, 2], kernel_size=3)[1]
    assert f"The output uses it {counts[6] ** 2} times. It reads 9 cells of Layer 1. It is read by 9 cells" in told[2]
    assert told[3].startswith("Layer 4, cell 4. The output. It reads cell 4, 6, 8 of Layer 3.")
    assert "It lies outside of what the output sees." in told[4]


def crosses(drawn):
    """Two strokes in the colour of holes are one cross."""
    return sum(stroke[-1] == drawn["cross"] for stroke in drawn["lines"]) // 2


def numbers(drawn):
    return sorted(int(words) for _, _, words in drawn["texts"] if words.isdigit())


@pytest.mark.parametrize("dilations", [[2, 2, 2], [1, 2, 3], [1, 2, 9], [5, 1, 2]], ids=str)
def test_the_side_view_writes_every_count_and_crosses_every_hole(dilations):
    layers = [*hdc.gridding.descent_counts(dilations, kernel_size=3), np.ones(1, int)]
    drawn = draw("side", dilations=dilations, position=len(dilations))
    assert numbers(drawn) == sorted(count for counts in layers for count in counts.tolist() if count)
    assert crosses(drawn) == sum(int((counts == 0).sum()) for counts in layers)


@pytest.mark.parametrize("dilations", [[2, 2, 2], [1, 2, 3]], ids=str)
def test_the_view_from_above_is_the_usage_map_of_hdclib(dilations):
    wanted = hdc.usage_map(dilations, kernel_size=3)
    drawn = draw("above", dilations=dilations, position=3)
    assert numbers(drawn) == sorted(wanted[wanted > 0].tolist())
    assert crosses(drawn) == (wanted == 0).sum()
    assert drawn["rows"] == drawn["columns"] == 19


def test_the_view_in_space_has_every_count_of_every_plane():
    layers = [np.outer(counts, counts) for counts in [*hdc.gridding.descent_counts([2, 2, 2], kernel_size=3), [1]]]
    drawn = draw("space", dilations=[2, 2, 2], position=3)
    assert numbers(drawn) == sorted(count for counts in layers for count in counts[counts > 0].tolist())
    assert crosses(drawn) == sum((counts == 0).sum() for counts in layers)
    assert drawn["rows"] == 7 + 11 + 15 + 19


def test_before_the_first_step_only_the_output_has_a_count():
    for view in ("side", "space", "above"):
        drawn = draw(view, dilations=[2, 2, 2], position=0)
        assert numbers(drawn) == [1]
        assert crosses(drawn) == 0


def test_what_is_on_its_way_stays_crossed_until_it_arrives():
    halfway = draw("side", dilations=[2, 2, 2], position=2.5)
    done = draw("side", dilations=[2, 2, 2], position=3)
    assert crosses(halfway) == crosses(done) + 7
    assert len(halfway["circles"]) == 3 * 5


def test_two_outputs_are_told_apart_by_letters():
    drawn = draw("side", dilations=[2, 2, 2], position=3, second=1)
    letters = [words for _, _, words in drawn["texts"] if words in ("A", "B", "AB")]
    assert sorted(letters) == ["A"] * (1 + 3 + 5 + 7) + ["B"] * (1 + 3 + 5 + 7)
    drawn = draw("above", dilations=[1, 2, 3], position=3, second=1)
    letters = [words for _, _, words in drawn["texts"] if words in ("A", "B", "AB")]
    assert letters.count("AB") == 13 * hdc.shared_inputs([1, 2, 3], 1, kernel_size=3)


@pytest.mark.parametrize("view", ["side", "space", "above"])
def test_every_view_can_be_drawn_in_its_largest_state_and_with_a_cell_lit(view):
    for position in (0, 0.5, 3.5, 4):
        drawn = draw(view, dilations=LARGEST, position=position, second=1, lit={"layer": 0, "column": 3, "row": -2})
        places = [value for stroke in drawn["lines"] + drawn["rects"] for value in stroke[:4]]
        assert all(isinstance(value, int | float) for value in places)  # what is no number is null in JSON
        assert drawn["columns"] in (7, 27, 47, 67, 87)


def test_a_point_of_a_plane_is_found_again_from_the_screen():
    expression = """(() => {
      const place = script.coneSpaceLayout(given[0], [9, 7, 5, 3], 9);
      return script.unprojectCone(place, given[3], ...place.project(given[1], given[2], given[3]));
    })()"""
    cases = [list(case) for case in itertools.product((340, 760), (-9, 0, 4), (-3, 2), range(4))]
    for (_, column, row, _), found in zip(cases, evaluate("gridding/cone_space.js", expression, cases), strict=True):
        assert [found["column"] + 0, found["row"] + 0] == [column, row]


def test_taps_are_held_by_the_cells_used_beside_the_output_and_the_output_by_its_row():
    state = {"dilations": [2, 2, 2], "column": 0}
    cells = {
        (3, 2): {"kind": "output"},
        (2, 2): {"kind": "taps", "convolution": 2, "side": 1},
        (0, -6): {"kind": "taps", "convolution": 0, "side": -1},
        **dict.fromkeys([(2, 0), (2, 1), (0, 9)]),
    }
    given = [[state, {"layer": layer, "column": column, "row": None}] for layer, column in cells]
    assert evaluate("gridding/cone_drag.js", "script.coneHold(...given)", given) == list(cells.values())
    cases = [[[2, 2, 2], {"convolution": 1, "side": -1}, by, 10] for by in (-3, 1, 5, -20)]
    moved = evaluate("gridding/cone_drag.js", "script.dilationsHeld(...given)", cases)
    assert moved == [[2, 5, 2], [2, 1, 2], [2, 1, 2], [2, 10, 2]]


@pytest.mark.parametrize("dilations", [[2, 2, 2], [1, 2, 3], [3, 3], [4, 6, 10]], ids=str)
def test_the_picture_beside_it_is_what_hdclib_makes_of_the_same_noise(dilations):
    expression = "script.coneApplied(script.conePicture('noise'), given)"
    (found,) = evaluate("gridding/cone_pictures.js", expression, [dilations])
    step = hdc.lattice_step(dilations, kernel_size=3)
    side = 64 // step * step
    noise = (0.5 + 0.25 * hdc.white_noise((64, 64), seed=1))[:side, :side]
    assert found["step"] == step
    np.testing.assert_allclose(found["input"], noise, atol=1e-12)
    np.testing.assert_allclose(found["output"], hdc.signal.filter_image(noise, dilations, kernel_size=3), atol=1e-12)


def test_sorted_by_sub_grid_222_is_four_pictures_that_know_nothing_of_each_other():
    expression = "script.sortedByGrid(script.coneApplied(script.conePicture('noise'), [2, 2, 2]).output, 2)"
    (found,) = evaluate("gridding/cone_pictures.js", expression, [None])
    noise = 0.5 + 0.25 * hdc.white_noise((64, 64), seed=1)
    for row in (0, 1):
        for column in (0, 1):
            alone = hdc.signal.filter_image(noise[row::2, column::2], [1, 1, 1], kernel_size=3)
            tile = np.array(found)[32 * row : 32 * row + 32, 32 * column : 32 * column + 32]
            np.testing.assert_allclose(tile, alone, atol=1e-12)
