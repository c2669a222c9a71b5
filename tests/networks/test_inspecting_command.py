"""``hdclib inspect``: what it makes, prints and returns, for a network of layers that a module on the path holds."""

import json
import sys

import pytest

import hdclib as hdc
from hdclib.__main__ import main

NETS = """
from hdclib import ConvLayer
def make(*, dilations=(1, 2, 4), kind="plain"):
    return [ConvLayer(3, d, padding=d) for d in dilations]
made = make()
def fails(*, depth):
    return make()
def strange(*, dilation=1):
    from hdclib.networks.inspecting.graph import Graph
    from hdclib.networks.inspecting.lists import graph_of_layers
    graph, _ = graph_of_layers([ConvLayer(3, dilation, padding=dilation)], (9, 9))
    graph.outputs["output"] = graph.unknown("sort", [graph.outputs["output"]], (1, 1, 9, 9), "sorting")
    return graph
def leaves():
    raise SystemExit(0)
def prints(*, dilation=2):
    print("made")
    return [ConvLayer(3, dilation)]
def fetches(*, weights="all", weights_backbone="some", encoder_weights="few"):
    if weights or weights_backbone or encoder_weights:
        raise OSError("no network")
    return make()
"""
INPUT = ["--input", "31x31"]
PATCH = """layers[0] = ConvLayer(kernel_size=3, dilation=4, stride=1, padding=4)
layers[2] = ConvLayer(kernel_size=3, dilation=1, stride=1, padding=1)"""


