"""How graded notebooks become pages, for those who grade and for students: nothing on a page acts but our scripts."""

import copy
import html
from pathlib import Path

import nbgrader
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, pass_context
from nbconvert.exporters import HTMLExporter
from traitlets import Unicode

from course.results.formulas import with_formulas
from course.results.harmless import harmless, rendered
from course.results.rubric import LABEL
from course.results.shortened import shortened

FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
#: MathJax would come from another host and read formulas as commands. The formgrader waits for it, so something says
#: that it is done.
NO_MATHJAX = {"mathjax.html.j2": """{% macro mathjax(url='') %}<script>
window.MathJax = {Hub: {Startup: {signal: {
    Interest: (told) => window.addEventListener("load", () => setTimeout(told, 0, "End")),
}}}};
</script>{% endmacro %}"""}  # fmt: skip
#: Words of nbgrader's templates that are others for an item of a rubric, as its cell says.
LABELS = {words: f'{{{{ cell.metadata.{LABEL} or "{words}" }}}}' for words in ("Student's answer", "Written response")}


def page_policy(*more, forms="'none'"):
    """Return the policy of a page that shows what others wrote: it loads nothing from elsewhere and runs no script."""
    closed = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"
    return "; ".join([closed, *more, "base-uri 'none'", "object-src 'none'", f"form-action {forms}"])


class HarmlessExporter(HTMLExporter):
    """nbconvert's exporter, for notebooks that others wrote.

    What a notebook holds is made harmless before it is laid out, also where it was stored by a stock nbgrader.
    """

    nonce = Unicode(help="The word that marks our own scripts; without one, pages hold none.")

    @pass_context
    def markdown2html(self, context, source):
        """Return a text in Markdown as HTML in which nothing can act."""
        return with_formulas(rendered(source))

    def from_notebook_node(self, nb, resources=None, **settings):
        """Convert a notebook; names in the resources are shown as they are written."""
        known = {
            name: html.escape(value) if isinstance(value, str) else value for name, value in (resources or {}).items()
        }
        return super().from_notebook_node(harmless(shortened(copy.deepcopy(nb))), known, **settings)

    def _create_environment(self):
        environment = super()._create_environment()
        environment.loader = Marking(ChoiceLoader([DictLoader(NO_MATHJAX), environment.loader]), self.nonce)
        return environment


class Marking(BaseLoader):
    """Marks the scripts of templates, which are ours, with the word that the policy asks for; tells items apart."""

    def __init__(self, loader, nonce):
        self.loader, self.nonce = loader, nonce

    def get_source(self, environment, template):
        """Return a template's text with its scripts marked."""
        text, name, is_fresh = self.loader.get_source(environment, template)
        for words, label in LABELS.items():
            text = text.replace(words, label)
        return text.replace("<script", f'<script nonce="{self.nonce}"'), name, is_fresh
