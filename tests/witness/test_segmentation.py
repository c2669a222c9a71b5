"""The experiment on segmentation: its measures against others' code, miniature networks against known optima."""

import contextlib
import io
import json
import sys
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from experiments.segmentation import settings as fixed
from hdclib import tap_counts

torch = pytest.importorskip("torch", reason="it trains: pip install -r requirements-witness.txt")
import skimage  # noqa: E402
from scipy import ndimage  # noqa: E402
from sklearn.metrics import jaccard_score  # noqa: E402

from experiments.segmentation import __main__ as command  # noqa: E402
from experiments.segmentation import collecting, fields, measures, photographs, running, statistics  # noqa: E402
from experiments.segmentation.clock import Clock  # noqa: E402
from experiments.segmentation.network import averager, segmenter, weight_count  # noqa: E402
from experiments.segmentation.subgrids import JoinedConvolution  # noqa: E402
from experiments.segmentation.training import neighbour_correlation, train  # noqa: E402

SMALL = replace(fixed.CENTRE, steps=40)
FLAT = replace(fixed.CENTRE, data="flat", size=0)
COMMITTED = Path(__file__).resolve().parents[2] / "hdclib" / "training" / collecting.TABLE


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture
def rng():
    return np.random.default_rng(20)


# measures and statistics, against code and tables of others


def test_mean_iou_is_scikit_learns_jaccard_score(rng):
    for _ in range(20):
        predicted, truth = rng.integers(3, size=(2, 4, 9, 11))
        theirs = jaccard_score(truth.ravel(), predicted.ravel(), average="macro")
        assert measures.mean_iou(predicted, truth, 3) == pytest.approx(theirs)
        each = jaccard_score(truth.ravel(), predicted.ravel(), average=None)
        assert [measures.class_iou(predicted, truth, number) for number in range(3)] == pytest.approx(each)


def test_a_class_that_is_nowhere_does_not_count():
    assert measures.mean_iou(np.array([[0, 1]]), np.array([[0, 1]]), 3) == 1


def test_near_the_edge_is_where_scipys_distance_to_the_outside_is_small():
    distance = ndimage.distance_transform_cdt(np.pad(np.ones((20, 20)), 1), metric="chessboard")[1:-1, 1:-1]
    assert np.array_equal(measures.near_edge(20, 3), distance <= 3)


@pytest.mark.parametrize("tolerance", [0, 1, 2])
def test_boundary_score_follows_from_scipys_distances(rng, tolerance):
    for _ in range(10):
        predicted, truth = (rng.random((2, 3, 20, 20)) < 0.05).cumsum(-1) % 2
        found, there = measures.boundaries(predicted), measures.boundaries(truth)
        near = [
            np.stack([ndimage.distance_transform_cdt(~image, "chessboard") <= tolerance for image in marked])
            for marked in (there, found)
        ]
        precision, recall = near[0][found].mean(), near[1][there].mean()
        wanted = 2 * precision * recall / (precision + recall) if precision and recall else 0
        assert measures.boundary_f_score(predicted, truth, tolerance) == pytest.approx(wanted)


def test_equal_pictures_have_no_error_of_any_kind(rng):
    truth = rng.integers(3, size=(2, 16, 16))
    assert measures.judge(truth, truth, 3) == {
        "mean_iou": 1, "boundary_f": 1, "boundary_f_near": 1, "error": 0, "grid_energy": 0, "grain": 0,
    }  # fmt: skip


def test_errors_on_every_second_pixel_are_grain():
    truth = np.zeros((1, 16, 16), dtype=int)
    predicted = truth.copy()
    predicted[:, ::2, ::2] = 1
    assert measures.judge(predicted, truth, 3)["grid_energy"] == pytest.approx(1)


def test_interval_is_that_of_the_printed_t_table():
    mean, half_width = statistics.interval([1, 2, 3, 4, 5])
    assert mean == 3 and half_width == pytest.approx(2.776 * (2.5 / 5) ** 0.5, abs=1e-3)


def test_paired_test_and_correction_by_definition():
    found = statistics.paired([2, 4, 6], [1, 2, 3])  # differences 1, 2, 3: t = 2 sqrt(3) with 2 degrees of freedom
    t = 12**0.5
    assert found["difference"] == 2 and found["p"] == pytest.approx(1 - t / (t**2 + 2) ** 0.5)
    assert statistics.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])  # by hand
    assert statistics.holm([0.6, 0.9]) == [1, 1]


