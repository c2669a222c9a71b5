"""Checks of arguments: each names the argument, its value and what is allowed."""

import math
import operator
import reprlib

import numpy as np

MOST_CELLS = 2**26  # numbers in one array: half a gigabyte of 64 bits each
MOST_LISTED = 2**22  # Python's own numbers, one by one: some seconds
INT64_MAX = 2**63 - 1
LONGEST_REPR = 80  # characters of a value in a message


def whole_number(name, value, least, most=None):
    """Return `value` as an int, or say which argument broke which rule.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    value : int or numpy integer
        Booleans, floats and strings are refused, even ``2.0`` and ``"2"``.
    least, most : int
        The allowed range, both ends included; `most` may be None.

    Raises
    ------
    TypeError
        If `value` is not a whole number.
    ValueError
        If it lies outside the range.

    Examples
    --------
    >>> from hdclib.checks import whole_number
    >>> whole_number("dilation", 0, 1)
    Traceback (most recent call last):
        ...
    ValueError: dilation must be at least 1, got 0
    """
    number = value if type(value) is int else _index(name, value)
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {shown(number)}")
    if most is not None and number > most:
        raise ValueError(f"{name} must be at most {most}, got {shown(number)}")
    return number


def one_of(name, value, allowed, words=None):
    """Return `value`, or say which words the argument may be.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    value : str
    allowed : collection of str
    words : str, optional
        What is allowed in other words, such as "'same' or 'valid'"; "one of" and the list if left out.

    Raises
    ------
    TypeError
        If `value` is not a string.
    ValueError
        If it is none of those allowed.

    Examples
    --------
    >>> from hdclib.checks import one_of
    >>> one_of("kind", "cubic", ("nearest", "bilinear"))
    Traceback (most recent call last):
        ...
    ValueError: kind must be one of nearest, bilinear, got 'cubic'
    """
    if isinstance(value, str) and value in allowed:
        return value
    error = ValueError if isinstance(value, str) else TypeError
    words = words or f"one of {', '.join(allowed)}"
    raise error(f"{name} must be {words}, got {shown(value)}")


def room_for(name, count, unit, most=MOST_CELLS):
    """Refuse what would not fit in memory.

    Parameters
    ----------
    name : str
        The argument that is too large.
    count : int
    unit : str
        What is counted, such as "pixels".
    most : int

    Raises
    ------
    ValueError
        If `count` is more than `most`.

    Examples
    --------
    >>> from hdclib.checks import room_for
    >>> room_for("factor", 10**9, "pixels", 2**26)
    Traceback (most recent call last):
        ...
    ValueError: factor asks for 1000000000 pixels, at most 67108864 are allowed
    """
    if count > most:
        raise ValueError(f"{name} asks for {shown(count)} {unit}, at most {most} are allowed")


def as_counts(name, counts, *axes):
    """Return usage counts as an array, or say which argument holds none.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    counts : array of int, or of bool where only read or unread matters
    *axes : int
        How many axes are allowed.

    Returns
    -------
    counts : ndarray of int64, or of Python int where one exceeds 2**63 - 1

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has another number of axes.

    Examples
    --------
    >>> from hdclib.checks import as_counts
    >>> as_counts("counts", [1, 0, 2], 1)
    array([1, 0, 2])
    """
    array = whole_array(name, counts)
    if array.ndim not in axes:
        wanted = f"{' or '.join(map(str, axes))} {'axis' if axes == (1,) else 'axes'}"
        raise ValueError(f"{name} must have {wanted}, got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty: give at least one sample")
    if array.min() < 0:
        raise ValueError(f"{name} must be at least 0, got {shown(int(array.min()))}")
    return array


def sized(name, values, hint=""):
    """Return `values` as they are if they are a list, a tuple or alike, or say which argument is none."""
    if isinstance(values, (str, bytes, dict, set, frozenset)) or not has_length(values):
        raise TypeError(f"{name} must be a list or tuple, got {shown(values)}{hint}")
    return values


def text(name, value):
    """Return a text, or say which argument is none."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, got {shown(value)}")
    return value


def has_length(values):
    """Whether `len` works; an array of no axes has the method, but no length."""
    return hasattr(values, "__len__") and getattr(values, "shape", None) != ()


def single(name, value):
    """Refuse a list, an array or alike where one number or one word is meant."""
    if has_length(value) and not isinstance(value, str):
        raise TypeError(f"{name} must be one number or one word, got {shown(value)}")


def room_for_all(name, values):
    """Refuse a range or alike whose entries would not fit in memory, before they are made."""
    if has_length(values):
        try:
            room_for(name, len(values), "entries")
        except OverflowError:  # a range that is longer than Python says
            raise ValueError(
                f"{name} asks for the entries of {shown(values)}, at most {MOST_CELLS} are allowed"
            ) from None


def finite_numbers(name, values, kinds="iuf"):
    """Return `values` as an array of finite floats, or say which one is not; `kinds` are those of numpy's dtypes."""
    room_for_all(name, values)
    try:
        given = np.asarray(values)
        if given.dtype.kind not in kinds and given.size:
            raise TypeError
        numbers = given.astype(float)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be numbers, got {shown(values)}") from None
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} must be finite, got {numbers[~np.isfinite(numbers)].flat[0]}")
    return numbers


def as_image(name, image):
    """Return `image` as an array of finite floats, (row, column), or say what is wrong with it; true counts as 1."""
    numbers = finite_numbers(name, image, "biuf")
    if numbers.ndim != 2 or numbers.size == 0:
        raise ValueError(f"{name} must have 2 axes (row, column) and at least one pixel, got shape {numbers.shape}")
    return numbers


def whole_array(name, values):
    """Return `values` as an array of int64, or of Python ints where one does not fit; booleans become 0 and 1."""
    room_for_all(name, values)
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    kind = array.dtype.kind
    whole = kind in "iub" or (kind == "O" and all(type(number) is int for number in array.flat)) or array.size == 0
    if not whole:
        raise TypeError(f"{name} must hold whole numbers, got {shown(values)}")
    fits = kind in "ib" or all(abs(int(number)) <= INT64_MAX for number in (array.max(initial=0), array.min(initial=0)))
    return array.astype(np.int64 if fits else object)


def shown(value):
    """Return the text of a value for a message, shortened beyond 80 characters."""
    if type(value) is int and abs(value) >= 10**LONGEST_REPR:
        return f"about {'-' * (value < 0)}10**{int(math.log10(abs(value)))}"
    try:
        whole = repr(value)
        short = whole if len(whole) <= LONGEST_REPR else reprlib.repr(value)
    except ValueError:  # Python does not print whole numbers of more than 4300 digits
        return f"a {type(value).__name__} that holds a number of more than 4300 digits"
    return short if len(short) <= LONGEST_REPR else f"{short[: LONGEST_REPR - 4]} ..."


def truth_value(name, value):
    """Return `value` as a bool, or say that the argument is True or False: any other value may be a mistake.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    value : bool or numpy bool

    Raises
    ------
    TypeError
        If `value` is neither, such as 1 or "no".

    Examples
    --------
    >>> from hdclib.checks import truth_value
    >>> truth_value("padded", "no")
    Traceback (most recent call last):
        ...
    TypeError: padded must be True or False, got 'no'
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {shown(value)}")
    return bool(value)


def counted(number, one, many=None):
    """Return a number with its noun, such as "1 entry" or "3 entries"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _index(name, value):
    """Return a number of another integer type as an int; booleans are not numbers here."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be a whole number, got {shown(value)}")
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {shown(value)}") from None
