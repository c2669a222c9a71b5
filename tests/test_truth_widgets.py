"""The widgets of the chapter on rules and truth, in Python."""

import pytest
import traitlets

from hdclib.survey import DEMANDS, ORDERS, RULES
from hdclib.widgets import ReachBuilder, RuleExplorer, reach_builder_panel, rule_explorer_panel


def test_the_explorer_knows_every_rule_order_and_demand():
    traits = RuleExplorer().traits()
    assert traits["rule"].values == list(RULES)
    assert traits["order"].values == list(ORDERS)
    assert traits["demand"].values == list(DEMANDS)
    for name in (*RULES, *DEMANDS, *ORDERS):
        assert f"{name}:" in str(RuleExplorer._esm), name


def test_the_scripts_listen_to_every_trait_of_the_state():
    surveyed = 'const SURVEYED = ["rule", "kernel_size", "layers", "order", "demand", "largest"];'
    assert surveyed in str(RuleExplorer._esm) and '[...SURVEYED, "shown"]' in str(RuleExplorer._esm)
    assert set(RuleExplorer.own_traits()) - {"key"} == {
        "rule", "kernel_size", "layers", "order", "demand", "largest", "shown",
    }  # fmt: skip


def test_a_panel_starts_where_it_is_told():
    picture = rule_explorer_panel("coprime", 5, key="mine").picture
    assert (picture.rule, picture.kernel_size, picture.key) == ("coprime", 5, "mine")
    picture = reach_builder_panel([1, 4], kernel_size=[3, 5]).picture
    assert (picture.layers, picture.dilation_2, picture.kernel_2) == (2, 4, 5)
    assert (picture.display_2, picture.display_3) == ("flex", "none")


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: rule_explorer_panel("gcd"), traitlets.TraitError),
        (lambda: rule_explorer_panel(kernel_size=10), traitlets.TraitError),
        (lambda: reach_builder_panel([1, 82]), traitlets.TraitError),
        (lambda: reach_builder_panel([1], kernel_size=8), traitlets.TraitError),
        (lambda: reach_builder_panel([1] * 6), ValueError),
        (lambda: reach_builder_panel([0]), ValueError),
        (lambda: ReachBuilder(dilation_6=1), TypeError),
    ],
)
def test_what_is_out_of_range_is_refused(call, error):
    with pytest.raises(error):
        call()
