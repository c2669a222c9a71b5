"""hdclib/networks/catalogue.py: published parts as their papers print them, written down a second time."""

import pytest

from hdclib import Cascade, ConvLayer
from hdclib.networks import Parallel, Published, published_part

PRINTED = {
    ("DeepLab v2", "ASPP"): Parallel([6, 12, 18, 24], 3),
    ("DeepLab v3", "ASPP, stride 16"): Parallel([ConvLayer(1), *(ConvLayer(3, rate) for rate in (6, 12, 18))]),
    ("DeepLab v3", "ASPP, stride 8"): Parallel([ConvLayer(1), *(ConvLayer(3, rate) for rate in (12, 24, 36))]),
    ("DeepLab v2", "res4 and res5"): Cascade([2] * 23 + [4, 4, 4], 3),
    ("Yu-Koltun", "context module"): Cascade([1, 1, 2, 4, 8, 16, 1], 3),
}


@pytest.mark.parametrize("name", PRINTED, ids=" ".join)
def test_a_part_is_the_one_that_its_paper_prints(name):
    assert published_part(*name).module == PRINTED[name]


def test_the_last_stages_of_hdc_rise():
    layers = published_part("HDC", "res4 and res5, bigger").module.parts
    assert [layer.dilation for layer in layers[-6:]] == [1, 2, 5, 5, 9, 17]


def test_causal_networks_meet_at_their_last_tap_and_others_in_the_middle():
    assert published_part("WaveNet", "one block").align == "last"
    assert published_part("DeepLab v2", "ASPP").align == "centre"


@pytest.mark.parametrize(
    ("wrong", "error", "told"),
    [({"gain": "no"}, TypeError, "gain must be True or False, got 'no'"),
     ({"grid": 1}, TypeError, "grid must be True or False, got 1"),
     ({"part": 3}, TypeError, "part must be a text, got 3"),
     ({"module": [2, 2]}, TypeError, r"module must be a Cascade or a Parallel, got \[2, 2\]"),
     ({"axes": 3}, ValueError, "axes"), ({"beside": -1}, ValueError, "beside"), ({"beside": 1.5}, TypeError, "beside")],
)  # fmt: skip
def test_a_part_of_ones_own_is_checked(wrong, error, told):
    right = {"name": "mine", "part": "all", "module": Cascade([1, 2], 3), "source": "mine2026", "note": ""}
    assert Published(**right).axes == 2
    with pytest.raises(error, match=told):
        Published(**right | wrong)
