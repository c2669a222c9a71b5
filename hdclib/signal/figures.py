"""Figures of the signal view: small pictures, frequency responses and bells. They draw the numbers they are given."""

import matplotlib.cbook
import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS, USAGE, folded, is_narrow, panels, single

LUMA = (0.299, 0.587, 0.114)  # weights of red, green and blue in a grey level, ITU-R BT.601
TOP, ROWS, COLUMNS = 12, 576, 512  # a part of the picture whose sides can be halved five times
LOBES = {"o": "second", "s": "hole", "^": "tap"}  # marks of three kinds of stacks, and the roles of their colours
FACE = slice(48, 304), slice(135, 391)


def plot_pictures(images, titles, columns=4, low=0.0, high=1.0):
    """Draw small pictures side by side on one grey scale. Return the list of Axes.

    Parameters
    ----------
    images : sequence of array of float, shape (rows, columns)
    titles : sequence of str
    columns : int
        Pictures in a row.
    low, high : float
        Values drawn lightest and darkest; what lies beyond is cut off in the drawing only.
    """
    axes = panels(len(images), columns, height=7.6 / columns + 0.28, narrow_height=2.02)
    for ax, image, title in zip(axes, images, titles, strict=True):
        ax.imshow(image, cmap=USAGE, vmin=low, vmax=high, interpolation="nearest")
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=9)
        for spine in ax.spines.values():
            spine.set(visible=True, color=COLOURS["line"])
    return axes


