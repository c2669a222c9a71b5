"""One report on a stack: each rule's value, verdict and reason, and what is true when every path is counted."""

from dataclasses import dataclass

from hdclib.checks import MOST_CELLS, counted, shown
from hdclib.gridding.reading import Coverage, coverage
from hdclib.layers import as_layers, dilations_of, receptive_field, tapped_layers
from hdclib.rules.criterion import reach_steps
from hdclib.rules.distance import distance_chain, gap_chain
from hdclib.rules.sawtooth import common_divisor, is_sawtooth, rising_groups

RULE_NAMES = ("distance M_2 <= K", "first dilation is 1", "sawtooth", "common divisor is 1")
VERDICTS = {True: "pass", False: "fail", None: "does not apply"}


@dataclass(frozen=True)
class Finding:
    """What one rule says of a stack.

    Attributes
    ----------
    rule : str
        The rule in a few words.
    value : object
        What it looked at: a distance, a dilation, a list.
    passed : bool or None
        None where the rule does not apply.
    reason : str
        The verdict in one sentence.
    """

    rule: str
    value: object
    passed: bool | None
    reason: str

    def __str__(self):
        return f"{self.rule}: {VERDICTS[self.passed]}. {self.reason}"


@dataclass(frozen=True)
class Report:
    """Everything the book says of one stack, the rules beside the truth.

    Attributes
    ----------
    layers : tuple of ConvLayer
        As given. Layers with one tap move nothing: the rules leave them out.
    chain : list of DistanceStep
        The paper's recurrence, every step; empty if no layer has more than one tap.
    rules : tuple of Finding
        Distance, first dilation, sawtooth and common divisor: advice. A stack without holes may fail the first three.
    exact : Finding
        The exact criterion, which decides.
    truth : Coverage or None
        Every path counted, which decides too; None where the stack spans more than 2**26 samples.
    """

    layers: tuple
    chain: list
    rules: tuple
    exact: Finding
    truth: Coverage | None

    @property
    def hole_free(self):
        """Whether counting found no hole, or the exact criterion where the stack is too wide to be counted."""
        return self.truth.hole_free if self.truth else self.exact.passed

    def __str__(self):
        dilations, sizes = [layer.dilation for layer in self.layers], {layer.kernel_size for layer in self.layers}
        head = f"dilations [{', '.join(map(shown, dilations))}]"
        if sizes != {3}:
            head += f", kernel sizes {[layer.kernel_size for layer in self.layers]}"
        advice, decided = map(str, self.rules), (str(self.exact), f"counted: {self._counted()}")
        lines = [head, "what the published rules advise:", *(f"  {line}" for line in advice)]
        return "\n".join([*lines, "what decides:", *(f"  {line}" for line in decided)])

    def _counted(self):
        if self.truth is None:
            span = shown(receptive_field(self.layers))
            return f"no, the stack spans {span} samples, and at most {MOST_CELLS} can be counted one by one"
        verdict = "no holes" if self.hole_free else f"{counted(self.truth.holes, 'hole')} along an axis"
        return f"{verdict}; {self.truth}"


def check(layers, kernel_size=None):
    """Hold every HDC rule, and the exact criterion, against what a stack really reads.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first, all of stride 1: the paper's rules know no stride.

    Returns
    -------
    report : Report

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack or has a stride.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018]; Brown (1961) [brown1961].

    Examples
    --------
    >>> from hdclib import check
    >>> print(check([2, 2, 2], kernel_size=3))
    dilations [2, 2, 2]
    what the published rules advise:
      distance M_2 <= K: pass. M_2 = 2 is at most the kernel size 3.
      first dilation is 1: fail. The first dilation is 2: it leaves gaps, which the later layers must fill.
      sawtooth: fail. The second dilation, 2, is not above the first, 2: nothing rises from the start.
      common divisor is 1: fail. All dilations are multiples of 2, so only every 2nd sample can be read.
    what decides:
      exact criterion: fail. Spacing 2 is more than the 1 sample covered so far.
      counted: 6 holes along an axis; reads 49 of 169 pixels (29.0%), 7 of 13 along an axis, largest gap 2
    """
    layers = as_layers(layers, kernel_size)
    for number, layer in enumerate(layers):
        if layer.stride != 1:
            raise ValueError(
                f"layers[{number}] has stride {shown(layer.stride)}: the HDC rules need stride 1 throughout; "
                "is_hole_free and coverage allow strides"
            )
    truth = coverage(layers) if receptive_field(layers) <= MOST_CELLS else None
    tapped = tapped_layers(layers)
    if not tapped:
        rules = tuple(Finding(name, None, None, "No layer has more than one tap.") for name in RULE_NAMES)
        return Report(layers, [], rules, _exact(layers), truth)
    dilations = dilations_of(tapped)
    chain = distance_chain(dilations)
    rules = (_distance(tapped, chain), _first(dilations), _sawtooth(dilations), _divisor(dilations))
    return Report(layers, chain, rules, _exact(layers), truth)


def _distance(layers, chain):
    name = RULE_NAMES[0]
    if len(layers) == 1:
        return Finding(name, None, None, "One layer has no M_2.")
    value, size = chain[1].distance, layers[1].kernel_size
    relation = "at most" if value <= size else "more than"
    reason = f"M_2 = {value} is {relation} the kernel size {size}."
    if any(layer.kernel_size != 3 for layer in layers):
        reason += f" Its factor 2 is made for kernel size 3; the true sizes give the distance {gap_chain(layers)[1]}."
    return Finding(name, value, value <= size, reason)


def _first(dilations):
    name, first = RULE_NAMES[1], dilations[0]
    if first == 1:
        return Finding(name, first, True, "The first layer reads neighbouring samples together.")
    reason = f"The first dilation is {first}: it leaves gaps, which the later layers must fill."
    return Finding(name, first, False, reason)


def _sawtooth(dilations):
    name, groups = RULE_NAMES[2], rising_groups(dilations)
    if is_sawtooth(dilations):
        count = "one rise" if len(groups) == 1 else f"{len(groups)} rises"
        return Finding(name, groups, True, f"The dilations make {count} from {groups[0][0]}.")
    if len(dilations) == 1:
        return Finding(name, groups, None, "One layer can neither rise nor fall.")
    rise = groups[0]
    reason = f"The layers after the first rise, {shown(rise)}, do not repeat it."
    if len(rise) == 1:
        before, after = shown(dilations[0]), shown(dilations[1])
        reason = f"The second dilation, {after}, is not above the first, {before}: nothing rises from the start."
    return Finding(name, groups, False, reason)


def _divisor(dilations):
    name, value = RULE_NAMES[3], common_divisor(dilations)
    if value == 1:
        return Finding(name, value, True, "No number above 1 divides every dilation.")
    reason = f"All dilations are multiples of {value}, so only every {_ordinal(value)} sample can be read."
    return Finding(name, value, False, reason)


def _exact(layers):
    name, steps = "exact criterion", reach_steps(layers)
    if all(step.passed for step in steps):
        return Finding(name, steps, True, "In rising order every spacing is at most the samples covered so far.")
    last = steps[-1]
    samples = "sample" if last.reach == 1 else "samples"
    reason = f"Spacing {last.spacing} is more than the {last.reach} {samples} covered so far."
    return Finding(name, steps, False, reason)


def _ordinal(number):
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
