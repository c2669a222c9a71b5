"""ONNX networks as plain data: what is read of them, and what is said of those that are broken. No other package."""

import numpy as np
import pytest

from hdclib import inspect
from hdclib.networks.inspecting.onnx_graphs import MOST_VALUES, Shaped, constant_of, graph_of_plain


def plain(nodes, sizes=(1, 1, 8, 8), **more):
    weight = {"w": Shaped((1, 1, 3, 3))}
    return {"inputs": [("x", list(sizes))], "outputs": ["y"], "constants": weight, "nodes": nodes} | more


def node(op, inputs, outputs, domain="", inside=(), **attributes):
    return {
        "op": op, "name": op.lower(), "inputs": inputs, "outputs": outputs, "attributes": attributes, "domain": domain,
        "inside": list(inside),
    }  # fmt: skip


KEPT = node("Conv", ["x", "w"], ["y"], pads=[1, 1, 1, 1])


def test_a_graph_of_plain_data_needs_no_package():
    graph, notes = graph_of_plain(plain([KEPT]))
    assert inspect(graph).axes[0].fields == (3,) and notes == []


@pytest.mark.parametrize(
    ("model", "shape", "words"),
    [
        (plain([node("Conv", ["z", "w"], ["y"]), node("Relu", ["y"], ["z"])]), None,
         "^model: conv reads 'z', which nothing before it makes: a cycle, or no order$"),
        (plain([node("If", ["w"], ["y"], inside=["z"])]), None, "^model: if reads 'z', which nothing before it makes"),
        (plain([KEPT], (1, 1, None, 8)), None, r"^shape is needed: the file gives 1 × 1 × \? × 8 for its input x"),
        (plain([KEPT], ()), None, "^shape is needed: the file gives nothing for its input x"),
        (plain([KEPT]), (1, 9, 9), r"^shape is \(1, 9, 9\), and the file's input x takes 1 × 8 × 8$"),
        (plain([KEPT], (1, 1, 2**20, 2**20)), None, "^model takes an input x of 1 × 1048576 × 1048576 values, and at"),
        (plain([KEPT], inputs=[]), None, "^model has no input$"),
        (plain([node("Conv", ["x", "w"], ["y"])], (1, 1, 2, 2)), None, "^model: Conv at conv does not fit: "),
        (plain([node("Conv", ["x", "w"], ["y"], strides=[0, 0])]), None, "^model: Conv at conv does not fit: "),
        (plain([node("Conv", ["x", "w"], ["y"], dilations=[1])]), None, "^model: Conv at conv does not fit: "),
        (plain([node("Conv", ["x", "w"], ["y"], pads=[2**30] * 4)], constants={"w": Shaped((1, 1, 2**30, 3))}), None,
         "^model: Conv at conv does not fit: a kernel of 1073741824 taps"),
        (plain([node("Concat", ["x", "w"], ["y"], axis=1)]), None, "^model: Concat at concat does not fit: "),
        (plain([node("Reshape", ["x", "w"], ["y"])], constants={"w": np.array([7, 9])}), None,
         "^model: Reshape at reshape does not fit: "),
        (plain([node("Transpose", ["x"], ["y"], perm=[0, 0, 1, 2])]), None, "^model: Transpose at transpose does not"),
        (plain([node("Flatten", ["w"], ["y"])]), None, "^no output of the network depends on its input$"),
    ],
)  # fmt: skip
def test_a_broken_graph_is_refused_with_the_node_that_breaks_it(model, shape, words):
    with pytest.raises(ValueError, match=words):
        inspect(graph_of_plain(model, shape)[0])


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (node("Loop", ["x"], ["y"]), "loop (Loop)"),
        (node("If", ["c"], ["y"], inside=["x"]), "if (If)"),
        (node("Relu", ["x"], ["y"], domain="their.own"), "relu (their.own.Relu)"),
        (node("NonMaxSuppression", ["x"], ["y"]), "nonmaxsuppression (NonMaxSuppression)"),
        (node("Reshape", ["x", "c"], ["y"]), "reshape (Reshape)"),
    ],
)
def test_what_no_rule_knows_is_named_and_reads_everything_at_most(made, name):
    model = plain([node("Conv", ["w", "w"], ["c"]), made], shapes={"y": [1, 1, 4, 4]})
    graph, _ = graph_of_plain(model)
    report = inspect(graph)
    assert report.unknown == (name,) and not report.exact and "at most" in str(report)
    assert graph.shapes[report.tensor] == (1, 1, 4, 4) and report.reads().all()


