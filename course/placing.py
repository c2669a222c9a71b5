"""Put what was handed in where it is graded, in the place of nothing newer and of nothing that a human put there."""

import os
import shutil
import tempfile
from pathlib import Path

from course.download import UNREADABLE
from course.history import contents, is_by_hand, is_mended, lay_aside
from course.receipts import TAKEN, TAKING, read_receipt, write_receipt
from course.showing import visible

MOST_OF_ONE = 50  # files of one student
COARSE = 2  # seconds, to which an archive knows its dates
LONGEST_NAME = 100  # characters of a stored name


class Unclear(Exception):
    """Nothing of a student's was taken; the message says why and what to do."""


def refuse_doubles(chosen):
    """Refuse files that would lie in each other's place."""
    if len(chosen) > MOST_OF_ONE:
        raise Unclear(f"{len(chosen)} files, at most {MOST_OF_ONE} are taken of a student")
    stored = {}
    for named, found in chosen:
        stored.setdefault(stored_name(named.file).casefold(), []).append(found.words)
    if doubled := [" and ".join(words) for words in stored.values() if len(words) > 1]:
        raise Unclear(f"which of them counts? {'; '.join(doubled)}")


def refuse_another(receipt, known, folder):
    """Refuse what another account of the same platform handed in than the one whose work is in place."""
    is_same_platform = receipt.get("platform") == known["platform"]
    if contents(folder) and is_same_platform and receipt["account"] != known["account"]:
        raise Unclear(f"this is by {known['came_as']}, and what is in place by {receipt['came_as']}; "
                      f"remove {folder} to take it all the same")  # fmt: skip


def refuse_older(receipt, known, folder):
    """Refuse a try from before the one that is in place, or from before what was put there by hand.

    The order of tries is a platform's own; between two platforms the dates of the files decide.
    """
    found = contents(folder)
    anyway = f"remove {folder} to take it all the same"
    if is_by_hand(receipt, found) and max(path.stat().st_mtime for path in folder.iterdir()) > known["date"] + COARSE:
        raise Unclear(f"this is older than what was put in place by hand; {anyway}")
    if not found or "order" not in receipt:
        return
    is_alike = receipt.get("platform") == known["platform"] and len(receipt["order"]) == len(known["order"])
    before = (receipt["order"] if is_alike else known["order"], receipt["date"] - COARSE)
    if (known["order"], known["date"]) < before:
        raise Unclear(f"this is older than what is in place; {anyway}")


def put(course, name, student, chosen, known):
    """Put the files in the place of what was there, which is kept; return what there is to say of it, in words."""
    folder, most = course.submitted(student, name), course.limits.submission_mb
    folder.parent.mkdir(parents=True, exist_ok=True)
    large = [f"{named.file} has {found.size / 1e6:.0f} MB, at most {most} MB are taken" for named, found in chosen
             if found.size > most * 1_000_000]  # fmt: skip
    words = f" ({'; '.join(large)})" if large else ""
    known = {**known, "refused": visible("; ".join(large))}
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as fresh:
        for named, found in chosen:
            if found.size <= most * 1_000_000:
                copy_out(found, Path(fresh, stored_name(named.file)))
        before, receipt, new = contents(folder), read_receipt(course, student, name), contents(Path(fresh))
        if is_mended(receipt, before) and new == receipt["files"]:
            return f"{words}; it was mended by hand since it was taken, and stays so"
        by_hand = new != before and (is_mended(receipt, before) or is_by_hand(receipt, before))
        write_receipt(course, student, name, TAKING)
        aside = lay_aside(course, student, name) if new != before else None
        if folder.exists():
            shutil.rmtree(folder)
        os.mkdir(folder)
        for path in Path(fresh).iterdir():
            path.replace(folder / path.name)
    if by_hand:
        known["replaced"] = f"a newer try took the place of a file that was mended by hand; that one is in {aside}"
        words += f"; {known['replaced']}"
    write_receipt(course, student, name, TAKEN, files=new, **known)
    return words


def copy_out(found, to):
    """Copy one file out of the download."""
    try:
        found.copy(to)
    except UNREADABLE as error:
        raise Unclear(f"{found.words} is damaged or encrypted: {error}") from None


def stored_name(name):
    """Return the name under which a file is kept: one that every disk takes and every terminal shows."""
    last = visible(Path(name).name).replace("\0", "") or "unnamed"
    stem, dot, end = last.rpartition(".")
    if len(last.encode()) > LONGEST_NAME:
        cut = (stem or end).encode()[: LONGEST_NAME - 20].decode(errors="ignore")
        last = f"{cut}…{dot}{end[:10]}" if dot else cut
    return "unnamed" if last in (".", "..") else last
