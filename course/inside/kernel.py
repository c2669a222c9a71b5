"""The kernel in the sandbox: an ordinary one that runs the tests beside IPython, with everything put back first.

A student's code runs in the same process as the tests, so before a test this kernel puts back what the code may have
replaced: builtins, the modules that tests use, IPython's hooks. A test is compiled and run by this module; it has
passed if and only if its last line was reached, which the reply says with the one-time word that came with the test.
"""

import ast
import builtins
import importlib
import linecache
import pkgutil
import sys
import traceback
from types import FunctionType

from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from matplotlib_inline.backend_inline import configure_inline_support

import hdclib.coursework
from hdclib.coursework.fair import NotYet

INLINE = "module://matplotlib_inline.backend_inline"
TEST, LOCKED = "#hdc-test ", "#hdc-locked"
PRELOADED = ("math", "random", "itertools", "collections", "functools", "numpy", "numpy.testing", "matplotlib.pyplot",
             "hdclib")  # fmt: skip
PUT_BACK = ("builtins", "math", "itertools", "functools", "collections", "random", "json", "ast", "inspect",
            "linecache", "traceback", "contextlib", "hdclib", "numpy", "matplotlib.axes", "matplotlib.figure",
            "ipykernel.ipkernel", "ipykernel.kernelbase", "IPython.core.interactiveshell")  # fmt: skip
DEEP = ("hdclib", "ipykernel", "IPython", "collections", "random", "numpy.testing", "contextlib", "inspect")
CODE = ("__code__", "__defaults__", "__kwdefaults__")


MOST_OUTPUT = 4_000_000  # characters of one cell; what grading keeps is less, this spares the way there


def preload():
    """Import what notebooks use, so that it can be put back as it was."""
    for name in PRELOADED:
        importlib.import_module(name)
    for module in pkgutil.iter_modules(hdclib.coursework.__path__, "hdclib.coursework."):
        importlib.import_module(module.name)


def belongs(name, families):
    """Tell whether a module is one of the families or lies below one."""
    return any(name == family or name.startswith(family + ".") for family in families)


def make_put_back():
    """Return a function that puts modules, their classes and functions back as they are now."""
    modules = {name: module for name, module in sys.modules.items() if belongs(name, PUT_BACK)}
    spaces = [(module.__dict__, dict(module.__dict__)) for module in modules.values()]
    values = [
        value
        for name, module in modules.items()
        for value in vars(module).values()
        if belongs(getattr(value, "__module__", None) or "", DEEP)
    ]
    classes = [(value, dict(vars(value))) for value in values if isinstance(value, type)]
    functions = [value for value in values if isinstance(value, FunctionType)]
    functions += [value for _, space in classes for value in space.values() if isinstance(value, FunctionType)]
    codes = [(function, [getattr(function, name) for name in CODE]) for function in functions]
    finders, hooks = list(sys.meta_path), list(sys.path_hooks)

    def put_back():
        sys.settrace(None)
        sys.setprofile(None)
        for space, before in spaces:
            for name in [name for name in space if name not in before]:
                if not belongs(space.get("__name__", ""), ("hdclib", "numpy", "matplotlib")):
                    del space[name]
            space.update(before)
        for owner, before in classes:
            _restore_class(owner, before)
        for function, parts in codes:
            for name, part in zip(CODE, parts, strict=True):
                setattr(function, name, part)
        sys.modules.update(modules)
        sys.meta_path[:], sys.path_hooks[:] = finders, hooks

    return put_back


def _restore_class(owner, before):
    """Put the attributes of a class back."""
    now = vars(owner)
    for name, value in before.items():
        if now.get(name) is not value:
            type.__setattr__(owner, name, value)


def cap_output(kernel):
    """Let a cell print no more than the kernel has room for."""
    write = OutStream.write

    def capped(stream, text):
        part = text[: kernel.room]
        kernel.room -= len(part)
        if part:
            write(stream, part)
        return len(text)

    OutStream.write = capped


class TestingKernel(IPythonKernel):
    """A kernel that knows the course's cells from the student's."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.room = MOST_OUTPUT
        cap_output(self)
        self._own = {}  # names that the course's cells bound: imports, functions, classes
        configure_inline_support(self.shell, INLINE)  # its hook shows figures, and has to be among those that are kept
        self.shell.ask_exit = self._refuse_exit
        self._put_back = make_put_back()
        self._hooks = {name: list(calls) for name, calls in self.shell.events.callbacks.items()}
        self._kept = {name: value for name, value in vars(self.shell).items() if callable(value)}
        self._builtins = frozenset(vars(builtins))

    @staticmethod
    def _refuse_exit():
        """Make ``exit()`` end the cell, not the kernel."""
        raise SystemExit

    def _restore(self):
        """Put everything back that a student's code may have replaced."""
        self._put_back()
        shell = self.shell
        shell.ast_transformers = []
        shell.input_transformers_post = []
        shell.input_transformer_manager = type(shell.input_transformer_manager)()
        shell.custom_exceptions = ()
        shell.events.callbacks = {name: list(calls) for name, calls in self._hooks.items()}
        for name in [name for name in vars(shell) if callable(getattr(type(shell), name, None))]:
            if name not in self._kept and isinstance(getattr(type(shell), name), FunctionType):
                del vars(shell)[name]
        shell.user_ns["__builtins__"] = builtins

    async def do_execute(self, code, silent, *args, **kwargs):
        """Execute a cell: a test by ourselves, any other as IPython does."""
        self.room = MOST_OUTPUT
        if code.startswith(TEST):
            self._restore()
            head, _, source = code.partition("\n")
            word, given = ast.literal_eval(head[len(TEST) :])
            return self._run_test(source, word, given)
        if not code.startswith(LOCKED):
            return await super().do_execute(code, silent, *args, **kwargs)
        self._restore()
        source = code.partition("\n")[2]
        reply = await super().do_execute(source, silent, *args, **kwargs)
        self._note_names(source, self.shell.user_ns)
        return reply

    def _run_test(self, source, word, given):
        """Run a test in a name space where the course's names win; reply with `word` if it reached its end."""
        self.execution_count += 1
        space = {name: value for name, value in self.shell.user_ns.items() if name not in self._builtins}
        space.update(self._own, __builtins__=builtins, **given)
        name = f"test {self.execution_count}"
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        reply = {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}
        try:
            exec(compile(source, name, "exec"), space)
        except BaseException as error:  # SystemExit and KeyboardInterrupt too: a test must not end the kernel
            self._tell(error)
            return {**reply, "status": "error", "ename": type(error).__name__, "evalue": "", "traceback": []}
        self._note_names(source, space)
        return {**reply, "user_expressions": {"word": word}}

    def _note_names(self, source, space):
        """Remember the imports, functions and classes that a cell of the course bound."""
        for node in ast.walk(ast.parse(source)):
            names = [alias.asname or alias.name.partition(".")[0] for alias in getattr(node, "names", [])
                     if isinstance(alias, ast.alias)]  # fmt: skip
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names = [node.name]
            self._own.update({name: space[name] for name in names if name in space})

    def _tell(self, error):
        """Publish an exception, without the lines of this module."""
        if isinstance(error, NotYet):
            lines = error._render_traceback_()
        else:
            text = "".join(traceback.format_exception(type(error), error, error.__traceback__.tb_next))
            lines = text.splitlines()
        content = {"ename": type(error).__name__, "evalue": str(error), "traceback": lines}
        self.send_response(self.iopub_socket, "error", content)


if __name__ == "__main__":
    preload()
    IPKernelApp.launch_instance(kernel_class=TestingKernel)
