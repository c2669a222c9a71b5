"""The assignment *sizes*: usual mistakes get their own hint, and other right ways pass."""

import coursework_cells as cells
import pytest

OUT = "room = size + 2 * padding - dilation * (kernel_size - 1) - 1\n"
FIELD = "field, jump = 1, 1\nfor kernel_size, stride, _, dilation in layers:\n"
MISTAKES = [
    ("out_size", OUT + "return room / stride + 1", "Where does a division leave a fraction"),
    ("out_size", OUT + "return room // stride + 1", "In how many places does it fit"),
    ("out_size", OUT + "return max(room // stride + 1, 1)", "In how many places does it fit"),
    ("out_size", OUT + "return max(room, 0) // stride", "Is the first window counted too"),
    ("out_size", OUT + "return -(-room // stride) + 1 if room >= 0 else 0", "Which way do you round"),
    ("out_size", "return max(0, (size + padding - dilation * (kernel_size - 1) - 1) // stride + 1)", "on each side"),
    ("out_size", "return max(0, (size + 2 * padding - kernel_size) // stride + 1)", "no notice of the dilation"),
    ("out_size", "return max(0, (size + 2 * padding - dilation * kernel_size) // stride + 1)", "Is the span 12, or 9"),
    ("out_size", "return max(0, (size + 2 * padding - dilation * (kernel_size - 1)) // stride + 1)", "with dilation 1"),
    (
        "out_size",
        "return max(0, (size + 2 * padding - (dilation + 1) * (kernel_size - 1) - 1) // stride + 1)",
        "Which dilation is an ordinary convolution",
    ),
    (
        "out_size",
        "return max(0, (size + 2 * padding - (dilation + 1) * kernel_size - 1) // stride + 1)",
        "wrong for an ordinary kernel",
    ),
    ("out_size", "import numpy as np\n" + OUT + "return np.floor(room / stride)", "Is the first window counted too"),
    ("out_size", "return size", "The windows start at [-1, 1, 3, 5]"),
    ("out_size", "print(size)", "Nothing comes back"),
    ("out_size", "return sise", "NameError"),
    ("out_size", "import hdclib\nreturn hdclib.conv_size(size, kernel_size)", "not read from hdclib"),
    ("same_padding", "return dilation * (kernel_size - 1)", "what both sides need together"),
    ("same_padding", "return kernel_size // 2", "right for dilation 1 only"),
    ("same_padding", "return dilation", "right for kernel size 3 only"),
    ("same_padding", "return 1", "How wide is a kernel"),
    ("same_padding", "return dilation * (kernel_size - 1) // 2", "What does the docstring say to return then?"),
    ("same_padding", "return dilation * (kernel_size - 1) / 2", "whole numbers"),
    ("transposed_size", "return size * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1",
     "Where does the last one start"),
    ("transposed_size", "return (size - 1) * stride + 2 * padding + dilation * (kernel_size - 1) + output_padding + 1",
     "does not add samples"),
    ("transposed_size", "return (size - 1) * stride - padding + dilation * (kernel_size - 1) + output_padding + 1",
     "Padding cuts each end"),
    ("transposed_size", "return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + 1",
     "no notice of output_padding"),
    ("transposed_size", "return (size - 1) * stride - 2 * padding + kernel_size + output_padding",
     "no notice of the dilation"),
    ("transposed_size", "output_padding = min(output_padding, padding)\n"
     "return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1",
     "where nothing was cut"),
    ("transposed_size", "return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + 2 * output_padding "
     "+ 1", "at the far end only"),
    ("transposed_size", "return 9", "How many samples are left after both"),
    ("transposed_size", "return out_size(size, kernel_size, stride, padding, dilation)", "an ordinary convolution"),
    ("sizes_through", "return [out_size(size, *layer) for layer in layers]", "is right"),
    ("sizes_through", "return [size] + [out_size(size, *layer) for layer in layers]", "the second layer get"),
    ("sizes_through", "for layer in layers:\n    size = out_size(size, *layer)\nreturn size", "on the way"),
    ("sizes_through", "sizes = []\nfor k, s, p, d in layers:\n    size = out_size(size, k, s, p, d)\n    "
     "sizes.append(size)\nreturn sizes", "belongs to the list"),
    ("sizes_through", "sizes = [size]\nfor k, s, d, p in layers:\n    size = out_size(size, k, s, p, d)\n    "
     "sizes.append(size)\nreturn sizes", "In which order"),
    ("field_of", FIELD + "    field += (kernel_size - 1) * dilation\nreturn field", "no notice of the strides"),
    ("field_of", FIELD + "    jump *= stride\n    field += (kernel_size - 1) * dilation * jump\nreturn field",
     "the layer's own taps"),
    ("field_of", FIELD + "    field += (kernel_size - 1) * jump\n    jump *= stride\nreturn field",
     "no notice of the dilation"),
    ("field_of", FIELD + "    field += (kernel_size - 1) * dilation * jump\n    jump *= stride\nreturn field - 1",
     "Where does your sum start"),
    ("field_of", FIELD + "    field += kernel_size * dilation * jump\n    jump *= stride\nreturn field", "not three"),
    ("field_of", "return sum(d * (k - 1) + 1 for k, s, p, d in layers)", "windows overlap"),
]  # fmt: skip
WRONG_NUMBERS = [
    ("unknowns", "padding = 4", "a smaller one|more zeros, or fewer|both sides"),
    ("unknowns", "padding = 0", "more zeros, or fewer"),
    ("unknowns", "padding = 2 * smallest", "That is both sides together"),
    ("unknowns", "padding = smallest\npossible_sizes = sizes[:1]", "How many sizes share one output"),
    ("unknowns", "padding = smallest\npossible_sizes = [sizes[0] - 1, *sizes]", "Which padding did you use"),
    ("unknowns", "padding = smallest\npossible_sizes = sizes[0]", "a list of whole numbers is asked for"),
    ("unknowns", "padding, possible_sizes = smallest, sizes\nlargest_dilation = 0", "The smallest dilation is 1"),
    ("unknowns", "padding, possible_sizes = smallest, sizes\nlargest_dilation = 1", "Would a larger dilation do"),
    ("unknowns", "padding, possible_sizes = smallest, sizes\nlargest_dilation = 99", "with a smaller dilation"),
    ("unknowns", "padding = 2.5", "a whole number is asked for"),
    ("decoder", "output_paddings = [0, 0, 0]", "samples, not"),
    ("decoder", "output_paddings = [0, 0]", "Which layer has none"),
    ("decoder", "output_paddings = extras\ndecoded_size = 1", "multiplies the size by its stride"),
    ("chain_plot", "chain_ax = plt.subplots()[1]", "no points, lines or bars"),
    ("chain_plot", "chain_ax = plt.subplots()[1]\nchain_ax.plot(range(1, 8), sizes)", "Where should they start"),
    ("chain_plot", "chain_ax = plt.subplots()[1]\nchain_ax.plot(sizes, range(7))", "axes are swapped"),
    ("chain_plot", "chain_ax = plt.subplots()[1]\nchain_ax.plot(sizes[1:])", "has 6 points, not 7"),
    ("chain_plot", "chain_ax = plt.subplots()[1]\nchain_ax.plot(sizes[::-1])", "places are not|heights are not"),
    ("chain_plot", "chain_ax = plt.subplots(1, 2)[1]", "holds 2 Axes"),
    ("chain_plot", "chain_ax = plt.subplots()[1]\nchain_ax.plot(sizes)", "its x-axis has no label"),
    ("chain_plot", "chain_ax = plt.plot(sizes)\nplt.xlabel('layer')", "its y-axis has no label"),
]
OTHERS = {
    "out_size": "starts = range(-padding, size + padding - dilation * (kernel_size - 1), stride)\nreturn len(starts)",
    "same_padding": "import numpy as np\nhalf, odd = np.divmod(dilation * (kernel_size - 1), 2)\n"
    "return None if odd else np.int64(half)",
    "transposed_size": "import numpy as np\nline = np.zeros(10_000, dtype=int)\nfor at in range(size):\n"
    "    line[at * stride : at * stride + dilation * (kernel_size - 1) + 1] = 1\n"
    "return int(line.sum()) - 2 * padding + output_padding if stride <= dilation * (kernel_size - 1) + 1 "
    "else (size - 1) * stride + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding",
    "sizes_through": "from itertools import accumulate\n"
    "return tuple(accumulate(layers, lambda before, layer: out_size(before, *layer), initial=size))",
    "field_of": "if not layers:\n    return 1\nkernel_size, stride, _, dilation = layers[0]\n"
    "return (field_of(layers[1:]) - 1) * stride + dilation * (kernel_size - 1) + 1",
}
LABELS = "\nplt.xlabel('layer')\nplt.ylabel('samples')"
SIZES = "sizes = sizes_through(numbers['input_size'], numbers['network'])\n"
PLOTS = [
    "chain_ax = plt.figure().add_subplot()\nchain_ax.bar(range(7), sizes)",
    "chain_ax = plt.subplots()[1]\nchain_ax.barh(range(7), sizes)",
    "chain_ax = plt.subplots()[1]\nfor at, size in enumerate(sizes):\n    chain_ax.bar(at, size)",
    "chain_ax = plt.subplots()[1]\nfor at, size in enumerate(sizes):\n    chain_ax.plot(at, size, 'o')",
    "chain_ax = plt.subplots()[1]\nchain_ax.scatter(range(7), sizes)",
    "chain_ax = plt.subplots()[1]\nchain_ax.stem(range(7), sizes)",
    "chain_ax = plt.subplots()[1]\nchain_ax.step(range(7), sizes, where='mid')\nchain_ax.axhline(0)",
    "chain_ax = plt.subplots()[1]\nchain_ax.stairs(sizes, [at - 0.5 for at in range(8)])",
    "chain_ax = plt.figure()\nplt.plot(sizes)",
    "plt.figure()\nchain_ax = plt.plot(sizes)",
]


