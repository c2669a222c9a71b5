"""The look of the book: each role has a colour of its own, and notebooks draw the same numbers each time."""

import numpy as np

from hdclib.figures import COLOURS, book_style


def test_no_two_roles_share_a_colour():
    assert len({*COLOURS.values()}) == len(COLOURS)


def test_the_style_seeds_the_legacy_generator_with_the_seed_that_is_given():
    for seed in (0, 3):
        book_style(seed)
        assert np.random.random() == np.random.RandomState(seed).random_sample()
