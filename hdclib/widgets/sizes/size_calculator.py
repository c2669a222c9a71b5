"""The size calculator: any one quantity of an output size as the unknown."""

import traitlets

from hdclib.sizes.unknowns import OPERATIONS, SEARCHED, solve_size
from hdclib.widgets.kit.base import PageWidget

MOST_OUT = 40_000_000


def _whole(name, value):
    low, high = SEARCHED[name]
    return traitlets.Int(value, min=low, max=high).tag(sync=True)


class SizeCalculator(PageWidget):
    """Six quantities of one layer, along one axis, and the one that is looked for.

    Attributes
    ----------
    operation : {"conv", "pool", "conv_transpose"}
    unknown : str
        "out", or the name of another quantity.
    size, kernel_size, stride, padding, dilation, output_padding : int
        Within ``hdclib.sizes.unknowns.SEARCHED``; that of the unknown says which solution is drawn.
    ceil_mode : bool
        Used by pools only, as `output_padding` is by transposed convolutions only.
    out : int
        The wanted output size; not used while it is the unknown.
    """

    script = "sizes/size_calculator.js"
    operation = traitlets.Enum(list(OPERATIONS), default_value="conv").tag(sync=True)
    unknown = traitlets.Enum(["out", *SEARCHED], default_value="out").tag(sync=True)
    size = _whole("size", 64)
    kernel_size = _whole("kernel_size", 3)
    stride = _whole("stride", 1)
    padding = _whole("padding", 0)
    dilation = _whole("dilation", 1)
    output_padding = _whole("output_padding", 0)
    ceil_mode = traitlets.Bool(False).tag(sync=True)
    out = traitlets.Int(64, min=1, max=MOST_OUT).tag(sync=True)

    @property
    def known(self):
        """The arguments of the operation, without the unknown."""
        extra = {"pool": ["ceil_mode"], "conv_transpose": ["output_padding"]}.get(self.operation, [])
        names = ["size", "kernel_size", "stride", "padding", "dilation", *extra]
        return {name: getattr(self, name) for name in names if name != self.unknown}

    @property
    def answer(self):
        """The output size, or the `Solutions` of the unknown; a ValueError where the layer cannot be."""
        if self.unknown == "out":
            return OPERATIONS[self.operation](**self.known)
        return solve_size(self.operation, self.unknown, self.out, **self.known)


def size_calculator_panel(operation="conv", unknown="out", key="size", **quantities):
    """Return the calculator with the numbers where the reader starts.

    Parameters
    ----------
    operation : {"conv", "pool", "conv_transpose"}
    unknown : str
        "out", or the name of another quantity of the operation.
    key : str
        Name of the widget in the page's address.
    **quantities
        Of ``size`` (1 to 32 768), ``kernel_size`` (1 to 2048), ``stride`` and ``dilation`` (each 1 to 1024),
        ``padding`` (0 to 1024), ``output_padding`` (0 to 1023), ``ceil_mode`` (bool) and ``out`` (1 to 40 000 000, the
        size that is wanted).

    Returns
    -------
    calculator : SizeCalculator

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If a quantity is unknown, out of range, or not one of the operation.
    """
    if unknown == "output_padding" and operation != "conv_transpose":
        raise ValueError(f"unknown must name a quantity of {operation}, got 'output_padding'")
    return SizeCalculator(key=key, operation=operation, unknown=unknown, **quantities)
