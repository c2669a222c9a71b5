"""Widgets that are alive on the static page and in a notebook. Needs ipywidgets and anywidget."""

from hdclib.widgets.bell_curve import BellCurve, bell_panel
from hdclib.widgets.causal_tree import CausalTree, causal_tree_panel
from hdclib.widgets.cover_square import CoverSquare, cover_square_panel
from hdclib.widgets.designer import Designer, designer_panel
from hdclib.widgets.distance_walk import DistanceWalk, distance_walk_panel
from hdclib.widgets.frequency_explorer import FrequencyExplorer, frequency_panel
from hdclib.widgets.image_lab import ImageLab, image_lab_panel
from hdclib.widgets.lattice_viewer import LatticeViewer, lattice_viewer_panel
from hdclib.widgets.module_builder import ModuleBuilder, module_builder
from hdclib.widgets.neighbours import Neighbours, neighbours_panel
from hdclib.widgets.order_comparer import OrderComparer, compare_orders
from hdclib.widgets.pooling_view import PoolingView, pooling_panel
from hdclib.widgets.pools_out import PoolsOut, pools_out_panel
from hdclib.widgets.predict_distance import PredictDistance, distance_drill
from hdclib.widgets.questions import ask_choice, ask_number, ask_stack
from hdclib.widgets.reach_builder import ReachBuilder, reach_builder_panel
from hdclib.widgets.rule_explorer import RuleExplorer, rule_explorer_panel
from hdclib.widgets.same_sampling import SameSampling, same_sampling_panel
from hdclib.widgets.size_calculator import SizeCalculator, size_calculator_panel
from hdclib.widgets.stepper import Stepper, stepper_panel
from hdclib.widgets.trained_viewer import TrainedViewer, trained_panel
from hdclib.widgets.usage_map import UsageMap, usage_map_panel

__all__ = [
    "BellCurve",
    "CausalTree",
    "CoverSquare",
    "Designer",
    "DistanceWalk",
    "FrequencyExplorer",
    "ImageLab",
    "LatticeViewer",
    "ModuleBuilder",
    "Neighbours",
    "OrderComparer",
    "PoolingView",
    "PoolsOut",
    "PredictDistance",
    "ReachBuilder",
    "RuleExplorer",
    "SameSampling",
    "SizeCalculator",
    "Stepper",
    "TrainedViewer",
    "UsageMap",
    "ask_choice",
    "ask_number",
    "ask_stack",
    "bell_panel",
    "causal_tree_panel",
    "compare_orders",
    "cover_square_panel",
    "designer_panel",
    "distance_drill",
    "distance_walk_panel",
    "frequency_panel",
    "image_lab_panel",
    "lattice_viewer_panel",
    "module_builder",
    "neighbours_panel",
    "pooling_panel",
    "pools_out_panel",
    "reach_builder_panel",
    "rule_explorer_panel",
    "same_sampling_panel",
    "size_calculator_panel",
    "stepper_panel",
    "trained_panel",
    "usage_map_panel",
]
