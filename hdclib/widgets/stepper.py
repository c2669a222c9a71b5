"""A kernel that walks over its input: which inputs each output reads, and which outputs each input feeds."""

import ipywidgets
import traitlets

from hdclib.sizes import conv_size, conv_transpose_size
from hdclib.widgets.base import PageWidget, Panel, linked_slider

OPERATIONS = ("convolution", "transposed")
LAST = 43  # the largest output has 44 samples along an axis


class Stepper(PageWidget):
    """One layer on a small image, and the output cell that is being made.

    Attributes
    ----------
    operation : {"convolution", "transposed"}
    rows, columns : int, 1 to 9
        Size of the input.
    kernel_rows, kernel_columns : int, 1 to 5
    stride : int, 1 to 3
    padding : int, 0 to 6
    dilation : int, 1 to 4
    output_padding : int, 0 to 3
        Used by a transposed convolution only. All four act on both axes.
    at_row, at_column : int, from 0
        The output cell that is shown; the page goes to the first cell where there is no such cell.
    """

    script = "stepper.js"
    operation = traitlets.Enum(OPERATIONS, "convolution").tag(sync=True)
    rows = traitlets.Int(7, min=1, max=9).tag(sync=True)
    columns = traitlets.Int(7, min=1, max=9).tag(sync=True)
    kernel_rows = traitlets.Int(3, min=1, max=5).tag(sync=True)
    kernel_columns = traitlets.Int(3, min=1, max=5).tag(sync=True)
    stride = traitlets.Int(1, min=1, max=3).tag(sync=True)
    padding = traitlets.Int(0, min=0, max=6).tag(sync=True)
    dilation = traitlets.Int(1, min=1, max=4).tag(sync=True)
    output_padding = traitlets.Int(0, min=0, max=3).tag(sync=True)
    at_row = traitlets.Int(0, min=0, max=LAST).tag(sync=True)
    at_column = traitlets.Int(0, min=0, max=LAST).tag(sync=True)
    display_output_padding = traitlets.Unicode("none").tag(sync=True, derived=True)

    @property
    def output_size(self):
        """Rows and columns of the output.

        Raises
        ------
        ValueError
            If the layer is refused; the message says why, and how to mend it.
        """
        shapes = (self.rows, self.kernel_rows), (self.columns, self.kernel_columns)
        layer = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}
        if self.operation == "transposed":
            layer["output_padding"] = self.output_padding
            return tuple(conv_transpose_size(*shape, **layer) for shape in shapes)
        return tuple(conv_size(*shape, **layer) for shape in shapes)


def stepper_panel(key="walk", **state):
    """Return the stepper with sliders for the sizes and the layer.

    Parameters
    ----------
    key : str
        Name of the widget in the page's address.
    **state
        Where the reader starts: ``operation`` ("convolution" or "transposed"), ``rows`` and ``columns`` of the input
        (1 to 9), ``kernel_rows`` and ``kernel_columns`` (1 to 5), ``stride`` (1 to 3), ``padding`` (0 to 6),
        ``dilation`` (1 to 4), ``output_padding`` (0 to 3), and the output cell ``at_row``, ``at_column`` (from 0).

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If there is no such trait, a number is out of range, or the layer is refused.
    """
    shown = "flex" if state.get("operation") == "transposed" else "none"
    picture = Stepper(key=key, display_output_padding=shown, **state)
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
    sliders = {trait: linked_slider(picture, trait, label) for trait, label in labels.items()}
    sliders["output_padding"].layout.display = shown
    ipywidgets.jsdlink((picture, "display_output_padding"), (sliders["output_padding"].layout, "display"))
    return Panel(list(sliders.values()), picture, above=True)
