"""hdclib/rules/figures.py, surveys and covered runs: what is drawn is what was given."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

import hdclib as hdc
from hdclib.rules.figures import RIGHT, WRONG, plot_covered_runs, plot_surveys


@pytest.fixture(autouse=True)
def no_open_figures():
    yield
    plt.close("all")


def test_each_table_shows_its_counts_and_marks_the_mistakes():
    surveys = [hdc.survey("distance", size) for size in (2, 3, 5)]
    axes = plot_surveys(surveys, ["two", "three", "five"])
    assert [ax.get_title() for ax in axes] == ["two", "three", "five"]
    for ax, found in zip(axes, surveys, strict=True):
        words = [text.get_text() for text in ax.texts]
        cells = found.right_acceptances, found.false_acceptances, found.false_rejections, found.right_rejections
        assert words[::2] == [f"{count:,}" for count in cells]
        assert words[1::2] == ["✓", "✗" if cells[1] else "✓", "✗" if cells[2] else "✓", "✓"]


def test_an_odd_number_of_tables_leaves_no_empty_frame():
    axes = plot_surveys([hdc.survey("exact", 3, largest=5)], ["one"])
    assert len(axes) == 1
    assert [ax.get_visible() for ax in axes[0].figure.axes] == [True, False]


def test_copies_are_drawn_where_they_lie_and_crosses_on_what_is_open():
    steps = [hdc.rules.reach_steps([1, 2, d], kernel_size=3)[-1] for d in (5, 9)]
    ax = plot_covered_runs(steps, ["near", "far"])
    boxes = [round(patch.get_x() + 0.46) for patch in ax.patches]
    near = [x for start in (0, 5, 10) for x in range(start, start + 7)]
    far = [x for start in (0, 9, 18) for x in range(start, start + 7)]
    assert boxes == near + far
    crosses = [line.get_xdata().tolist() for line in ax.lines if line.get_marker() == "x"]
    assert crosses == [[], hdc.holes(hdc.tap_counts([1, 2, 9], kernel_size=3)).tolist()]
    assert [text.get_text() for text in ax.texts] == ["near", "far"]


def test_a_survey_is_a_table_of_verdict_and_truth():
    found = hdc.survey("distance", 2, depths=[3], largest=6)
    [ax, other] = plot_surveys([found, hdc.survey("exact", 3, depths=[2], largest=4)], ["one", "two"])
    cells = {text.get_position(): text.get_text() for text in ax.texts[::2]}
    assert cells == {(0, 0): str(found.right_acceptances), (1, 0): str(found.false_acceptances),
                     (0, 1): str(found.false_rejections), (1, 1): str(found.right_rejections)}  # fmt: skip
    assert [label.get_text() for label in ax.get_xticklabels()] == ["no holes", "holes"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["accepted", "rejected"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1] and found.false_acceptances > 0
    middles = [(round(box.get_x() + 0.48), round(box.get_y() + 0.46)) for box in ax.patches]
    grounds = {place: to_hex(box.get_facecolor()) for place, box in zip(middles, ax.patches, strict=True)}
    assert grounds[0, 0] == grounds[1, 1] == RIGHT and grounds[1, 0] == WRONG
    assert {to_hex(box.get_facecolor()) for box in other.patches} == {RIGHT}
