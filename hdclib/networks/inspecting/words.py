"""The report on a network in words, and as numbers for other programs."""

from dataclasses import asdict

import numpy as np

from hdclib.checks import counted
from hdclib.networks.inspecting.repairs import obstacle

AXES = {1: ("samples",), 2: ("rows", "columns"), 3: ("slices", "rows", "columns")}
MOST_NAMED, MOST_SET = 4, 24  # of a list in the text, and of the dilations of a repair
WIDTH = 110


def as_text(report):
    """Return the report in words: one line a finding, none of them long."""
    lines = [_head(report)]
    for label in FINDINGS:
        for number, text in enumerate(FINDINGS[label](report)):
            lines += _wrapped(label if number == 0 else "", text)
    return "\n".join(lines)


def findings(report, *labels):
    """Return the sentences of some parts of the report, by their labels."""
    return {label: list(FINDINGS[label](report)) for label in labels}


def table(report):
    """Return the views as a table: a line for each convolution."""
    rows = [("convolution", "kernel", "stride", "dilation", "groups", "field", "reads", "share", "gap")]
    for view in report.views:
        what = view.seen
        rows.append((
            view.path, times(view.kernel_size), times(view.stride), times(view.dilation), str(view.groups),
            times(view.field), "nothing" if what is None else f"{what.read} of {what.positions}",
            "" if what is None else percent(what.share), "" if what is None else times(what.gaps),
        ))  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    padded = ([text.ljust(width) for text, width in zip(row, widths, strict=True)] for row in rows)
    return "\n".join("  ".join(row).rstrip() for row in padded)


