"""The file of the scores that the book offers holds what `hdclib.scores` says, to the last digit."""

import csv
import io
from types import SimpleNamespace

import hdc_scores
import pytest

import hdclib as hdc
from tools.site.components import OURS, rule_of

ROWS = list(csv.DictReader(io.StringIO(hdc_scores.text())))
KINDS = {"noise": float, "size": int, "steps": int}


def of(condition):
    """The rows of one condition."""
    told = {name: str(value) for name, value in condition.items()}
    return [row for row in ROWS if told.items() <= row.items()]


@pytest.mark.parametrize("condition", hdc.training.conditions(), ids=str)
def test_each_condition_has_the_scores_of_the_library(condition):
    wanted = hdc.scores(**condition)
    rows = of(condition)
    assert [tuple(map(int, row["dilations"].split())) for row in rows] == list(wanted)
    for row, found in zip(rows, wanted.values(), strict=True):
        assert int(row["seeds"]) == found["seeds"]
        measures = {name: pair for name, pair in found.items() if name != "seeds"}
        for name, pair in measures.items():
            assert (float(row[name]), float(row[name + hdc_scores.WIDTH])) == pair
        others = set(row) - set(condition) - {"dilations", "seeds"}
        others -= {name + ending for name in measures for ending in ("", hdc_scores.WIDTH)}
        assert {row[name] for name in others} <= {""}


def test_no_row_is_of_anything_else():
    assert sum(len(of(condition)) for condition in hdc.training.conditions()) == len(ROWS)


def test_a_row_alone_says_how_to_ask_the_library_for_it():
    row = ROWS[-1]
    keywords = {name: KINDS.get(name, str)(row[name]) for name in hdc.training.conditions()[0]}
    assert tuple(map(int, row["dilations"].split())) in hdc.scores(**keywords)


@pytest.mark.parametrize(("page", "to_root"), [("book/trained_evidence", "../"), ("book/coursework/sizes", "../../")])
def test_the_link_leads_from_any_page_to_the_file(page, to_root):
    builder = SimpleNamespace(get_target_uri=lambda name: f"{name}.html")
    role = hdc_scores.ScoresRole()
    role.text = "R & D"
    env = SimpleNamespace(docname=page, app=SimpleNamespace(builder=builder))
    role.inliner = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=env)))
    (link,), _ = role.run()
    assert link.astext() == f'<a href="{to_root}{hdc_scores.PATH}" download>R &amp; D</a>'


@pytest.mark.parametrize(("format", "written"), [("html", True), ("linkcheck", False)])
def test_the_file_is_written_into_a_site(tmp_path, format, written):
    hdc_scores.write(SimpleNamespace(builder=SimpleNamespace(format=format), outdir=str(tmp_path)))
    path = tmp_path / hdc_scores.PATH
    assert path.exists() == written
    assert not written or path.read_bytes().decode() == hdc_scores.text()


def test_the_site_says_whose_the_file_is():
    assert rule_of(hdc_scores.PATH) == OURS
