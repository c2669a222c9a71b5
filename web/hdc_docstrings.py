"""Sphinx extension: what a docstring names becomes a link.

A docstring is read in a terminal too, so it cites as "Wang et al. (2018) [wang2018]" and names layers as "sequence of
ConvLayer". On the page a key in brackets leads to its entry in the bibliography, and a public name in the description
of a type to its own entry. Names in single backticks are links already, through ``default_role`` in _config.yml.
"""

import re

import hdclib

KEY = re.compile(r"\[([a-z][a-z0-9]*)\]")
TYPE = re.compile(r"\s*:(?:r?type|type [^:]+): ")
CLASS = re.compile(rf"(?<![`\w.])({'|'.join(name for name in hdclib.__all__ if name[0].isupper())})\b(?!`)")
AFTER_NAPOLEON = 600  # priority: napoleon, which makes fields of numpy's sections, has 500


def linked(lines, keys):
    """Return a docstring's lines with links in place of what they name; examples stay as they are."""
    changed, in_example = [], False
    for line in lines:
        in_example = line.lstrip().startswith(">>>") or (in_example and bool(line.strip()))
        changed.append(line if in_example else _linked(line, keys))
    return changed


def _linked(line, keys):
    """Return one line outside of examples with its links."""
    line = KEY.sub(lambda found: f":cite:`{found[1]}`" if found[1] in keys else found[0], line)
    field = TYPE.match(line)
    return field[0] + CLASS.sub(r"`\1`", line[field.end() :]) if field else line


def link(app, what, name, obj, options, lines):
    """Change the lines of a docstring in place."""
    lines[:] = linked(lines, app.env.get_domain("cite").bibdata.data.entries)


def setup(app):
    """Connect the extension to autodoc."""
    app.connect("autodoc-process-docstring", link, priority=AFTER_NAPOLEON)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
