"""The assignment *designing*: usual mistakes get their own hint, and other right ways pass."""

from itertools import combinations_with_replacement

import coursework_cells as cells
import pytest

import hdclib as hdc
from hdclib.coursework.counted import dense_layers, full_schedules, samples_read, span_read
from hdclib.coursework.designing import smallest_context

GRID = """
field, jump = 1, 1
for kernel_size, stride, _, dilation in layers:
    field += dilation * (kernel_size - 1) * jump
    jump *= stride
"""
DENSE = """
kept, taken, dense = 1, 1, []
for kernel_size, stride, padding, dilation in layers:
    keep = kept * stride <= output_stride
    own = stride if keep else 1
    lost = 1 if keep else stride
    dense.append([kernel_size, own, padding * taken, dilation * taken])
    kept *= own
    taken *= lost
return dense
"""
SEARCH = """
from itertools import combinations_with_replacement
found = []
for stack in map(list, combinations_with_replacement(range(1, largest + 1), layers)):
    run, full = 1, True
    for dilation in stack:
        full = full and dilation <= run
        run += 2 * dilation
    if full and run == field:
        found.append(stack)
return found
"""
MISTAKES = [
    ("grid_of", GRID + "return jump, field", "in the other order"),
    ("grid_of", GRID + "return field", "Which two numbers"),
    ("grid_of", GRID + "return field, stride", "That is the last layer's stride"),
    ("grid_of", GRID + "return field, sum(layer[1] for layer in layers)", "add, or multiply"),
    ("grid_of", GRID.replace(" * jump", "") + "return field, jump", "no notice of the strides"),
    ("grid_of", GRID.replace("dilation * (kernel_size", "(kernel_size") + "return field, jump", "of the dilation"),
    ("keep_dense", DENSE.replace("padding * taken", "padding"), "Which padding keeps the size"),
    ("keep_dense", DENSE.replace("* taken, dilation * taken", "* taken * lost, dilation * taken * lost"),
     "You dilate the layer that loses its stride"),
    ("keep_dense", DENSE.replace("padding * taken, dilation * taken", "padding, dilation * taken * lost"),
     "You dilate the layer that loses its stride"),
    ("keep_dense", DENSE.replace("taken *= lost", "taken = max(taken, lost)"), "What is it after two of them"),
    ("keep_dense", DENSE.replace("padding * taken, dilation * taken", "padding, dilation"), "nothing is dilated"),
    ("keep_dense", DENSE.replace("dilation * taken", "dilation + taken - 1"), "Dilations are added"),
    ("keep_dense", "output_stride = 1" + DENSE, "You take all strides away"),
    ("keep_dense", "return layers", "Nothing has changed"),
    ("keep_dense", "from hdclib import ConvLayer\nfrom hdclib.networks import dilate_instead\n"
     "return dilate_instead([ConvLayer(k, d, stride=s, padding=p) for k, s, p, d in layers])", "calls hdclib"),
    ("schedules", SEARCH.replace("dilation <= run", "dilation < max(run, 2)"), "begin right behind the last one"),
    ("schedules", SEARCH.replace("full and run", "run"), "has a hole at sample"),
    ("schedules", SEARCH.replace("combinations_with_replacement", "combinations"), "is missing"),
    ("schedules", SEARCH.replace("largest + 1", "largest + 9"), "Which bound do you test"),
    ("schedules", SEARCH.replace("run == field", "run >= field"), "What do the dilations have to sum to"),
    ("schedules", SEARCH.replace("return found", "return [stack[::-1] for stack in found]"), "It falls somewhere"),
    ("schedules", SEARCH.replace("return found", "return found + found"), "listed twice"),
    ("schedules", SEARCH.replace("return found", "return found[0]"), "Which list of lists"),
    ("schedules", SEARCH.replace("2 * dilation", "3 * dilation"), "is missing|should not be listed"),
    ("schedules", "layers -= 1" + SEARCH, "How many are asked for|is missing"),
    ("planning", "field_before = bare", "That is the field without the dilations"),
    ("planning", "field_before = f\njump_before = total", "as it was handed out"),
    ("planning", "field_before, jump_before = f, j\nmap_size = small", "as handed out"),
    ("planning", "field_before, jump_before = f, j\nmap_size = 1", "What do the others make"),
    ("planning", "field_before, jump_before, map_size = f, j, m\ncontext_field = c + 1", "Can their field be even"),
    ("planning", "field_before, jump_before, map_size = f, j, m\ncontext_field = c + 2", "a smaller odd field"),
    ("planning", "field_before, jump_before, map_size = f, j, m\ncontext_field = c - 2", "one grid sample add"),
    ("planning", "field_before, jump_before, map_size, context_field = f, j, m, c\nfewest = c // 2", "dilation 1 each"),
    ("planning", "field_before, jump_before, map_size, context_field = f, j, m, c\nfewest = c.bit_length() - 1",
     "Could each layer jump further"),
    ("planning", "field_before, jump_before, map_size, context_field = f, j, m, c\nfewest = 1", "How many does"),
    ("design", "design = [1, 2]", "Can you give"),
    ("design", "design = [numbers['largest'] + 1] * numbers['layers']", "has a dilation above"),
    ("design", "design = [1] * numbers['layers']", "What do the dilations have to sum to"),
    ("design", "design = torn", "has a hole at sample"),
    ("design", "design = good[::-1]", "In which order has no view any"),
    ("design", "design = good\nwhole_field = 2 * sum(good) + 1", "image pixels lie between"),
    ("design", "design = good\nwhole_field = field_before + 2 * sum(good)", "more than one image pixel"),
    ("design", "design = good\nwhole_field = field_before + (2 * sum(good) + 1) * jump_before", "How many steps"),
    ("design", "design = good\nwhole_field = field_before + 2 * sum(good) * jump_before\nwhole_read = 7", "come to"),
    ("growth_plot", "growth_ax = plt.subplots()[1]\ngrowth_ax.plot([1, 2, 3])", "has 3 points, not"),
    ("growth_plot", "growth_ax = plt.subplots()[1]\ngrowth_ax.plot(fields)", "its x-axis has no label"),
    ("branches", "parallel_span = 1 + sum(d * (k - 1) for k, d in numbers['branches'])", "Do their spans add up"),
    ("branches", "parallel_span = ps\nparallel_read = sum(k for k, d in numbers['branches'])", "different samples"),
    ("branches", "parallel_span = ps\nparallel_read = ps", "That is the span. How many of its"),
    ("branches", "parallel_span, parallel_read = ps, pr\ncascade_span = ps", "How much does each add"),
    ("branches", "parallel_span, parallel_read = ps, pr\ncascade_span = cs + 2", "Why less one"),
    ("branches", "parallel_span, parallel_read, cascade_span = ps, pr, cs\ncascade_read = cs", "no path reaches"),
]  # fmt: skip
OTHERS = {
    "grid_of": "first = last = 0\njump = 1\nfor kernel_size, stride, _, dilation in layers[::-1]:\n"
    "    first, last = first * stride, last * stride + dilation * (kernel_size - 1)\n    jump *= stride\n"
    "return [last - first + 1, jump]",
    "keep_dense": "import numpy as np\nstrides = np.array([layer[1] for layer in layers])\n"
    "kept = np.where(np.cumprod(strides) <= output_stride, strides, 1)\n"
    "taken = np.concatenate([[1], np.cumprod(strides // kept)[:-1]])\n"
    "return [(k, s, p * t, d * t) for (k, _, p, d), s, t in zip(layers, kept, taken)]",
    "schedules": SEARCH,
    "design": "design = schedules(context_field, numbers['layers'], numbers['largest'])[-1]\n"
    "whole_field = whole_read = field_before + (context_field - 1) * jump_before\n"
    "module = [[3, 1, 0, d] for d in design]",
}


