"""Call a student's function as a check does: alone, with hdclib out of reach."""

import copy
import inspect
import os
import sys
import textwrap
import traceback
from typing import NoReturn

import hdclib
from hdclib.checks import shown

IMPORTING = "hdclib.names"  # its functions run when a name is imported, before any other is called
WIDTH = 76  # characters, so that a narrow page need not break a word
HOME = os.path.dirname(hdclib.__file__) + os.sep


class NotYet(AssertionError):
    """An answer is not right yet. A notebook shows the message, and of a traceback the student's own lines only."""

    def _render_traceback_(self):
        return ["NOT YET", "", *textwrap.wrap(str(self), WIDTH, break_long_words=False), *_own_lines(self.__cause__)]


def _own_lines(error):
    """Return where an error arose in code outside hdclib, one line a place."""
    if error is None:
        return []
    found = [place for place in traceback.extract_tb(error.__traceback__) if not place.filename.startswith(HOME)]
    places = [(place.lineno, place.name, place.line or "") for place in found]
    return ["", *(f"  line {line}, in {where}: {text}" for line, where, text in getattr(error, "places", places))]


def run_alone(name, function, *arguments):
    """Call a student's function on copies of the arguments and return what it gives.

    Parameters
    ----------
    name : str
        What the notebook calls the function.
    function : callable
    *arguments

    Returns
    -------
    result
        An iterator is run to its end and returned as a list.

    Raises
    ------
    NotYet
        If the function is still empty, cannot take the arguments, stops with an error, or calls anything of hdclib,
        by whatever name and wherever it was imported.

    Examples
    --------
    >>> from hdclib.coursework.fair import run_alone
    >>> run_alone("double", lambda number: 2 * number, 4)
    8
    """
    call = f"{name}({', '.join(map(shown, arguments))})"
    _takes(name, function, arguments)
    used, given = [], copy.deepcopy(arguments)
    before = sys.getprofile()
    sys.setprofile(_watch(used))
    try:
        result = function(*given)
        result = list(result) if hasattr(result, "__next__") else result
    except Exception as error:
        sys.setprofile(before)
        _refuse_help(name, used)
        _explain(name, call, error)
    finally:
        sys.setprofile(before)
    _refuse_help(name, used)
    return result


def _watch(used):
    """Return a profiler that notes each call of a function of hdclib."""

    def note(frame, event, _):
        code, module = frame.f_code, frame.f_globals["__name__"]
        if event == "call" and code.co_filename.startswith(HOME) and module != IMPORTING and not _in_a_body(frame):
            used.append(f"{module}.{code.co_name}")

    return note


def _in_a_body(frame):
    """Tell whether a frame of hdclib is the body of a module or class or called by one: that runs at its import."""
    while frame is not None and frame.f_code.co_filename.startswith(HOME):
        if not frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            return True
        frame = frame.f_back
    return False


def _takes(name, function, arguments):
    """Refuse what is no function of as many arguments."""
    if function is None:
        raise NotYet(f"{name} is still None. What is your answer?")
    if not callable(function):
        raise NotYet(f"{name} is {shown(function)}, not a function. Did a later line assign to its name?")
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError:
        raise NotYet(
            f"{name} is called with {len(arguments)} arguments, but its first line does not take them. "
            "Can you restore the line with def as it was handed out?"
        ) from None


def _refuse_help(name, used):
    if used:
        raise NotYet(
            f"{name} calls {used[0]}. In this assignment the answer is to be worked out, not read from hdclib. "
            "Which steps would you do by hand?"
        )


def _explain(name, call, error) -> NoReturn:
    """Turn an error of the student's code into a sentence; its lines stay attached."""
    if isinstance(error, NotImplementedError):
        raise NotYet(
            f"{name} is still empty: it raises NotImplementedError. What should {call} return? "
            "Write that for any arguments, in place of the line with raise."
        ) from None
    raise NotYet(
        f"{call} stops with {type(error).__name__}: {error}. Which value in the lines below is not what you expected?"
    ) from error
