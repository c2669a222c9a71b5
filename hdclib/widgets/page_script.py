"""Turn a script of the page into one that a notebook front end can load.

On the built site a widget's script is an ES module that imports its neighbours. A notebook front end gets the
same files as one text: the imports are put in front, once each, and their import and export words taken away.
"""

import re
from functools import cache
from pathlib import Path

SCRIPTS = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)|^export \{[^}]*\};\n", re.MULTILINE)


@cache
def page_script(name):
    """Return the script `name` and all it imports as one ES module.

    Parameters
    ----------
    name : str
        A file in ``hdclib/widgets/static``, such as ``"usage_map.js"``.

    Returns
    -------
    text : str

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    parts = [EXPORT.sub("", IMPORT.sub("", _read(needed))) for needed in _imports_first(name, [])]
    return "\n".join(parts)


def page_style():
    """Return the style sheet that all widgets share."""
    return _read("widgets.css")


def _read(name):
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _imports_first(name, found):
    """List `name` and everything it imports, each after what it needs."""
    for needed in IMPORT.findall(_read(name)):
        if needed not in found:
            _imports_first(needed, found)
    if name not in found:
        found.append(name)
    return found
