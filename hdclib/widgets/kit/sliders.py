"""ipywidgets sliders joined to traits, in the page and in Python, and the panel that holds them."""

import ipywidgets
import traitlets

from hdclib.widgets.kit.base import Scripted

BESIDE = {"flex": "0 1 300px", "margin": "0 16px 0 0"}
ABOVE = {"flex": "1 1 100%", "display": "grid", "grid_template_columns": "repeat(auto-fill, minmax(260px, 1fr))"}


class Panel(ipywidgets.Box):
    """Sliders beside the picture that they move, or in columns above a wide one; wraps on a narrow screen."""

    def __init__(self, controls, picture, above=False):
        self.picture = picture
        column = ipywidgets.VBox(controls, layout=ABOVE if above else BESIDE)
        stage = ipywidgets.Box([picture], layout={"flex": "1 1 340px", "min_width": "0", "overflow": "visible"})
        picture.layout.width = "100%"
        layout = {"display": "flex", "flex_flow": "row wrap", "overflow": "visible"}
        super().__init__([column, stage], layout=layout)

    def __repr__(self):
        return f"Panel({self.picture!r})"


class SliderStack(Scripted):
    """Joins a list trait to sliders: one for each entry it can have, and one for how many it has.

    jslink joins single values only. Sliders of entries that the list does not have are hidden, and keep what the
    entry will be if it comes back.
    """

    script = "kit/slider_stack.js"
    target = traitlets.Instance(ipywidgets.Widget).tag(sync=True, **ipywidgets.widget_serialization)
    trait = traitlets.Unicode().tag(sync=True)
    sliders = traitlets.List().tag(sync=True, **ipywidgets.widget_serialization)
    depth = traitlets.Instance(ipywidgets.Widget, allow_none=True).tag(sync=True, **ipywidgets.widget_serialization)


class ShownWhen(Scripted):
    """Shows a slider while a trait of the picture has one value, and hides it else."""

    script = "kit/shown_when.js"
    target = traitlets.Instance(ipywidgets.Widget).tag(sync=True, **ipywidgets.widget_serialization)
    trait = traitlets.Unicode().tag(sync=True)
    value = traitlets.Any().tag(sync=True)
    slider = traitlets.Instance(ipywidgets.Widget).tag(sync=True, **ipywidgets.widget_serialization)


def linked_slider(widget, trait, description):
    """Return an ipywidgets slider joined to a whole-number trait, in the page and in Python.

    Parameters
    ----------
    widget : PageWidget
    trait : str
        An ``Int`` trait with both bounds.
    description : str
        The slider's label.
    """
    bounds = widget.bounds[trait]
    slider = _slider(getattr(widget, trait), bounds["min"], bounds["max"], description, bounds.get("step", 1))
    ipywidgets.jslink((slider, "value"), (widget, trait))
    return slider


def stacked_sliders(widget, trait, description, depth=None):
    """Return ipywidgets sliders joined to the entries of a list trait, in the page and in Python.

    Parameters
    ----------
    widget : PageWidget
    trait : str
        A `BoundedList` of whole numbers.
    description : str
        The sliders' label; a number follows it.
    depth : str, optional
        Label of a slider for the number of entries, which comes first.
    """
    bounds, values = widget.bounds[trait], getattr(widget, trait)
    starts = [*values, *bounds["spare"][len(values) :]]
    sliders = [_slider(start, bounds["min"], bounds["max"], f"{description} {n}") for n, start in enumerate(starts, 1)]
    for slider in sliders[len(values) :]:
        slider.layout.display = "none"
    first = _slider(len(values), bounds["fewest"], bounds["most"], depth) if depth else None
    SliderStack(target=widget, trait=trait, sliders=sliders, depth=first)
    return [first, *sliders] if first else sliders


def show_when(slider, widget, trait, value):
    """Show `slider` only while a trait of `widget` has this value."""
    slider.layout.display = "flex" if getattr(widget, trait) == value else "none"
    ShownWhen(target=widget, trait=trait, value=value, slider=slider)


def _slider(value, least, most, description, step=1):
    return ipywidgets.IntSlider(
        value=value,
        min=least,
        max=most,
        step=step,
        description=description,
        style={"description_width": "8.5em"},
        layout={"width": "100%", "max_width": "340px"},
    )
