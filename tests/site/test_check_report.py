"""web/check/report.js and python.js: a report as a page shows it, and questions in their order; without a browser."""

import json

import pytest

from hdclib.networks.inspecting.from_page import Desk

REPORT = """
  const script = await load();
  const asked = [];
  const shown = script.showReport(el, given.report, async (number) => {
    asked.push(number);
    return given.maps[number];
  });
  await moveOn(3);
  const picture = el.querySelector("canvas");
  const words = (list) => [...list].map((one) => one.textContent);
  if (given.choose !== undefined) {
    const select = el.querySelector("select");
    select.value = given.choose;
    select.dispatchEvent(new window.Event("change"));
    await moveOn(3);
  }
  if (given.repairs) shown.repairs(given.repairs);
  const spoken = [];
  (given.keys ?? []).forEach((key) => {
    press(key, picture);
    spoken.push(el.querySelector(".hdc-cell").textContent);
  });
  const first = el.querySelectorAll("tbody tr").length;
  [...el.querySelectorAll("button")].find((one) => one.textContent.startsWith("Show all"))?.click();
  return {
    first,
    title: el.querySelector("h2").textContent, asked, spoken,
    rows: [...el.querySelectorAll("tbody tr")].map((row) => words(row.children)),
    options: words(el.querySelectorAll("option")), findings: words(el.querySelectorAll("dt")),
    status: el.querySelector(".hdc-status")?.textContent,
    summaries: words(el.querySelectorAll("summary")), copies: words(el.querySelectorAll("pre")),
    calls: picture ? picture.getContext("2d").calls : [],
  };
"""
PYTHON = """
  const workers = [];
  globalThis.Worker = class {
    constructor() { workers.push(Object.assign(this, { sent: [] })); }
    postMessage(one) { this.sent.push(one.given[0]); }
    terminate() { this.ended = true; }
  };
  const { Python } = await load();
  const stages = [];
  const python = new Python((stage) => stages.push(stage));
  const answers = [];
  ["a", "b"].forEach((name) => python.ask("map", name).then((answer) => answers.push([name, answer])));
  const say = (data) => workers.at(-1).onmessage({ data });
  say({ stage: "core" });
  say({ number: 2, answer: "second" });
  say({ number: 1, answer: "first" });
  await moveOn(2);
  python.ask("map", "c").then((answer) => answers.push(["c", answer]));
  python.end();
  await moveOn(2);
  python.ask("map", "d");
  return { answers, stages, count: workers.length, ended: workers[0].ended, asked: workers[0].sent };
"""


@pytest.fixture(scope="module")
def desk():
    return Desk()


def told(desk, layers, shape="65 65"):
    report = json.loads(desk.ask_layers(layers, shape))
    maps = [json.loads(desk.map(number)) for number, view in enumerate(report["views"]) if view["seen"]]
    return report, maps


def shown(page, report, maps=(), **more):
    return page.run("web/check/report.js", REPORT, report=report, maps=list(maps), **more)


def test_the_title_counts_the_views_with_holes(node_page, desk):
    report, maps = told(desk, "3p1 3d2p2 3d2p2 1")
    found = shown(node_page, report, maps)
    with_holes = report["views_with_holes"]
    assert 0 < with_holes < 3
    assert found["title"] == f"The output sees {with_holes} of 3 convolutions of more than one tap with holes."
    fewer = shown(node_page, {**report, "wide_views": 2}, maps)  # the third behind the judged output
    assert f"sees {with_holes} of 2 convolutions" in fewer["title"]
    inexact = shown(node_page, {**report, "exact": False}, maps)
    assert inexact["title"] == f"At most: {found['title']}"
    unknown = shown(node_page, {**report, "exact": False, "views_with_holes": 0}, maps)
    assert unknown["title"].startswith("No view with holes is known")
    assert shown(node_page, {**report, "views_with_holes": 0}, maps)["title"].startswith("The output sees all 3 ")


