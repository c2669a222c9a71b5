"""A table that a page shows as one and a terminal as text."""

from html import escape

from hdclib.checks import shown, sized, text


class Table:
    """Rows under headings: HTML in a notebook and on a page, text set in columns elsewhere.

    Parameters
    ----------
    columns : sequence of str
        The headings, at least one.
    rows : sequence of sequence
        One entry a column in each row; what is no text is shown as ``str`` shows it.
    links : sequence of str or None, optional
        For each row where its first entry leads in HTML; None for an entry that is no link.
    find : str, optional
        Name of a field that the book's page puts over the table: it leaves the rows whose first entry holds what a
        reader writes there. Elsewhere the table has no field.

    Raises
    ------
    TypeError
        If `columns`, `rows`, a row or `links` is no list or tuple, or a link or `find` is no text.
    ValueError
        If there is no column, or a row has more or fewer entries than there are columns, or there are more or fewer
        links than rows.

    Examples
    --------
    >>> from hdclib import Table
    >>> Table(["dilations", "read"], [([2, 2, 2], 49), ([1, 2, 3], 169)])
    dilations  read
    [2, 2, 2]    49
    [1, 2, 3]   169
    """

    def __init__(self, columns, rows, links=None, find=None):
        self.columns = [str(column) for column in sized("columns", columns)]
        if not self.columns:
            raise ValueError("columns is empty: give at least one heading")
        self.rows = [self._cells(number, row) for number, row in enumerate(sized("rows", rows))]
        given = [None] * len(self.rows) if links is None else sized("links", links)
        self.links = [link if link is None else text(f"links[{place}]", link) for place, link in enumerate(given)]
        if len(self.links) != len(self.rows):
            raise ValueError(f"links must have {len(self.rows)} entries, one a row, got {len(self.links)}")
        self.find = find if find is None else text("find", find)

    def _cells(self, number, row):
        cells = [str(entry) for entry in sized(f"rows[{number}]", row)]
        if len(cells) != len(self.columns):
            raise ValueError(f"rows[{number}] must have {len(self.columns)} entries, got {len(cells)}: {shown(row)}")
        return cells

    def _is_number(self, column):
        """Whether a column holds nothing but numbers, which are set to the right."""
        return all(row[column].lstrip("+-−").rstrip("%").strip()[:1].isdigit() for row in self.rows)

    def __repr__(self):
        lines = [self.columns, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.columns))]
        sides = [str.rjust if self._is_number(column) else str.ljust for column in range(len(self.columns))]
        texts = [[side(cell, width) for side, cell, width in zip(sides, line, widths, strict=True)] for line in lines]
        return "\n".join("  ".join(cells).rstrip() for cells in texts)

    def _repr_html_(self):
        sides = ["right" if self._is_number(column) else "left" for column in range(len(self.columns))]
        head = _row("th scope='col'", self.columns, sides)
        body = "\n".join(_row("td", row, sides, link) for row, link in zip(self.rows, self.links, strict=True))
        find = f" data-find='{escape(self.find)}'" if self.find else ""
        return f"<table class='hdc-table'{find}>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(tag, cells, sides, link=None):
    """One row of HTML, its first entry a link if there is one."""
    name, words = tag.split()[0], [escape(cell) for cell in cells]
    if link:
        words[0] = f"<a href='{escape(link)}'>{words[0]}</a>"
    made = [f"<{tag} style='text-align: {side}'>{word}</{name}>" for word, side in zip(words, sides, strict=True)]
    return f"<tr>{''.join(made)}</tr>"
