"""A kernel that walks over its input: which inputs each output reads, and which outputs each input feeds."""

import base64

import traitlets

from hdclib.sizes.formulas import conv_size, conv_transpose_size
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList
from hdclib.widgets.kit.sliders import Panel, linked_slider, show_when

OPERATIONS = ("convolution", "transposed")
LAST = 64  # the largest output has 65 samples along an axis
SHARPEN = [0, -1, 0, 0, 0, -1, 5, -1, 0, 0, 0, -1, 0, *[0] * 12]  # a kernel of 3 × 3 in one of 5 × 5


class Stepper(PageWidget):
    """One layer on a small image, and the output cell that is being made.

    Attributes
    ----------
    operation : {"convolution", "transposed"}
    rows, columns : int, 1 to 16
        Size of the input.
    kernel_rows, kernel_columns : int, 1 to 5
    stride : int, 1 to 3
    padding : int, 0 to 6
    dilation : int, 1 to 4
    output_padding : int, 0 to 3
        Used by a transposed convolution only, on both axes.
    axes : {"alike", "apart"}
        Whether the columns have the stride, padding and dilation of the rows, or their own.
    column_stride, column_padding, column_dilation : int
        Those of the columns where the axes are apart, with the same bounds.
    values : {"none", "numbers", "photograph"}
        What stands in the cells of the input; with "none" the picture shows which cells are read, and no more.
    weights : {"edge", "blur", "own"}
        Right minus left, the mean, or the reader's own.
    own : list of 25 int, -9 to 9
        The reader's own weights, row by row of a kernel of 5 × 5; a smaller kernel takes its first rows and columns.
    photograph : str
        16 × 16 grey levels, a byte each, row by row, in base64.
    at_row, at_column : int, from 0
        The output cell that is shown; the page goes to the first cell where there is no such cell.
    """

    script = "sizes/stepper.js"
    operation = traitlets.Enum(OPERATIONS, "convolution").tag(sync=True)
    rows = traitlets.Int(7, min=1, max=16).tag(sync=True)
    columns = traitlets.Int(7, min=1, max=16).tag(sync=True)
    kernel_rows = traitlets.Int(3, min=1, max=5).tag(sync=True)
    kernel_columns = traitlets.Int(3, min=1, max=5).tag(sync=True)
    stride = traitlets.Int(1, min=1, max=3).tag(sync=True)
    padding = traitlets.Int(0, min=0, max=6).tag(sync=True)
    dilation = traitlets.Int(1, min=1, max=4).tag(sync=True)
    output_padding = traitlets.Int(0, min=0, max=3).tag(sync=True)
    axes = traitlets.Enum(["alike", "apart"], "alike").tag(sync=True)
    column_stride = traitlets.Int(1, min=1, max=3).tag(sync=True)
    column_padding = traitlets.Int(0, min=0, max=6).tag(sync=True)
    column_dilation = traitlets.Int(1, min=1, max=4).tag(sync=True)
    values = traitlets.Enum(["none", "numbers", "photograph"], "none").tag(sync=True)
    weights = traitlets.Enum(["edge", "blur", "own"], "edge").tag(sync=True)
    own = BoundedList(traitlets.Int(min=-9, max=9), SHARPEN, len(SHARPEN), len(SHARPEN))
    photograph = traitlets.Unicode().tag(sync=True, derived=True)
    at_row = traitlets.Int(0, min=0, max=LAST).tag(sync=True)
    at_column = traitlets.Int(0, min=0, max=LAST).tag(sync=True)

    @property
    def output_size(self):
        """Rows and columns of the output.

        Raises
        ------
        ValueError
            If the layer is refused; the message says why, and how to mend it.
        """
        return tuple(self._size(*axis) for axis in self._axes())

    def _axes(self):
        """Samples, kernel size, stride, padding and dilation of rows and of columns."""
        rows = self.stride, self.padding, self.dilation
        columns = (self.column_stride, self.column_padding, self.column_dilation) if self.axes == "apart" else rows
        return (self.rows, self.kernel_rows, *rows), (self.columns, self.kernel_columns, *columns)

    def _size(self, size, kernel_size, stride, padding, dilation):
        layer = {"stride": stride, "padding": padding, "dilation": dilation}
        if self.operation == "transposed":
            return conv_transpose_size(size, kernel_size, output_padding=self.output_padding, **layer)
        return conv_size(size, kernel_size, **layer)


def stepper_panel(key="walk", **state):
    """Return the stepper with sliders for the sizes and the layer.

    Parameters
    ----------
    key : str
        Name of the widget in the page's address.
    **state
        Where the reader starts: ``operation`` ("convolution" or "transposed"), ``rows`` and ``columns`` of the input
        (1 to 16), ``kernel_rows`` and ``kernel_columns`` (1 to 5), ``stride`` (1 to 3), ``padding`` (0 to 6),
        ``dilation`` (1 to 4), ``output_padding`` (0 to 3), ``values`` ("none", "numbers" or "photograph"),
        ``weights`` ("edge", "blur" or "own"), 25 weights ``own``, and the output cell ``at_row``, ``at_column``
        (from 0). With ``axes="apart"`` the columns have their own ``column_stride`` (1 to 3), ``column_padding``
        (0 to 6) and ``column_dilation`` (1 to 4).

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If there is no such trait, a number is out of range, or the layer is refused.
    """
    picture = Stepper(key=key, photograph=_photograph(), **state)
    rows, columns = picture.output_size
    if picture.at_row >= rows or picture.at_column >= columns:
        raise ValueError(
            f"at_row={picture.at_row}, at_column={picture.at_column} is no cell of an output of {rows} × {columns}"
        )
    labels = {
        "rows": "Input rows",
        "columns": "Input columns",
        "kernel_rows": "Kernel rows",
        "kernel_columns": "Kernel columns",
        "stride": "Stride",
        "padding": "Padding",
        "dilation": "Dilation",
        "output_padding": "Output padding",
    }
    apart = {f"column_{name}": f"Column {name}" for name in ("stride", "padding", "dilation")}
    sliders = {trait: linked_slider(picture, trait, label) for trait, label in (labels | apart).items()}
    show_when(sliders["output_padding"], picture, "operation", "transposed")
    for trait in apart:
        show_when(sliders[trait], picture, "axes", "apart")
    return Panel(list(sliders.values()), picture, above=True)


def _photograph():
    """Return matplotlib's portrait in 16 × 16 means, as the script wants it."""
    from hdclib.signal.figures import small_face  # loads matplotlib

    means = small_face().reshape(16, 4, 16, 4).mean(axis=(1, 3)).round().astype("uint8")
    return base64.b64encode(means.tobytes()).decode("ascii")
