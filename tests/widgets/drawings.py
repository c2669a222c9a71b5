"""What each widget draws and says in a few states, as it is stored in `drawings/`: pictures that a browser shows.

`make drawings` stores all of them again: read what changed, and look at it.
"""

import hashlib
import sys
from pathlib import Path

from node_page import NodePage

import hdclib.widgets as widgets
from hdclib.signal.figures import small_face
from hdclib.widgets.questions.predictions import Outcome, Prediction
from hdclib.widgets.questions.questions import Question, StackQuestion
from hdclib.widgets.questions.sentences import Sentences

FOLDER = Path(__file__).with_name("drawings")
LARGE = {  # pictures of which the words and a digest are stored
    "cone, noise", "lattice viewer, missed", "neighbours, no divisor", "designer, nearness",
    "designer, squares, next page", "image lab",
    "pooling view", "trained viewer", "trained viewer, errors",
}  # fmt: skip
WALK = ("ArrowRight", "ArrowRight", "ArrowDown", "End", "ArrowUp", "Home", "Escape")  # over the cells of a picture
UPHILL = {"layers": 3, "schedule": "rising"}
#: Name → (what makes the widget, what is done to it then: (act, arguments), …).
STATES = {
    "cone, side": (lambda: widgets.Cone(dilations=[1, 2], picture="none"),),
    "cone, side, two outputs on the way": (
        lambda: widgets.Cone(dilations=[2, 2], second=1, column=1, picture="none", step=1),
        ("press", {"name": "Next"}), ("frames", {"count": 30}),
    ),
    "cone, space": (lambda: widgets.Cone(dilations=[2, 1], view="space", picture="none", row=1),),
    "cone, above": (lambda: widgets.Cone(dilations=[2, 1], view="above", picture="none", column=-1, second=2),),
    "cone, above, on the way": (
        lambda: widgets.Cone(dilations=[1, 2], view="above", picture="none", step=1),
        ("press", {"name": "Next"}), ("frames", {"count": 30}),
    ),
    "cone, noise": (lambda: widgets.Cone(dilations=[3], picture="noise", step=0),),
    "cover square, lost": (lambda: widgets.CoverSquare(),),
    "cover square, won": (lambda: widgets.CoverSquare(side=15, dilations=[1, 2, 4]),),
    "lattice viewer": (lambda: widgets.LatticeViewer(dilations=[2, 2, 2]),),
    "lattice viewer, step 1": (lambda: widgets.LatticeViewer(dilations=[1, 2, 3]),),
    "lattice viewer, missed": (lambda: widgets.LatticeViewer(dilations=[4, 6, 4]),),
    "neighbours": (lambda: widgets.Neighbours(dilations=[2, 2, 2], right=1, down=2),),
    "neighbours, no divisor": (lambda: widgets.Neighbours(dilations=[1, 2, 3], right=3, down=0),),
    "usage map": (lambda: widgets.UsageMap(dilations=[1, 3], kernel_size=3, seen_from=3),),
    "usage map, growing": (
        lambda: widgets.UsageMap(dilations=[2, 1], kernel_size=2, seen_from=2),
        ("press", {"name": "Next"}), ("frames", {"count": 30}),
    ),
    "causal tree": (lambda: widgets.CausalTree(layers=3, blocks=2, kernel_size=2, back=1),),
    "causal tree, kernel 3": (lambda: widgets.CausalTree(layers=2, blocks=1, kernel_size=3),),
    "module builder, branches": (lambda: widgets.ModuleBuilder(kernels=[3, 3], dilations=[2, 3]),),
    "module builder, an axis": (
        lambda: widgets.ModuleBuilder(join="skips", view="axis", kernels=[3, 3], dilations=[2, 5]),
    ),
    "module builder, even kernels": (lambda: widgets.ModuleBuilder(join="summed", kernels=[2, 2], dilations=[1, 4]),),
    "pools out": (lambda: widgets.PoolsOut(pools=["keep", "keep", "dilate", "remove", "dilate"]),),
    "stride to dilation": (lambda: widgets.StrideToDilation(stride=3),),
    "stride to dilation, done": (lambda: widgets.StrideToDilation(stride=2, step=3),),
    "designer": (lambda: widgets.Designer(depth=3, target=13, choice=2),),
    "designer, nearness": (lambda: widgets.Designer(depth=3, target=12, rank="nearness"),),
    "designer, squares, next page": (
        lambda: widgets.Designer(depth=4, target=31, rank="squares"), ("press", {"name": "Next 8"}),
    ),
    "designer, too wide": (lambda: widgets.Designer(depth=2, target=31),),
    "distance walk": (lambda: widgets.DistanceWalk(dilations=[1, 2, 9], step=2),),
    "distance walk, verdict": (lambda: widgets.DistanceWalk(dilations=[2, 3], step=2),),
    "distance walk, on the way": (
        lambda: widgets.DistanceWalk(dilations=[1, 3], step=1), ("press", {"name": "Next"}), ("frames", {"count": 30}),
    ),
    "order comparer, down": (lambda: widgets.OrderComparer(first=[1, 2, 4], second=[4, 2, 1]),),
    "order comparer, up, first steps": (
        lambda: widgets.OrderComparer(first=[1, 3], second=[3, 3, 1], view="up", step=2),
    ),
    "reach builder": (lambda: widgets.ReachBuilder(dilations=[1, 3, 5], kernels=[3, 2, 3, 3, 3]),),
    "reach builder, a hole": (lambda: widgets.ReachBuilder(dilations=[9, 2, 1]),),
    "rule explorer": (lambda: widgets.RuleExplorer(largest=5, layers="3"), ("frames", {"count": 40})),
    "rule explorer, rejections": (
        lambda: widgets.RuleExplorer(rule="coprime", largest=4, layers="2", order="any", shown="rejection"),
        ("frames", {"count": 40}),
    ),
    "bell curve": (lambda: widgets.bell_panel().picture, ("set", {"values": UPHILL})),
    "frequency explorer": (lambda: widgets.FrequencyExplorer(dilations=[2, 4]),),
    "frequency explorer, logarithmic": (lambda: widgets.FrequencyExplorer(dilations=[1, 2], scale="logarithmic"),),
    "same sampling": (lambda: widgets.SameSampling(),),
    "same sampling, other sizes": (lambda: widgets.SameSampling(size=5, kernel_size=4, stride=1, dilation=2),),
    "size calculator, convolution": (lambda: widgets.SizeCalculator(size=9, kernel_size=3, stride=2, padding=1),),
    "size calculator, a pool": (
        lambda: widgets.SizeCalculator(operation="pool", size=8, kernel_size=3, stride=2, padding=0, ceil_mode=True),
    ),
    "size calculator, transposed": (
        lambda: widgets.SizeCalculator(
            operation="conv_transpose", size=4, kernel_size=3, stride=2, padding=1, output_padding=1
        ),
    ),
    "size calculator, none": (
        lambda: widgets.SizeCalculator(operation="conv", unknown="size", kernel_size=3, stride=2, out=4),
    ),
    "stepper": (lambda: widgets.Stepper(rows=5, columns=4, padding=1, dilation=2, at_row=1, at_column=1),),
    "stepper, numbers": (
        lambda: widgets.Stepper(rows=4, columns=4, values="numbers", weights="edge", stride=2, padding=1, at_column=1),
    ),
    "stepper, transposed": (
        lambda: widgets.Stepper(operation="transposed", rows=2, columns=3, stride=2, axes="apart", column_stride=3,
                                output_padding=1, at_row=1, at_column=2),
    ),
    "stepper, refused": (lambda: widgets.Stepper(rows=2, columns=2),),
    "u-net sizes": (lambda: widgets.UNetSizes(size=60, depth=2),),
    "u-net sizes, stopped": (lambda: widgets.UNetSizes(size=42, depth=3),),
    "u-net sizes, cropped": (lambda: widgets.UNetSizes(size=61, depth=2, padded=False, join="crop"),),
    "image lab": (lambda: widgets.ImageLab(kind="step", noise=10, dilations=[2, 4, 2]),),
    "pooling view": (lambda: widgets.pooling_panel(small_face()).picture,
                     ("set", {"values": {"times": 2, "enlarging": "bilinear"}})),
    "seed pairs": (lambda: widgets.SeedPairs(),),
    "seed pairs, failed": (lambda: widgets.SeedPairs(setting="stride-2-before", first="1 2 3", second="2 2 2"),),
    "seed pairs, not trained": (lambda: widgets.SeedPairs(setting="photographs", second="1 9 9"),),
    "trained viewer": (lambda: widgets.TrainedViewer(),),
    "trained viewer, errors": (lambda: widgets.TrainedViewer(first="1 2 3", second="2 4 8", view="errors"),),
    "prediction": (lambda: Prediction(label="How many?", key="guess"), ("fill", {"name": "How many?", "value": "12"}),
                   ("submit", {})),
    "outcome": (lambda: Outcome(replies={"12": "As you said."}, otherwise="Not quite."),),
    "question": (
        lambda: Question(label="How many?", otherwise="No.", feedback={"3": [True, "Yes."]}),
        ("fill", {"name": "How many?", "value": "4"}), ("submit", {}),
    ),
    "sentences": (
        lambda: Sentences(sentences=[["3 is odd.", True, "It is no multiple of 2."], ["4 is odd.", False, "Divide."]]),
        ("press", {"name": "False"}), ("press", {"name": "Next sentence"}), ("press", {"name": "False"}),
    ),
    "stack question": (
        lambda: StackQuestion(label="Which?", conditions=[["holes", "=", 0], ["field", ">=", 9]], right="Yes.",
                              hint="No.", least=2, most=3),
        ("fill", {"name": "Which?", "value": "2, 2"}), ("submit", {}),
    ),
    "predict distance": (
        lambda: widgets.PredictDistance(stacks=[[1, 2, 5], [2, 3]]),
        ("fill", {"name": "M₂ =", "value": "2"}), ("submit", {}),
    ),
}  # fmt: skip


