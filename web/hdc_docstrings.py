"""Sphinx extension: what a docstring names becomes a link.

A docstring is read in a terminal too, so it cites as "Wang et al. (2018) [wang2018]" and names a type as "sequence of
ConvLayer". On the page a key in brackets leads to its entry in the bibliography, a class in a type to its own entry.
Names in single backticks are links through ``default_role`` in _config.yml, once they are told with their home.
"""

import inspect
import re
from functools import partial

from sphinxcontrib.bibtex.roles import CiteRole

from hdclib.names import public_names

KEY = re.compile(r"\[([a-z][a-z0-9]*)\]")
NAMED = re.compile(r"(?P<before>.*\*\*[\w, ]+\*\* \()(?P<mark>\*?)(?P<type>.+?)(?P=mark)(?P<after>\)(?: --.*)?)")
UNNAMED = re.compile(r"(?P<before>:returns: )(?P<mark>\*)(?P<type>[^*]+)\*(?P<after>(?: --.*)?)")
HOMES = {**public_names(), "Condition": "hdclib.rules.exercises.Condition"}
CLASSES = [name for name in HOMES if name[0].isupper()]
NAME = re.compile(r"(?<!`)`(\w+)`(?!`)")
CLASS = re.compile(rf"(?<![`\w.])({'|'.join(CLASSES)})\b(?!`)")
AFTER_NAPOLEON = 600  # priority: napoleon, which makes fields of numpy's sections, has 500


def linked(lines, keys, taken=()):
    """Return a docstring's lines with links in place of what they name; examples and arguments `taken` stay."""
    changed, in_example = [], False
    for line in lines:
        in_example = line.lstrip().startswith(">>>") or (in_example and bool(line.strip()))
        told = line if in_example else _typed(KEY.sub(partial(_cited, keys), line))
        changed.append(told if in_example else NAME.sub(partial(_housed, taken), told))
    return changed


def _housed(taken, found):
    """Return a public name with its home, which the page does not show, and other names as they are."""
    home = None if found[1] in taken else HOMES.get(found[1])
    return f"`~{home}`" if home else found[0]


def _cited(keys, found):
    """Return a citation in place of a key in brackets, and other brackets as they are."""
    return f":cite:`{found[1]}`" if found[1] in keys else found[0]


def _typed(line):
    """Return a line with links to the classes in the type that it tells, which napoleon sets in italics."""
    found = next(filter(None, (form.fullmatch(line) for form in (NAMED, UNNAMED))), None)
    if not found or not CLASS.search(found["type"]):
        return line
    return found["before"] + CLASS.sub(r"`\1`", found["type"]) + found["after"]


class NumberedCite(CiteRole):
    """A citation whose id no other on the page has; pieces of reST in a page of Markdown each count from 1."""

    def result_nodes(self, document, env, node, is_ref):
        """Give the citation its id before docutils does."""
        node["ids"].append(f"citation-{env.new_serialno('hdc-citation') + 1}")
        return super().result_nodes(document, env, node, is_ref)


def link(app, what, name, obj, options, lines):
    """Change the lines of a docstring in place."""
    taken = inspect.signature(obj).parameters if inspect.isfunction(obj) else ()
    lines[:] = linked(lines, app.env.get_domain("cite").bibdata.data.entries, taken)


def setup(app):
    """Connect the extension to autodoc."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_role("cite", NumberedCite(), override=True)
    app.connect("autodoc-process-docstring", link, priority=AFTER_NAPOLEON)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
