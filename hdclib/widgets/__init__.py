"""Widgets that are alive on the static page and in a notebook. Needs ipywidgets and anywidget."""

from hdclib.widgets.gridding.cone import Cone, cone_panel
from hdclib.widgets.gridding.cover_square import CoverSquare, cover_square_panel
from hdclib.widgets.gridding.lattice_viewer import LatticeViewer, lattice_viewer_panel
from hdclib.widgets.gridding.neighbours import Neighbours, neighbours_panel
from hdclib.widgets.gridding.usage_map import UsageMap, usage_map_panel
from hdclib.widgets.networks.causal_tree import CausalTree, causal_tree_panel
from hdclib.widgets.networks.module_builder import ModuleBuilder, module_panel
from hdclib.widgets.networks.pools_out import PoolsOut, pools_out_panel
from hdclib.widgets.networks.stride_to_dilation import StrideToDilation, stride_to_dilation_panel
from hdclib.widgets.questions.predictions import ask_prediction, recall_prediction
from hdclib.widgets.questions.questions import ask_choice, ask_number, ask_stack
from hdclib.widgets.questions.sentences import Sentences, ask_sentences
from hdclib.widgets.rules.designer import Designer, designer_panel
from hdclib.widgets.rules.distance_walk import DistanceWalk, distance_walk_panel
from hdclib.widgets.rules.order_comparer import OrderComparer, compare_orders
from hdclib.widgets.rules.predict_distance import PredictDistance, distance_drill
from hdclib.widgets.rules.reach_builder import ReachBuilder, reach_builder_panel
from hdclib.widgets.rules.rule_explorer import RuleExplorer, rule_explorer_panel
from hdclib.widgets.signal.bell_curve import BellCurve, bell_panel
from hdclib.widgets.signal.frequency_explorer import FrequencyExplorer, frequency_panel
from hdclib.widgets.signal.image_lab import ImageLab, image_lab_panel
from hdclib.widgets.signal.pooling_view import PoolingView, pooling_panel
from hdclib.widgets.sizes.same_sampling import SameSampling, same_sampling_panel
from hdclib.widgets.sizes.size_calculator import SizeCalculator, size_calculator_panel
from hdclib.widgets.sizes.stepper import Stepper, stepper_panel
from hdclib.widgets.sizes.u_net_sizes import UNetSizes, u_net_sizes_panel
from hdclib.widgets.training.seed_pairs import SeedPairs, seed_pairs_panel
from hdclib.widgets.training.trained_viewer import TrainedViewer, trained_panel

__all__ = [
    "BellCurve",
    "CausalTree",
    "Cone",
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
    "SeedPairs",
    "Sentences",
    "SizeCalculator",
    "Stepper",
    "StrideToDilation",
    "TrainedViewer",
    "UNetSizes",
    "UsageMap",
    "ask_choice",
    "ask_number",
    "ask_prediction",
    "ask_sentences",
    "ask_stack",
    "bell_panel",
    "causal_tree_panel",
    "compare_orders",
    "cone_panel",
    "cover_square_panel",
    "designer_panel",
    "distance_drill",
    "distance_walk_panel",
    "frequency_panel",
    "image_lab_panel",
    "lattice_viewer_panel",
    "module_panel",
    "neighbours_panel",
    "pooling_panel",
    "pools_out_panel",
    "reach_builder_panel",
    "recall_prediction",
    "rule_explorer_panel",
    "same_sampling_panel",
    "seed_pairs_panel",
    "size_calculator_panel",
    "stepper_panel",
    "stride_to_dilation_panel",
    "trained_panel",
    "u_net_sizes_panel",
    "usage_map_panel",
]
