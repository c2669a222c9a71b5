"""u_net_maths.js against hdclib, for every U-Net that the widget can show."""

from itertools import product

from scripts import evaluate

from hdclib.sizes import size_chain, u_net_layers
from hdclib.widgets import UNetSizes

NETS = [
    dict(zip(("depth", "convolutions", "dilation", "padded", "join"), given, strict=True))
    for given in product(range(1, 6), (1, 2, 3), (1, 2, 3), (True, False), ("equal", "crop"))
]


def test_the_sizes_that_fit_are_those_of_hdclib():
    found = evaluate("sizes/u_net_maths.js", "script.fittingSizes(given)", NETS)
    for net, page in zip(NETS, found, strict=True):
        truth = UNetSizes(**net).answer
        assert page["remainders"] == list(truth.remainders), net
        assert (page["step"], page["least"]) == (truth.step, truth.least), net
    assert sum(not page["remainders"] for page in found) == len(NETS) // 4  # nothing padded, nothing cropped


def test_the_original_u_net_takes_572():
    net = UNetSizes(padded=False, join="crop")
    assert (net.answer.step, net.answer.remainders) == (16, (12,))
    assert 572 in net.answer


def test_each_size_on_the_way_is_that_of_hdclib():
    cases = [{"net": net, "size": size} for net in NETS[::7] for size in range(1, 1025, 31)]
    found = evaluate("sizes/u_net_maths.js", "script.sizesThrough(given.size, given.net)", cases)
    lost = 0
    for case, page in zip(cases, found, strict=True):
        shape = {name: value for name, value in case["net"].items() if name != "join"}
        layers, joins = u_net_layers(**shape)
        try:
            sizes = size_chain(case["size"], layers)
        except ValueError:
            assert page["lost"]
            lost += 1
            continue
        waiting = [(sizes[one], sizes[other]) for one, other in joins]
        assert [(level["left"], level["up"]) for level in page["levels"]] == waiting
        assert page["out"] == sizes[-1]
    assert 0 < lost < len(cases)


def test_the_nearest_sizes_are_those_of_hdclib():
    cases = [{"net": net, "size": size} for net in NETS[::5] for size in (1, 31, 572, 1024)]
    expression = "script.nearestSizes(given.size, script.fittingSizes(given.net))"
    found = evaluate("sizes/u_net_maths.js", expression, cases)
    truth = [list(UNetSizes(**case["net"]).answer.nearest(case["size"])) for case in cases]
    assert found == truth
    assert [None, None] in truth and any(None in pair for pair in truth if pair != [None, None])


def test_a_size_is_said_to_fit_exactly_where_hdclib_says_so():
    cases = [{"net": net, "size": size} for net in NETS[::11] for size in range(300, 400)]
    expression = "((t) => t.lost ? 'lost' : script.misfit(t, given.net))(script.sizesThrough(given.size, given.net))"
    found = evaluate("sizes/u_net_maths.js", expression, cases)
    for case, bad in zip(cases, found, strict=True):
        assert (bad is None) == (case["size"] in UNetSizes(**case["net"]).answer), case
