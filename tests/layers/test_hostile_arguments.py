"""Whatever a public function is given, it answers or raises what its docstring tells, soon and in bounded memory."""

import inspect
import os
import re
import resource
import signal
import types
import warnings
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name

import pytest
from hostile_arguments import argument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hdclib.names import public_names

USUAL = 25
EXAMPLES = int(os.environ.get("HDC_FUZZ", str(USUAL)))  # a function; another number than the usual draws anew each time
SECONDS, GIBIBYTES = 10, 2  # a call
LONGEST = 1200  # characters of a message: the networks that were trained are all listed


def refusals_told(function):
    """The names of the exceptions that the docstring of a function tells of."""
    told = re.split(r"^(\w+)\n-+\n", inspect.getdoc(function), flags=re.MULTILINE)
    raised = dict(zip(told[1::2], told[2::2], strict=True)).get("Raises", "")
    return set(re.findall(r"\w+", " ".join(line for line in raised.splitlines() if not line.startswith(" "))))


PUBLIC = {name: resolve_name(home) for name, home in sorted(public_names().items())}
CALLED = {
    name: value for name, value in PUBLIC.items()
    if isinstance(value, types.FunctionType | type) and refusals_told(value) and name != "inspect"
}  # fmt: skip


class TooLong(BaseException):
    """A call was not over in time; no `except Exception` of what is called hides it."""


@contextmanager
def bounded(seconds, gibibytes):
    """End what takes longer or asks for more memory than allowed on top of what is in use."""

    def stop(*_):
        raise TooLong

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    old = signal.signal(signal.SIGALRM, stop), resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + gibibytes * 2**30, old[1][1]))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, old[1])
        signal.signal(signal.SIGALRM, old[0])


def arguments(function):
    """Return a strategy for the arguments of a function by name; what has a default may be left out."""
    taken = {one.name: argument(one.name) for one in inspect.signature(function).parameters.values()
             if one.kind is not one.VAR_KEYWORD}  # fmt: skip
    optional = [name for name, one in inspect.signature(function).parameters.items() if one.default is not one.empty]
    return st.fixed_dictionaries({name: value for name, value in taken.items() if name not in optional},
                                 optional={name: taken[name] for name in optional})  # fmt: skip


@pytest.mark.parametrize("name", CALLED)
def test_it_answers_or_raises_what_is_told(name):
    told = refusals_told(CALLED[name])

    @settings(max_examples=EXAMPLES, derandomize=EXAMPLES == USUAL, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(arguments(CALLED[name]))
    def tried(given_arguments):
        with bounded(SECONDS, GIBIBYTES), warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "overflow encountered")  # numpy tells where floats end
            try:
                CALLED[name](**given_arguments)
            except Exception as error:  # of any kind: the test says which kinds are right
                assert type(error).__name__ in told, f"{type(error).__name__}: {error}"
                assert len(str(error)) <= LONGEST, str(error)

    tried()
