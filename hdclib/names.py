"""Public names: imported when they are first asked for (PEP 562), and where a reader finds each."""

import sys
from importlib import import_module

TOPICS = ("gridding", "networks", "rules", "signal", "sizes", "training")
GONE = {  # names of earlier releases, and what does the same
    "ModuleCoverage": "hdclib.gridding.Coverage",
    "hole_free_views": "hdclib.rules.hole_free_pairs",
    "joined": "hdclib.Cascade, or hdclib.networks.Parallel, summed or with_skips",
    "module_counts": "hdclib.tap_counts, or hdclib.usage_map for images",
    "module_coverage": "hdclib.coverage",
    "module_span": "hdclib.receptive_field",
    "trained": "hdclib.training.scores",
    "trained_comparisons": "hdclib.training.comparisons",
    "trained_conditions": "hdclib.training.conditions",
    "trained_made": "hdclib.training.made",
    "trained_pictures": "hdclib.training.pictures",
    "trained_runs": "hdclib.training.runs",
    "trained_seeds": "hdclib.seeds",
    "widest_hole_free": "hdclib.place_values([kernel_size] * depth)",
}


def lazy_names(package, homes, packages=(), hint=lambda name: ""):
    """Return what makes names of a package that are imported when they are first asked for.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    homes : dict of str to tuple of str
        The names that each module below ``hdclib`` holds.
    packages : sequence of str
        Packages inside of this one that are imported in the same way. They are no part of ``__all__``, since a star
        would put `signal` in place of Python's own.
    hint : callable
        What to add to the error about an unknown name.

    Returns
    -------
    names, get, list_all : list, callable, callable
        The package's ``__all__``, ``__getattr__`` and ``__dir__``.
    """
    home = {name: f"hdclib.{module}" for module, names in homes.items() for name in names}
    members = sys.modules[package].__dict__

    def __getattr__(name):
        if name in packages:
            return import_module(f"{package}.{name}")
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}{hint(name)}")
        members[name] = value = getattr(import_module(home[name]), name)
        return value

    def __dir__():
        return sorted({*members, *home, *packages})

    return sorted(home), __getattr__, __dir__


def public_names():
    """Return where a reader finds each public name, such as "hdclib.coverage" or "hdclib.signal.side_lobe"."""
    packages = [*(f"hdclib.{topic}" for topic in TOPICS), "hdclib"]  # what stands at the top is found there
    return {name: f"{package}.{name}" for package in packages for name in import_module(package).__all__}


def new_home(name):
    """Return ": it is ..." for a name that stands elsewhere today, else nothing."""
    home = None if name.startswith("_") else GONE.get(name) or public_names().get(name)
    return f": it is {home}" if home else ""
