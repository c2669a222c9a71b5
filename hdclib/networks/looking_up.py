"""What a reader wants to know who looks a published part up: its dilations in words, and whether its holes matter."""

from itertools import groupby

from hdclib.checks import shown, sized, text
from hdclib.gridding.counts import tap_counts
from hdclib.gridding.reading import coverage
from hdclib.layers import Cascade, ConvLayer, Parallel
from hdclib.networks.catalogue import Published
from hdclib.tables import Table

NO_HOLE = "no hole in the picture"
HOLES = "holes in the picture"
ADDS_NONE = "adds no hole"
DEPENDS = "depends on what stands before"
GAIN = "gain reported"
GRID = "grid reported"
BORROWED = "rest torchvision's"
NOT_ASKED = "–"
COLUMNS = "part", "verdict", "views with holes", "dilations, input first", "from", "read of its map, alone"


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

    Raises
    ------
    TypeError
        If `module` is none of the three.

    Examples
    --------
    >>> from hdclib import published_part
    >>> from hdclib.networks import dilations_in_words
    >>> dilations_in_words(published_part("torchvision", "layer3 to DeepLab head").module)
    '[1, 2 (6 times), 4, 4, (1 × 1 | 12 | 24 | 36), 1]'
    """
    if isinstance(_checked(module), ConvLayer):
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
    module : ConvLayer, Cascade or Parallel

    Returns
    -------
    layers : int
        All ordinary layers at its end if it is without holes only thanks to them, 0 for all other modules.

    Raises
    ------
    TypeError
        If `module` is none of the three.

    Examples
    --------
    >>> from hdclib import published_part
    >>> from hdclib.networks import closing_layers
    >>> [closing_layers(published_part("DRN-C-26", part).module) for part in ("levels 5 and 6", "levels 5 to 8")]
    [0, 2]
    """
    if not isinstance(_checked(module), Cascade) or not _is_full(module):
        return 0
    count = 0
    for layer in reversed(module.parts):
        if not isinstance(layer, ConvLayer) or layer.dilation > 1 or layer.kernel_size == 1:
            break
        count += 1
    others = module.parts[: len(module.parts) - count]
    return 0 if not others or _is_full(Cascade(others)) else count


def verdict(part):
    """Return in plain words where a published part has holes.

    Where the whole network is known, it is asked which share of the picture it reads, up to the end of the part.

    Parameters
    ----------
    part : Published

    Returns
    -------
    verdict : str
        "no hole in the picture" or "holes in the picture" where the whole network is known. Elsewhere "adds no hole"
        for a part that reads every position of its map, alone or with the layer beside it, and "depends on what stands
        before".

    Raises
    ------
    TypeError
        If `part` is no `Published`.

    Examples
    --------
    >>> from hdclib import published_part
    >>> from hdclib.networks import verdict
    >>> verdict(published_part("PSPNet", "layer3 and layer4"))
    'no hole in the picture'
    >>> verdict(published_part("DeepLab v1", "LargeFOV, convolutions"))
    'depends on what stands before'
    """
    _check("part", part)
    return _told(part, part.report())


def _check(name, part):
    if not isinstance(part, Published):
        raise TypeError(f"{name} must be a Published, as published() lists them, got {shown(part)}")


def _told(part, report):
    if report is not None:
        return HOLES if report.input.has_holes else NO_HOLE
    if _is_full(part.module, part.axes, part.align):
        return ADDS_NONE
    if part.beside and _is_full(Parallel([part.module, ConvLayer(part.beside)])):
        return f"{ADDS_NONE}, with the {part.beside} × {part.beside} kernel beside it"
    return DEPENDS


def look_up(parts, anchor):
    """Return a table of published parts to look names up in, sorted by name.

    Parameters
    ----------
    parts : sequence of Published
        Of networks for images.
    anchor : str
        What the address of a part's source begins with; its key in the bibliography follows.

    Returns
    -------
    table : Table
        Part, with the function of torchvision that makes it, or the ResNet that it was counted in; verdict, with the
        share of the picture that is read where it is not all, with "gain reported" where its authors report a gain from
        what they changed against the grid, and "grid reported" where they saw one; the views with holes among those of
        kernels wider than 1 × 1, in the whole network up to the end of the part, a dash where there is none; dilations;
        whether these were read in its authors' "code" or in the "paper", with a word where the rest of the network is
        torchvision's instead of theirs; and the share that the part reads of the map before it, taken out of its
        network.

    Raises
    ------
    TypeError
        If `parts` is no list or tuple, or one of them is no `Published`, or `anchor` is no text.

    Examples
    --------
    >>> from hdclib import published_part
    >>> from hdclib.networks import look_up
    >>> look_up([published_part("DRN-C-26", "levels 5 to 8")], "#").rows[0][1:3]
    ['no hole in the picture; gain reported', '0 of 25']
    """
    for place, part in enumerate(sized("parts", parts)):
        _check(f"parts[{place}]", part)
    text("anchor", anchor)
    by_name = sorted(parts, key=lambda part: part.name.lower())
    links = [f"{anchor}{part.source}" for part in by_name]
    return Table(COLUMNS, [_row(part) for part in by_name], links, "Name of a network:")


def _row(part):
    report = part.report()
    views = NOT_ASKED
    if report is not None:
        views = f"{len(report.views_with_holes)} of {len(report.wide_views)}"
    read = f", {_share(report.input)} read" if report is not None and report.input.has_holes else ""
    told = [_told(part, report) + read, *[word for word, so in ((GAIN, part.gain), (GRID, part.grid)) if so]]
    source = ("code" if part.code else "paper") + (f"; {BORROWED}" if part.borrowed else "")
    closing = closing_layers(part.module)
    alone = _share(coverage(part.module)) + (f", by its last {closing} layers" if closing else "")
    name = f"{part.name}, {part.part}{_where(part)}"
    return name, "; ".join(told), views, dilations_in_words(part.module), source, alone


def _where(part):
    """In which networks the verdict holds, by the names that a reader knows them by."""
    if part.function:
        return ", of " + " or ".join(f"{part.function}_resnet{depth}" for depth in part.depths)
    return ", in a " + " or ".join(f"ResNet-{depth}" for depth in part.depths) if part.depths else ""


def _share(found):
    return "all" if found.share == 1 else f"{found.share:.1%}"


def _checked(module):
    if not isinstance(module, ConvLayer | Cascade | Parallel):
        raise TypeError(f"module must be a ConvLayer, Cascade or Parallel, got {shown(module)}")
    return module


def _is_full(module, axes=2, align="centre"):
    if axes == 1:
        return bool((tap_counts(module, align=align) > 0).all())
    return coverage(module, align=align).hole_free
