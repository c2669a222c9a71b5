"""What a trait may be, in one form for Python, the script and the page's address."""

import traitlets

from hdclib.checks import shown


class BoundedList(traitlets.List):
    """A list of whole numbers or words, from `fewest` to `most` of them, each as `entry` allows.

    Parameters
    ----------
    entry : traitlets.Int or traitlets.Enum
        An ``Int`` with both bounds, or an ``Enum``.
    default : sequence
    fewest, most : int
    spare : sequence, optional
        What entries start with that the reader adds; those of `default` come first.
    formerly : dict of str to str, optional
        How addresses wrote the list before it was one: ``entry``, a name that a number followed, such as
        "dilation" for ``dilation_2``, and ``length``, the name of the number of entries.
    """

    def __init__(self, entry, default=(), fewest=1, most=1, spare=(), formerly=None):
        super().__init__(entry, list(default), minlen=fewest, maxlen=most)
        self.entry, self.fewest, self.most = entry, fewest, most
        self.spare = [*default, *spare[len(default) :]]
        self.tag(sync=True, formerly=formerly or {})

    def validate_elements(self, obj, value):
        """Name the list, the entry and what is allowed where one is not."""
        for place, given in enumerate(value):
            try:
                self.entry._validate(obj, given)  # as traitlets' own containers do
            except traitlets.TraitError:
                allowed = _words(bounds_of(self.entry))
                raise traitlets.TraitError(f"{self.name}[{place}] must be {allowed}, got {shown(given)}") from None
        return super().validate_elements(obj, value)


def bounds_of(trait):
    """Return what a trait may be, for the script and for the page's address.

    Parameters
    ----------
    trait : traitlets.TraitType

    Returns
    -------
    bounds : dict
        ``options`` of a choice; ``min`` and ``max`` of a whole number, and its ``step`` where that is tagged; of a
        list what an entry may be, with ``fewest``, ``most``, ``spare`` and ``formerly``. Empty for any other trait.

    Examples
    --------
    >>> bounds_of(traitlets.Int(3, min=2, max=5))
    {'min': 2, 'max': 5}
    """
    if isinstance(trait, BoundedList):
        length = {"fewest": trait.fewest, "most": trait.most, "spare": trait.spare}
        return {**bounds_of(trait.entry), **length, "formerly": trait.metadata["formerly"]}
    if isinstance(trait, traitlets.Enum):
        return {"options": list(trait.values or ())}
    if isinstance(trait, traitlets.Bool):
        return {"options": [True, False]}
    if isinstance(trait, traitlets.Int) and None not in (trait.min, trait.max):
        step = {"step": trait.metadata["step"]} if "step" in trait.metadata else {}
        return {"min": trait.min, "max": trait.max, **step}
    return {}


def _words(bounds):
    if "options" in bounds:
        return f"one of {', '.join(map(str, bounds['options']))}"
    return f"a whole number from {bounds['min']} to {bounds['max']}"


def dilations_trait(default, largest, fewest=1, most=None, spare=()):
    """Return the list trait of a stack's dilations, first layer first.

    Parameters
    ----------
    default : sequence of int
    largest : int
        Largest dilation.
    fewest, most : int
        Layers that the stack can have; both as many as in `default` where `most` is left out.
    spare : sequence of int, optional
        See `BoundedList`.
    """
    least, largest_count = (len(default), len(default)) if most is None else (fewest, most)
    formerly = {"entry": "dilation", "length": "layers"} if least < largest_count else {"entry": "dilation"}
    return BoundedList(traitlets.Int(min=1, max=largest), default, least, largest_count, spare, formerly)
