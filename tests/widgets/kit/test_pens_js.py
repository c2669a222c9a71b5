"""hdclib/widgets/kit/pens.js and saving.js: colours that can be read on each other, words that fit a file."""

import random
import re

import pytest
from scripts import evaluate

CROSSING = 117  # of 255: the grey on which black and white stand out alike lies between this one and the next
TEXT = """(() => {
  const pen = new script.SvgPen();
  pen.text(0, 0, given[0], { fill: "#000000", size: 13, bold: true, most: given[1] ?? Infinity });
  return pen.parts[0];
})()"""


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_ink_is_black_or_white_whichever_stands_out_more():
    rng = random.Random(4)
    greys = [(grey,) * 3 for grey in range(256)]
    grounds = [*greys, *(tuple(rng.randrange(256) for _ in range(3)) for _ in range(5000))]
    written = [*(f"#{bytes(ground).hex()}" for ground in grounds), *(f"rgb({r},{g},{b})" for r, g, b in grounds)]
    for ground, ink in zip(grounds * 2, evaluate("kit/pens.js", "script.inkOn(given)", written), strict=True):
        chosen, other = ((0, 0, 0), (255,) * 3) if ink == "#000000" else ((255,) * 3, (0, 0, 0))
        assert ink in ("#000000", "#ffffff")
        assert contrast(ground, chosen) >= max(contrast(ground, other), 4.58), ground


def test_the_ink_changes_where_both_stand_out_alike():
    greys = [f"rgb({grey},{grey},{grey})" for grey in (0, CROSSING, CROSSING + 1, 255)]
    assert evaluate("kit/pens.js", "script.inkOn(given)", greys) == ["#ffffff", "#ffffff", "#000000", "#000000"]


@pytest.mark.parametrize(("share", "wanted"), [(0, "rgb(0,16,255)"), (0.25, "rgb(50,16,191)"), (1, "rgb(200,16,0)")])
def test_a_mixed_colour_is_so_far_between_its_ends(share, wanted):
    assert evaluate("kit/pens.js", "script.mix(...given)", [["#0010ff", "#c81000", share]]) == [wanted]
    assert evaluate("kit/pens.js", "script.mix(...given)", [["rgb(0,16,255)", "#c81000", share]]) == [wanted]


def test_the_darker_colour_comes_first():
    pairs = [["#102030", "#ffffff"], ["#ffffff", "#102030"]]
    assert evaluate("kit/pens.js", "script.byLightness(...given)", pairs) == [["#102030", "#ffffff"]] * 2


@pytest.mark.parametrize("most", [1, 5, 9, 20, 200])
def test_words_are_cut_into_as_few_lines_as_fit(most):
    text = "One pixel of Layer 4 sees 13 × 13 = 169 pixels, incomprehensibilities included."
    expression = "script.wrapWords(given[0], (line) => line.length <= given[1])"
    (lines,) = evaluate("kit/saving.js", expression, [[text, most]])
    assert " ".join(lines) == text
    assert all(len(line) <= most or " " not in line for line in lines)
    for line, after in zip(lines, lines[1:], strict=False):
        assert len(f"{line} {after.split()[0]}") > most


def test_words_in_a_file_shrink_to_the_width_they_are_given_and_no_further():
    words = "dilation 5, kernel 3: 5 ≤ 7 ✓ run of 17"
    sizes = [
        float(re.search(r'font-size="([\d.]+)"', text).group(1))
        for text in evaluate("kit/pens.js", TEXT, [[words, None], [words, 1000], [words, 200]])
    ]
    assert sizes[:2] == [13, 13]
    assert 0.6 * sizes[2] * len(words) < 200 < 0.7 * sizes[2] * len(words)


CANVAS = """(() => {
  const contexts = [];
  const contextOf = (calls) => new Proxy({}, {
    get: (held, name) => {
      if (name in held) return held[name];
      if (name === "measureText") return (text) => ({ width: 10 * text.length });
      if (name === "getTransform") return () => ({ e: 5, f: 7 });
      if (name === "createImageData") return (width, height) => ({ data: new Uint8ClampedArray(4 * width * height) });
      if (name === "putImageData") return (image) => { calls.push(["putImageData", [...image.data]]); };
      return (...values) => { calls.push([name, ...values.map((one) => (one.calls ? [...one.calls] : one))]); };
    },
    set: (held, name, value) => { held[name] = value; calls.push([name, value]); return true; },
  });
  globalThis.document = { createElement: () => {
    const calls = [];
    return { calls, getContext: () => contextOf(calls) };
  } };
  const calls = [];
  const pen = new script.CanvasPen(contextOf(calls), 2);
  new Function("pen", given)(pen);
  return calls;
})()"""


