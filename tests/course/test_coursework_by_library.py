"""Two routes: answers that hdclib computes pass each assignment's checks and hidden tests on many variants."""

from itertools import combinations_with_replacement

import coursework_cells as cells
import pytest

import hdclib as hdc

LABELS = "\nplt.xlabel('x')\nplt.ylabel('y')"
VARIANTS = [f"two routes {number}" for number in range(20)]


def as_layers(layers):
    return [hdc.ConvLayer(k, d, stride=s, padding=p) for k, s, p, d in layers]


def sizes(n):
    layer = {"kernel_size": n["kernel_size"], "stride": n["stride"], "dilation": n["dilation"]}
    padding = hdc.sizes.solve_size("conv", "padding", n["out"], size=n["size"], **layer).values[0]
    found = hdc.sizes.input_sizes_with_output(n["shared_out"], padding=padding, **layer)
    size, extras = n["latent"], []
    for kernel_size, stride, cut, dilation in n["decoder"]:
        bare = hdc.sizes.conv_transpose_size(size, kernel_size, stride=stride, padding=cut, dilation=dilation)
        extras.append(size * stride - bare)
        size *= stride
    wide = n["wide_size"], n["wide_kernel"]
    wide_size, wide_kernel = wide
    fitting = (d for d in range(1, wide_size) if hdc.sizes.effective_size(wide_kernel, dilation=d) <= wide_size)
    dilation = max(d for d in fitting if hdc.conv_size(*wide, dilation=d) >= n["least_out"])
    chain = hdc.sizes.size_chain(n["input_size"], as_layers(n["network"]))
    return {
        "unknowns": f"padding, possible_sizes, largest_dilation = {padding}, {list(found)[::-1]}, {dilation}",
        "decoder": f"output_paddings, decoded_size = {tuple(extras)}, {size}",
        "chain_plot": f"chain_ax = plt.figure().add_subplot()\nchain_ax.scatter(range(7), {chain}){LABELS}",
    }


def gridding(n):
    mixed, lattice = (hdc.coverage(n[name], n["kernel_size"]) for name in ("mixed", "lattice"))
    step, rest = hdc.lattice_step(n["lattice"], n["kernel_size"]), n["field"] // 2 - 1 - n["kept"]
    full = next(s for s in hdc.rules.hole_free_schedules(n["field"], n["depth"], 3) if n["kept"] in s)
    tried = ([rest - other, 1, n["kept"], other] for other in range(1, rest))
    torn = next(stack for stack in tried if not hdc.is_hole_free(stack, 3))
    counts = hdc.usage_map(n["mixed"], n["kernel_size"]).tolist()
    return {
        "map_plot": f"map_ax = plt.figure().add_subplot()\nmap_ax.pcolormesh(np.array({counts}))",
        "missing": f"holes_per_axis, pixels_used = {mixed.holes}, {mixed.pixels_read}\n"
        f"pixels_missed = {mixed.pixels - mixed.pixels_read}",
        "lattice": f"step, sub_grids, lattice_pixels = {step}, {step**2}, {lattice.pixels_read}",
        "two_stacks": f"full, torn = {full[::-1]}, {torn}",
    }


def rules(n):
    size, total = n["kernel_size"], n["field"] // (n["kernel_size"] - 1)
    wrong = {True: [], False: []}
    for stack in map(list, combinations_with_replacement(range(1, max(total, n["largest"]) + 1), n["layers"])):
        accepted = hdc.m2_rule_accepts(stack, size)
        if accepted != hdc.is_hole_free(stack, size):
            wrong[accepted].append(stack)
    pair = [next(s for s in wrong[kind] if sum(s) == total and hdc.common_divisor(s) == 1) for kind in (True, False)]
    grown = [sum(max(stack) <= bound for stack in wrong[False]) for bound in range(1, n["largest"] + 1)]
    refuted = {"A": [size, size + 1], "C": [3, 3], "D": [1, 1, 2 * size - 1], "F": [1, 2]}
    m2, holes = hdc.second_distance(n["chain"]), hdc.coverage(n["chain"], 3).holes
    return {
        "chain": f"m2, accepted, holes = {m2}, {hdc.m2_rule_accepts(n['chain'], 3)}, {holes}",
        "counterexamples": f"accepted_wrongly, rejected_wrongly = {pair}",
        "survey_plot": "survey_ax = plt.figure().add_subplot()\n"
        f"survey_ax.step(range(1, {len(grown)} + 1), {grown}){LABELS}",
        "verdicts": f"verdicts = { {letter: refuted.get(letter, 'holds') for letter in n['claims']} }",
    }


def designing(n):
    backbone, jumps = (
        as_layers(n["backbone"]),
        [grid.stride for grid in hdc.networks.feature_grids(as_layers(n["backbone"]))],
    )
    first = next((at for at, jump in enumerate(jumps) if jump > n["output_stride"]), None)
    dense = list(backbone if first is None else hdc.networks.dilate_instead(backbone, first))
    grid, size = hdc.networks.feature_grid(dense), hdc.sizes.size_chain(n["image"], dense)[-1]
    field = next(odd for odd in range(1, 999, 2) if grid.field + (odd - 1) * grid.stride >= n["pixels"])
    design = next(s for s in hdc.rules.hole_free_schedules(field, n["layers"], 3) if max(s) <= n["largest"])
    whole = dense + [hdc.ConvLayer(3, dilation) for dilation in design]
    fields = [1] + [grid.field for grid in hdc.networks.feature_grids(whole)]
    beside = hdc.coverage(hdc.networks.Parallel([hdc.ConvLayer(*branch) for branch in n["branches"]]))
    row = hdc.coverage([hdc.ConvLayer(*branch) for branch in n["branches"]])
    return {
        "planning": f"field_before, jump_before, map_size = {grid.field}, {grid.stride}, {size}\n"
        f"context_field, fewest = {field}, {hdc.least_depth(field, 3)}",
        "design": f"design, whole_field, whole_read = {design}, {fields[-1]}, {hdc.coverage(whole).read}",
        "growth_plot": "growth_ax = plt.figure().add_subplot()\n"
        f"growth_ax.barh(range({len(fields)}), {fields}){LABELS}",
        "branches": f"parallel_span, parallel_read = {beside.span}, {beside.read}\n"
        f"cascade_span, cascade_read = {row.span}, {row.read}",
    }


@pytest.mark.parametrize("solve", [sizes, gridding, rules, designing], ids=lambda solve: solve.__name__)
def test_answers_of_the_library_pass(solve):
    for seed in VARIANTS:
        numbers = cells.draw(solve.__name__, seed)
        _, outcome = cells.run(solve.__name__, numbers, answers=solve(numbers))
        assert {test: str(error) for test, error in outcome.items() if error} == {}, numbers
