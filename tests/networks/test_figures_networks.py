"""Figures of networks draw the numbers that they are given."""

import matplotlib

matplotlib.use("Agg")

from hdclib.networks.figures import plot_parts, plot_view_shares  # noqa: E402


def test_shares_are_bars_side_by_side_and_those_below_one_are_written():
    ax = plot_view_shares(["a", "b"], {"as built": [1, 0.25], "mended": [1, 0.5]})
    first, second = ax.containers
    assert [bar.get_height() for bar in first] == [1, 0.25] and [bar.get_height() for bar in second] == [1, 0.5]
    assert [text.get_text() for text in ax.texts] == ["25%", "50%"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["as built", "mended"]
    middles = [sum(bar.get_x() + bar.get_width() / 2 for bar in pair) / 2 for pair in zip(first, second, strict=True)]
    assert middles == [0, 1]
    assert [bar.get_hatch() for bar in (first[0], second[0])] == [None, "//"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b"]


def test_a_part_is_bracketed_from_its_first_layer_to_its_last():
    ax = plot_parts(["1", "2", "4"], {"a start": (1, 2), "an end": (3, 3)})
    boxes = [text for text in ax.texts if text.get_bbox_patch()]
    assert [(text.get_text(), text.get_position()) for text in boxes] == [("1", (1, 0)), ("2", (2, 0)), ("4", (3, 0))]
    brackets = [(min(line.get_xdata()), max(line.get_xdata()), line.get_ydata()[1] > 0) for line in ax.lines]
    assert brackets == [(0.6, 2.4, True), (2.6, 3.4, False)]
    named = {text.get_text(): text.get_position() for text in ax.texts if text not in boxes and text.get_text()}
    assert named == {"a start": (1.5, 0.85), "an end": (3, -0.85)}