def drawn(page, name):
    """Return the text that is stored of a state: the picture as SVG, and below it all that is said."""
    make, *acts = STATES[name]
    page.show(make())
    for act, given in acts:
        page.ask(act, **given)
    told = page.told()
    picture = page.svg() + "\n" if told["pictures"] else ""
    picture = _shortened(picture) if name in LARGE else picture
    lines = [f"{key}: {told[key]}" for key in ("words", "notice") if told[key]]
    lines += [f"{key}: {one}" for key in ("pictures", "cells", "lines") for one in told[key] if one]
    lines += [f"{key}: {' | '.join(map(str, row))}" for key in ("rows", "fields") for row in told[key]]
    lines += [f"data {key}: {value}" for key, value in sorted(told["data"].items())]
    lines += _walked(page) if told["pictures"] else []
    if "Copy as Python" in (field[0] for field in told["fields"]):
        lines += ["python:", *page.ask("copy", name="Copy as Python").splitlines()]
    return f"{picture}<!--\n{chr(10).join(lines)}\n-->\n".replace("\u00a0", " ")


def _shortened(picture):
    """Return a picture without its marks, with a digest of them in their place."""
    digest = hashlib.sha256(picture.encode()).hexdigest()
    *kept, last = [line for line in picture.splitlines() if line.startswith(("<svg", "<title", "<text", "</svg"))]
    return "\n".join([*kept, f"<!-- marks left out, sha256 {digest} -->", last, ""])


def _walked(page):
    """What is said of the cells on a walk over the first picture with the arrow keys."""
    lines = []
    for key in WALK:
        if page.ask("key", name="", key=key):
            told = page.told()
            lines.append(f"{key}: {told['spoken']} {told['data'].get('ring', '')}".rstrip())
    return lines


def path_of(name):
    """Return where a state is stored."""
    return FOLDER / f"{name.replace(', ', '-').replace(' ', '_')}.svg"


def main():
    """Store every state again."""
    page = NodePage()
    for name in STATES:
        path_of(name).write_text(drawn(page, name), encoding="utf-8")
    page.close()
    known = {path_of(name) for name in STATES}
    for path in set(FOLDER.glob("*.svg")) - known:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
