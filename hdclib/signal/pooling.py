"""What pooling keeps of an image, and what enlarging cannot bring back. Images are (row, column)."""

import numpy as np

from hdclib.checks import as_image, one_of, room_for, shown, whole_number

#: How four pixels become one: name → function of the four quarter images, top left first.
POOLINGS = {
    "max": lambda quarters: np.max(quarters, axis=0),
    "average": lambda quarters: np.mean(quarters, axis=0),
    "stride": lambda quarters: quarters[0],
}
ENLARGINGS = ("nearest", "bilinear")


def pool_image(image, times=1, kind="max"):
    """Pool an image 2 × 2 with stride 2, several times over.

    Parameters
    ----------
    image : array of numbers, shape (rows, columns)
        Both sides must be multiples of ``2 ** times``.
    times : int
        How often; 5 times is what VGG16 does.
    kind : str
        "max", "average", or "stride", which keeps the top left pixel of four and forgets the others.

    Returns
    -------
    pooled : ndarray of float, shape (rows / 2**times, columns / 2**times)

    Raises
    ------
    TypeError, ValueError
        If a side cannot be halved so often, or an argument is not allowed.

    Examples
    --------
    >>> from hdclib.signal import pool_image
    >>> pool_image([[1, 2, 5, 0], [3, 4, 0, 0]])
    array([[4., 5.]])
    """
    image = as_image("image", image)
    times = whole_number("times", times, 0)
    one_of("kind", kind, POOLINGS)
    if times > max(image.shape).bit_length() or any(side % 2**times for side in image.shape):
        rows, columns = image.shape
        raise ValueError(f"image is {rows} × {columns}, its sides cannot be halved {shown(times)} times")
    for _ in range(times):
        quarters = np.stack([image[row::2, column::2] for row in (0, 1) for column in (0, 1)])
        image = POOLINGS[kind](quarters)
    return image


def enlarge(image, factor, kind="nearest"):
    """Enlarge an image by a whole factor, as decoders without skip connections do.

    Parameters
    ----------
    image : array of numbers, shape (rows, columns)
    factor : int
        At least 1.
    kind : str
        "nearest" repeats each pixel; "bilinear" draws straight lines between pixel centres, flat at the edges.

    Returns
    -------
    enlarged : ndarray of float, shape (rows * factor, columns * factor)

    Raises
    ------
    TypeError, ValueError
        If an argument is not allowed.

    Examples
    --------
    >>> from hdclib.signal import enlarge
    >>> enlarge([[0, 4]], 2)[0].tolist(), enlarge([[0, 4]], 2, "bilinear")[0].tolist()
    ([0.0, 0.0, 4.0, 4.0], [0.0, 1.0, 3.0, 4.0])
    """
    image = as_image("image", image)
    factor = whole_number("factor", factor, 1)
    one_of("kind", kind, ENLARGINGS)
    room_for("factor", image.size * factor**2, "pixels")
    if kind == "nearest":
        return image.repeat(factor, axis=0).repeat(factor, axis=1)
    return _along_rows(_along_rows(image, factor).T, factor).T


def rms_error(image, other):
    """Return the root of the mean squared difference of two images of one shape, in their own unit.

    Parameters
    ----------
    image, other : array of numbers, of the same shape

    Returns
    -------
    error : float

    Raises
    ------
    TypeError, ValueError
        If an argument is no picture of finite numbers, or the shapes differ.

    Examples
    --------
    >>> from hdclib.signal import rms_error
    >>> rms_error([[0, 0]], [[3, 3]])
    3.0
    """
    image, other = as_image("image", image), as_image("other", other)
    if image.shape != other.shape:
        raise ValueError(f"image has shape {image.shape} and other {other.shape}: they must be equal")
    return float(np.sqrt(np.mean((image - other) ** 2)))


def mirror_blocks(image, side):
    """Mirror every block of `side` × `side` pixels left to right: another image with the same poolings.

    Max and average pooling of whole blocks do not see in which order the pixels of a block stand.

    Parameters
    ----------
    image : array of numbers, shape (rows, columns)
        Both sides must be multiples of `side`.
    side : int

    Returns
    -------
    mirrored : ndarray of float, of the same shape

    Raises
    ------
    TypeError, ValueError
        If the blocks do not fill the image.

    Examples
    --------
    >>> from hdclib.signal import mirror_blocks
    >>> mirror_blocks([[1, 2, 5, 0], [3, 4, 0, 0]], 2)
    array([[2., 1., 0., 5.],
           [4., 3., 0., 0.]])
    """
    image = as_image("image", image)
    side = whole_number("side", side, 1)
    rows, columns = image.shape
    if rows % side or columns % side:
        raise ValueError(f"image is {rows} × {columns}, blocks of {side} × {side} do not fill it")
    blocks = image.reshape(rows, columns // side, side)
    return blocks[:, :, ::-1].reshape(rows, columns)


def _along_rows(image, factor):
    """Enlarge the columns of an image: straight lines along each row."""
    columns = image.shape[1]
    at = np.clip((np.arange(columns * factor) + 0.5) / factor - 0.5, 0, columns - 1)
    left = np.floor(at).astype(int)
    right = np.minimum(left + 1, columns - 1)
    share = at - left
    return image[:, left] * (1 - share) + image[:, right] * share
