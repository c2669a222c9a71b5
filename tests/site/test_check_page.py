"""The page *Check your network* without a browser: its reader of ONNX files in Node, and what hdclib makes of it."""

import base64
import json
import struct
from pathlib import Path

import hdc_check
import numpy as np
import pytest
import scripts
from hdc_onnx import message, onnx_file

import hdclib as hdc
from hdclib.networks import resnet_graph
from hdclib.networks.inspecting.from_page import Desk, model_of
from hdclib.networks.inspecting.onnx_graphs import MOST_VALUES, Shaped

READER = "../../web/check/onnx_reader.js"
READ = """(() => {
  const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0));
  try { return script.readOnnx(bytes, %d); }
  catch (error) { return error instanceof script.BadFile ? error.message : `not told kindly: ${error}`; }
})()"""
CUT = "The file ends in the middle: copy or export it again."
NONE = "This is no ONNX file, or one that is damaged."
GRAPH = resnet_graph(50, 8, width=1, shape=(3, 129, 65))
FILE = onnx_file(GRAPH)
INT64, EXTERNAL = 7, 1


def read(*files):
    """What the page's reader makes of the bytes of each file."""
    return scripts.evaluate(READER, READ % MOST_VALUES, [base64.b64encode(file).decode() for file in files])


def small_file(*graph, nodes=()):
    """A file of one input, one ReLU and what else is given."""
    relu = message((1, "input"), (2, "output"), (4, "Relu"))
    parts = [(1, relu), *((1, node) for node in nodes), *graph]
    return message((1, 8), (8, message((2, 17))), (7, message(*parts)))


def value(name, *sizes):
    shape = message(*((1, message((1, size))) for size in sizes))
    return message((1, name), (2, message((1, message((2, shape))))))


def test_a_file_gives_the_report_of_its_graph():
    desk, wanted = Desk(), hdc.inspect(GRAPH).record()
    found = json.loads(desk.ask_file("input.onnx", json.dumps(read(FILE)[0]), ""))
    assert [view["path"] for view in found["views"]] == [view["path"] for view in wanted["views"]]
    for name in ("input_shape", "axes", "input", "views_with_holes", "exact", "at"):
        assert found[name] == json.loads(json.dumps(wanted[name])), name
    assert [view["seen"] for view in found["views"]] == json.loads(json.dumps([v["seen"] for v in wanted["views"]]))


def test_the_sample_is_the_report_on_the_example_and_names_its_parts_as_the_page_does():
    page = hdc_check.sample()
    report = hdc.inspect(resnet_graph(50, 8))
    assert (
        f"of 17 convolutions of more than one tap, the output reads the input of {len(report.views_with_holes)}" in page
    )
    assert 'aria-label="25 of 289 positions are read on the input of layer4.1.conv2"' in page
    assert page.count("h.9v.9h-.9z") == 25 and page.count("l.3 .3m0 -.3l-.3 .3") == 289 - 25
    script = (Path(hdc_check.CHECK) / "report.js").read_text(encoding="utf-8")
    for part, name in hdc_check.SAMPLE_PARTS.items():
        assert f'{part}: "{name}"' in script or f'textContent: "{name}"' in script


