"""hdclib/signal/pictures.py: each picture has its parts where its kind says."""

import numpy as np

import hdclib as hdc

SIDE = 48


def lit(kind):
    """Rows and columns of the light pixels of a picture of two greys."""
    picture, target = hdc.signal.scene(kind, SIDE)
    assert set(np.unique(picture)) == {0.25, 0.75} and picture.shape == (SIDE, SIDE)
    assert kind == "checkerboard" or np.array_equal(picture, target)
    return picture == 0.75


def test_an_edge_is_light_from_the_middle_on_and_a_line_is_one_column_there():
    columns = np.arange(SIDE)
    assert np.array_equal(lit("step"), np.broadcast_to(columns >= SIDE // 2, (SIDE, SIDE)))
    assert np.array_equal(lit("line"), np.broadcast_to(columns == SIDE // 2, (SIDE, SIDE)))


def test_shapes_are_a_disc_a_bar_and_a_line_apart():
    light = lit("shapes")
    assert light[12, 12] and not light[12, 20]  # the disc, upper left, of radius 7
    assert light[30:42, 6:30].all() and light[6:42, 39].all()
    assert not light[29, 6:30].any() and not light[:, 38].any()


def test_a_checkerboard_is_to_become_flat_and_four_greys_are_one_for_each_sub_grid():
    assert not lit("checkerboard")[0, 0] and lit("checkerboard")[0, 1]
    assert (hdc.signal.scene("checkerboard", SIDE)[1] == 0.5).all()
    offsets, target = hdc.signal.scene("offsets", SIDE)
    assert np.allclose(offsets[:2, :2], [[0.2, 0.6], [0.4, 0.8]]) and (target == 0.5).all()
    assert offsets.mean() == target.mean()
