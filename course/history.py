"""What a student handed in before: each version that another one replaced is kept, with those mended by hand."""

import hashlib

from course.receipts import TAKING

GIGANTIC = 100_000_000  # bytes; nobody waits for the digest of more


def contents(folder):
    """Return a digest of each file in a folder, by name; of a gigantic one its size. Empty if there is no folder."""
    files = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()] if folder.is_dir() else []
    return {path.name: _digest(path) for path in sorted(files)}


def _digest(path):
    if (size := path.stat().st_size) > GIGANTIC:
        return f"{size} bytes"
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_mended(receipt, found):
    """Tell whether the files in place, with their digests, are others than those that were collected."""
    if not found or receipt.get("state") == TAKING:
        return False
    return "files" in receipt and receipt["files"] != found


def is_by_hand(receipt, found):
    """Tell whether the files in place were put there by hand and never collected, as beside what a group handed in."""
    return bool(found) and (not receipt or "with" in receipt)


def lay_aside(course, student, name):
    """Move what a student handed in to their history; return where it is now, None if there was nothing."""
    folder = course.submitted(student, name)
    if not folder.is_dir() or not any(folder.iterdir()):
        return None
    above = course.root / "history" / student / name
    above.mkdir(parents=True, exist_ok=True)
    last = max((int(path.name) for path in above.iterdir() if path.name.isdigit()), default=0)
    aside = above / f"{last + 1:03d}"
    folder.rename(aside)
    return aside
