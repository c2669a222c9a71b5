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