def test_sign_test_counts_the_outcomes_that_are_as_one_sided():
    found = statistics.paired([1, 1, 1, 1, 1, 1, 1, 5, 2], [0, 0, 0, 0, 0, 0, 0, 6, 2])  # 7 above, 1 below, 1 equal
    assert (found["ahead"], found["behind"]) == (7, 1)
    assert found["p_sign"] == pytest.approx(2 * (1 + 8) / 2**8)  # 8 coins: 0 or 1 of one kind
    assert statistics.paired(range(1, 9), np.zeros(8))["p_sign"] == pytest.approx(2 / 2**8)
    assert statistics.paired([1, 2], [1, 2])["p_sign"] == 1


# data


@pytest.mark.parametrize("size", fixed.SIZES)
def test_fields_hold_lines_of_their_width_and_blobs(rng, size):
    labels = fields.label_field(fixed.SIDE, size, rng)
    shares = np.bincount(labels.ravel(), minlength=3) / labels.size
    assert fields.LINE_SHARE <= shares[0] < fields.LINE_SHARE + 0.15 and shares[2] > 0.1
    square = np.ones((size, size))
    tiled = np.tile(labels == 0, (2, 2))
    assert np.array_equal(ndimage.binary_opening(tiled, square)[size:-size, size:-size], tiled[size:-size, size:-size])


def test_photographs_lie_in_the_package_and_fall_into_thirds():
    folder = Path(skimage.__file__).parent / "data"
    for name in photographs.TRAINED_ON + photographs.TESTED_ON:
        assert list(folder.glob(f"{name}.*"))
        grey, labels = photographs.photograph(name)
        assert np.bincount(labels.ravel()) / labels.size == pytest.approx([1 / 3] * 3, abs=0.05)
        assert grey[labels == 2].mean() - grey[labels == 0].mean() == pytest.approx(2)
        assert grey[labels == 0].max() <= grey[labels == 1].min()
    assert not set(photographs.TRAINED_ON) & set(photographs.TESTED_ON)


# networks


def joined_by_torch(layer, pictures):
    """The layer by PyTorch's own kernels: pad with the other edge, then a dilated convolution."""
    step = layer.dilation[0]
    padded = torch.nn.functional.pad(pictures, (step,) * 4, mode="circular")
    return torch.nn.functional.conv2d(padded, layer.weight, layer.bias, layer.stride, dilation=step)


@pytest.mark.parametrize(("side", "dilation"), [(64, 1), (64, 2), (64, 3), (64, 8), (64, 9), (92, 7), (92, 8), (5, 3)])
def test_a_layer_on_its_sub_grids_is_the_dilated_layer(side, dilation):
    layer = JoinedConvolution(3, 4, dilation=dilation).double()
    pictures = torch.randn(2, 3, side, side, dtype=torch.float64, requires_grad=True)
    mine, theirs = layer(pictures), joined_by_torch(layer, pictures)
    assert mine.shape == theirs.shape and torch.allclose(mine, theirs, atol=1e-12)
    back, inputs = torch.randn_like(theirs), (pictures, layer.weight, layer.bias)
    for one, other in zip(*(torch.autograd.grad(y, inputs, back) for y in (mine, theirs)), strict=True):
        assert torch.allclose(one, other, atol=1e-10)


def test_a_layer_with_a_stride_joins_the_edges_too():
    layer, pictures = JoinedConvolution(1, 4, stride=2).double(), torch.randn(2, 1, 8, 8, dtype=torch.float64)
    assert torch.allclose(layer(pictures), joined_by_torch(layer, pictures), atol=1e-12)
    with pytest.raises(ValueError, match="^dilation or stride must be 1, got 2 and 2$"):
        JoinedConvolution(1, 1, dilation=2, stride=2)


@pytest.mark.parametrize("around", [*({"before": b} for b in fixed.BEFORE), {"after": fixed.AFTER[1]}], ids=str)
def test_schedules_have_equal_weights_at_the_start(around):
    networks = []
    for dilations in fixed.SCHEDULES:
        torch.manual_seed(3)
        networks.append(segmenter(replace(SMALL, dilations=dilations, **around), 5, 3))
    assert len({weight_count(network) for network in networks}) == 1
    for network in networks[1:]:
        for mine, first in zip(network.parameters(), networks[0].parameters(), strict=True):
            assert torch.equal(mine, first)


def test_an_ordinary_layer_stands_before_or_after_the_others():
    lattice = replace(SMALL, dilations=(2, 2, 2))
    networks = [segmenter(replace(lattice, **{where: "ordinary layer"}), 5, 3) for where in ("before", "after")]
    before, after = ([layer.dilation[0] for layer in found if type(layer) is JoinedConvolution] for found in networks)
    assert before == [1, 2, 2, 2] and after == [2, 2, 2, 1]
    assert weight_count(networks[0]) == weight_count(networks[1])


