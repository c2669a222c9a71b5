"""Where the patches of a figure lie, whichever kind matplotlib draws: `axvspan` has changed its own."""


def spans(ax):
    """Return from where to where along x each patch of an Axes reaches, as a list of pairs."""
    boxes = [patch.get_path().transformed(patch.get_patch_transform()).get_extents() for patch in ax.patches]
    return [tuple(box.intervalx.tolist()) for box in boxes]
