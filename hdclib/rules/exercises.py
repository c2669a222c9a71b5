"""Checks that explain: what a stack must do to answer an exercise, and what it does instead."""

from dataclasses import dataclass

from hdclib.checks import one_of, shown, sized, whole_number
from hdclib.gridding.reading import coverage
from hdclib.layers import as_layers, receptive_field
from hdclib.rules.distance import distance_chain
from hdclib.rules.sawtooth import common_divisor

SIGNS = {"=": lambda a, b: a == b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}

#: What an exercise can ask of a stack: name → (words, function of dilations and kernel size).
PROPERTIES = {
    "holes": ("holes along an axis", lambda dilations, size: coverage(dilations, size).holes),
    "ends": ("ends with holes", lambda dilations, size: _ends_with_holes(dilations, size)),
    "field": ("receptive field", receptive_field),
    "distance": ("M_2", lambda dilations, size: _second(dilations)),
    "divisor": ("common divisor", lambda dilations, size: common_divisor(dilations)),
    "first": ("first dilation", lambda dilations, size: dilations[0]),
    "largest": ("largest dilation", lambda dilations, size: max(dilations)),
}


@dataclass(frozen=True)
class Condition:
    """One thing an exercise asks of a stack, such as ``Condition("field", ">=", 27)``.

    Parameters
    ----------
    property : str
        "holes" along an axis, "ends" (how many ends have holes: the layers from any one to the last), "field" (the
        receptive field), "distance" (M_2), "divisor" (the common divisor), "first" or "largest" (of the dilations).
    sign : str
        "=", "<=" or ">=".
    wanted : int
        At least 0.

    Raises
    ------
    TypeError, ValueError
        If `property` or `sign` is another word, or `wanted` is no whole number of at least 0.
    """

    property: str
    sign: str
    wanted: int

    def __post_init__(self):
        one_of("property", self.property, PROPERTIES)
        one_of("sign", self.sign, SIGNS)
        whole_number("wanted", self.wanted, 0)


def check_stack(dilations, kernel_size, conditions):
    """Say of each condition whether a stack meets it, and what it measures instead.

    Parameters
    ----------
    dilations : sequence of int
        First layer first.
    kernel_size : int
        The same for all layers.
    conditions : sequence of Condition

    Returns
    -------
    results : list of (Condition, int, bool)
        The condition, the measured value, and whether it is met.

    Raises
    ------
    TypeError, ValueError
        If `dilations` is no valid stack, or `conditions` holds anything but Conditions.

    Examples
    --------
    >>> from hdclib.rules.exercises import Condition, check_stack
    >>> [(value, met) for _, value, met in check_stack([2, 2, 2], 3, [Condition("holes", "=", 0)])]
    [(6, False)]
    """
    kernel_size = whole_number("kernel_size", kernel_size, 1)
    chosen = [layer.dilation for layer in as_layers(dilations, kernel_size, "dilations")]
    results = []
    for place, condition in enumerate(sized("conditions", conditions)):
        if not isinstance(condition, Condition):
            raise TypeError(f"conditions[{place}] must be a Condition, got {shown(condition)}")
        value = PROPERTIES[condition.property][1](chosen, kernel_size)
        results.append((condition, value, SIGNS[condition.sign](value, condition.wanted)))
    return results


def _ends_with_holes(dilations, size):
    """How many of the stacks from one layer to the last, as many as there are layers, leave a hole."""
    return sum(coverage(dilations[start:], size).holes > 0 for start in range(len(dilations)))


def _second(dilations):
    """M_2; a single layer has none, and M_1 stands in."""
    return distance_chain(dilations)[min(1, len(dilations) - 1)].distance
