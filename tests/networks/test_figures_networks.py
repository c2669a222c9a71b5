"""Figures of networks draw the numbers that they are given."""

import matplotlib

matplotlib.use("Agg")

from hdclib.networks.figures import plot_view_shares  # noqa: E402


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