def known(space):
    """The right answers and some wrong ones, as lines of code."""
    numbers = space["numbers"]
    bare = [[k, s, 0, 1] for k, s, _, _ in dense_layers(numbers["backbone"], numbers["output_stride"])]
    size, total = numbers["image"], 1
    for kernel_size, stride, padding, _ in numbers["backbone"]:
        size, total = (size + 2 * padding - kernel_size) // stride + 1, total * stride
    stacks = combinations_with_replacement(range(1, numbers["largest"] + 1), numbers["layers"])
    fitting = [stack for stack in stacks if 1 + 2 * sum(stack) == space["context_field"]]
    names = {
        "f": space["field_before"], "j": space["jump_before"], "m": space["map_size"], "c": space["context_field"],
        "bare": span_read(bare), "small": size, "total": total, "good": list(space["design"]),
        "torn": list(next(stack for stack in fitting if not hdc.is_hole_free(list(stack), 3))),
        "fields": space["fields"],
        "ps": space["parallel_span"], "pr": space["parallel_read"], "cs": space["cascade_span"],
    }  # fmt: skip
    return "".join(f"{name} = {value}\n" for name, value in names.items())


@pytest.fixture(scope="module")
def solved():
    return known(cells.run("designing", tests=False)[0])


@pytest.mark.parametrize(("grade_id", "code", "hint"), MISTAKES)
def test_a_usual_mistake_gets_its_own_hint(grade_id, code, hint, solved):
    in_function = grade_id in ("grid_of", "keep_dense", "schedules")
    message = str(cells.outcome_of("designing", grade_id, code if in_function else solved + code))
    assert any(part in message for part in hint.split("|")), message
    assert message.count("?") == 1


