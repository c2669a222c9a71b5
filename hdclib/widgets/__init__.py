"""Widgets that are alive on the static page and in a notebook. Needs ipywidgets and anywidget."""

from hdclib.widgets.neighbours import Neighbours, neighbours_panel
from hdclib.widgets.questions import ask_choice, ask_number, ask_stack
from hdclib.widgets.reach_builder import ReachBuilder, reach_builder_panel
from hdclib.widgets.rule_explorer import RuleExplorer, rule_explorer_panel
from hdclib.widgets.usage_map import UsageMap, usage_map_panel

__all__ = [
    "Neighbours",
    "ReachBuilder",
    "RuleExplorer",
    "UsageMap",
    "ask_choice",
    "ask_number",
    "ask_stack",
    "neighbours_panel",
    "reach_builder_panel",
    "rule_explorer_panel",
    "usage_map_panel",
]
