"""Output sizes turned round: any one quantity as the unknown, and the sizes that a stride cannot tell apart."""

from dataclasses import dataclass
from inspect import Parameter, signature

from hdclib.checks import one_of, shown, whole_number
from hdclib.sizes.formulas import check_output_padding, conv_size, conv_transpose_size, effective_size, pool_size

OPERATIONS = {"conv": conv_size, "pool": pool_size, "conv_transpose": conv_transpose_size}
SEARCHED = {  # the smallest and the largest value tried for each unknown
    "size": (1, 32768),
    "kernel_size": (1, 2048),
    "stride": (1, 1024),
    "padding": (0, 1024),
    "dilation": (1, 1024),
    "output_padding": (0, 1023),
}
MOST_TRIED = 100_000


@dataclass(frozen=True, slots=True)
class Solutions:
    """What `solve_size` found.

    Attributes
    ----------
    unknown : str
        The quantity that was looked for.
    out : int
        The output size that was wanted.
    searched : (int, int)
        The smallest and the largest value tried.
    values : tuple of int
        Every value tried that gives `out`, ascending; may be empty.
    below, above : (int, int) or None
        Where `values` is empty: the nearest smaller and the nearest larger output that can be had, each as
        (value, its output).
    refusal : str or None
        Where no value tried is legal: why the first one is refused.
    """

    unknown: str
    out: int
    searched: tuple
    values: tuple
    below: tuple | None = None
    above: tuple | None = None
    refusal: str | None = None

    @property
    def explanation(self):
        """The answer as one sentence, with the nearest ones that can be had where there is none."""
        if self.values:
            return f"{self.unknown} {', '.join(map(shown, self.values))}: output size {shown(self.out)}"
        low, high = map(shown, self.searched)
        none = f"no {self.unknown} from {low} to {high} gives {shown(self.out)}: "
        if self.refusal:
            return none + self.refusal
        nearest = [map(shown, pair) for pair in (self.below, self.above) if pair]
        return none + " and ".join(f"{self.unknown} {value} gives {out}" for value, out in nearest)


def solve_size(operation, unknown, out, *, within=None, **known):
    """Find every value of one quantity that gives the wanted output size.

    Each value within the bounds is tried, so nothing is missed or rounded.

    Parameters
    ----------
    operation : {"conv", "pool", "conv_transpose"}
        Which formula: `conv_size`, `pool_size` or `conv_transpose_size`.
    unknown : str
        The argument of that function to look for: "size", "kernel_size", "stride", "padding", "dilation" or, for
        "conv_transpose", "output_padding".
    out : int
        The wanted output size, at least 1.
    within : (int, int), optional
        The smallest and the largest value to try, at most 100 000 values. If not given, 1 to 32768 for "size",
        1 to 2048 for "kernel_size", 1 to 1024 for "stride" and "dilation", 0 to 1024 for "padding", 0 to 1023 for
        "output_padding".
    **known
        The other arguments; those left out have the defaults of the function.

    Returns
    -------
    Solutions
        An empty one is an answer, not an error: its ``explanation`` says how near one can get.

    Raises
    ------
    TypeError, ValueError
        If a known argument is missing, unknown to the operation, of the wrong type or too small, or if `within`
        is no range.

    References
    ----------
    Dumoulin and Visin (2016), relationships 6, 14 and 15 [dumoulin2016].

    Examples
    --------
    >>> from hdclib.sizes import solve_size
    >>> solve_size("conv", "padding", 64, size=64, kernel_size=3, dilation=2).values
    (2,)
    >>> solve_size("conv", "padding", 64, size=64, kernel_size=4).explanation
    'no padding from 0 to 1024 gives 64: padding 1 gives 63 and padding 2 gives 65'
    """
    out = whole_number("out", out, 1)
    low, high = _checked_question(operation, unknown, within, known)
    sizes, refusal = {}, None
    for value in range(low, high + 1):
        try:
            sizes[value] = OPERATIONS[operation](**known, **{unknown: value})
        except ValueError as error:  # this value is not legal; the known ones were checked before
            refusal = refusal or str(error)
    values = tuple(value for value, size in sizes.items() if size == out)
    if values:
        return Solutions(unknown, out, (low, high), values)
    below = max((pair for pair in sizes.items() if pair[1] < out), key=lambda pair: pair[1], default=None)
    above = min((pair for pair in sizes.items() if pair[1] > out), key=lambda pair: pair[1], default=None)
    return Solutions(unknown, out, (low, high), (), below, above, None if sizes else refusal)


