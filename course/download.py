"""The files of a download, which is a folder or a zip archive as a platform lets one take it."""

import shutil
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from course.layout import CourseError

IGNORED = ("__MACOSX", ".git", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db")
MOST_FILES = 20_000  # of an archive
UNREADABLE = (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, ValueError)


@dataclass
class Found:
    """One file of the download: its path in there, its size, its date, and how to copy it out."""

    parts: tuple
    size: int
    date: float
    copy: object

    @property
    def words(self):
        """The path of the file, to be read."""
        return "/".join(self.parts)


def files_of(place):
    """Yield the files of a folder or zip archive; links are left out, and so is what systems add on their own."""
    if not place.exists():
        raise CourseError(f"FROM is {place}: there is no such folder or zip archive")
    if place.is_dir():
        yield from _of_folder(place)
    elif zipfile.is_zipfile(place):
        yield from _of_archive(_opened(place))
    else:
        raise CourseError(f"FROM is {place}: neither a folder nor a zip archive")


def _opened(place):
    """Return the archive with its list of contents read; one name or number that is none spoils the whole list."""
    try:
        return zipfile.ZipFile(place)
    except UNREADABLE as error:
        raise CourseError(f"FROM is {place}: its list of contents is damaged ({error}); download it again, or unpack "
                          "it with another program and give the folder") from error  # fmt: skip


def _of_folder(place):
    """Yield the plain files below a folder."""
    for path in sorted(place.rglob("*")):
        parts = path.relative_to(place).parts
        if path.is_file() and not path.is_symlink() and not set(parts) & set(IGNORED):
            yield Found(parts, path.stat().st_size, path.stat().st_mtime, lambda to, path=path: shutil.copy2(path, to))


def _of_archive(archive):
    """Yield the files of an archive; what they are called decides nothing about where they are written."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise CourseError(f"the archive holds {len(members)} files, at most {MOST_FILES} are read")
    for member in members:
        parts = PurePosixPath(member.filename).parts or ("a file without a name",)
        if not set(parts) & set(IGNORED):
            date = _date(member)
            yield Found(parts, member.file_size, date, lambda to, member=member: _unpack(archive, member, to))


def _date(member):
    """Return the date of a file in an archive, in seconds; 0 if it makes no sense."""
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _unpack(archive, member, to):
    """Write one file of an archive, and not a byte more than it claims to have."""
    with archive.open(member) as stream, open(to, "wb") as out:
        left = member.file_size
        while left and (part := stream.read(min(left, 2**20))):
            out.write(part)
            left -= len(part)
