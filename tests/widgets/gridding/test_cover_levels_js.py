"""hdclib/widgets/gridding/cover_levels.js: a won square leads to the next one, and stays won; without a browser."""

from hdclib.widgets import CoverSquare


def test_a_won_square_leads_to_the_next(node_page):
    node_page.show(CoverSquare(side=13, dilations=[1, 2, 3]))
    node_page.ask("press", name="Next: side 15")
    assert node_page.told()["state"]["side"] == 15


def test_what_was_won_is_marked_on_the_next_visit(node_page):
    node_page.show(CoverSquare(side=13, dilations=[1, 2, 3]))
    node_page.show(CoverSquare(side=13, dilations=[2, 2, 2]), keep=True)
    names = [field[0] for field in node_page.told()["fields"]]
    assert "Side 13, won" in names and "Side 15" in names and "Side 15, won" not in names
