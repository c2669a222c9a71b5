"""The tester: a process that runs an assignment's tests and no student's code.

What a test needs of the student is asked of the other sandbox and comes as plain data (`wire`). A function of the
student's is a `Remote` here: calling it asks for one answer.
"""

import builtins
import contextlib
import inspect
import io
import linecache
import socket
import symtable
import sys
import traceback

import wire

from hdclib.coursework.fair import NotYet

MOST_TEXT = 100_000  # characters that a test may print


class Gone(Exception):
    """The student's process answers no more."""


class Remote:
    """A function of the student's, in the other sandbox."""

    def __init__(self, wall, name, first_line):
        self._wall, self._name = wall, name
        if first_line is not None:
            self.__signature__ = inspect.Signature([_parameter(*one) for one in first_line])

    def __repr__(self):
        return f"<function {self._name}>"

    def __call__(self, *arguments, **named):
        """Ask for the answer to these arguments."""
        by_place = [wire.encode(one) for one in arguments]
        by_name = {key: wire.encode(one) for key, one in named.items()}
        request = {"name": self._name, "arguments": by_place, "named": by_name}
        return _value(self._wall, self._name, _ask(self._wall, request))


def _parameter(name, kind, has_default):
    """Return a parameter of a function's first line."""
    default = None if has_default is True else inspect.Parameter.empty
    return inspect.Parameter(name, inspect._ParameterKind(kind), default=default)


def _ask(wall, request):
    """Return the answer to a request, not decoded yet."""
    wire.send(wall, request)
    reply = wire.receive(wall)
    if reply is None:
        raise Gone("the code that was asked answers no more")
    if type(reply) is not dict or len(reply) != 1:
        raise wire.Malformed("an answer has another form")
    return reply


def _value(wall, name, reply):
    """Return the value of a reply, or raise the error that it tells of."""
    if "error" in reply:
        _raise(*reply["error"])
    tree = reply.get("value")
    if type(tree) is list and tree[:1] == ["function"]:
        return _remote(wall, name, tree)
    return wire.decode(tree)


def _remote(wall, name, tree):
    """Return the function that a tree stands for."""
    try:
        _, first_line = tree
        return Remote(wall, name, first_line)
    except (TypeError, ValueError):
        raise wire.Malformed("a function's first line has another form") from None


def _raise(kind, message, places):
    """Raise an error of the student's code as one of ours."""
    base = NotImplementedError if kind == "NotImplementedError" else Exception
    name = kind if type(kind) is str and kind.isidentifier() else "Exception"
    error = type(name, (base,), {})(wire._text(message))
    error.places = [(int(line), wire._text(where), wire._text(text)) for line, where, text in places]
    raise error


def asked_for(source, known):
    """Return the names that a test takes from the notebook: it reads them and neither binds nor is given them."""
    found, waiting = set(), [symtable.symtable(source, "test", "exec")]
    top = {one.get_name() for one in waiting[0].get_symbols() if one.is_assigned() or one.is_imported()}
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        found |= {one.get_name() for one in table.get_symbols() if one.is_referenced() and one.is_global()}
        if table.get_type() == "module":
            found |= {one.get_name() for one in table.get_symbols() if one.is_referenced()}
    return sorted(found - top - set(known) - set(vars(builtins)))


def run_test(wall, source, given, number):
    """Run a test; return whether it passed, what it printed, and its error as a notebook has it."""
    printed, name = io.StringIO(), f"test {number}"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    error = None
    try:
        with contextlib.redirect_stdout(printed):
            space = {**given, "__name__": "__main__"}
            for wanted in asked_for(source, space):
                reply = _ask(wall, {"name": wanted})
                if "missing" not in reply:
                    space[wanted] = _value(wall, wanted, reply)
            exec(compile(source, name, "exec"), space)
    except BaseException as caught:
        error = _told(caught)
    return {"passed": error is None, "text": printed.getvalue()[:MOST_TEXT], "error": error}


def _told(error):
    """Return name, message and lines of an error, without the lines of this module."""
    if isinstance(error, NotYet):
        lines = error._render_traceback_()
    else:
        found = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith("test ")]
        theirs = [f"  line {line}, in {where}: {text}" for line, where, text in getattr(error, "places", [])]
        lines = ["Traceback (most recent call last):", *traceback.format_list(found), *theirs]
        lines += traceback.format_exception_only(error)
    return [type(error).__name__, str(error)[:5000], [line.rstrip("\n")[:5000] for line in lines]]


def main():
    """Run the tests that the grader sends, one after the other; end when it closes."""
    control, wall = (socket.socket(fileno=int(number)) for number in sys.argv[1:3])
    wire.send(control, {"ready": True})
    while job := wire.receive(control):
        wall.settimeout(job["seconds"])
        given = {name: wire.decode(tree) for name, tree in job["given"].items()}
        verdict = {"number": job["number"], **run_test(wall, job["source"], given, job["number"])}
        with contextlib.suppress(OSError):
            wire.send(wall, {})  # enough
        wire.send(control, verdict)


if __name__ == "__main__":
    main()
