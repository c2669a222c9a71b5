"""hdclib/widgets/static/pens.js: words that have to fit a width."""

import re

from scripts import evaluate

EXPRESSION = """(() => {
  const pen = new script.SvgPen();
  pen.text(0, 0, given[0], { fill: "#000000", size: 13, bold: true, most: given[1] ?? Infinity });
  return pen.parts[0];
})()"""


def test_words_in_a_file_shrink_to_the_width_they_are_given_and_no_further():
    words = "dilation 5, kernel 3: 5 ≤ 7 ✓ run of 17"
    sizes = [
        float(re.search(r'font-size="([\d.]+)"', text).group(1))
        for text in evaluate("pens.js", EXPRESSION, [[words, None], [words, 1000], [words, 200]])
    ]
    assert sizes[:2] == [13, 13]
    assert 0.6 * sizes[2] * len(words) < 200 < 0.7 * sizes[2] * len(words)
