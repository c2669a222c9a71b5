"""The scores of all trained networks as one file of the site, and the role that leads a reader to it.

The file is written from `hdclib.scores` when the book is built, so the library stays the only place of the numbers.
"""

import csv
import io
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxRole
from sphinx.util.osutil import relative_uri

import hdclib as hdc

PATH = "_static/trained_scores.csv"
WIDTH = "_half_width"  # behind the name of a measure: the column of its interval


def text():
    """Return the file: a row a condition and schedule, of each measure the mean and the half width of its interval.

    A number is written with all its digits, and a measure that a condition has not is left empty.
    """
    rows = [
        {
            **condition,
            "dilations": " ".join(map(str, dilations)),
            "seeds": found["seeds"],
            **{
                column: value
                for name, pair in found.items()
                if name != "seeds"
                for column, value in zip((name, name + WIDTH), pair, strict=True)
            },
        }
        for condition in hdc.training.conditions()
        for dilations, found in hdc.scores(**condition).items()
    ]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def write(app):
    """Write the file into the site."""
    if app.builder.format == "html":
        path = Path(app.outdir) / PATH
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(), encoding="utf-8", newline="\n")


class ScoresRole(SphinxRole):
    """``{scores}`words```: a link that saves the file."""

    def run(self):
        """Return the link, which leads out of the page's folder, so that it works wherever the site stands."""
        address = relative_uri(self.env.app.builder.get_target_uri(self.env.docname), PATH)
        return [nodes.raw("", f'<a href="{address}" download>{escape(self.text)}</a>', format="html")], []
