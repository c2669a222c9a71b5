"""Sizes that would fill the memory or never end are refused, and the argument is named."""

import numpy as np
import pytest

import hdclib as hdc

IMAGE = np.ones((4, 4))
HUGE = 10**9


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: hdc.white_noise((30_000, 30_000)), "shape"),
        (lambda: hdc.scene("flat", HUGE), "size"),
        (lambda: hdc.read_positions(0, HUGE), "kernel_size"),
        (lambda: hdc.transposed_read_positions(0, HUGE), "kernel_size"),
        (lambda: hdc.sub_grids(10**6, 10**6, 2), "rows × columns"),
        (lambda: hdc.enlarge(IMAGE, HUGE), "factor"),
        (lambda: hdc.filter_image(IMAGE, [1], kernel_size=HUGE), "kernel_size"),
        (lambda: hdc.dilated_convolve([1, 2], [1], padding=HUGE), "padding"),
        (lambda: hdc.are_filled([[1, 2]], HUGE), "dilations × kernel_size"),
    ],
)
def test_what_has_no_room_is_refused(call, name):
    with pytest.raises(ValueError, match=f"^{name} asks for [0-9]+ [a-z]+, at most [0-9]+ are allowed$"):
        call()


def test_an_image_is_not_halved_a_thousand_million_times():
    with pytest.raises(ValueError, match="^image is 4 × 4, its sides cannot be halved 1000000000 times$"):
        hdc.pool_image(IMAGE, HUGE)