def test_constants_hold_their_values_where_they_are_few():
    assert constant_of("size", [2], [3, 4]).tolist() == [3, 4]
    assert constant_of("weight", [MOST_VALUES + 1], lambda: pytest.fail("read")).shape == (MOST_VALUES + 1,)
    assert constant_of("elsewhere", (3, 4)).shape == (3, 4)
    for sizes, values, words in (
        ([-1], None, "^model holds the tensor 't' of shape"),
        ([2**40], None, "^model holds the tensor 't' of shape"),
        ([3], [1, 2], "^model holds the tensor 't' with broken values: "),
        ([1], lambda: bytes(1).decode("utf-16"), "^model holds the tensor 't' with broken values: "),
    ):
        with pytest.raises(ValueError, match=words):
            constant_of("t", sizes, values)


def function(name, inputs, outputs, nodes, **attributes):
    return {
        "domain": "own",
        "name": name,
        "inputs": inputs,
        "outputs": outputs,
        "nodes": nodes,
        "attributes": attributes,
    }


def dilated(read, made, name="conv", **references):
    return {**node("Conv", [read, "weight"], [made]), "name": name, "references": references}


WIDE = function("Wide", ["a", "weight", "left out"], ["b", "a"], [
    dilated("a", "m", "first", dilations="dilations", pads="pads"),
    {**dilated("m", "b", dilations="none", pads="zeros"), "attributes": {}},
], dilations=[9, 9], zeros=[1] * 4)  # fmt: skip
TWICE = function("Twice", ["x", "weight"], ["y"], [
    node("Wide", ["x", "weight"], ["m", ""], "own", dilations=[2, 2], pads=[2] * 4),
    {**node("Wide", ["m", "weight"], ["y"], "own", dilations=[3, 3], pads=[3] * 4), "name": ""},
])  # fmt: skip


def test_a_function_of_the_file_is_read_as_what_it_is_made_of():
    model = plain([node("Twice", ["x", "w"], ["z"], "own"), node("Wide", ["z", "w"], ["", "y"], "own", pads=[9] * 4)],
                  functions=[TWICE, WIDE])  # fmt: skip
    report = inspect(graph_of_plain(model)[0])
    assert report.exact and report.axes[0].fields == (2 * (2 + 1 + 3 + 1) + 1,)  # the last Wide hands z on
    assert [view.path for view in report.views] == [
        "twice.wide.first", "twice.wide.conv", "twice.first", "twice.conv", "wide.first", "wide.conv",
    ]  # fmt: skip
    assert [view.dilation[0] for view in report.views] == [2, 1, 3, 1, 9, 1]


def test_functions_of_other_domains_and_overloads_are_others():
    other = {**WIDE, "overload": "2"}
    graph, _ = graph_of_plain(plain([node("Wide", ["x", "w"], ["y"], "own")], functions=[other]))
    assert inspect(graph).unknown == ("wide (own.Wide)",)


def test_functions_that_call_themselves_or_double_at_every_level_are_refused():
    ever = function("Ever", ["a"], ["b"], [node("Ever", ["a"], ["b"], "own")])
    with pytest.raises(ValueError, match="^model: its function 'Ever' is called 64 deep, as if by itself$"):
        graph_of_plain(plain([node("Ever", ["x"], ["y"], "own")], functions=[ever]))
    levels = [function(f"F{n}", ["a"], ["b"], [node(f"F{n + 1}", ["a"], ["m"], "own"),
                                               node(f"F{n + 1}", ["m"], ["b"], "own")]) for n in range(40)]  # fmt: skip
    with pytest.raises(ValueError, match="^model has more than 131072 operations, those of its functions counted"):
        graph_of_plain(plain([node("F0", ["x"], ["y"], "own")], functions=levels))
