"""The kernel in the sandbox: an ordinary one, which besides answers what the tests ask of what a notebook defined.

The tests run in another process. This one is the student's: nothing in it has to hold against them.
"""

import functools
import importlib.abc
import importlib.machinery
import os
import socket
import sys
import traceback
from typing import Any

import wire
from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp

ANSWER = "#hdc-answer"  # the cell that lets the tests ask
MOST_OUTPUT = 4_000_000  # characters of one cell; what grading keeps is less, this spares the way there


class StandIn(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands for modules that are not in the sandbox, so that an import of one spoils no answer.

    These are the modules of hdclib that count and check, and packages that are not installed here.
    """

    def __init__(self, missing=()):
        self.missing = set(missing)

    def find_spec(self, name, path=None, target=None):
        """Find every module below hdclib, and the missing packages with all that is below them."""
        stands = name.startswith("hdclib.") or name.partition(".")[0] in self.missing
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if stands else None

    def exec_module(self, module):
        """Give the module whatever name is asked for."""
        module.__getattr__ = functools.partial(stand_in, module.__name__)


def stand_in(module, name):
    """Return what stands for a name of a module: a check does nothing here, all else refuses to be called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refuse(*_, **__):
        if not module.startswith("hdclib."):
            raise ModuleNotFoundError(f"{module} is not installed where this is graded", name=module)
        if not module.startswith("hdclib.coursework"):
            raise RuntimeError(f"{name} of {module} is not to be had here: the answer is to be worked out")

    return refuse


def cap_output(kernel):
    """Let a cell print no more than the kernel has room for."""
    write = OutStream.write

    def capped(stream, text):
        part = text[: kernel.room]
        kernel.room -= len(part)
        if part:
            write(stream, part)
        return len(text)

    OutStream.write = capped  # type: ignore[method-assign]  # no setting of ipykernel caps what is printed


class AnsweringKernel(IPythonKernel):
    """A kernel that answers the tests."""

    wall: socket.socket
    shell: Any  # ipykernel says that there may be none

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.room = MOST_OUTPUT
        cap_output(self)
        self.shell.ask_exit = self._refuse_exit

    @staticmethod
    def _refuse_exit():
        """Make ``exit()`` end the cell, not the kernel."""
        raise SystemExit

    async def do_execute(self, code, silent, *args, **kwargs):
        """Execute a cell as IPython does, or answer until the tests say that it is enough."""
        self.room = MOST_OUTPUT
        if code != ANSWER:
            return await super().do_execute(code, silent, *args, **kwargs)
        while self._answer():
            pass
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    def _answer(self):
        """Answer one question; tell whether there may be more."""
        try:
            if not (request := wire.receive(self.wall)):
                return False
            wire.send(self.wall, answer(self.shell.user_ns, request))
        except KeyboardInterrupt:  # between two questions
            pass
        except Exception as error:  # of an answer that cannot be sent
            wire.send(self.wall, {"error": ["ValueError", str(error)[:1000], []]})
        return True


def answer(space, request):
    """Return what a name stands for, or what comes of calling it."""
    name = request["name"]
    if name not in space:
        return {"missing": name}
    try:
        value = space[name]
        if "arguments" in request:
            named = {key: wire.decode(one) for key, one in request["named"].items()}
            value = value(*map(wire.decode, request["arguments"]), **named)
        return {"value": wire.encode(value)}
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: an answer must not end the kernel
        return {"error": [type(error).__name__, str(error)[:1000], places(error)]}


def places(error):
    """Return line, function and text of the places where an error arose in cells."""
    found = traceback.extract_tb(error.__traceback__)
    own = [one for one in found if not os.path.exists(one.filename)]
    return [[one.lineno, one.name, one.line or ""] for one in own[-20:]]


def main():
    """Start the kernel with the socket whose number stands first on the command line, and what is missing after it."""
    AnsweringKernel.wall = socket.socket(fileno=int(sys.argv.pop(1)))
    sys.meta_path.append(StandIn(filter(None, sys.argv.pop(1).split(","))))
    IPKernelApp.launch_instance(kernel_class=AnsweringKernel)


if __name__ == "__main__":
    main()