def picture(mask, width=78, height=40):
    """Draw a map of what is read with characters: # read, + in part, . not; cells stand for blocks if it is large."""
    low, mask = _window(mask)
    block = max(1, -(-mask.shape[0] // height), -(-mask.shape[1] // width))
    rows = []
    for top in range(0, mask.shape[0], block):
        cells = [mask[top : top + block, left : left + block].mean() for left in range(0, mask.shape[1], block)]
        rows.append("".join("#" if cell == 1 else "+" if cell else "." for cell in cells))
    scale = "" if block == 1 else f" (each character is {block} × {block})"
    return f"from {low}, {mask.shape[0]} × {mask.shape[1]}{scale}\n" + "\n".join(rows)


def map_record(mask):
    """Return a map of what is read as numbers: where its window starts, and a text of 1 and 0 for each row."""
    starts, mask = _window(mask)
    return {"starts": list(starts), "rows": ["".join(map(str, row)) for row in mask.astype(int).tolist()]}


def _window(mask):
    """Where the part of a map begins that is read, and that part; slices of a volume lie upon each other."""
    mask = np.atleast_2d(mask if mask.ndim < 3 else mask.any(0))
    if not mask.any():
        return (0, 0), mask
    low, high = np.argwhere(mask).min(0).tolist(), (np.argwhere(mask).max(0) + 1).tolist()
    return tuple(low), mask[low[0] : high[0], low[1] : high[1]]


def as_record(report):
    """Return the report as dictionaries, lists and numbers, ready for JSON."""
    names = AXES[report.graph.spatial]
    return {
        "name": report.name, "input_shape": list(report.graph.shapes[0][1:]), "output": report.output,
        "output_shape": list(report.graph.shapes[report.tensor][1:]), "at": list(report.at),
        "axes": {name: _plain(asdict(axis)) for name, axis in zip(names, report.axes, strict=True)},
        "input": _seen_record(report.input), "input_with_global_branches": _seen_record(report.whole),
        "global_branches": list(report.global_branches),
        "views": [_view_record(view) for view in report.views],
        "wide_views": len(report.wide_views), "views_with_holes": len(report.views_with_holes),
        "exact": report.exact, "unknown": list(report.unknown), "notes": list(report.notes),
    }  # fmt: skip


def repair_record(repair):
    """Return a repair as dictionaries, lists and numbers."""
    modules = {path: {"dilation": list(d), "padding": list(p)} for path, (d, p) in repair.dilations.items()}
    return {
        "with_holes": repair.with_holes,
        "before": repair.before,
        "input_has_holes": repair.input_has_holes,
        "modules": modules,
        "patch": repair.patch,
    }


def times(numbers):
    """Return numbers such as 3 × 3, one of them where all are alike and few, "?" for what is not known."""
    return " × ".join("?" if number is None else str(number) for number in numbers)


def percent(share):
    """Return a share of one as a percentage."""
    return "100 %" if share == 1 else f"{100 * share:.1f} %"


def reason(report, view):
    """Return in words why a view has holes."""
    dilations, beside = _behind(report, view)
    steps = [step for step in view.seen.steps if step > 1]
    few = ", ".join(map(str, dilations[:8])) + (", ..." if len(dilations) > 8 else "")
    chain = f"dilations {few}{', some side by side,' if beside else ''} from here to the output"
    if steps and dilations:
        return f"{chain} leave a grid of step {max(steps)}"
    return f"{chain} leave gaps of {max(view.seen.gaps)}"


def _behind(report, view):
    """The dilations of the convolutions between a view and the output, and whether some do not read each other.

    They come in the order in which they run.
    """
    marked: dict[int, int | None] = {view.tensor: None}
    found, beside, needed = [], False, report.graph.upstream(report.tensor)
    for operation in report.graph.operations:
        lasts = [marked[link.source] for link in operation.links if link.source in marked and not link.is_global]
        if operation.target in needed and lasts:
            marked[operation.target] = max((last for last in lasts if last is not None), default=None)
            numbers = operation.convolution
            if numbers is not None and max(numbers.kernel_size) > 1:
                beside |= marked[operation.target] != (len(found) - 1 if found else None)
                marked[operation.target] = len(found)
                found.append(max(d for d, k in zip(numbers.dilation, numbers.kernel_size, strict=True) if k > 1))
    return found, beside


def _head(report):
    shape = times(report.graph.shapes[0][1:])
    axes = [report.graph.shapes[report.tensor][axis] for axis in report.graph.places(report.tensor)]
    at = ", ".join(map(str, report.at))
    return f"{report.name}, input {shape}; judged is what its {_output(report)} of {times(axes)} reads at ({at})"


def _output(report):
    if report.graph.outputs[report.output] != report.tensor:
        return "last map"
    return "output" if report.output == "output" else f'output "{report.output}"'


def _along(report, told):
    """One sentence for all axes of which the same is true, else one an axis; `told` says it of an `AxisReport`."""
    names, words = AXES[report.graph.spatial], [told(axis) for axis in report.axes]
    if len(set(words)) == 1:
        *firsts, last = names
        yield f"{', '.join(firsts)} and {last}: {words[0]}" if firsts else words[0]
    else:
        yield from (f"{name}: {text}" for name, text in zip(names, words, strict=True))


def _fields(report):
    yield from _along(report, _field)
    if report.global_branches:
        branches = counted_list(report.global_branches, "branch that reads whole maps", "branches that read whole maps")
        yield f"with {branches}: {_whole(report)}"


def _field(axis):
    if axis.fields is None:
        return "no general rule; see holes for what this output reads"
    size = " or ".join(map(str, axis.fields)) if axis.period else f"{axis.fields[0]} to {axis.fields[-1]}"
    several = axis.period is not None and len(axis.fields) > 1
    by = f", by the place of the output modulo {axis.period}" if several else ""
    return f"{size} samples{by}{_every(axis.stride)}, {_start(axis.padding)}, {_lies(axis)}"


def _every(stride):
    if stride is None:
        return ""
    if stride == 1:
        return ", an output for every sample"
    every = f", an output every {stride:.4g} samples"
    return every if stride % 1 == 0 else f"{every} in the mean"


def _start(padding):
    if padding == 0:
        return "the first begins with the input"
    return f"the first begins {_samples(abs(padding))} {'before' if padding > 0 else 'inside'} the input"


def _samples(number):
    return "one sample" if number == 1 else f"{number} samples"


def _lies(axis):
    if axis.causal:
        return "causal"
    if _is_centred(axis):
        return "centred"
    return f"centred {abs(axis.shift):g} samples {'behind' if axis.shift > 0 else 'before'} the middle of the input"


def _is_whole(axis, span):
    """Whether a window has its middle at what is judged: it is centred, and no border cuts it."""
    return axis.shift is not None and _is_centred(axis) and max(axis.fields or (0,)) == span


def _is_centred(axis):
    return not axis.causal and abs(axis.shift) <= max(axis.stride or 1, 1) / 2


def _whole(report):
    if report.whole is None:
        return "nothing more"
    spans, sizes = report.whole.spans, report.graph.shapes[0][-report.graph.spatial :]
    return f"the whole input, {times(sizes)}" if spans == sizes else f"{times(spans)} of {times(sizes)}"


def _holes(report):
    what = report.input
    if what is None:
        yield "the judged output reads nothing of the input"
        return
    most = "" if report.exact else "at most "
    size = f" = {what.positions}" if len(what.spans) > 1 else ""
    window = f"{times(what.spans)}{size} samples of its window"
    if what.has_holes:
        shape = "" if what.separable else "; the set is no product of its axes"
        pairs = dict.fromkeys(zip(what.lines, what.spans, strict=True))
        along = most + ", ".join(f"{line} of {span}" for line, span in pairs)
        yield (
            f"at the input: reads {most}{what.read} of the {window} ({percent(what.share)}), {along} along an axis, "
            f"largest gap {max(what.gaps)}{shape}"
        )
        if what.beside is not None and all(map(_is_whole, report.axes, what.spans)):
            yield f"of the {3 ** len(what.spans) - 1} samples around the middle one it reads {most}{what.beside}"
    elif report.exact:
        yield f"none at the input: reads all {window}"
        if any(span < max(axis.fields or (0,)) for span, axis in zip(what.spans, report.axes, strict=True)):
            yield "its field is larger than this window: holes that the border hides here may show on a larger input"
    else:
        yield f"not known at the input: reads at most all {window}"


def _border(report):
    yield from _along(report, _cut)


def _cut(axis):
    cut = "" if axis.cut is None else f"{axis.cut} of {axis.outputs} outputs are cut by it; "
    return cut + (
        f"no output reads {_samples(axis.unread)} of the input" if axis.unread else "every sample of the input is read"
    )


def _views(report):
    holes, many = report.views_with_holes, report.wide_views
    of = counted(len(many), "convolution")
    if not many:
        yield "no convolution before it has more than one tap"
    elif holes:
        yield f"of {of} of more than one tap, the output reads the input of {len(holes)} with holes"
    elif report.exact:
        every = "the" if len(many) == 1 else "all"
        yield f"the output reads the input of {every} {of} of more than one tap without holes"
    else:
        yield f"of {of} of more than one tap, none is known whose input the output reads with holes"
    if holes:
        worst = min(holes, key=lambda view: view.seen.share)
        for label, view in (("worst", worst), ("first", holes[0])):
            if label == "worst" or view is not worst:
                yield f"{label}: {_view(view)}: {reason(report, view)}"


def _view(view):
    window = f"{view.seen.read} of {view.seen.positions} positions are read ({percent(view.seen.share)})"
    dilation = view.dilation[0] if len(set(view.dilation)) == 1 else times(view.dilation)
    numbers = f"{times(view.kernel_size)}, dilation {dilation}"
    return f"before {view.path} ({numbers}) {window}, largest gap {max(view.seen.gaps)}"


def _repairs(report):
    if not report.views_with_holes:
        yield "nothing to mend"
    elif not report.repairs:
        yield f"none found: {obstacle(report.graph)}"
    else:
        yield (
            "other dilations of the same field and cost, with which the network is to be trained again; paddings go "
            "with them (as code: --repair, or report.repairs[0].patch)"
        )
        for repair in report.repairs[:3]:
            kept = ", and the input keeps holes" if repair.input_has_holes else ""
            yield f"{repair.with_holes} with holes instead of {repair.before}{kept}: {_changes(repair)}"


def _changes(repair):
    """What a repair sets: each dilation, the largest first, with the convolutions that get it."""
    paths = {}
    for path, (dilation, _) in list(repair.dilations.items())[:MOST_SET]:
        paths.setdefault(max(dilation), []).append(path)
    told = "; ".join(f"dilation {dilation} in {', '.join(paths[dilation])}" for dilation in sorted(paths, reverse=True))
    more = len(repair.dilations) - MOST_SET
    return f"{told}; and {more} more" if more > 0 else told


def _trust(report):
    if report.graph.left:
        where = ", ".join(report.graph.left)
        yield f"not known: an array is taken out of a tensor at {where}, and no rule can follow it"
    elif report.unknown:
        yield f"at most: no rule for {counted_list(report.unknown, 'operation', 'operations')}"
    elif not report.exact:
        yield "at most: a union of positions was too large to be kept apart"
    else:
        yield "exact: every operation is understood"
    yield from report.notes


FINDINGS = {
    "field": _fields, "holes": _holes, "border": _border, "views": _views, "repairs": _repairs, "trust": _trust,
}  # fmt: skip


def counted_list(names, one, many):
    """Return how many there are, and the first few by name."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{len(names)} {one if len(names) == 1 else many} ({', '.join(names[:MOST_NAMED])}{more})"


def _wrapped(label, text):
    """A line with its label, broken at spaces."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = "  " + word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return [f"{label if number == 0 else '':9}{text}" for number, text in enumerate(lines)]


def _seen_record(what):
    if what is None:
        return None
    return {**_plain(asdict(what)), "positions": what.positions, "share": what.share, "has_holes": what.has_holes}


def _view_record(view):
    record = _plain({name: value for name, value in vars(view).items() if name not in ("seen", "tensor", "target")})
    return {**record, "seen": _seen_record(view.seen), "has_holes": view.has_holes}


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value
