"""What all widgets of the book share."""

import anywidget
import ipywidgets
import traitlets

from hdclib.widgets.page_script import page_script, page_style


class PageWidget(anywidget.AnyWidget):
    """A picture whose state is a few checked traits; its script draws it with and without a kernel.

    A subclass names its script in ``script`` and lists its traits; those that follow from others are tagged
    ``derived=True``. ``key`` names the widget in the page's address; give each widget of a page its own.
    """

    script = None
    key = traitlets.Unicode("").tag(sync=True)
    page_script = traitlets.Unicode("").tag(sync=True)

    def __init_subclass__(cls, **kwargs):
        if "script" in vars(cls):  # not for the classes that traitlets derives when it adds a trait
            cls._esm = page_script(cls.script)
            cls._css = page_style()
        super().__init_subclass__(**kwargs)

    def __init__(self, **state):
        unknown = sorted(set(state) - set(self.own_traits()) - {"layout"})
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {unknown[0]!r}; it has {', '.join(self.own_traits())}")
        super().__init__(page_script=self.script, **state)

    @classmethod
    def own_traits(cls):
        """Names of the traits that make up the state, in the order of their definition."""
        hidden = set(anywidget.AnyWidget.class_trait_names()) | {"page_script"}
        return [name for name in _defined(cls) if name not in hidden and not name.startswith("_")]

    def __repr__(self):
        shown = [name for name in self.own_traits() if name != "key" and not self.trait_metadata(name, "derived")]
        state = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__name__}({state})"


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


def linked_slider(widget, trait, description, step=1):
    """Return an ipywidgets slider joined to a whole-number trait, in the page and in Python.

    Parameters
    ----------
    widget : PageWidget
    trait : str
        An ``Int`` trait with both bounds.
    description : str
        The slider's label.
    step : int
        Distance between neighbouring values.
    """
    bounds = widget.traits()[trait]
    slider = ipywidgets.IntSlider(
        value=getattr(widget, trait),
        min=bounds.min,
        max=bounds.max,
        step=step,
        description=description,
        style={"description_width": "8.5em"},
        layout={"width": "100%", "max_width": "340px"},
    )
    ipywidgets.jslink((slider, "value"), (widget, trait))
    return slider


def _defined(cls):
    """Trait names of the classes from PageWidget down, in source order."""
    names = []
    for base in reversed(cls.__mro__):
        names += [name for name, value in vars(base).items() if isinstance(value, traitlets.TraitType)]
    return list(dict.fromkeys(names))
