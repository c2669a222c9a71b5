"""Turn a script of the page into one that a notebook front end can load.

On the built site a widget's script is an ES module that imports its neighbours. A notebook front end gets the same
files as one text: each file becomes a function of its own that takes what it imports and returns what it exports.
"""

import posixpath
from functools import cache
from pathlib import Path

from hdclib.widgets.kit.es_module import read_module

SCRIPTS = Path(__file__).resolve().parents[1]


@cache
def script_of(name):
    """Return the script `name` and all it imports as one ES module.

    Parameters
    ----------
    name : str
        A file in ``hdclib/widgets``, such as ``"gridding/usage_map.js"``.

    Returns
    -------
    text : str

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a file imports or exports in a form that is not understood, imports what another does not export, or files
        import each other in a circle.
    """
    modules = {}
    _read_with_imports(name, modules, ())
    numbers = {path: f"file{number}" for number, path in enumerate(modules, 1)}
    parts = [_as_function(path, modules[path], numbers) for path in modules]
    if "default" in modules[name].names:
        parts.append(f"export default {numbers[name]}.default;\n")
    return "\n".join(parts)


def page_style():
    """Return the style sheet that all widgets share."""
    return _read("kit/widgets.css")


def _read(name):
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _address(importer, relative):
    """Where a file finds another one that it imports."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), relative))


def _read_with_imports(name, modules, importers):
    """Add `name` and everything it imports to `modules`, each after what it needs."""
    if name in importers:
        raise ValueError(f"{' imports '.join([*importers[importers.index(name) :], name])}: a circle")
    if name in modules:
        return
    module = read_module(_read(name), name)
    for relative, pairs in module.imports:
        needed = _address(name, relative)
        _read_with_imports(needed, modules, (*importers, name))
        missing = [wanted for wanted, _ in pairs if wanted not in modules[needed].names]
        if missing:
            raise ValueError(f"{name} imports {missing[0]}, which {needed} does not export")
    modules[name] = module


def _as_function(name, module, numbers):
    """Write a module as a function that is called once: imports are its arguments, exports what it returns."""
    taken = ", ".join(f"{{ {_listed(pairs)} }}" for _, pairs in module.imports)
    given = ", ".join(numbers[_address(name, relative)] for relative, _ in module.imports)
    returned = _listed((public, own) for own, public in module.exports)
    body = f"{module.body}\nreturn {{ {returned} }};\n"
    return f"// {name}\nconst {numbers[name]} = (({taken}) => {{\n{body}}})({given});\n"


def _listed(pairs):
    return ", ".join(f"{name}: {other}" for name, other in pairs)
