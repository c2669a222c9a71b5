"""Archives that learning platforms take back: a file for each student, under the name by which they find its owner."""

import zipfile

from course.reading.table import plain
from course.results.names import CANVAS, MOODLE
from course.roll import HIDDEN

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same archive


def moodle_name(student, receipt, file):
    """Return the path of a file for Moodle's "Upload multiple feedback files in a zip", None if it cannot be told.

    Moodle reads the number of the participant, which is another one in each assignment: the download's, else the
    roster's; a group's number is none.
    """
    found = _as_it_came(receipt, MOODLE)
    own = found["number"] if found and found["number"] and _is_of(student, found["full_name"]) else ""
    number = own or student.participant
    name = (student.full_name or student.id).replace("_", " ").replace("/", " ")
    return f"{name}_{number}_assignsubmission_file_/{file}" if number else None


def _is_of(student, words):
    """Tell whether Moodle's words mean a student alone, whose name may stand behind that of a group."""
    return plain(words) in HIDDEN or plain(words).endswith(plain(student.full_name) or "\0")


def canvas_name(receipt, ending):
    """Return the name of a file for Canvas's "Upload Submissions", None if it did not come from there.

    Canvas reads the two numbers in the name of the file that was handed in.
    """
    name = receipt.get("came_as", "")
    return f"{name.rpartition('.')[0] or name}.{ending}" if _as_it_came(receipt, CANVAS) else None


def _as_it_came(receipt, form):
    """Return the match of what a platform called a submission, None if it came from another one."""
    return form.pattern.fullmatch(receipt.get("came_as", "")) if receipt.get("platform") == form.platform else None


def write_archive(path, files):
    """Write an archive of these files, name → path; the old one goes if there are none. Return whether there are."""
    path.unlink(missing_ok=True)
    if not files:
        return False
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), source.read_bytes(), zipfile.ZIP_DEFLATED)
    part.replace(path)
    return True