def drawn(strokes):
    """What a canvas is asked for by strokes of the pen, 2 pixels to a unit."""
    return evaluate("kit/pens.js", CANVAS, [strokes])[0]


def written(strokes):
    """What the other pen writes for the same strokes."""
    program = "(() => { const pen = new script.SvgPen(); new Function('pen', given)(pen); return pen.parts; })()"
    return evaluate("kit/pens.js", program, [strokes])[0]


def test_both_pens_make_a_rectangle_with_its_own_ground_and_outline():
    stroke = 'pen.rect(1, 2, 30, 4, { fill: "#aaaaaa", stroke: "#bbbbbb", lineWidth: 3 })'
    assert drawn(stroke) == [
        ["fillStyle", "#aaaaaa"], ["fillRect", 1, 2, 30, 4],
        ["strokeStyle", "#bbbbbb"], ["lineWidth", 3], ["strokeRect", 1, 2, 30, 4],
    ]  # fmt: skip
    [part] = written(stroke)
    assert all(f'{name}="{value}"' in part for name, value in {"x": 1, "y": 2, "width": 30, "height": 4}.items())
    assert 'fill="#aaaaaa" stroke="#bbbbbb" stroke-width="3"' in part


def test_both_pens_make_many_rectangles_alike():
    stroke = 'pen.rects([[1, 2, 30, 4], [5, 6, 7, 8]], { fill: "#aaaaaa" })'
    assert drawn(stroke)[1:] == [["fillRect", 1, 2, 30, 4], ["fillRect", 5, 6, 7, 8]]
    assert 'd="M1 2h30v4h-30zM5 6h7v8h-7z"' in written(stroke)[0]


def test_what_is_moved_comes_back():
    assert drawn("pen.moved(3, 4, () => {})") == [["translate", 3, 4], ["translate", -3, -4]]
    assert written("pen.moved(3, 4, () => {})") == ['<g transform="translate(3 4)">', "</g>"]


def test_dashes_are_for_their_own_line():
    calls = drawn('pen.line(0, 1, 2, 3, { stroke: "#000000", dash: [4, 3] })')
    assert [call[1] for call in calls if call[0] == "setLineDash"] == [[4, 3], []]
    assert ["moveTo", 0, 1] in calls and ["lineTo", 2, 3] in calls


@pytest.mark.parametrize(("anchor", "align"), [("left", "start"), ("center", "middle"), ("right", "end")])
def test_words_are_anchored_alike_and_safe(anchor, align):
    stroke = f'pen.text(1, 2, "a<b&c", {{ fill: "#000000", anchor: "{anchor}" }})'
    assert ["textAlign", anchor] in drawn(stroke) and ["fillText", "a<b&c", 1, 2] in drawn(stroke)
    [part] = written(stroke)
    assert f'text-anchor="{align}"' in part and "a&lt;b&amp;c" in part


def test_bands_are_painted_once_clipped_and_printed_at_all_their_places():
    calls = drawn("""const paint = (band) => band.rect(0, 0, 1, 1, { fill: "#aaaaaa" });
      pen.bands(10, 20, 3, [{ tops: [1, 7], paint }, { tops: [4], paint }])""")
    prints = [call for call in calls if call[0] == "drawImage"]
    assert [[*call[2:6], *call[6:]] for call in prints] == [
        [0, 0, 40, 6, 25, 9, 40, 6], [0, 0, 40, 6, 25, 21, 40, 6], [0, 6, 40, 6, 25, 15, 40, 6],
    ]  # fmt: skip
    sheet = prints[0][1]
    assert [call[0] for call in sheet].count("clip") == 2
    assert [call[1:] for call in sheet if call[0] == "setTransform"] == [[2, 0, 0, 2, 0, 0], [2, 0, 0, 2, 0, 6]]


def test_cells_that_are_pixels_are_red_green_and_blue_in_this_order():
    calls = drawn('pen.pixels(1, 2, 3, [["#010203", "rgb(4,5,6)"]])')
    sheet = next(call for call in calls if call[0] == "drawImage")
    assert sheet[1][-1] == ["putImageData", [1, 2, 3, 255, 4, 5, 6, 255]] and sheet[2:] == [1, 2, 6, 3]


def test_what_stands_still_is_painted_again_when_its_key_changes():
    calls = drawn("""const store = {}; let times = 0;
      ["a", "a", "b"].forEach((key) => pen.still(store, key, 10, 10, () => { times += 1; }));
      pen.rect(times, 0, 1, 1, { fill: "#aaaaaa" });""")
    assert [call[0] for call in calls].count("drawImage") == 3 and ["fillRect", 2, 0, 1, 1] in calls
