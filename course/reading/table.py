"""Read a table of text as spreadsheets and learning platforms write it, whatever its letters and separators."""

import csv
import io
import re
import unicodedata

from course.layout import CourseError

SEPARATORS = ",;\t"
TOLD = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)  # a first line that spreadsheets write for each other
QUOTED = re.compile(r'="(.*)"')  # how a spreadsheet keeps the zeros in front of a number
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def plain(name):
    """Return a name without case, accents, and what is no letter or digit.

    Examples
    --------
    >>> from course.reading.table import plain
    >>> plain("E-Mail-Adresse"), plain("Prénom")
    ('emailadresse', 'prenom')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def read_table(path, known):
    """Return the heads of a table, and its rows with the numbers of their lines.

    Parameters
    ----------
    path : Path
    known : collection of str
        Heads that may occur, as `plain` has them; the separator is the one that makes most of them.

    Returns
    -------
    heads : list of str
    rows : list of (int, list of str)
        Each as long as `heads`; lines that are empty are left out.

    Raises
    ------
    CourseError
        If the letters cannot be told, a quote is not closed, or a row is longer than the heads; it names file, row
        and cause.
    """
    text = _text(path)
    told = TOLD.match(text)
    first = text[told.end() if told else 0 :].split("\n", 1)[0]
    separator = told[1] if told else max(SEPARATORS, key=lambda one: _known_heads(first, one, known))
    rows = list(_rows(path, text, separator))[1 if told else 0 :]
    if not rows:
        raise CourseError(f"{path} is empty")
    (_, heads), *rest = rows
    for number, row in rest:
        if any(row[len(heads) :]):
            raise CourseError(f"{path}, row {number}: {len(row)} cells under {len(heads)} headings; "
                              f"put a cell that holds {separator!r} in quotes")  # fmt: skip
    return heads, [(number, (row + [""] * len(heads))[: len(heads)]) for number, row in rest]


def _rows(path, text, separator):
    """Yield each row that is not empty with its number; a quote left open would swallow all the rows after it."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for row in lines:
            if any(cell.strip() for cell in row):
                yield lines.line_num, [_cell(cell) for cell in row]
            start = lines.line_num + 1
    except csv.Error as error:
        raise CourseError(f"{path}, row {start}: {error}; look for a quote that opens or closes nothing") from error


def _text(path):
    """Return a file's text with one kind of line ends: by its mark of byte order, else as UTF-8, else as cp1252."""
    data = path.read_bytes()
    if code := BYTE_ORDERS.get(data[:2]):
        codes = [code]
    elif b"\0" in data[:200]:
        codes = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        codes = ["utf-8-sig", "cp1252"]
    row = 1
    for code in codes:
        try:
            return "\n".join(re.split("\r\n?|\n", data.decode(code)))
        except UnicodeDecodeError as error:
            row = data[: error.start].count(b"\n") + 1
    raise CourseError(f"{path}, row {row}: its letters are neither UTF-8, UTF-16 nor cp1252; save it as CSV in UTF-8")


def _known_heads(line, separator, known):
    """Return how many known heads a separator makes of a line, and how many cells."""
    cells = next(csv.reader([line], delimiter=separator), [])
    return sum(plain(cell) in known for cell in cells), len(cells)


def _cell(cell):
    """Return a cell's text without blanks around it and without a spreadsheet's marks."""
    cell = cell.strip().lstrip("\ufeff")
    return found[1] if (found := QUOTED.fullmatch(cell)) else cell
