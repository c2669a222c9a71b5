"""Pooling and enlarging against loops over single pixels."""

import numpy as np
import pytest

from hdclib.signal import enlarge, mirror_blocks, pool_image, rms_error
from hdclib.signal.pooling import ENLARGINGS, POOLINGS

RULES = {"max": max, "average": lambda four: sum(four) / 4, "stride": lambda four: four[0]}


def pool_by_loops(image, times, kind):
    """Shares no code with hdclib."""
    for _ in range(times):
        image = [
            [
                RULES[kind]([image[y][x], image[y][x + 1], image[y + 1][x], image[y + 1][x + 1]])
                for x in range(0, len(image[0]), 2)
            ]
            for y in range(0, len(image), 2)
        ]
    return image


def between(image, y, x):
    """Bilinear value at a place in pixel centres, flat beyond the edges."""
    y, x = min(max(y, 0), len(image) - 1), min(max(x, 0), len(image[0]) - 1)
    total = 0.0
    for row in range(len(image)):
        for column in range(len(image[0])):
            total += image[row][column] * max(0, 1 - abs(y - row)) * max(0, 1 - abs(x - column))
    return total


@pytest.fixture
def images():
    rng = np.random.default_rng(35)
    return [rng.integers(0, 256, (8, 16)) for _ in range(20)]


@pytest.mark.parametrize("kind", POOLINGS)
def test_pooling_equals_loops(images, kind):
    for image in images:
        for times in (0, 1, 2, 3):
            assert pool_image(image, times, kind).tolist() == pool_by_loops(image.tolist(), times, kind)


def test_bilinear_enlarging_equals_loops(images):
    for image in images[:4]:
        small = image[:3, :4]
        for factor in (1, 2, 4):
            wanted = [
                [between(small.tolist(), (y + 0.5) / factor - 0.5, (x + 0.5) / factor - 0.5) for x in range(4 * factor)]
                for y in range(3 * factor)
            ]
            np.testing.assert_allclose(enlarge(small, factor, "bilinear"), wanted)


def test_nearest_enlarging_repeats_pixels():
    assert enlarge([[1, 2]], 2).tolist() == [[1, 1, 2, 2], [1, 1, 2, 2]]


def test_enlarging_what_was_pooled_does_not_bring_the_image_back(images):
    for kind in POOLINGS:
        for way in ENLARGINGS:
            assert rms_error(images[0], enlarge(pool_image(images[0], 1, kind), 2, way)) > 0


def test_average_has_the_least_error_of_all_pictures_of_equal_blocks(images):
    rng = np.random.default_rng(36)
    for image in images:
        best = rms_error(image, enlarge(pool_image(image, 2, "average"), 4))
        for _ in range(20):
            assert best <= rms_error(image, enlarge(rng.uniform(0, 255, (2, 4)), 4))
        assert best <= rms_error(image, enlarge(pool_image(image, 2, "max"), 4))


@pytest.mark.parametrize("kind", ["max", "average"])
def test_mirrored_blocks_are_another_image_with_the_same_pooling(images, kind):
    for image in images:
        other = mirror_blocks(image, 4)
        assert (other != image).any()
        assert (pool_image(other, 2, kind) == pool_image(image, 2, kind)).all()


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match=r"^image is 3 × 4, its sides cannot be halved 1 times$"):
        pool_image(np.zeros((3, 4)))
    with pytest.raises(ValueError, match=r"^kind must be one of max, average, stride, got 'min'$"):
        pool_image(np.zeros((2, 2)), kind="min")
    with pytest.raises(ValueError, match=r"^kind must be one of nearest, bilinear, got 'cubic'$"):
        enlarge(np.zeros((2, 2)), 2, "cubic")
    with pytest.raises(ValueError, match=r"^image is 2 × 2, blocks of 3 × 3 do not fill it$"):
        mirror_blocks(np.zeros((2, 2)), 3)
    with pytest.raises(ValueError, match="they must be equal"):
        rms_error(np.zeros((2, 2)), np.zeros((2, 3)))
    with pytest.raises(ValueError, match="image must have 2 axes"):
        pool_image([1, 2])
