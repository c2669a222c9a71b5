"""The archive holds the bytes and the names of its files, and nothing of where and when they were made."""

import os
import zipfile

from tools.site import assemble_site


def written(folder, archive, names, moment):
    """Write some files, of another date, and an archive of them; return its bytes."""
    files = {}
    for name in names:
        files[name] = folder / name.replace("/", "_")
        files[name].write_text(f"what {name} holds\n" * 100)
        os.utime(files[name], (moment, moment))
    assemble_site.write_zip(archive, "book", files)
    return archive.read_bytes()


def test_order_dates_modes_and_places_of_files_make_no_difference(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")
    names = ["index.html", "book/a.html", "fonts/x.woff2"]
    (tmp_path / "a").mkdir()
    (tmp_path / "b" / "c").mkdir(parents=True)
    one = written(tmp_path / "a", tmp_path / "one.zip", names, 1_000_000_000)
    other = written(tmp_path / "b" / "c", tmp_path / "other.zip", names[::-1], 1_500_000_000)
    assert one == other
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        assert list(entries) == sorted(f"book/{name}" for name in names)
        assert {entry.date_time for entry in entries.values()} == {(2023, 11, 14, 22, 13, 20)}
        assert entries["book/index.html"].compress_type == zipfile.ZIP_DEFLATED
        assert entries["book/fonts/x.woff2"].compress_type == zipfile.ZIP_STORED
        assert archive.read("book/book/a.html") == b"what book/a.html holds\n" * 100


def test_another_commit_has_another_date(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    one = written(tmp_path, tmp_path / "one.zip", ["a.html"], 1_000_000_000)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000100")
    assert written(tmp_path, tmp_path / "one.zip", ["a.html"], 1_000_000_000) != one
