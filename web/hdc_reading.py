"""Sphinx extension part: how long a chapter takes to read, the short route through the book, and what a click opens.

The minutes are counted when the book is built, so no text has to repeat them: the role ``minutes`` writes those of a
chapter, or with ``short`` and ``all`` those of a route. The chapters of the short route are ``short_route`` in
``_config.yml``.

Proofs are closed, and so is what the directive ``closed`` stands before: the rest of its section, down to the next
subsection or to another ``closed``. The content of the directive is the line that opens it.
"""

import hdc_code
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

WORDS_A_MINUTE = 200
SECONDS = 20  # for each figure, table, formula and widget
SHOWN = (nodes.figure, nodes.table, nodes.math_block)
LEFT_OUT = (nodes.raw, nodes.literal_block, nodes.Invisible, nodes.math_block)
ROUTES = ("short", "all")
SHARED_IDS = ("proof", "proof-content")  # sphinx-proof gives them to every proof and to every content


class Minutes(nodes.Inline, nodes.TextElement):
    """Where the minutes of a chapter or a route are to be written."""


class MinutesRole(SphinxRole):
    """``{minutes}`book/gridding```, ``{minutes}`short``` or ``{minutes}`all```."""

    def run(self):
        """Return the place; what stands there is known when all chapters are read."""
        return [Minutes("", "", of=self.text)], []


class Closed(nodes.General, nodes.Element):
    """A part of a section that opens with a click; its first child is the `Line` to click."""


class Line(nodes.General, nodes.TextElement):
    """What stands on the line that opens a closed part."""


class ClosedDirective(SphinxDirective):
    """Where a closed part begins; the content is its line."""

    has_content = True

    def run(self):
        """Return the part with nothing but its line; what follows in the section is put into it by `FillClosed`."""
        self.assert_has_content()
        words, messages = self.state.inline_text(" ".join(self.content), self.lineno)
        return [Closed("", Line("", "", *words)), *messages]


class FillClosed(SphinxTransform):
    """Put what follows a `ClosedDirective` in its section into the closed part."""

    default_priority = 500  # before the document is read, so that minutes and references see the part whole

    def apply(self, **kwargs):
        """Move the nodes; a subsection or another closed part ends one."""
        for part in list(self.document.findall(Closed)):
            siblings = part.parent.children[part.parent.index(part) + 1 :]
            for node in siblings:
                if isinstance(node, (nodes.section, Closed)):
                    break
                part.parent.remove(node)
                part += node


def open_closed(writer, node):
    """Write the start of a closed part."""
    writer.body.append('<details class="hdc-closed">\n')


def end_closed(writer, node):
    """Write the end of a closed part."""
    writer.body.append("</details>\n")


def open_line(writer, node):
    """Write the start of the line that opens a closed part."""
    writer.body.append("<summary>")


def end_line(writer, node):
    """Write the end of the line that opens a closed part."""
    writer.body.append("</summary>\n")


def minutes(document):
    """Return the minutes that the text of a chapter takes, at least 1; code and what is closed are left out.

    Parameters
    ----------
    document : docutils document
    """
    texts = [text for text in document.findall(nodes.Text) if not _inside(text, LEFT_OUT)]
    words = sum(len(text.astext().split()) for text in texts)
    shown = sum(1 for node in document.findall() if _is_shown(node) and not _inside(node, SHOWN))
    return max(1, round(words / WORDS_A_MINUTE + shown * SECONDS / 60))


def count(app, document):
    """Remember the minutes of a chapter that was read; coursework is solved, so no route counts it."""
    name = app.env.docname
    if str(app.env.doc2path(name)).endswith(".ipynb") and not name.startswith(hdc_code.OPEN_PAGES):
        _counted(app.env)[name] = minutes(document)


def merge(app, env, docnames, other):
    """Take over what another process has counted."""
    _counted(env).update({name: found for name, found in _counted(other).items() if name in docnames})


def write_minutes(app, document, docname):
    """Write the minutes at the places of the role."""
    for place in list(document.findall(Minutes)):
        place.replace_self(nodes.Text(f"{_minutes_of(app, place['of'])} minutes"))


def _minutes_of(app, name):
    counted, route = _counted(app.env), app.config.short_route
    if name not in ROUTES:
        return counted[name]
    return sum(counted[chapter] for chapter in (route if name == "short" else counted))


def line(app, pagename):
    """Return the line under a chapter's title, as HTML: its minutes and its place in the short route."""
    route = app.config.short_route
    words = f"{_counted(app.env).get(pagename, 0)} minutes to read"
    if pagename in route:
        words += f". On the short route: {route.index(pagename) + 1} of {len(route)}"
        if pagename != route[-1]:
            following = route[route.index(pagename) + 1]
            address = app.builder.get_relative_uri(pagename, following)
            words += f', then <a href="{address}">{app.env.titles[following].astext()}</a>'
    return f'<p class="hdc-minutes">{words}.</p>\n'


class CloseProofs(SphinxPostTransform):
    """Put each proof behind one click; what is proved stays in sight."""

    default_priority = 880
    formats = ("html",)

    def run(self, **options):
        """Set each proof between the two ends of a closed line; take away the ids that all proofs of a page share."""
        elements = list(self.document.findall(nodes.Element))
        for node in elements:
            node["ids"] = [name for name in node.get("ids", []) if name not in SHARED_IDS]
        for proof in [node for node in elements if set(node.get("classes", [])) == {"proof"}]:
            start, end = '<details class="hdc-proof"><summary>Show the proof</summary>', "</details>"
            place = proof.parent.index(proof)
            proof.parent[place : place + 1] = [_html(start), proof, _html(end)]


def _html(text):
    return nodes.raw("", text, format="html")


def _counted(env):
    if not hasattr(env, "hdc_minutes"):
        env.hdc_minutes = {}
    return env.hdc_minutes


def _is_shown(node):
    return isinstance(node, SHOWN) or _is_output(node)


def _is_closed(node):
    """Whether a node opens with a click only: a proof, a closed part, or a box that drops down."""
    if isinstance(node, Closed):
        return True
    classes = set(node.get("classes", [])) if isinstance(node, nodes.Element) else set()
    return classes == {"proof"} or "dropdown" in classes


def _is_output(node):
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_output"


def _inside(node, kinds):
    """Whether a node stands in one of these kinds, in what a cell shows, or in what is closed."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds) or _is_output(node) or _is_closed(node):
            return True
    return False