@pytest.mark.parametrize(("grade_id", "code", "hint"), MISTAKES)
def test_a_usual_mistake_gets_its_own_hint(grade_id, code, hint):
    message = str(cells.outcome_of("sizes", grade_id, code))
    assert hint in message
    assert message.count("?") == 1


@pytest.mark.parametrize(("grade_id", "code", "hint"), WRONG_NUMBERS)
def test_a_wrong_number_or_plot_gets_its_own_hint(grade_id, code, hint):
    space, _ = cells.run("sizes")
    known = f"smallest, sizes, extras = {space['padding']}, {space['possible_sizes']}, {space['output_paddings']}\n"
    message = str(cells.outcome_of("sizes", grade_id, (SIZES if grade_id == "chain_plot" else known) + code))
    assert any(part in message for part in hint.split("|")), message
    assert message.count("?") == 1


def test_other_right_functions_pass():
    assert set(cells.run("sizes", answers=OTHERS)[1].values()) == {None}


def test_a_size_may_be_a_float_as_numpy_rounds_it():
    code = "import numpy as np\n" + OUT + "return max(np.floor(room / stride) + 1, 0)"
    assert set(cells.run("sizes", answers={"out_size": code})[1].values()) == {None}


@pytest.mark.parametrize("code", PLOTS)
def test_every_way_of_drawing_passes(code):
    assert cells.outcome_of("sizes", "chain_plot", SIZES + code + LABELS) is None