@pytest.mark.parametrize("dilations", fixed.SCHEDULES)
def test_an_output_depends_on_the_inputs_that_hdclib_counts(dilations):
    network = averager(dilations, 4)
    given = torch.zeros(1, 1, 64, 64, requires_grad=True)
    network(given)[0, 0, 32, 32].backward()
    counts = tap_counts(dilations, 3)
    reach = len(counts) // 2
    window = given.grad[0, 0, 32 - reach : 33 + reach, 32 - reach : 33 + reach].numpy() != 0
    assert np.array_equal(window, np.outer(counts, counts) > 0)
    assert np.count_nonzero(given.grad) == window.sum()


# the pipeline, on tasks whose best result is known


@pytest.mark.parametrize(("dilations", "steps"), [((1,), 150), ((2, 2, 2), 250), ((1, 2, 3), 250)])
def test_an_averager_comes_to_the_bound_and_never_below(dilations, steps):
    record, _ = train(replace(FLAT, dilations=dilations, steps=steps))
    assert record["bound"] == 1 / np.count_nonzero(tap_counts(dilations, 3))
    assert record["bound"] * (1 - 1e-6) <= record["noise_left"] <= 1.05 * record["bound"]


@pytest.mark.parametrize("dilations", fixed.SCHEDULES)
def test_nine_channels_can_average_everything_that_is_read(dilations):
    shifts = [(row, column) for row in range(3) for column in range(3)]
    pixel = {}  # one path to each: its tap in the first, the middle and the last layer
    for path in product(range(9), repeat=3):
        place = tuple(sum(d * shifts[tap][axis] for d, tap in zip(dilations, path, strict=True)) for axis in (0, 1))
        pixel[place] = path
    middle = torch.zeros(9, 9, 3, 3, dtype=torch.float64)
    for first, tap, last in pixel.values():
        middle[(last, first, *shifts[tap])] = 1 / len(pixel)
    one_tap = torch.eye(9, dtype=torch.float64).reshape(9, 1, 3, 3)
    weights = [one_tap, middle, one_tap.transpose(0, 1)]
    given = torch.zeros(1, 1, 64, 64, dtype=torch.float64)
    given[0, 0, 32, 32] = 1
    for weight, dilation in zip(weights, dilations, strict=True):
        given = torch.nn.functional.conv2d(given, weight, padding=dilation, dilation=dilation)
    counts = tap_counts(dilations, 3)
    reach = len(counts) // 2
    window = given[0, 0, 32 - reach : 33 + reach, 32 - reach : 33 + reach].numpy()
    assert np.allclose(window, (np.outer(counts, counts) > 0) / np.count_nonzero(counts) ** 2, atol=1e-15)


def test_outputs_of_equal_weights_are_as_alike_as_their_inputs():
    record, _ = train(replace(FLAT, dilations=(1,), steps=150))
    assert record["shared"] == 2 / 3
    assert record["correlation"] == pytest.approx(record["shared"], abs=0.04)


def test_under_little_noise_every_pixel_is_named_rightly():
    record, shown = train(replace(SMALL, noise=0.1, dilations=(1, 1, 1), steps=150))
    assert record["mean_iou"] > 0.99
    assert np.array_equal(shown["input"].round() + 1, shown["truth"])


def test_neighbours_on_separate_grids_are_not_alike():
    found = []
    for dilations in ((2, 2, 2), (1, 2, 3)):
        torch.manual_seed(0)
        network = segmenter(replace(SMALL, dilations=dilations), 5, 3)
        with torch.no_grad():
            for parameter in network[:-1].parameters():
                parameter.abs_()  # sums, such as training for flat areas makes
        found.append(neighbour_correlation(network, 1.0))
    assert abs(found[0]) < 0.03 and found[1] > 0.8


def test_a_network_that_says_the_same_everywhere_has_neighbours_alike():
    network = segmenter(SMALL, 5, 3)
    with torch.no_grad():
        network[-1].weight.zero_()
    assert neighbour_correlation(network, 1.0) == 1


def test_the_same_setting_gives_the_same_network():
    first, second = (train(replace(SMALL, steps=5))[0] for _ in range(2))
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


# running, resuming and writing down


def few_networks():
    """Every schedule and the data of each kind, with two seeds, in a few steps."""
    return [
        replace(condition, dilations=dilations, seed=seed, steps=2)
        for seed in (0, 1)
        for condition in (fixed.CENTRE, FLAT)
        for dilations in fixed.SCHEDULES
    ]


@pytest.fixture(scope="module")
def miniature(tmp_path_factory):
    """A run that was stopped after seven networks and started again."""
    state, settings = tmp_path_factory.mktemp("state"), few_networks()
    running.run(settings[:7], 1, state)
    before = running.finished(state)
    records = running.run(settings, 1, state)
    return settings, records, before, state


