"""Sphinx extension: what a docstring names becomes a link.

A docstring is read in a terminal too, so it cites as "Wang et al. (2018) [wang2018]", names a type as "sequence of
ConvLayer", and describes "read, span : int" together. On the page a key in brackets leads to its entry in the
bibliography, a public name in a type to its own entry, and each of two attributes has a place to lead to. Names in
single backticks are links already, through ``default_role`` in _config.yml.
"""

import re

import hdclib
from sphinxcontrib.bibtex.roles import CiteRole

KEY = re.compile(r"\[([a-z][a-z0-9]*)\]")
TYPE = re.compile(r"\s*:(?:r?type|type [^:]+): ")
CLASS = re.compile(rf"(?<![`\w.])({'|'.join(name for name in hdclib.__all__ if name[0].isupper())})\b(?!`)")
ATTRIBUTES = re.compile(r"(\s*\.\. attribute:: )(\w+(?:, \w+)+)")
AFTER_NAPOLEON = 600  # priority: napoleon, which makes fields of numpy's sections, has 500


def linked(lines, keys):
    """Return a docstring's lines with links in place of what they name; examples stay as they are."""
    changed, in_example = [], False
    for line in lines:
        in_example = line.lstrip().startswith(">>>") or (in_example and bool(line.strip()))
        changed += [line] if in_example else _apart(_linked(line, keys))
    return changed


def _linked(line, keys):
    """Return one line outside of examples with its links."""
    line = KEY.sub(lambda found: f":cite:`{found[1]}`" if found[1] in keys else found[0], line)
    field = TYPE.match(line)
    return field[0] + CLASS.sub(r"`\1`", line[field.end() :]) if field else line


def _apart(line):
    """Return a line, or where it announces several attributes, one line for each of them."""
    found = ATTRIBUTES.fullmatch(line)
    if not found:
        return [line]
    first, *others = found[2].split(", ")
    return [found[1] + first, *(" " * len(found[1]) + other for other in others)]


class NumberedCite(CiteRole):
    """A citation whose id no other on the page has; pieces of reST in a page of Markdown each count from 1."""

    def result_nodes(self, document, env, node, is_ref):
        """Give the citation its id before docutils does."""
        node["ids"].append(f"citation-{env.new_serialno('hdc-citation') + 1}")
        return super().result_nodes(document, env, node, is_ref)


def link(app, what, name, obj, options, lines):
    """Change the lines of a docstring in place."""
    lines[:] = linked(lines, app.env.get_domain("cite").bibdata.data.entries)


def setup(app):
    """Connect the extension to autodoc."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_role("cite", NumberedCite(), override=True)
    app.connect("autodoc-process-docstring", link, priority=AFTER_NAPOLEON)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
