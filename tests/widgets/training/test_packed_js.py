"""hdclib/widgets/training/packed.js against the pictures that Python packed."""

import base64

import numpy as np
import pytest
from scripts import evaluate

import hdclib as hdc
from hdclib.widgets.training.trained_viewer import CONDITIONS, TrainedViewer, packed_bits


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_what_python_packs_the_page_unpacks(bits):
    rng = np.random.default_rng(bits)
    pictures = [rng.integers(2**bits, size=(side, side)) for side in (1, 5, 8, 48)]
    cases = [[packed_bits(picture, bits), bits, len(picture)] for picture in pictures]
    found = evaluate("training/packed.js", "script.unpackSquare(...given)", cases)
    assert found == [picture.tolist() for picture in pictures]


def test_bits_are_packed_without_waste():
    assert len(base64.b64decode(packed_bits(np.zeros((48, 48)), 2))) == 48 * 48 // 4


def test_wrong_pixels_on_the_page_are_those_of_the_results():
    state = TrainedViewer().pictures
    cases, wanted = [], []
    for name, keywords in CONDITIONS.items():
        _, truth, predicted = hdc.training.pictures(**keywords)
        for dilations, image in predicted.items():
            cases.append([state[name]["predicted"][" ".join(map(str, dilations))], state[name]["truth"]])
            wanted.append((image != truth).astype(int).tolist())
    expression = "script.wrongPixels(...given.map((text) => script.unpackSquare(text, 2, 48)))"
    assert evaluate("training/packed.js", expression, cases) == wanted
