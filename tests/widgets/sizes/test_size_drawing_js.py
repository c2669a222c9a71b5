"""hdclib/widgets/sizes/size_drawing.js: which samples are drawn where room is short, against brute force."""

import random

import pytest
from scripts import evaluate

import hdclib as hdc

SEED = 20184
ROOMS = [148, 218, 288, 668]  # CSS pixels for the cells: on windows of 250, 320, 390 and 1400 pixels
NARROW, NARROWEST = 9, 6.5  # CSS pixels
PAINTED = """(() => {
  const calls = [];
  const pen = new Proxy({}, { get: (_, name) => (...given) => calls.push([name, ...given]) });
  const colours = { ink: "ink", tap: "tap", ground: "ground" };
  const rows = given[0].rows.map((taps) => ({ label: "", taps, isZero: () => false }));
  script.paintBoard(pen, { width: given[1] + 52, colours }, { ...given[0], rows });
  return [calls.filter(([name]) => name === "circle").length,
    calls.filter(([name, , style]) => name === "lines" && style.stroke === "ink").length];
})()"""


def boards():
    """Random layers as { first, last, rows }: the windows of the first and the last outputs, each a list of taps."""
    rng = random.Random(SEED)
    while True:
        shape = {"kernel_size": rng.randint(1, 7), "stride": rng.randint(1, 4), "dilation": rng.randint(1, 12)}
        size, padding = rng.randint(1, 400), rng.randint(0, 12)
        try:
            out = hdc.conv_size(size, padding=padding, **shape)
        except ValueError:
            continue
        shown = range(out) if out <= 8 else [*range(4), *range(out - 3, out)]
        rows = [list(hdc.read_positions(index, padding=padding, **shape)) for index in shown]
        yield {"first": -padding, "last": size + padding - 1, "rows": rows}


@pytest.fixture(scope="module")
def cases():
    return [[board, ROOMS[number % len(ROOMS)]] for number, board in zip(range(2000), boards(), strict=False)]


def both_ends(board, most):
    """What can be shown on `most` columns, one of them for the rest."""
    places = list(range(board["first"], board["last"] + 1))
    if len(places) <= most:
        return places
    head = most // 2
    return [*places[:head], None, *places[len(places) - (most - head - 1) :]]


def columns_of(cases):
    expression = "script.boardColumns({ ...given[0], rows: given[0].rows.map((taps) => ({ taps })) }, given[1])"
    return evaluate("sizes/size_drawing.js", expression, cases)


def test_no_tap_is_left_out_while_narrower_cells_have_room_for_it(cases):
    cut = 0
    for (board, room), columns in zip(cases, columns_of(cases), strict=True):
        assert columns == both_ends(board, len(columns)) and len(columns) * NARROWEST <= room
        taps = {tap for row in board["rows"] for tap in row}
        if not taps <= set(columns):
            cut += 1
            assert not any(taps <= set(both_ends(board, most)) for most in range(2, int(room / NARROW) + 1))
            assert (board["last"] - board["first"] + 1) * NARROWEST > room
    assert 100 < cut < len(cases) - 100


def test_every_tap_is_a_dot_or_under_two_strokes(cases):
    painted = evaluate("sizes/size_drawing.js", PAINTED, cases)
    for (board, _), columns, (dots, breaks) in zip(cases, columns_of(cases), painted, strict=True):
        shown = [[tap in columns for tap in row] for row in board["rows"]]
        assert dots == sum(map(sum, shown)) and breaks == sum(not all(row) for row in shown)


@pytest.mark.parametrize("stride", [1, 4])
def test_the_largest_of_the_three_ways_of_padding_is_drawn_whole_on_the_narrowest_screen(stride):
    more = hdc.sizes.tensorflow_same_padding(16, 6, stride=stride, dilation=3)[1]
    out = hdc.sizes.tensorflow_size(16, 6, stride=stride)
    rows = [list(hdc.read_positions(index, 6, stride=stride, padding=more, dilation=3)) for index in range(out)]
    board = {"first": -more, "last": 15 + more, "rows": rows}
    assert None not in columns_of([[board, 218]])[0]