def test_other_right_ways_pass():
    assert set(cells.run("designing", answers=OTHERS)[1].values()) == {None}


def within_the_bound(numbers):
    """The hole-free schedules that question 4 lists for a variant."""
    stacks = hdc.rules.hole_free_schedules(smallest_context(numbers), numbers["layers"], 3)
    return [list(stack) for stack in stacks if max(stack) <= numbers["largest"]]


@pytest.mark.parametrize("seed", ["public", *range(150)])
def test_every_variant_leaves_other_schedules_to_name(seed):
    assert 3 <= len(within_the_bound(cells.draw("designing", seed))) <= 60


def test_the_model_answer_says_what_its_design_gains_and_gives_up():
    schedules = [sorted(stack) for stack in within_the_bound(cells.draw("designing", "public"))]
    (written,) = [cell for cell in cells.notebook("designing")["cells"] if cell["id"] == "written"]
    text, chosen = "".join(written["source"]), min(schedules, key=max)
    spread = {tuple(stack): hdc.signal.usage_variance(stack, 3) for stack in schedules}
    distance = {tuple(stack): from_centre(hdc.tap_counts(stack, 3)) for stack in schedules}
    for measure in spread, distance:
        assert min(measure, key=measure.get) == tuple(chosen)
    assert "Its paths end closest to the centre on average" in text
    assert max(chosen) < min(max(stack) for stack in schedules if stack != chosen)
    assert f"no single layer needs more than {max(chosen)} zeros a side" in text
    once, size = once_read(chosen), len(hdc.tap_counts(chosen, 3))
    other = [1, 3, 5, 15, 17]
    assert other in schedules
    assert f"{once} of its {size} samples are reached by one path only." in text
    assert f"With {other} it would be {once_read(other)}." in text


def from_centre(counts):
    """The mean distance of a path's end from the centre."""
    return sum(count * abs(at - len(counts) // 2) for at, count in enumerate(counts)) / sum(counts)


def once_read(stack):
    """How many samples one path only ends at."""
    return int((hdc.tap_counts(stack, 3) == 1).sum())


def test_every_schedule_within_the_bound_is_accepted_as_a_design():
    for seed in range(10):
        numbers = cells.draw("designing", seed)
        space, _ = cells.run("designing", numbers, tests=False)
        for design in space["schedules"](space["context_field"], numbers["layers"], numbers["largest"]):
            tried = space | {"design": design}
            assert cells.graded(cells.tests_that_use_numbers("designing")["test_design"], tried) is None


def test_the_checks_keep_a_backbone_dense_as_the_library_does():
    layers = [[7, 2, 3, 1], [3, 2, 1, 1], [3, 1, 1, 1], [3, 2, 1, 1], [5, 1, 2, 1], [3, 2, 1, 1], [3, 1, 1, 1]]
    ours = dense_layers(layers, 4)
    library = hdc.networks.dilate_instead([hdc.ConvLayer(k, d, stride=s, padding=p) for k, s, p, d in layers], first=3)
    assert ours == [[layer.kernel_size, layer.stride, layer.padding, layer.dilation] for layer in library]
    assert max(samples_read(ours)) + 1 == span_read(layers)


def test_the_checks_list_the_schedules_that_the_library_lists():
    for field, depth in (17, 3), (31, 4), (41, 4):
        found = [list(stack) for stack in hdc.rules.hole_free_schedules(field, depth, 3)]
        assert full_schedules(field, depth, field) == sorted(found)
