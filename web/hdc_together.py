"""Sphinx transform: what a line must not be broken in, such as 3 × 3, 95 % and the dilations 1, 2, 5.

The spaces stay ordinary ones, so that a list can be copied into Python; a style keeps the line whole.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

STYLE = "hdc-together"
TOGETHER = re.compile(
    r"""
    \w+(?:\ ×\ \w+)+  # 3 × 3, n × n
    | \d+\ %  # 95 %
    | (?<!\d,\ )(?<!\w)\d{1,2}(?:,\ \d{1,2}){1,3}(?!,\ \d|\ ×|\w)  # 1, 2, 5: short lists only
    """,
    re.VERBOSE,
)
AS_WRITTEN = (nodes.literal, nodes.math, nodes.raw, nodes.FixedTextElement, nodes.Invisible)


def pieces(text):
    """Return `text` cut in pieces: (words, whether they stay together)."""
    found, end = [], 0
    for match in TOGETHER.finditer(text):
        found += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    return [piece for piece in [*found, (text[end:], False)] if piece[0]]


class KeepTogether(SphinxPostTransform):
    """Mark the parts of a page's text that stay in one line."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options):
        """Set each such part in an element of its own."""
        for text in list(self.document.findall(nodes.Text)):
            parts = pieces(text.astext())
            if any(together for _, together in parts) and not _inside(text, AS_WRITTEN):
                text.parent.replace(text, [_node(*part) for part in parts])


def _node(words, together):
    """A node of the page's text."""
    return nodes.inline(words, words, classes=[STYLE]) if together else nodes.Text(words)


def _inside(node, kinds):
    """Whether one of the elements around `node` is of one of the `kinds`."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False