def plot_responses(frequencies, responses, titles, steps, columns=3):
    """Draw one frequency response a panel, with a dashed line where a common divisor makes it start again.

    Parameters
    ----------
    frequencies : array of float
        In cycles per sample, from 0 to 1.
    responses : sequence of array of float
        Gains at `frequencies`; their size is drawn.
    titles : sequence of str
    steps : sequence of int
        The common divisor of each stack.
    columns : int

    Returns
    -------
    axes : list of Axes
    """
    rows = -(-len(responses) // columns)
    axes = panels(len(responses), columns, height=1.75 + 0.3 / rows, sharex=True, sharey=True)
    for ax, response, title, step in zip(axes, responses, titles, steps, strict=True):
        ax.axvspan(0.5, 1, color=COLOURS["line"], alpha=0.35, linewidth=0)
        ax.plot(frequencies, np.abs(response), color=COLOURS["tap"])
        for part in range(1, step):
            ax.axvline(part / step, color=COLOURS["hole"], linestyle="--")
            ax.text(part / step, 1.06, f"{part}/{step}", color=COLOURS["hole"], ha="center", va="bottom", fontsize=9)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set(xlim=(0, 1), ylim=(0, 1.05), xticks=[0, 0.5, 1] if is_narrow() else [0, 0.25, 0.5, 0.75, 1])
        place = ax.get_subplotspec()
        ax.set_xlabel("cycles per sample" if place.is_last_row() else "")
        ax.set_ylabel("gain" if place.is_first_col() else "")
    return axes


def plot_spectra(energies, zeros, lobes, titles):
    """Draw the energy of the waves in the rows of some maps, with the place where a side lobe is foretold.

    What lies up to the first zero is shaded, since `measured_period` does not look there; a ring marks the highest
    peak beyond.

    Parameters
    ----------
    energies : sequence of array of float
        Of the frequencies from 0 to 1/2 in even steps.
    zeros, lobes : sequence of float
        Frequency of the first zero of each stack, and of its side lobe.
    titles : sequence of str

    Returns
    -------
    axes : list of Axes
    """
    axes = panels(len(energies), 2, height=2.1, narrow_height=2.1, sharey=True)
    for ax, energy, zero, lobe, title in zip(axes, energies, zeros, lobes, titles, strict=True):
        frequencies = np.linspace(0, 0.5, len(energy))
        seen = np.where(frequencies > zero, energy, 0)
        ax.axvspan(0, zero, color=COLOURS["line"], alpha=0.35, linewidth=0)
        ax.plot(frequencies, energy / seen.max(), ".-", color=COLOURS["tap"], linewidth=1)
        ax.axvline(lobe, color=COLOURS["hole"], linestyle="--")
        ax.plot(frequencies[seen.argmax()], 1, "o", color="black", fillstyle="none", markersize=9)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set(xlim=(0, 0.5), ylim=(0, 1.15), yticks=[], xlabel="cycles per sample", ylabel="energy")
    return axes


def plot_lobes(kinds, named, beside):
    """Draw the side lobe of each stack as a mark, with lines at a gain of 1/3 and a period of 4. Return the Axes.

    Parameters
    ----------
    kinds : dict of str to sequence of (float, tuple, float)
        By its name, a kind of mark each, at most three: gain, dilations and frequency.
    named : dict of tuple to str
        Whose dilations stand beside their mark, and on which side: "left" or "right".
    beside : dict of str to (float, float, tuple)
        Where the name of a kind stands, frequency and gain of its middle, and the dilations to whose mark a line leads.
    """
    ax = single(7.2, 3.6)
    for (kind, stacks), (mark, role) in zip(kinds.items(), LOBES.items(), strict=False):
        gains, _, places = zip(*stacks, strict=True)
        ax.plot(places, gains, mark, color=COLOURS[role], markersize=5)
        at = {dilations: (place, gain) for gain, dilations, place in stacks}
        _name_kind(ax, folded(f"{kind}, {len(stacks)} stacks", 20), beside[kind], at[beside[kind][2]], COLOURS[role])
    for gain, dilations, place in (one for stacks in kinds.values() for one in stacks if one[1] in named):
        turned = {"left": "right", "right": "left"}[named[dilations]]  # which end of the words is at the mark
        ax.text(place, gain, f"   {', '.join(map(str, dilations))}   ", ha=turned, va="center", fontsize=8)
    ax.axhline(1 / 3, color=COLOURS["quiet"], linewidth=0.8)
    ax.axvline(1 / 4, color=COLOURS["quiet"], linewidth=0.8)
    ax.set(xlabel="frequency of the side lobe", ylabel="its gain", ylim=(0, 1.15), yticks=[0, 0.25, 0.5, 0.75, 1])
    look = {"color": COLOURS["quiet"], "fontsize": 8, "textcoords": "offset points"}
    ax.annotate("1/3", (1, 1 / 3), xytext=(3, 0), xycoords=ax.get_yaxis_transform(), va="center", **look)
    ax.annotate("period 4", (1 / 4, 1), xytext=(0, 2), xycoords=ax.get_xaxis_transform(), ha="center", **look)
    return ax


def _name_kind(ax, words, beside, mark, colour):
    """The name of a kind of stacks, and a line in its colour to one of its marks."""
    line = {"arrowstyle": "-", "color": colour, "shrinkA": 0, "shrinkB": 2}
    look = {"ha": "center", "va": "center", "fontsize": 9, "arrowprops": line}
    ax.annotate(words, mark, xytext=beside[:2], **look)


def plot_waves(positions, waves, titles, columns=None):
    """Draw waves and mark the values that they have at the samples. Return the list of Axes.

    Parameters
    ----------
    positions : array of float
        In samples; where it is a whole number stands a dot.
    waves : sequence of array of float
        Values at `positions`, from -1 to 1.
    titles : sequence of str
    columns : int, optional
        Waves in a row; all if left out.
    """
    axes = panels(len(waves), columns, height=1.15, narrow_height=1.05, sharey=True)
    whole = positions == np.round(positions)
    for ax, wave, title in zip(axes, waves, titles, strict=True):
        ax.plot(positions, wave, color=COLOURS["second"], linewidth=1.2)
        ax.plot(positions[whole], wave[whole], "o", color=COLOURS["tap"], markersize=4)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set(xticks=[], yticks=[], ylim=(-1.25, 1.25))
        ax.spines[["left", "bottom"]].set_visible(False)
    return axes


def plot_bells(weights, bells, titles, columns=3):
    """Draw the weights of some stacks as bars and the matching bell of each as a line. Return the list of Axes.

    Parameters
    ----------
    weights : sequence of array of float
    bells : sequence of array of float
        From the first sample to the last, with as many points between two samples as you like.
    titles : sequence of str
    columns : int
    """
    axes = panels(len(weights), columns, height=1.9)
    for ax, bars, bell, title in zip(axes, weights, bells, titles, strict=True):
        position = np.arange(len(bars)) - (len(bars) - 1) / 2
        ax.bar(position, bars, width=1.0 if len(bars) > 60 else 0.85, color=COLOURS["tap"], label="weight")
        finer = np.linspace(position[0], position[-1], len(bell))
        ax.plot(finer, bell, color=COLOURS["second"], linewidth=2.2, label="bell")
        ax.set_title(title, fontsize=10, loc="left")
        ax.set(yticks=[], xlim=(position[0] - 1, position[-1] + 1))
        ax.spines["left"].set_visible(False)
        ax.set_xlabel("sample" if ax.get_subplotspec().is_last_row() else "")
    if is_narrow():
        axes[0].figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    else:
        axes[0].legend(fontsize=8, loc="upper right", handlelength=1.2, borderaxespad=0)
    return axes


def portrait():
    """Return the portrait of Grace Hopper that ships with matplotlib, in grey.

    The photograph is an official one of the US Navy and in the public domain. Nothing is downloaded.

    Returns
    -------
    image : ndarray of uint8, shape (576, 512)
        The original without its 12 first and 12 last rows; 0 is black.
    """
    photograph = matplotlib.cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
    colour = plt.imread(photograph, format="jpg")
    grey = np.rint(colour.astype(float) @ LUMA).astype(np.uint8)
    return grey[TOP : TOP + ROWS, :COLUMNS]


def small_face():
    """Return the face of `portrait`, each pixel the mean of 4 × 4.

    Returns
    -------
    image : ndarray of uint8, shape (64, 64)
    """
    face = portrait()[FACE].astype(float)
    return np.rint(face.reshape(64, 4, 64, 4).mean(axis=(1, 3))).astype(np.uint8)


def plot_images(images, titles, columns=None, height=2.4):
    """Draw grey images side by side, pixel by pixel. Return the list of Axes.

    Parameters
    ----------
    images : list of arrays, shape (rows, columns)
        Grey levels from 0, black, to 255, white.
    titles : list of str
    columns : int, optional
        Images in a row; all if left out.
    height : float
        Inches of a row.
    """
    axes = panels(len(images), columns, height, narrow_height=2 if columns == 2 else height)
    for ax, image, title in zip(axes, images, titles, strict=True):
        ax.set_axis_off()
        ax.imshow(image, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        ax.set_title(title, fontsize=9)
    return axes