def input_sizes_with_output(out, kernel_size, *, stride=1, padding=0, dilation=1):
    """Return the input sizes that one convolution maps to the same output size.

    Parameters
    ----------
    out : int
        Output size, at least 1.
    kernel_size, stride, padding, dilation : int
        As in `conv_size`.

    Returns
    -------
    range
        Consecutive sizes in samples, `stride` of them (fewer where the smallest would be below 1, even none): the
        reason why a transposed convolution needs ``output_padding`` to know which of them to go back to.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Dumoulin and Visin (2016), sec. 4.6 [dumoulin2016].

    Examples
    --------
    >>> from hdclib.sizes import input_sizes_with_output
    >>> list(input_sizes_with_output(32, kernel_size=3, stride=2, padding=1))
    [63, 64]
    """
    stride = whole_number("stride", stride, 1)
    smallest = (whole_number("out", out, 1) - 1) * stride + effective_size(kernel_size, dilation=dilation)
    smallest -= 2 * whole_number("padding", padding, 0)
    return range(max(1, smallest), max(1, smallest + stride))


def output_padding_for(size, out, kernel_size, *, stride=1, padding=0, dilation=1):
    """Return the ``output_padding`` with which a transposed convolution turns `size` into `out`.

    Parameters
    ----------
    size, out : int
        Input and wanted output size, at least 1.
    kernel_size, stride, padding, dilation : int
        As in `conv_transpose_size`.

    Returns
    -------
    int
        At least 0; there is never more than one.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or too small, or if no legal ``output_padding`` gives `out`.

    References
    ----------
    PyTorch 2.13, ``torch.nn.ConvTranspose2d`` [pytorch].

    Examples
    --------
    >>> from hdclib.sizes import output_padding_for
    >>> output_padding_for(32, 64, kernel_size=3, stride=2, padding=1)
    1
    """
    size, out = whole_number("size", size, 1), whole_number("out", out, 1)
    stride, padding = whole_number("stride", stride, 1), whole_number("padding", padding, 0)
    dilation = whole_number("dilation", dilation, 1)
    bare = (size - 1) * stride + effective_size(kernel_size, dilation=dilation) - 2 * padding
    most = max(stride, dilation) - 1
    if not bare <= out <= bare + most:
        raise ValueError(
            f"no output_padding turns size={shown(size)} into out={shown(out)}: "
            f"0 to {shown(most)} give {shown(bare)} to {shown(bare + most)}, so change size, or another argument"
        )
    return check_output_padding(out - bare, stride, dilation)


def _checked_question(operation, unknown, within, known):
    parameters = signature(OPERATIONS[one_of("operation", operation, OPERATIONS)]).parameters
    one_of("unknown", unknown, [name for name in parameters if name in SEARCHED])
    if unknown in known:
        raise ValueError(f"{unknown} is the unknown: leave {unknown}={shown(known[unknown])} out")
    listed = ", ".join(name for name in parameters if name != unknown)
    for name, value in known.items():
        if name not in parameters:
            raise TypeError(f"{name} is no argument of {operation}: with the unknown {unknown} it takes {listed}")
        if name in SEARCHED and value is not None:
            whole_number(name, value, SEARCHED[name][0])
    for name, parameter in parameters.items():
        if parameter.default is Parameter.empty and name not in known and name != unknown:
            raise TypeError(f"{name} is missing: with the unknown {unknown}, {operation} takes {listed}")
    within = SEARCHED[unknown] if within is None else within
    if not isinstance(within, (tuple, list)) or len(within) != 2:
        raise TypeError(f"within must be a pair (smallest, largest), got {shown(within)}")
    low, high = within
    low = whole_number("within[0]", low, SEARCHED[unknown][0])
    return low, whole_number("within[1]", high, low, low + MOST_TRIED - 1)
