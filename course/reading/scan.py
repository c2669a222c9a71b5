"""Look, outside of the sandbox, for code that reaches for the machinery rather than for an answer.

It is a hint and changes no score: tests run where no student's code can reach them. It names the cell and the word to a
human, who sees what somebody tried. No answer to an assignment needs any of these.
"""

import ast
import re
from collections import deque

from IPython.core.inputtransformer2 import TransformerManager

NAMES = {"get_ipython", "__builtins__", "__import__", "eval", "exec", "grading_seed"}
MODULES = {"_thread", "builtins", "ctypes", "gc", "IPython", "ipykernel", "multiprocessing", "pty", "socket",
           "subprocess", "zmq"}  # fmt: skip
ATTRIBUTES = {"__bases__", "__builtins__", "__closure__", "__code__", "__globals__", "__mro__", "__subclasses__",
              "ast_transformers", "f_back", "f_globals", "f_locals", "tb_frame"}  # fmt: skip
LIBRARIES = {"hdc", "hdclib", "np", "numpy", "plt", "matplotlib", "math", "coursework"}
MAGICS = {"capture", "config", "matplotlib", "pinfo", "pinfo2", "precision", "time", "timeit"}
OPTIONS = re.compile(r"^(\s*-\w+( \d+)?)+ ")
LONGEST = 100_000  # characters of a cell; Python's parser takes a thousand bytes for each short line
OWN_LINES = re.compile(r"^[ \t]*[%!?,;/]|=[ \t]*[%!]|\?[ \t]*$", re.MULTILINE)
MOST_LINES = 20_000  # that are read in all: IPython reads the whole cell again for each line of its own
DEEPEST = 3  # magics within magics
TOO_MANY = "it has more of IPython's own commands than are read"


def suspicious(text, depth=0):
    """Return what a code cell reaches for, each thing once, in the order of the text.

    Examples
    --------
    >>> from course.reading.scan import suspicious
    >>> suspicious("import os, socket")
    ['import socket']
    """
    tree, reason = parsed(text) if depth <= DEEPEST else (None, TOO_MANY)
    return list(dict.fromkeys(_all_words(tree, depth))) if tree else [reason]


def parsed(text):
    """Return the syntax tree of what IPython makes of a cell, which is what runs; and the reason if there is none."""
    if len(text) > LONGEST:
        return None, f"it has {len(text)} characters, at most {LONGEST} are read"
    if len(OWN_LINES.findall(text)) * text.count("\n") > MOST_LINES:
        return None, TOO_MANY
    try:
        return ast.parse(TransformerManager().transform_cell(text)), ""
    except (SyntaxError, ValueError, RuntimeError, MemoryError):
        return None, "it cannot be read as Python"


def _all_words(tree, depth):
    """Yield what code reaches for; of a line of IPython's own, what it does."""
    waiting = deque([tree])
    while waiting:
        node = waiting.popleft()
        if magic := _magic(node):
            method, arguments = magic
            yield from _of_magic(method, arguments, depth)
            continue
        yield from _words(node)
        waiting.extendleft(reversed(list(ast.iter_child_nodes(node))))


def _magic(node):
    """Return the method and its arguments if a node is a call that IPython writes for a line of its own."""
    method = node.func if isinstance(node, ast.Call) else None
    if not (isinstance(method, ast.Attribute) and isinstance(method.value, ast.Call)):
        return None
    owner = method.value.func
    plain = all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in node.args)
    if not (isinstance(owner, ast.Name) and owner.id == "get_ipython" and plain and node.args):
        return None
    return method.attr, [one.value for one in node.args]


def _of_magic(method, arguments, depth):
    """Yield what a line of IPython's own does, where it is more than to measure or to show."""
    if method in ("system", "getoutput"):
        yield "a shell command"
    elif method not in ("run_line_magic", "run_cell_magic"):
        yield f"get_ipython().{method}"
    elif arguments[0] not in MAGICS:
        yield f"%{arguments[0]}"
    elif arguments[0] in ("capture", "time", "timeit"):
        yield from suspicious(OPTIONS.sub("", arguments[-1]), depth + 1)


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


def _of_attribute(node):
    """Yield an attribute that leads into the machinery, or one of a library that is assigned to."""
    if node.attr in ATTRIBUTES:
        yield f".{node.attr}"
    elif isinstance(node.ctx, (ast.Store, ast.Del)) and _root(node) in LIBRARIES:
        yield f"{_root(node)}.{node.attr} ="


def _root(node):
    """Return the name that a chain of attributes starts from."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
