"""How long a chapter takes to read, and what stands behind a click."""

from types import SimpleNamespace

import hdc_reading
import pytest
from docutils import nodes
from docutils.utils import new_document


def chapter(*parts):
    document = new_document("chapter")
    document += parts
    return document


def words(number):
    return nodes.paragraph("", "word " * number)


def cell(text):
    return nodes.container("", nodes.literal_block("", text), nb_element="cell_code_output")


def closed(line, *parts):
    return hdc_reading.Closed("", hdc_reading.Line("", line), *parts)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([words(1)], 1),
        ([words(1000)], 5),
        ([words(1000), nodes.literal_block("", "code " * 1000)], 5),
        ([words(1000), nodes.math_block("", "x " * 1000)], 5),
        ([words(1000), *(nodes.figure("", nodes.image("")) for _ in range(6))], 7),
        ([words(1000), nodes.admonition("", words(1000), classes=["dropdown"])], 5),
        ([words(1000), *(cell("3 " * 100) for _ in range(6))], 7),
        ([words(1000), closed("More", words(1000), cell("3"))], 5),
    ],
    ids=["a word", "words", "code is not read", "a formula", "figures", "a closed box", "outputs", "a closed part"],
)
def test_minutes_count_what_is_read(parts, found):
    assert hdc_reading.minutes(chapter(*parts)) == found


@pytest.mark.parametrize(
    ("path", "counted"),
    [("book/gridding.ipynb", True), ("book/coursework/sizes.ipynb", False), ("book/one_page.md", False)],
)
def test_a_route_counts_what_shows_its_minutes(path, counted):
    name = path.rsplit(".", 1)[0]
    env = SimpleNamespace(docname=name, doc2path=lambda _: path)
    hdc_reading.count(SimpleNamespace(env=env), chapter(words(1000)))
    assert getattr(env, "hdc_minutes", {}) == ({name: 5} if counted else {})


def app(**counted):
    env = SimpleNamespace(hdc_minutes=counted, titles={"b": nodes.title("", "The second")})
    builder = SimpleNamespace(get_relative_uri=lambda start, to: f"{to}.html")
    return SimpleNamespace(env=env, config=SimpleNamespace(short_route=["a", "b"]), builder=builder)


def test_the_line_tells_the_minutes_and_the_next_chapter_of_the_short_route():
    book = app(a=7, b=5, c=12)
    first, last, other = (hdc_reading.line(book, name) for name in "abc")
    assert (
        "7 minutes to read. On the short route: 1 of 2, then " in first and '<a href="b.html">The second</a>.' in first
    )
    assert last == '<p class="hdc-minutes">5 minutes to read. On the short route: 2 of 2.</p>\n'
    assert other == '<p class="hdc-minutes">12 minutes to read.</p>\n'


def test_the_role_writes_the_minutes_of_a_chapter_and_of_the_routes():
    book = app(a=7, b=5, c=12)
    document = chapter(
        nodes.paragraph("", "", *(hdc_reading.Minutes("", "", of=name) for name in ("c", "short", "all")))
    )
    hdc_reading.write_minutes(book, document, "a")
    assert document.astext() == "12 minutes12 minutes24 minutes"
    with pytest.raises(KeyError):
        hdc_reading.write_minutes(book, chapter(hdc_reading.Minutes("", "", of="no chapter")), "a")


def test_a_proof_is_closed_and_its_theorem_is_not():
    theorem = nodes.container("", words(2), classes=["proof", "theorem"])
    proof = nodes.container("", words(2), classes=["proof", "proof"])
    document = chapter(theorem, proof)
    hdc_reading.CloseProofs(document).run()
    kinds = [node.astext() if isinstance(node, nodes.raw) else node for node in document]
    assert kinds[0] is theorem and kinds[2] is proof
    assert kinds[1].startswith("<details") and "Show the proof" in kinds[1] and kinds[3] == "</details>"


def test_a_closed_part_takes_what_follows_it_up_to_the_next_one_or_a_subsection():
    first, second = closed("How"), closed("Why")
    before, inside, cell_inside, last = words(1), words(2), cell("3"), words(3)
    below = nodes.section("", words(4))
    document = chapter(nodes.section("", before, first, inside, cell_inside, second, last, below))
    hdc_reading.FillClosed(document).apply()
    assert list(document[0]) == [before, first, second, below]
    assert first[1:] == [inside, cell_inside] and second[1:] == [last]