def test_the_table_has_a_row_for_each_convolution_as_hdclib_found_it(node_page, desk):
    report, maps = told(desk, "3s2p1 3d2p2 1")
    rows = shown(node_page, report, maps)["rows"]
    for row, view in zip(rows, report["views"], strict=True):
        seen = view["seen"]
        share = "100 %" if seen["share"] == 1 else f"{100 * seen['share']:.1f} %"
        cross = " ✗" if view["has_holes"] else ""
        assert row == [
            view["path"], " × ".join(map(str, view["kernel_size"])), " × ".join(map(str, view["dilation"])),
            f"{seen['read']} of {seen['positions']}", share + cross, " × ".join(map(str, seen["gaps"])),
        ]  # fmt: skip


def test_sixty_rows_stand_at_first_and_all_when_asked_for(node_page, desk):
    report, maps = told(desk, " ".join(["3p1"] * 61), "200 200")
    found = shown(node_page, report, maps)
    assert (found["first"], len(found["rows"])) == (60, 61)
    assert shown(node_page, {**report, "views": report["views"][:60]}, maps)["first"] == 60


def test_a_share_that_is_nearly_all_is_not_called_all(node_page, desk):
    report, maps = told(desk, "3p1 3p1")
    view = report["views"][0]
    nearly = {**view, "seen": {**view["seen"], "share": 0.9951}}
    assert shown(node_page, {**report, "views": [nearly]}, maps)["rows"][0][4].startswith("99.5 %")


def test_the_worst_view_is_drawn_first_and_any_other_when_chosen(node_page, desk):
    report, maps = told(desk, "3p1 3d4p4 3p1")
    shares = [view["seen"]["share"] for view in report["views"]]
    worst = shares.index(min(shares))
    found = shown(node_page, report, maps)
    assert found["asked"] == [worst]
    seen = report["views"][worst]["seen"]
    assert found["status"].startswith(f"{seen['read']} of {seen['positions']} positions are read")
    other = (worst + 1) % 3
    assert shown(node_page, report, maps, choose=str(other))["asked"] == [worst, other]


def test_a_map_has_a_mark_for_each_position_and_says_where_it_stands(node_page, desk):
    report, maps = told(desk, "3p1 3d4p4")
    found = shown(node_page, report, maps, choose="1", keys=["ArrowUp", "Home", "ArrowRight", "ArrowDown"])
    rows, (top, left) = maps[1]["rows"], maps[1]["starts"][-2:]
    middle = len(rows) // 2

    def words(row, column):
        read = "read" if rows[row][column] == "1" else "not read"
        return f"Row {top + row}, column {left + column}: {read}."

    assert found["spoken"] == [words(middle, middle), words(middle, 0), words(middle, 1), words(middle + 1, 1)]
    last = max(at for at, call in enumerate(found["calls"]) if call[0] == "clearRect")
    colour, filled = None, {}
    for call in found["calls"][last:]:
        if call[0] == "set fillStyle":
            colour = call[1]
        if call[0] == "fillRect":
            filled[colour] = filled.get(colour, 0) + 1
    text = "".join(rows)
    assert filled["#0072b2"] == text.count("1") and filled["#fdeee2"] == text.count("0")


@pytest.mark.parametrize("layers", ["3p1 3d2p2 3d2p2 3d2p2 3d2p2", "3d2p2 3d4p4 3d8p8"])
def test_repairs_say_what_they_save_and_change(node_page, desk, layers):
    report, maps = told(desk, layers)
    answer = json.loads(desk.repairs())
    found = shown(node_page, report, maps, repairs=answer)
    assert answer["repairs"] and len(found["summaries"]) == len(answer["repairs"])
    for words, copy, repair in zip(found["summaries"], found["copies"], answer["repairs"], strict=True):
        kept = ", and the input keeps holes" * repair["input_has_holes"]
        assert words.startswith(f"{repair['with_holes']} instead of {repair['before']} views with holes{kept}, ")
        assert copy == repair["copy"]


def test_each_answer_goes_to_its_question_and_a_stop_answers_what_waits(node_page):
    found = node_page.run("web/check/python.js", PYTHON)
    assert found["answers"] == [["b", "second"], ["a", "first"], ["c", None]]
    assert found["stages"] == ["core"] and found["asked"] == ["a", "b", "c"]
    assert found["count"] == 2 and found["ended"] is True
