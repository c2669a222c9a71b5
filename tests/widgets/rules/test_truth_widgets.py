"""The widgets of the chapter on rules and truth, in Python."""

import pytest
import traitlets

from hdclib.rules.surveys import DEMANDS, ORDERS, RULES
from hdclib.widgets import ReachBuilder, RuleExplorer, reach_builder_panel, rule_explorer_panel


def test_the_explorer_knows_every_rule_order_and_demand():
    traits = RuleExplorer().traits()
    assert traits["rule"].values == list(RULES)
    assert traits["order"].values == list(ORDERS)
    assert traits["demand"].values == list(DEMANDS)


@pytest.mark.parametrize(("label", "names"), [("Rule", RULES), ("Ask only", DEMANDS), ("Dilations", ORDERS)])
def test_the_reader_can_choose_every_rule_order_and_demand(stage, label, names):
    stage.show(RuleExplorer(largest=3))
    options = stage.page.get_by_label(label, exact=True).locator("option")
    assert options.evaluate_all("(options) => options.map((option) => option.value)") == list(names)
    words = options.all_inner_texts()
    assert len(set(words)) == len(names) and all(words)


def test_a_panel_starts_where_it_is_told():
    picture = rule_explorer_panel("coprime", 5, key="mine").picture
    assert (picture.rule, picture.kernel_size, picture.key) == ("coprime", 5, "mine")
    picture = reach_builder_panel([1, 4], kernel_size=[3, 5]).picture
    assert (picture.dilations, picture.kernels[:2]) == ([1, 4], [3, 5])


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: rule_explorer_panel("gcd"), traitlets.TraitError),
        (lambda: rule_explorer_panel(kernel_size=10), traitlets.TraitError),
        (lambda: reach_builder_panel([1, 82]), traitlets.TraitError),
        (lambda: reach_builder_panel([1], kernel_size=8), ValueError),
        (lambda: reach_builder_panel([1] * 6), ValueError),
        (lambda: reach_builder_panel([0]), ValueError),
        (lambda: ReachBuilder(dilation_6=1), TypeError),
    ],
)
def test_what_is_out_of_range_is_refused(call, error):
    with pytest.raises(error):
        call()
