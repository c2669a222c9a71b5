"""Sphinx transform: on a phone a figure is the narrow one that ``tools/notebooks/execute.py`` drew beside it.

A browser loads one of the two. Both have the same alt text and caption, since they are one image in one figure.
"""

import shutil
from pathlib import Path

import hdc_code
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

KEPT = Path(__file__).resolve().parents[1] / "_build" / "narrow"
PHONE = "screen and (max-width: 600px)"
SOURCE = '<picture><source media="{media}" srcset="{address}" />'


class NarrowFigures(SphinxPostTransform):
    """Give each figure of a chapter a second source, for narrow screens."""

    default_priority = 895
    formats = ("html",)

    def run(self, **options):
        """Change every figure that a cell shows."""
        for cell in list(self.document.findall(hdc_code.is_cell)):
            for picture in list(cell.findall(nodes.image)):
                self._offer(picture, Path(self.env.docname).name, cell["cell_index"])

    def _offer(self, picture, chapter, cell):
        """Put a picture into an element that also names the narrow form, and that form beside the others."""
        narrow = KEPT / chapter / f"{cell}.png"
        if not narrow.exists():
            missing = "no narrow figure of cell %s: run `make notebooks`"
            logging.getLogger(__name__).warning(missing, cell, location=picture)
            return
        builder = self.app.builder
        address = f"{builder.imagedir}/narrow/{chapter}-{cell}.png"
        target = Path(builder.outdir, address)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(narrow, target)
        address = relative_uri(builder.get_target_uri(self.env.docname), address)
        opening = nodes.raw("", SOURCE.format(media=PHONE, address=address), format="html")
        place = picture.parent.index(picture)
        picture.parent[place : place + 1] = [opening, picture, nodes.raw("", "</picture>", format="html")]
