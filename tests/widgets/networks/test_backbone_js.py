"""The page's VGG16 against hdclib.networks.vgg: all 243 choices, several image sizes."""

from itertools import product

from scripts import evaluate

from hdclib.networks import layer_table, network_cost, vgg16
from hdclib.networks.vgg import POOL_CHOICES

CASES = [[list(pools), size] for pools in product(POOL_CHOICES, repeat=5) for size in (32, 224, 225, 321)]
KEYS = ("name", "dilation", "size", "stride", "field", "values", "multiply_adds")


def test_every_row_of_the_page_s_table_equals_hdclib():
    found = evaluate("networks/backbone_maths.js", "script.layerTable(script.vgg16(given[0]), given[1])", CASES)
    for (pools, size), rows in zip(CASES, found, strict=True):
        wanted = [[getattr(row, key) for key in KEYS] for row in layer_table(vgg16(pools), size)]
        assert [list(row.values()) for row in rows] == wanted, (pools, size)


def test_costs_on_the_page_equal_hdclib():
    expression = "script.networkCost(script.layerTable(script.vgg16(given[0]), given[1]))"
    for (pools, size), cost in zip(CASES, evaluate("networks/backbone_maths.js", expression, CASES), strict=True):
        assert tuple(cost) == network_cost(vgg16(pools), size), (pools, size)