@pytest.fixture(autouse=True)
def nets(tmp_path, monkeypatch):
    (tmp_path / "inspected_nets.py").write_text(NETS)
    (tmp_path / "inspected_broken.py").write_text("raise RuntimeError('operator x::y does not exist')")
    (tmp_path / "inspected_script.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "inspected_nets", raising=False)


def run(capsys, *arguments):
    status = main(["inspect", "inspected_nets:make", *INPUT, *arguments])
    return status, capsys.readouterr().out


def test_the_report_is_printed_and_the_status_tells_of_holes_at_the_input(capsys):
    status, out = run(capsys)
    assert status == 0 and out == f"{hdc.inspect([hdc.ConvLayer(3, d, padding=d) for d in (1, 2, 4)], (31, 31))}\n"
    assert run(capsys, "--fail-on", "views")[0] == 1
    assert run(capsys, "--arg", "dilations=(2, 2)")[0] == 1
    assert run(capsys, "--arg", "dilations=[3, 2, 1]", "--arg", "kind=plain", "--fail-on", "views")[0] == 0


def test_where_operations_are_not_understood_no_holes_is_no_verdict(capsys):
    for judged in ("input", "views"):
        assert main(["inspect", "inspected_nets:strange", "--fail-on", judged]) == 2
    told = capsys.readouterr().out
    assert "not known at the input: reads at most all 9 × 9 = 81 samples of its window" in told
    assert "at most: no rule for 1 operation (sorting (sort))" in told


def test_json_has_the_whole_report_and_with_repair_the_patches(capsys):
    report = json.loads(run(capsys, "--json")[1])
    assert report["views_with_holes"] == 2 and report["exact"] and "repairs" not in report
    assert report["axes"]["rows"]["fields"] == [15] and report["views"][2]["path"] == "layers[2]"
    report = json.loads(run(capsys, "--json", "--repair")[1])
    assert "map" not in report and len(report["repairs"]) >= 3 and report["repairs"][0]["with_holes"] == 0
    assert report["repairs"][0]["patch"] == PATCH


def test_maps_views_and_patches_are_drawn_in_lines_that_fit_a_log(capsys):
    _, out = run(capsys, "--views", "--map", "layers[2]", "--repair")
    assert max(map(len, out.splitlines())) <= 120
    assert "from (11, 11), 9 × 9\n#...#...#\n.........\n" in out
    assert "layers[1]    3 × 3" in out and out.endswith(f"\n\n{PATCH}\n")
    _, out = run(capsys, "--map", "input", "--at", "15,0")
    assert f"from (8, 0), 15 × 8\n{chr(10).join(['#' * 8] * 15)}\n" in out


def test_json_has_the_map_that_is_asked_for(capsys):
    drawn = json.loads(run(capsys, "--json", "--map", "layers[2]")[1])["map"]
    assert drawn == {"starts": [11, 11], "rows": ["100010001" if row % 4 == 0 else "000000000" for row in range(9)]}
    assert json.loads(run(capsys, "--json", "--map", "input")[1])["map"]["rows"] == ["1" * 15] * 15


def test_what_a_network_prints_is_no_part_of_the_answer(capsys):
    assert main(["inspect", "inspected_nets:prints", *INPUT, "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["views_with_holes"] == 1 and told.err == "made\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--map", "layers[7]"], "error: --map must be that of one of the 3 convolutions, got 'layers[7]'"),
        (["--at", "1,2,3"], "error: --at must hold 2 whole numbers, got (1, 2, 3)"),
        (["--at", "middle"], "argument --at: must be whole numbers with commas between, such as 32,32, got 'middle'"),
        (["--output", "mask"], "error: --output must be one of output, got 'mask'"),
        (["--arg", "dilations"], "argument --arg: must be KEY=VALUE, such as weights=None, got 'dilations'"),
        (["--arg", "depth=3"], "got an unexpected keyword argument 'depth'; see --arg"),
        (["--input", "3x"], "argument --input: must be CxHxW, such as 3x513x513, got '3x'"),
        (["--fail-on", "never"], "argument --fail-on: invalid choice: 'never'"),
    ],
)
def test_what_makes_no_sense_ends_with_status_2_and_says_what_does(capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        run(capsys, *arguments)
    assert stop.value.code == 2 and words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("net", "NET must be FILE.onnx or PACKAGE.MODULE:NAME, got 'net'"),
        ("inspected_nets:none", "NET 'inspected_nets:none' cannot be imported"),
        ("no_such_module:net", "NET 'no_such_module:net' cannot be imported: No module named 'no_such_module'"),
        ("inspected_broken:net", "NET 'inspected_broken:net' cannot be imported: RuntimeError: operator x::y does not"),
        ("inspected_script:net", "NET 'inspected_script:net' cannot be imported: SystemExit: 0"),
        ("inspected_nets:leaves", "leaves(): 0; see --arg"),
        ("inspected_nets:fails", "missing 1 required keyword-only argument: 'depth'; see --arg"),
        ("none.onnx", "model 'none.onnx' cannot be read: No such file or directory"),
        ("NONE.ONNX", "model 'NONE.ONNX' cannot be read: No such file or directory"),
        ("inspected_nets.py:made", "NET names a module as Python imports it, without .py and with dots, got"),
    ],
)
def test_a_network_that_cannot_be_made_is_told_with_status_2(capsys, target, words):
    with pytest.raises(SystemExit) as stop:
        main(["inspect", target, *INPUT])
    assert stop.value.code == 2 and words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("shape must hold channels and one to 3 sizes, such as (3, 513, 513), got None",
         "--input is needed: channels and sizes, such as --input 3x513x513"),
        ("shape (5, 9, 9) does not run through a: no; give a shape (channels, rows, columns) that it takes, or call=x",
         "--input (5, 9, 9) does not run through a: no; give an --input (channels, rows, columns) that it takes"),
        ("shape (3, 9) does not run through a: no; forward also needs mask: give call=lambda model, x: ...",
         "--input (3, 9) does not run through a: no; forward also needs mask: name a function that returns a network "
         "of one tensor"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_the_words_of_the_command(capsys, monkeypatch, said, told):
    from hdclib.networks.inspecting import asking

    def fails(*_, **__):
        raise ValueError(said)

    monkeypatch.setattr(asking, "inspect", fails)
    with pytest.raises(SystemExit) as stop:
        run(capsys)
    assert stop.value.code == 2 and capsys.readouterr().err.endswith(f"hdclib inspect: error: {told}\n")


def test_weights_are_fetched_where_they_are_asked_for_and_nowhere_else(capsys):
    assert main(["inspect", "inspected_nets:fetches", *INPUT]) == 0
    with pytest.raises(SystemExit):
        main(["inspect", "inspected_nets:fetches", *INPUT, "--arg", "weights=all"])
    assert "fetches(weights='all', weights_backbone=None, encoder_weights=None): no network" in capsys.readouterr().err


def test_a_terminal_is_told_what_is_being_done_and_a_log_is_not(capsys, monkeypatch):
    run(capsys)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    main(["inspect", "inspected_nets:make", *INPUT])
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "hdclib inspect: making the network ...",
        "hdclib inspect: running it once and carrying sets through it ...",
        "hdclib inspect: looking for repairs ...",
    ]


def test_a_network_that_is_made_already_is_taken_as_it_is(capsys):
    assert main(["inspect", "inspected_nets:made", *INPUT]) == 0
    assert capsys.readouterr().out.startswith("layers, input 1 × 31 × 31")


@pytest.mark.parametrize("command", [["check", "1", "2"], ["design", "9"], ["inspect", "inspected_nets:make", *INPUT]])
def test_every_command_answers_in_json_too(command, capsys):
    main([*command, "--json"])
    assert json.loads(capsys.readouterr().out)
