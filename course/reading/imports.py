"""Find what a cell imports that is not installed where grading runs."""

import ast
import functools
import sys
from collections import deque
from importlib.machinery import PathFinder

from course.reading.scan import parsed

CATCHING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def missing_packages(text):
    """Return the packages that a code cell imports, without a way out of its own, and that are not installed.

    Examples
    --------
    >>> from course.reading.imports import missing_packages
    >>> missing_packages("import numpy, nowhere.inside\\ntry:\\n    import gone\\nexcept ImportError:\\n    pass")
    ['nowhere']
    """
    tree, _ = parsed(text)
    return [name for name in dict.fromkeys(_imported(tree)) if not _is_there(name)] if tree else []


def _imported(tree):
    """Yield the top of each name that is imported, but for those that may be missing."""
    waiting = deque([tree])
    while waiting:
        node = waiting.popleft()
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        waiting.extend(one for one in ast.iter_child_nodes(node) if not (_catches(node) and one in node.body))


def _catches(node):
    """Tell whether a statement goes on when an import in its body fails."""
    if isinstance(node, ast.Try):
        return any(handler.type is None or _names(handler.type) & CATCHING for handler in node.handlers)
    if isinstance(node, ast.With):
        return any(_names(item.context_expr) & CATCHING for item in node.items)  # contextlib.suppress(ImportError)
    return False


def _names(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


@functools.cache
def _is_there(name):
    """Tell whether a module is part of Python or installed; what lies in the project's folder is neither."""
    places = [place for place in sys.path if place.startswith((sys.prefix, sys.base_prefix))]
    return name in {"hdclib", *sys.builtin_module_names} or PathFinder.find_spec(name, places) is not None
