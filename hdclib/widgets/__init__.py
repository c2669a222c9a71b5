"""Widgets that are alive on the static page and in a notebook. Needs ipywidgets and anywidget."""

from hdclib.widgets.neighbours import Neighbours, neighbours_panel
from hdclib.widgets.questions import ask_choice, ask_number, ask_stack
from hdclib.widgets.usage_map import UsageMap, usage_map_panel

__all__ = [
    "Neighbours",
    "UsageMap",
    "ask_choice",
    "ask_number",
    "ask_stack",
    "neighbours_panel",
    "usage_map_panel",
]
