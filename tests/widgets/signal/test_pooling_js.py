"""The page's pooling against hdclib.signal.pooling, on thousands of random images."""

import numpy as np
import pytest
from scripts import evaluate

from hdclib.signal import enlarge, pool_image, rms_error
from hdclib.signal.pooling import ENLARGINGS, POOLINGS

IMAGES = 2000


@pytest.fixture(scope="module")
def cases():
    rng = np.random.default_rng(37)
    kinds, ways = list(POOLINGS), list(ENLARGINGS)
    return [
        [rng.integers(0, 256, (8, 8)).tolist(), number % 4, kinds[number % 3], ways[number // 3 % 2]]
        for number in range(IMAGES)
    ]


def test_pooled_and_enlarged_images_on_the_page_equal_hdclib(cases):
    expression = "script.enlarge(script.poolImage(given[0], given[1], given[2]), 2 ** given[1], given[3])"
    found = evaluate("signal/pooling_maths.js", expression, cases)
    for (image, times, kind, way), restored in zip(cases, found, strict=True):
        assert restored == enlarge(pool_image(image, times, kind), 2**times, way).tolist(), (times, kind, way)


def test_errors_on_the_page_equal_hdclib(cases):
    pairs = [[case[0], other[0]] for case, other in zip(cases, cases[1:], strict=False)]
    found = evaluate("signal/pooling_maths.js", "script.rmsError(...given)", pairs)
    for (image, other), error in zip(pairs, found, strict=True):
        assert error == pytest.approx(rms_error(image, other), rel=1e-12)
