"""What all widgets of the book share."""

import anywidget
import traitlets

from hdclib.widgets.kit import live
from hdclib.widgets.kit.bounds import bounds_of
from hdclib.widgets.kit.page_script import page_style, script_of


class Scripted(anywidget.AnyWidget):
    """A model with a script of ``hdclib/widgets``, which a subclass names in ``script``."""

    script: str | None = None
    page_script = traitlets.Unicode("").tag(sync=True)

    def __init_subclass__(cls, **kwargs):
        if "script" in vars(cls):  # not for the classes that traitlets derives when it adds a trait
            cls._esm = script_of(cls.script)
            cls._css = page_style()
        super().__init_subclass__(**kwargs)

    def __init__(self, **state):
        super().__init__(page_script=self.script, **state)
        if live.is_asked_for():
            live.keep_fresh(self)


class PageWidget(Scripted):
    """A picture whose state is a few checked traits; its script draws it with and without a kernel.

    A subclass names its script in ``script`` and lists its traits; those that follow from others are tagged
    ``derived=True``. ``key`` names the widget in the page's address; give each widget of a page its own. ``bounds``
    tells the script what each trait may be: it is read from the traits.
    """

    key = traitlets.Unicode("").tag(sync=True)
    bounds = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state):
        unknown = sorted(set(state) - set(self.own_traits()) - {"layout"})
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {unknown[0]!r}; it has {', '.join(self.own_traits())}")
        super().__init__(**state)

    @traitlets.default("bounds")
    def _read_bounds(self):
        return self.read_bounds()

    def read_bounds(self):
        """Return what each trait may be, as `bounds_of` writes it."""
        found = {name: bounds_of(self.traits()[name]) for name in self.own_traits()}
        return {name: bounds for name, bounds in found.items() if bounds}

    @classmethod
    def own_traits(cls):
        """Names of the traits that make up the state, in the order of their definition."""
        hidden = set(anywidget.AnyWidget.class_trait_names()) | {"page_script", "bounds"}
        return [name for name in _defined(cls) if name not in hidden and not name.startswith("_")]

    def __repr__(self):
        shown = [name for name in self.own_traits() if name != "key" and not self.trait_metadata(name, "derived")]
        state = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__name__}({state})"


def _defined(cls):
    """Trait names of the classes from PageWidget down, in source order."""
    names = []
    for base in reversed(cls.__mro__):
        names += [name for name, value in vars(base).items() if isinstance(value, traitlets.TraitType)]
    return list(dict.fromkeys(names))
