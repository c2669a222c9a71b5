"""Read a submission whatever state it is in: its cells, or the reason why there are none."""

import json
from dataclasses import dataclass, field

import nbformat

from course.reading.pictures import read_pictures

MOST_CELLS = 2_000
LARGEST_PICTURE, MOST_OF_PICTURES = 4_000_000, 16_000_000  # characters in base64 of one picture, and of all
NEWEST = 4  # the major version of the notebook format that this reads as it is


class Rejected(Exception):
    """A submission that cannot be graded; the message is the reason that the teacher reads."""


@dataclass
class Cell:
    """One cell of a submission: its kind, text, nbgrader's metadata, its own id, and the pictures pasted into it."""

    kind: str
    text: str
    nbgrader: dict = field(default_factory=dict)
    id: str = ""
    pictures: dict = field(default_factory=dict)  # name → {kind: content in base64}

    @property
    def grade_id(self):
        """The name that nbgrader's metadata give to the cell, or an empty string."""
        name = self.nbgrader.get("grade_id", "")
        return name if isinstance(name, str) else ""


@dataclass
class Submission:
    """The cells of a submission, what it says about itself, and what was noticed while reading."""

    cells: list
    about: dict = field(default_factory=dict)  # assignment and release, where the metadata survived
    notes: list = field(default_factory=list)


def find_notebook(folder, name):
    """Return the path of the notebook in a submission's folder, and those of the other notebooks in there."""
    found = sorted(path for path in folder.glob("*.ipynb") if not path.is_symlink() and path.is_file())
    if not found:
        others = ", ".join(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ""
        raise Rejected(f"no notebook was handed in{', only ' + others if others else ''}")
    right = [path for path in found if path.stem == name]
    if not right and len(found) > 1:
        raise Rejected(f"{len(found)} notebooks, none named {name}.ipynb: {', '.join(path.name for path in found)}")
    chosen = (right or found)[0]
    return chosen, [path for path in found if path != chosen]


def compare_others(submission, path, others, given, megabytes):
    """Return reasons for a human to look, and notes, about notebooks that lie beside the graded one.

    Parameters
    ----------
    submission : Submission
        The graded one, from the file `path`.
    others : list of Path
    given : set of str
        Texts of the cells that the student was given.
    megabytes : int
        What is opened at most.
    """
    reasons, graded = [], {cell.text.strip() for cell in submission.cells}
    for other in others:
        try:
            own = {cell.text.strip() for cell in read_submission(other, megabytes).cells} - given - graded - {""}
        except Rejected as refused:
            reasons.append(f"{refused}; it could not be compared with {path.name}, which was graded")
            continue
        if own:
            reasons.append(f"{other.name} holds other answers than {path.name}, which was graded; "
                           f"remove {path.name} from {path.parent} to grade the other")  # fmt: skip
    ignored = ", ".join(other.name for other in others)
    return reasons, [f"{ignored} ignored: {path.name} was graded"] if others else []


def read_submission(path, megabytes):
    """Return the Submission in the file `path`, or raise Rejected with the reason."""
    size = path.stat().st_size
    if size > megabytes * 1_000_000:
        raise Rejected(f"{path.name} has {size / 1e6:.0f} MB, at most {megabytes} MB are opened")
    if size == 0:
        raise Rejected(f"{path.name} is empty")
    return parse(path.read_bytes(), path.name)


def parse(data, name):
    """Return the Submission in the bytes of a notebook file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected(f"{name} is corrupt: it is no text in UTF-8") from None
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"corrupt at line {error.lineno}" if text.rstrip().endswith("}") else "truncated"
        raise Rejected(f"{name} is {where}: it is no JSON") from None
    except (RecursionError, ValueError) as error:
        raise Rejected(f"{name} is corrupt: {error}") from None
    if not isinstance(content, dict):
        raise Rejected(f"{name} is no notebook")
    return _modern(content, name)


def _modern(content, name):
    """Return the Submission of a notebook of any version of the format."""
    version, notes = content.get("nbformat", NEWEST), []
    if isinstance(version, int) and version < NEWEST:
        try:
            content = nbformat.reads(json.dumps(content), as_version=NEWEST)
        except Exception as error:  # the converters of old formats raise whatever they meet
            raise Rejected(f"{name} is a corrupt notebook of format {version}: {error!r}") from None
        notes.append(f"the notebook has the old format {version}; it was converted")
    elif version != NEWEST:
        notes.append(f"the notebook has the newer format {version}; it was read as format {NEWEST}")
    cells = content.get("cells")
    cells = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    if len(cells) > MOST_CELLS:
        raise Rejected(f"{name} has {len(cells)} cells, at most {MOST_CELLS} are read")
    cells = [_cell(cell) for cell in cells]
    if not cells:
        raise Rejected(f"{name} is a notebook without cells")
    notes += _without_large(cells)
    return Submission(cells, _dict(_dict(content.get("metadata")).get("hdc")), notes)


def _cell(cell):
    """Return what matters of a cell; everything else that it claims is left behind."""
    text = cell.get("source", "")
    if isinstance(text, list):
        text = "".join(line for line in text if isinstance(line, str))
    text = whole_text(text) if isinstance(text, str) else ""
    kind = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown") else "raw"
    marks, own_id = _dict(_dict(cell.get("metadata")).get("nbgrader")), cell.get("id", "")
    pictures = read_pictures(cell.get("attachments"))
    return Cell(kind, text, marks, own_id if isinstance(own_id, str) else "", pictures)


def _without_large(cells):
    """Take pictures that are too large out of cells, and say so."""
    left, notes = MOST_OF_PICTURES, []
    for cell in cells:
        for name, forms in list(cell.pictures.items()):
            size = sum(map(len, forms.values()))
            if size > min(LARGEST_PICTURE, left):
                notes.append(
                    f"the picture {name} was left out: it has {_megabytes(size)} MB, at most "
                    f"{_megabytes(LARGEST_PICTURE)} are kept of one and {_megabytes(MOST_OF_PICTURES)} of all"
                )
                del cell.pictures[name]
            else:
                left -= size
    return notes


def _megabytes(characters):
    """Return in words how much is written with so many characters in base64."""
    return f"{characters * 3 / 4e6:.3g}"


def whole_text(text):
    """Return a text with halves of a pair of surrogates spelt out, since no file can hold them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _dict(value):
    """Return `value` if it is a dict, else an empty one."""
    return value if isinstance(value, dict) else {}
