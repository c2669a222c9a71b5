"""Look, outside of the sandbox, for code that reaches for the grader's machinery rather than for an answer.

It changes no score: it names the submission to a human, with the cell and the word. No answer to an assignment
needs any of these.
"""

import ast
import re

NAMES = {
    "get_ipython", "__builtins__", "__import__", "eval", "exec", "compile", "globals", "locals", "vars", "setattr",
    "delattr", "grading_seed",
}  # fmt: skip
MODULES = {
    "builtins", "ctypes", "gc", "importlib", "inspect", "ipykernel", "IPython", "linecache", "multiprocessing", "os",
    "pickle", "pty", "signal", "socket", "subprocess", "sys", "threading", "traceback", "types", "_thread", "zmq",
}  # fmt: skip
ATTRIBUTES = {"f_back", "f_locals", "f_globals", "ast_transformers", "modules", "tb_frame", "run_cell", "system"}
HARMLESS = {"__init__", "__name__", "__doc__", "__post_init__", "__repr__", "__str__", "__len__"}
SHELL = re.compile(
    r"^\s*(?:\w+\s*=\s*)?!|^%%(?!time|capture|matplotlib)|^%(?:sx|system|run|load|script)\b", re.MULTILINE
)
LIBRARIES = {"hdc", "hdclib", "np", "numpy", "plt", "matplotlib", "math", "coursework"}


def suspicious(text):
    """Return what a code cell reaches for, each thing once, in the order of the text."""
    shell = ["a shell command"] if SHELL.search(text) else []
    try:
        tree = ast.parse(_without_magics(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return shell  # such a cell does not run either, but for IPython's own lines
    return list(dict.fromkeys([*shell, *(word for node in ast.walk(tree) for word in _words(node))]))


def _without_magics(text):
    """Return the text without IPython's own lines, which Python cannot parse."""
    return "\n".join("" if line.lstrip().startswith(("%", "!", "?")) else line for line in text.splitlines())


def _words(node):
    """Yield what one node of the code reaches for."""
    if isinstance(node, ast.Import):
        yield from (f"import {alias.name}" for alias in node.names if alias.name.partition(".")[0] in MODULES)
    elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in MODULES:
        yield f"import {node.module}"
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and _is_dunder(node.name):
        yield f"def {node.name}"


def _of_attribute(node):
    """Yield an attribute that leads into the machinery, or one of a library that is assigned to."""
    if node.attr in ATTRIBUTES or _is_dunder(node.attr):
        yield f".{node.attr}"
    elif isinstance(node.ctx, (ast.Store, ast.Del)) and _root(node) in LIBRARIES:
        yield f"{_root(node)}.{node.attr} ="


def _root(node):
    """Return the name that a chain of attributes starts from."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_dunder(name):
    """Tell whether a name has two underscores on each side and is none of the harmless ones."""
    return name.startswith("__") and name.endswith("__") and name not in HARMLESS
