"""Sphinx role: a link that opens a chapter with a widget in a chosen state.

``{state}`the map at 1, 2, 3 <gridding?map.dilations=1,2,3#gridding-try>``` names the chapter, what stands in its
address, and where on the page the widget is.
"""

import logging

from docutils import nodes
from sphinx.util.docutils import ReferenceRole

FOLDER = "book/"


class StateRole(ReferenceRole):
    """A link into a chapter, with what its address says to a widget."""

    def run(self):
        """Return the link; a chapter that is not in the book is a warning."""
        chapter, mark, state = self.target.partition("?")
        if FOLDER + chapter not in self.env.found_docs or not mark:
            logging.getLogger(f"sphinx.{__name__}").warning("%s is no chapter and its state", self.target)
        address = self.env.app.builder.get_relative_uri(self.env.docname, FOLDER + chapter)
        link = nodes.reference("", self.title, refuri=f"{address}?{state}", internal=True, classes=["hdc-state"])
        return [link], []
