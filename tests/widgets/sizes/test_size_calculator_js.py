"""The size calculator on a page without a browser: what it takes, finds, says and draws."""

import pytest

import hdclib as hdc
from hdclib.widgets import SizeCalculator


def test_the_answer_asked_for_is_drawn_and_another_one_may_be_chosen(node_page):
    found = hdc.sizes.solve_size("conv", "size", 4, kernel_size=3, stride=2, padding=0, dilation=1)
    assert found.values == (9, 10)
    node_page.show(SizeCalculator(unknown="size", size=10, stride=2, out=4))
    assert node_page.told()["words"].startswith("2 answers for an output of 4: size = 9 and 10. The picture shows 10.")
    node_page.ask("fill", name="size, found:", value="9")
    assert "The picture shows 9." in node_page.told()["words"]


@pytest.mark.parametrize(("value", "taken"), [("5", 5), ("0", 3), ("10000000", 3), ("2.5", 3), ("", 3)])
def test_a_number_beyond_the_limits_is_refused_with_them(node_page, value, taken):
    node_page.show(SizeCalculator())
    low, high = (node_page.told()["state"]["bounds"]["kernel_size"][end] for end in ("min", "max"))
    node_page.ask("fill", name="kernel_size", value=value, event="input")
    told = node_page.told()
    assert told["state"]["kernel_size"] == taken
    refused = f"kernel_size must be a whole number from {low} to {high}."
    assert told["notice"] == ("" if taken == 5 else refused)


def test_where_no_answer_is_the_nearest_are_told_each_on_its_side(node_page):
    found = hdc.sizes.solve_size("conv", "stride", 5, size=10, kernel_size=3, padding=0, dilation=1)
    assert not found.values
    node_page.show(SizeCalculator(unknown="stride", size=10, out=5))
    words = node_page.told()["words"]
    assert "Nearest below: stride = 2 gives 4. Nearest above: stride = 1 gives 8." in words


def boards(page, operation, drawn, out):
    return page.run("hdclib/widgets/sizes/size_boards.js", """
        const { boardOf } = await load();
        const { first, last, rows } = boardOf(given);
        return Array.from({ length: last - first + 1 }, (_, i) => rows[0].samples(first + i));
    """, operation=operation, drawn=drawn, out=out)  # fmt: skip


def test_samples_that_no_window_reads_are_marked(node_page):
    drawn = {"size": 7, "kernelSize": 2, "stride": 3, "padding": 0, "dilation": 1}
    samples = boards(node_page, "conv", drawn, 2)
    unread = hdc.unread_samples(7, 2, stride=3, padding=0, dilation=1)
    assert [at for at, one in enumerate(samples) if one["kind"] == "unread"] == list(unread) == [2, 5, 6]
    assert samples[2]["words"] == "Input sample 2: read by no window."


def test_outputs_of_a_transposed_layer_are_numbered_after_the_cut(node_page):
    drawn = {"size": 3, "kernelSize": 3, "stride": 2, "padding": 1, "dilation": 1, "outputPadding": 1}
    samples = boards(node_page, "conv_transpose", drawn, 6)
    assert [one["kind"] for one in samples] == ["cut", *["input"] * 5, "extra"]
    assert samples[1]["words"] == "Output 0: inputs that reach it: 1."
    assert samples[6]["words"].startswith("Output 5: ")
