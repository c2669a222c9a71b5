"""What a reader wants to know who looks a published part up: its dilations in words, and whether its holes matter."""

from itertools import groupby

from hdclib.gridding.counts import tap_counts
from hdclib.gridding.reading import coverage
from hdclib.layers import Cascade, ConvLayer, Parallel
from hdclib.tables import Table

NOTHING = "nothing to do"
HOLES = "holes at the picture"
ADDS_NONE = "adds no hole"
DEPENDS = "depends on what stands before"
ORDER = HOLES, DEPENDS, ADDS_NONE, NOTHING  # what needs a look comes first
COLUMNS = ["part", "verdict", "dilations, input first", "alone", "along an axis", "behind a layer", "from"]


def dilations_in_words(module):
    """Return the dilations of a module in one line, the input first.

    Square brackets hold layers one after the other, round ones layers side by side. Kernels are of size 3 unless the
    line says otherwise.

    Parameters
    ----------
    module : ConvLayer, Cascade or Parallel

    Returns
    -------
    words : str

    Examples
    --------
    >>> from hdclib.networks import dilations_in_words, published_part
    >>> dilations_in_words(published_part("torchvision", "layer3 to DeepLab head").module)
    '[1, 2 (6 times), 4, 4, (1 × 1 | 12 | 24 | 36), 1]'
    """
    if isinstance(module, ConvLayer):
        size, dilation = module.kernel_size, module.dilation
        return {1: "1 × 1", 3: str(dilation)}.get(size, f"{dilation} (k = {size})")
    parts = [dilations_in_words(part) for part in module.parts]
    if isinstance(module, Cascade):
        return f"[{', '.join(_run(part, len(list(run))) for part, run in groupby(parts))}]"
    if isinstance(module.parts[-1], Cascade):  # one cascade, tapped everywhere
        return f"{parts[-1]}, partial outputs added"
    return f"({' | '.join(parts)})"


def _run(part, times):
    return f"{part} ({times} times)" if times > 2 else ", ".join([part] * times)


def closing_layers(module):
    """Return how many ordinary layers at the end of a cascade it needs to be without holes.

    Parameters
    ----------
    module : Cascade or Parallel

    Returns
    -------
    layers : int
        All ordinary layers at its end if it is without holes only thanks to them, 0 for all other modules.

    Examples
    --------
    >>> from hdclib import published_part
    >>> from hdclib.networks import closing_layers
    >>> [closing_layers(published_part("DRN-C-26", part).module) for part in ("levels 5 and 6", "levels 5 to 8")]
    [0, 2]
    """
    if not isinstance(module, Cascade) or not _is_full(module):
        return 0
    count = 0
    for layer in reversed(module.parts):
        if not isinstance(layer, ConvLayer) or layer.dilation > 1 or layer.kernel_size == 1:
            break
        count += 1
    others = module.parts[: len(module.parts) - count]
    return 0 if not others or _is_full(Cascade(others)) else count


def verdict(part):
    """Return in plain words what to do about the holes of a published part.

    Where the whole network is known, it is asked which share of the picture it reads, up to the end of the part.

    Parameters
    ----------
    part : Published

    Returns
    -------
    verdict : str
        "nothing to do" or "holes at the picture" where the whole network is known. Elsewhere "adds no hole" for a part
        that reads every position of its map, alone or with the layer beside it, and "depends on what stands before".

    Examples
    --------
    >>> from hdclib import published_part
    >>> from hdclib.networks import verdict
    >>> verdict(published_part("PSPNet", "layer3 and layer4"))
    'nothing to do'
    >>> verdict(published_part("DenseASPP", "dilations 3 to 24"))
    'depends on what stands before'
    """
    report = part.report()
    if report is not None:
        return HOLES if report.input.has_holes else NOTHING
    if _is_full(part.module, part.axes, part.align):
        return ADDS_NONE
    if part.beside and _is_full(Parallel([part.module, ConvLayer(part.beside)])):
        return f"{ADDS_NONE}, with the {part.beside} × {part.beside} kernel beside it"
    return DEPENDS


def look_up(parts, anchor):
    """Return a table of published parts to look names up in, those first that need a look.

    Parameters
    ----------
    parts : sequence of Published
        Of networks for images.
    anchor : str
        What the address of a part's source begins with; its key in the bibliography follows.

    Returns
    -------
    table : Table
        Part, verdict, dilations; the share of pixels that it reads of the map before it and the positions along an
        axis; that share with an ordinary 3 × 3 layer in front; and whether its dilations were read in its authors'
        "code" or in the "paper".

    Examples
    --------
    >>> from hdclib.networks import look_up, published_part
    >>> look_up([published_part("DRN-C-26", "levels 5 to 8")], "#").rows[0][3:]
    ['all, by its last 2 layers', '61 of 61', 'all', 'code']
    """
    rows = [_row(part) for part in parts]
    places = sorted(range(len(rows)), key=lambda at: (ORDER.index(rows[at][1].split(",")[0]), parts[at].name.lower()))
    links = [f"{anchor}{parts[at].source}" for at in places]
    return Table(COLUMNS, [rows[at] for at in places], links, "Name of a network:")


def _row(part):
    found, closing = coverage(part.module), closing_layers(part.module)
    alone = _share(found) + (f", by its last {closing} layers" if closing else "")
    behind = _share(coverage(Cascade([ConvLayer(3), part.module])))
    source = "code" if part.code else "paper"
    name, along = f"{part.name}, {part.part}", f"{found.read} of {found.span}"
    return name, verdict(part), dilations_in_words(part.module), alone, along, behind, source


def _share(found):
    return "all" if found.share == 1 else f"{found.share:.1%}"


def _is_full(module, axes=2, align="centre"):
    if axes == 1:
        return bool((tap_counts(module, align=align) > 0).all())
    return coverage(module, align=align).share == 1
