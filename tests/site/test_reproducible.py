"""Two builds are compared by all that is published, and every difference is named."""

import pytest

from tools.setup import reproducible


@pytest.fixture
def clones(tmp_path):
    """Two clones with the same site and the same archive."""
    both = [tmp_path / "one", tmp_path / "other"]
    for clone in both:
        (clone / "_build" / "site" / "book").mkdir(parents=True)
        (clone / "_build" / "site" / "book" / "index.html").write_text("<p>3 × 3</p>")
        (clone / "_build" / "dilated-convolution.zip").write_bytes(b"PK")
    return both


def test_equal_builds_are_told_by_one_hash(clones, capsys):
    assert reproducible.compare(*clones) == 0
    one, other, archive = capsys.readouterr().out.splitlines()
    assert one.split()[0] == other.split()[0] and "2 files" in one
    assert archive.endswith("_build/dilated-convolution.zip")


@pytest.mark.parametrize("name", ["site/book/index.html", "site/new.js", "dilated-convolution.zip"])
def test_a_difference_is_named(clones, capsys, name):
    (clones[1] / "_build" / name).write_text("other")
    assert reproducible.compare(*clones) == 1
    assert f"differs: _build/{name}\n" in capsys.readouterr().out


def test_builds_of_nothing_are_no_proof(tmp_path):
    assert reproducible.compare(tmp_path, tmp_path) == 1
