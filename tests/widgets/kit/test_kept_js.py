"""hdclib/widgets/kit/kept.js: what a reader answered stays, a place for each page and question; without a browser."""

from scripts import evaluate

PLACES = """(() => {
  const held = new Map(given.before);
  const localStorage = { getItem: (name) => held.get(name) ?? null, setItem: (name, value) => held.set(name, value),
    removeItem: (name) => held.delete(name) };
  globalThis.window = { localStorage, location: { pathname: given.page } };
  const kept = script.keptFor(...given.parts);
  if ("value" in given) kept.save(given.value);
  const found = kept.load();
  return [found, [...held.keys()]];
})()"""


def kept(page, *parts, before=(), **value):
    return evaluate("kit/kept.js", PLACES, [{"page": page, "parts": parts, "before": list(before), **value}])[0]


def test_each_page_and_question_has_a_place_of_its_own():
    found = [kept(page, part, value=1) for page in ("/a.html", "/b.html") for part in ("x", "y")]
    assert [answer for answer, _ in found] == [1] * 4
    assert len({names[0] for _, names in found}) == 4


def test_what_this_book_did_not_write_is_nothing():
    _, [name] = kept("/a.html", "x", value=1)
    assert kept("/a.html", "x", before=[[name, "{no"]])[0] is None
    assert kept("/a.html", "x")[0] is None