def test_a_stopped_run_goes_on_where_it_stopped(miniature):
    settings, records, before, state = miniature
    assert [record["key"] for record in records] == [setting.key for setting in settings]
    assert len(before) == 7 and all(record in records for record in before.values())
    assert len((state / "runs.jsonl").read_text(encoding="utf-8").splitlines()) == len(settings)


def test_networks_of_other_code_are_refused(miniature, monkeypatch):
    settings, _, _, state = miniature
    monkeypatch.setattr(running, "commit", lambda: "another")
    with pytest.raises(ValueError, match=r"^state holds networks of commit \['.*'\], not of another: remove "):
        running.run(settings, 1, state)


def test_time_adds_up_over_sessions(tmp_path):
    first = Clock(tmp_path / "time.json")
    assert list(first.spent()) == ["wall_seconds", "processor_seconds"]
    time.sleep(0.05)
    first.note("a", 30), first.note("b", 50), first.note("a", 70)
    second = Clock(tmp_path / "time.json")
    second.note("a", 5)
    spent = second.spent()
    assert 125 <= spent["processor_seconds"] < 125 + 3 * time.process_time()
    assert spent["wall_seconds"] > 0.05
    assert Clock(tmp_path / "time.json").spent()["processor_seconds"] >= spent["processor_seconds"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The printed command on a miniature, in which seed 1 of one schedule is taken to have failed."""
    results, printed = tmp_path_factory.mktemp("results"), io.StringIO()
    arguments = ["", "--workers", "1", "--state", str(results / "state"), "--results", str(results)]

    def failed(records):
        return [record for record in records if record["seed"] == 1 and record["dilations"] == [2, 2, 2]]

    short = replace(fixed.CENTRE, steps=2)
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(printed):
        patched.setattr(sys, "argv", arguments)
        patched.setattr(fixed, "all_settings", few_networks)
        patched.setattr(fixed, "conditions", lambda: [(short, fixed.LATTICE)])
        patched.setattr(fixed, "failed", failed)
        assert command.main() == 0
    return json.loads((results / collecting.TABLE).read_text(encoding="utf-8")), printed.getvalue()


def test_a_miniature_has_the_form_of_the_committed_results(whole):
    mine, committed = whole[0], json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert list(mine) == list(committed)
    assert list(mine["made"]) == list(committed["made"]) and mine["constants"] == committed["constants"]
    for part in ("segmentation", "averaging", "again"):
        assert mine[part]["columns"] == committed[part]["columns"]
    for part in ("summaries", "comparisons"):
        assert {tuple(found) for found in mine[part]} == {tuple(found) for found in committed[part]}


def test_the_whole_run_says_how_long_it_took_and_stores_it(whole):
    made, printed = whole[0]["made"], whole[1]
    assert f"{made['networks']} networks, of which 2 are second attempts" in printed
    assert f"{made['wall_seconds'] / 60:.1f} minutes by the clock on the wall, with --workers 1" in printed
    assert made["networks"] == len(few_networks()) + 2 and made["processor_seconds"] > 0


def test_a_failed_seed_is_trained_again_with_every_schedule_at_the_lower_rate(whole):
    columns, rows = whole[0]["again"].values()
    again = [dict(zip(columns, row, strict=True)) for row in rows]
    assert [(run["dilations"], run["seed"], run["rate"]) for run in again] == [
        (list(dilations), 1, fixed.LOWER_RATE) for dilations in fixed.LATTICE
    ]
    columns, rows = whole[0]["segmentation"].values()
    runs = [dict(zip(columns, row, strict=True)) for row in rows]
    [first] = [run for run in runs if run["dilations"] == [2, 2, 2] and run["seed"] == 1]
    assert first["rate"] == fixed.LEARNING_RATE and first["mean_iou"] != again[0]["mean_iou"]


def test_failed_is_what_lies_far_below_the_middle_of_its_seeds():
    records = [
        {"condition": name, "dilations": [2, 2, 2], "seed": seed, "mean_iou": score}
        for name, scores in (("a", (0.7, 0.67, 0.70, 0.17, 0.71)), ("b", (0.5, 0.5, 0.471, 0.5, 0.469)))
        for seed, score in enumerate(scores)
    ]
    assert [(record["condition"], record["seed"]) for record in fixed.failed(records)] == [("a", 3), ("b", 4)]


def test_the_pictures_that_are_written_are_those_of_the_first_seed(miniature):
    _, records, _, state = miniature
    arrays = collecting.shown(records, state)
    assert len(arrays) == 2 + len(fixed.SCHEDULES)
    assert {array.shape for array in arrays.values()} == {(collecting.CUT, collecting.CUT)}