def test_a_file_cut_anywhere_is_told_and_nothing_else_happens():
    cuts = sorted({*range(60), *range(60, len(FILE), 211), len(FILE) - 1})
    for length, answer in zip(cuts, read(*(FILE[:length] for length in cuts)), strict=True):
        assert answer in (["The file is empty."] if length == 0 else [CUT, NONE]), (length, answer)
    assert read(FILE[: len(FILE) // 2]) == [CUT]


def test_other_files_are_told_to_be_none(tmp_path):
    rng = np.random.default_rng(0)
    others = [b"\x89PNG\r\n\x1a\n" + bytes(99), b"PK\x03\x04" + bytes(99), b"{}", b"a list of words, no network",
              *(rng.integers(256, size=size, dtype=np.uint8).tobytes() for size in range(1, 400, 7))]  # fmt: skip
    assert set(read(*others)) <= {NONE, CUT}
    assert read(*others[:4]) == [NONE] * 4


def test_single_wrong_bytes_never_end_in_anything_but_an_answer_or_a_kind_word():
    rng, spoilt = np.random.default_rng(1), []
    for _ in range(150):
        content = bytearray(FILE)
        for at in rng.integers(4000, size=3):
            content[at] = rng.integers(256)
        spoilt.append(bytes(content))
    desk = Desk()
    for answer in read(*spoilt):
        if isinstance(answer, dict):
            answer = json.loads(desk.ask_file("spoilt.onnx", json.dumps(answer), ""))
            assert "views" in answer or answer["error"]
        else:
            assert answer in (CUT, NONE)


def test_open_sizes_are_asked_for_and_taken():
    desk, model = Desk(), json.dumps(read(onnx_file(GRAPH, open_sizes=True))[0])
    assert json.loads(model)["inputs"] == [["input", [1, 3, None, None]]]
    assert json.loads(desk.ask_file("open.onnx", model, ""))["error"] == (
        "shape is needed: the file gives 1 × 3 × ? × ? for its input input; give channels and sizes"
    )
    assert json.loads(desk.ask_file("open.onnx", model, "3 × 129 × 65"))["views_with_holes"] == 8
    assert "shape is (1, 9, 9)" in json.loads(desk.ask_file("open.onnx", model, "1, 9, 9"))["error"]
    for wrong in ("3x", "many", "3 513 513.5", "9" * 12):
        answer = json.loads(desk.ask_file("open.onnx", model, wrong))
        assert ("error" in answer) == (wrong != ""), wrong


TO_THE_END = 2**63 - 1
TENSORS = {
    "raw": message((1, 2), (2, INT64), (8, "raw"), (9, struct.pack("<2q", -3, TO_THE_END))),
    "packed": message((1, 3), (2, INT64), (8, "packed"), (7, message()[:0] + b"\x05\x80\x01\x00")),
    "one by one": message((1, 2), (2, INT64), (8, "one by one"), (7, 4), (7, TO_THE_END)),
    "floats": message((1, 2), (2, 1), (8, "floats"), (4, struct.pack("<2f", 0.5, -2))),
    "large": message((1, MOST_VALUES + 1), (2, 1), (8, "large")),
    "elsewhere": message((1, 2), (2, 1), (8, "elsewhere"), (14, EXTERNAL)),
    "scalar": message((2, INT64), (8, "scalar"), (9, struct.pack("<q", 7))),
}


def test_constants_keep_their_values_and_large_ones_their_shape():
    found = model_of(read(small_file(*((5, tensor) for tensor in TENSORS.values()), (11, value("input", 1, 2, 9))))[0])
    constants = found["constants"]
    assert constants["raw"].tolist() == [-3, TO_THE_END] and constants["raw"].dtype == np.int64
    assert constants["packed"].tolist() == [5, 128, 0]
    assert constants["one by one"].tolist() == [4, TO_THE_END]
    assert constants["floats"].tolist() == [0.5, -2] and constants["floats"].dtype == np.float32
    assert [type(constants[name]) for name in ("large", "elsewhere")] == [Shaped, Shaped]
    assert constants["large"].shape == (MOST_VALUES + 1,) and constants["elsewhere"].shape == (2,)
    assert constants["scalar"].shape == () and constants["scalar"] == 7
    assert found["inputs"] == [["input", [1, 2, 9]]] and found["opset"] == 17


def test_a_weight_that_is_listed_as_an_input_too_is_none():
    tensor = message((1, 1), (2, INT64), (8, "weight"), (7, 1))
    found = read(small_file((5, tensor), (11, value("input", 1, 2, 9)), (11, value("weight", 1))))[0]
    assert [name for name, _ in found["inputs"]] == ["input"]


def test_values_that_do_not_fill_their_shape_are_told():
    broken = message((1, 3), (2, INT64), (8, "broken"), (9, struct.pack("<2q", 1, 2)))
    model = json.dumps(read(small_file((5, broken), (11, value("input", 1, 2, 9))))[0])
    assert json.loads(Desk().ask_file("a", model, ""))["error"].startswith(
        "model holds the tensor 'broken' with broken values: "
    )


INNER = message((1, "output"), (1, "made"), (2, "made"), (4, "Add"))


def test_attributes_of_every_kind_are_read_and_a_subgraph_is_only_named():
    # the branch reads what it makes, and "output" from outside
    kinds = [
        message((1, "whole"), (3, 2**64 - 5), (20, 2)), message((1, "text"), (4, "SAME_UPPER"), (20, 3)),
        message((1, "list"), (8, b"\x01\x02"), (20, 7)), message((1, "one"), (8, 3), (8, 4), (20, 7)),
        message((1, "tensor"), (5, TENSORS["scalar"]), (20, 4)),
        message((1, "branch"), (6, message((1, INNER))), (20, 5)),
        message((1, "words"), (9, "a"), (9, "b"), (20, 8)), message((1, "no kind"), (3, 6)),
        message((1, "nothing"), (20, 7)), message((1, "zero"), (20, 2)),
    ]  # fmt: skip
    node = message((1, "output"), (2, "next"), (3, "n"), (4, "Strange"), *((5, one) for one in kinds))
    found = read(small_file((11, value("input", 1, 2, 9)), (12, value("next", 1, 2, 9)), nodes=[node]))[0]
    attributes = found["nodes"][1]["attributes"]
    assert {name: attributes[name] for name in ("whole", "text", "list", "one", "branch", "words", "no kind")} == {
        "whole": -5, "text": "SAME_UPPER", "list": [1, 2], "one": [3, 4], "branch": None, "words": ["a", "b"],
        "no kind": 6,
    }  # fmt: skip
    assert found["nodes"][1]["inside"] == ["output"]
    assert attributes["nothing"] == [] and attributes["zero"] == 0
    assert model_of(found)["nodes"][1]["attributes"]["tensor"] == 7
    answer = json.loads(Desk().ask_file("a", json.dumps(found), ""))
    assert answer["exact"] is False and "no rule for 1 operation (n (Strange))" in answer["findings"]["trust"][0]


def test_a_function_of_the_file_is_read_as_what_it_is_made_of():
    reference = message((1, "dilations"), (20, 7), (21, "step"))
    conv = message((1, "a"), (1, "k"), (2, "b"), (3, "conv"), (4, "Conv"), (5, reference))
    usual = message((1, "step"), (8, 4), (8, 4), (20, 7))
    own = message((1, "Wide"), (4, "a"), (4, "k"), (5, "b"), (7, conv), (10, "own"), (11, usual), (13, "v"))
    step = message((1, "step"), (8, 3), (8, 3), (20, 7))
    calls = [message((1, "input"), (1, "w"), (2, "m"), (3, "one"), (4, "Wide"), (5, step), (7, "own"), (8, "v")),
             message((1, "m"), (1, "w"), (2, "y"), (3, "two"), (4, "Wide"), (7, "own"), (8, "v"))]  # fmt: skip
    weight = message((1, 1), (1, 1), (1, 3), (1, 3), (2, 1), (8, "w"), (9, bytes(36)))
    parts = [
        *((1, call) for call in calls),
        (5, weight),
        (11, value("input", 1, 1, 40, 40)),
        (12, value("y", 1, 1, 26, 26)),
    ]
    model = read(message((1, 8), (8, message((2, 17))), (7, message(*parts)), (25, own)))[0]
    report = json.loads(Desk().ask_file("own.onnx", json.dumps(model), ""))
    assert report["exact"] and report["axes"]["rows"]["fields"] == [15]
    assert [(view["path"], view["dilation"]) for view in report["views"]] == [
        ("one.conv", [3, 3]),
        ("two.conv", [4, 4]),
    ]


def test_layers_are_asked_drawn_and_repaired_as_they_are_written():
    desk = Desk()
    report = json.loads(desk.ask_layers("3p1 3d2p2 3d4p4 3d4p4", ""))
    assert report["views_with_holes"] == 3 and set(report["findings"]) == {"field", "holes", "border", "views", "trust"}
    assert json.loads(desk.map(3))["rows"] == ["100010001"]
    copies = [repair["copy"] for repair in json.loads(desk.repairs())["repairs"]]
    assert len(copies) >= 3
    for text in copies:
        repaired = json.loads(desk.ask_layers(text, "64"))
        assert repaired["views_with_holes"] == 0 and repaired["axes"]["samples"]["fields"] == [23]


def test_a_map_has_the_rows_of_the_view():
    desk = Desk()
    report = json.loads(desk.ask_file("a", json.dumps(read(FILE)[0]), ""))
    number = next(n for n, view in enumerate(report["views"]) if view["path"] == "layer4.0.conv2")
    found = json.loads(desk.map(number))
    seen = report["views"][number]["seen"]
    assert [len(found["rows"]), len(found["rows"][0])] == seen["spans"] and found["starts"] == seen["starts"]
    assert "".join(found["rows"]).count("1") == seen["read"]


@pytest.mark.parametrize("text", ["", "3 conv", "0", "3d0"])
def test_layers_that_are_none_are_told(text):
    assert json.loads(Desk().ask_layers(text, ""))["error"]


def test_a_map_too_large_to_draw_is_told():
    desk = Desk()
    desk.ask_layers("601p300 3p1", "1300 1300")
    assert "too many to draw" in json.loads(desk.map(0))["error"]
