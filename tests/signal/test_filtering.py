import itertools

import numpy as np
import pytest
from brute_force import path_map

import hdclib as hdc
from hdclib.signal.pictures import KINDS

SEED = 7


def by_definition(image, layers, kernels):
    """Each output as the sum over every path of the product of its weights; edges joined."""
    rows, columns = image.shape
    output = np.zeros(image.shape)
    taps = [list(np.ndenumerate(kernel)) for kernel in kernels]
    for y, x in itertools.product(range(rows), range(columns)):
        for path in itertools.product(*taps):
            at, weight = [y, x], 1.0
            for ((row, column), value), (size, dilation) in zip(path, layers, strict=True):
                at[0] += dilation * (row - (size - 1) // 2)
                at[1] += dilation * (column - (size - 1) // 2)
                weight *= value
            output[y, x] += weight * image[at[0] % rows, at[1] % columns]
    return output


@pytest.mark.parametrize("layers", [[(3, 2), (3, 1)], [(2, 3), (3, 2)], [(3, 4)]], ids=str)
def test_output_is_the_sum_over_every_path(layers):
    rng = np.random.default_rng(SEED)
    image = rng.normal(size=(7, 9))
    kernels = [rng.normal(size=(size, size)) for size, _ in layers]
    stack = [hdc.ConvLayer(*layer) for layer in layers]
    found = hdc.signal.filter_image(image, stack, weights=kernels)
    np.testing.assert_allclose(found, by_definition(image, layers, kernels), atol=1e-12)


def test_the_function_between_acts_after_every_layer_but_the_last():
    image = np.array([[1.0, -3.0], [2.0, -1.0]])
    identity = [np.pad([[1.0]], 1)] * 3
    seen = []

    def halve(x):
        seen.append(x.copy())
        return x / 2

    found = hdc.signal.filter_image(image, [1, 1, 1], 3, identity, halve)
    assert found.tolist() == (image / 4).tolist()
    assert [x.tolist() for x in seen] == [image.tolist(), (image / 2).tolist()]


def test_averages_weigh_each_pixel_by_its_paths():
    image = np.zeros((31, 31))
    image[15, 15] = 1
    paths = path_map([(3, d, 1) for d in (1, 2, 5)])
    total = sum(paths.values())
    found = hdc.signal.filter_image(image, [1, 2, 5], kernel_size=3)
    for (row, column), count in paths.items():
        assert found[15 + 8 - row, 15 + 8 - column] == pytest.approx(count / total)


def test_a_change_on_one_subgrid_leaves_the_outputs_of_the_others():
    rng = np.random.default_rng(SEED)
    weights = [rng.normal(size=(3, 3)) for _ in range(3)]
    image = rng.normal(size=(24, 24))
    changed = image.copy()
    changed[::2, ::2] = rng.normal(size=(12, 12))

    def relu(x):
        return np.maximum(x, 0)

    before, after = (hdc.signal.filter_image(i, [2, 2, 2], 3, weights, relu) for i in (image, changed))
    moved = before != after
    assert moved[::2, ::2].any() and not moved[1::2].any() and not moved[:, 1::2].any()


@pytest.mark.parametrize("step", [2, 3])
def test_multiples_of_a_step_smooth_each_subgrid_by_itself(step):
    image = np.random.default_rng(SEED).normal(size=(24, 36))
    whole = hdc.signal.filter_image(image, [step, 2 * step], kernel_size=3)
    apart = [
        [hdc.signal.filter_image(p, [1, 2], kernel_size=3) for p in row] for row in hdc.signal.split_image(image, step)
    ]
    np.testing.assert_allclose(whole, hdc.signal.weave_image(apart), atol=1e-12)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_weaving_undoes_splitting(step):
    image = np.arange(24 * 12).reshape(24, 12)
    assert hdc.signal.weave_image(hdc.signal.split_image(image, step)).tolist() == image.tolist()


@pytest.mark.parametrize(("rows", "columns", "step"), [(12, 12, 2), (12, 18, 3), (10, 15, 4), (9, 7, 1)])
def test_grid_energy_is_that_of_the_waves_nearest_a_grid_frequency(rows, columns, step):
    image = np.random.default_rng(SEED).normal(size=(rows, columns))
    image -= image.mean()
    y, x = np.mgrid[:rows, :columns]
    total = grid = 0.0
    for v, u in itertools.product(range(rows), range(columns)):
        energy = abs((image * np.exp(-2j * np.pi * (v * y / rows + u * x / columns))).sum()) ** 2
        nearest = [2 * step * f / n for f, n in ((v, rows), (u, columns))]  # odd number: halfway between two
        far = [not (value < 1 or value >= 2 * step - 1) for value in nearest]
        total += energy
        grid += energy * any(far)
    assert hdc.grid_energy(image, step) == pytest.approx(grid / total)


def test_white_noise_has_its_share_of_grid_energy_before_and_after_a_lattice():
    shares = []
    for seed in range(1, 41):
        noise = hdc.white_noise((48, 48), seed)
        shares.append([hdc.grid_energy(noise), hdc.grid_energy(hdc.signal.filter_image(noise, [2, 2, 2], 3))])
    assert np.mean(shares, axis=0) == pytest.approx([0.75, 0.75], abs=0.01)


@pytest.mark.parametrize("shape", [(8, 8), (7, 12), (9, 5), (1, 6)])
@pytest.mark.parametrize("step", [1, 2, 3, 20])
def test_the_grain_of_a_picture_is_as_strong_as_its_part(shape, step):
    picture = 0.3 + hdc.white_noise(shape)
    part = hdc.signal.grain_part(picture, step)
    assert np.sqrt(np.mean(part**2)) == pytest.approx(hdc.signal.grain(picture, step), abs=1e-12)
    assert part.mean() == pytest.approx(0, abs=1e-12)


def test_a_slow_wave_has_no_grain_and_a_checkerboard_nothing_else():
    y, x = np.mgrid[:8, :8]
    slow, board = np.cos(2 * np.pi * x / 8), (-1.0) ** (x + y)
    np.testing.assert_allclose(hdc.signal.grain_part(slow + board), board, atol=1e-12)


def test_grain_is_the_root_of_the_grid_energy():
    y, x = np.mgrid[:16, :16]
    stripes, slow = 0.3 * (-1.0) ** x, 0.7 * np.cos(2 * np.pi * y / 16)
    assert hdc.signal.grain(stripes + slow) == pytest.approx(0.3)
    assert hdc.signal.grain(np.full((4, 4), 0.1)) == 0


def test_noise_is_white_and_repeatable():
    noise = np.stack([hdc.white_noise((32, 32), seed) for seed in range(1, 61)])
    assert noise.mean() == pytest.approx(0, abs=0.01) and noise.var() == pytest.approx(1, abs=0.01)
    for shift in (1, 2, 31):
        assert (noise[..., shift:] * noise[..., :-shift]).mean() == pytest.approx(0, abs=0.02)
        assert (noise[:, shift:] * noise[:, :-shift]).mean() == pytest.approx(0, abs=0.03)
    assert (hdc.white_noise((4, 4), 5) == hdc.white_noise((4, 4), 5)).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [8, 24, 48])
def test_scenes_are_grey_and_targets_hold_no_disturbance(kind, size):
    picture, target = hdc.signal.scene(kind, size)
    assert picture.shape == target.shape == (size, size)
    assert 0.2 <= picture.min() <= picture.max() <= 0.8
    if kind in ("checkerboard", "offsets", "flat"):
        assert np.ptp(target) == 0 and picture.mean() == pytest.approx(0.5)
    else:
        assert (picture == target).all() and np.ptp(picture) == 0.5


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: hdc.signal.filter_image([1.0, 2.0], [1], 3), "image must have 2 axes"),
        (lambda: hdc.signal.filter_image([[1.0]], [hdc.ConvLayer(3, stride=2)]), r"stride must be 1 .*, got \[2\]"),
        (
            lambda: hdc.signal.filter_image([[1.0]], [1], 3, weights=[np.ones((2, 2))]),
            r"weights must have shapes \[\(3",
        ),
        (lambda: hdc.signal.filter_image([[1.0]], [1, 1], 3, weights=[np.ones((3, 3))]), "weights must have"),
        (lambda: hdc.signal.split_image(np.ones(3), 2), "image must have 2 axes"),
        (lambda: hdc.signal.split_image(np.ones((3, 3)), 0), "step must be at least 1, got 0"),
        (lambda: hdc.signal.weave_image([[np.ones((2, 2))], [np.ones((2, 2))]]), "parts must be square"),
        (lambda: hdc.signal.scene("cat"), "kind must be one of shapes"),
        (lambda: hdc.signal.scene("step", 7), "size must be at least 8, got 7"),
        (lambda: hdc.white_noise((3, 3), seed=0), "seed must be at least 1, got 0"),
        (lambda: hdc.white_noise((0, 3)), r"shape\[0\] must be at least 1, got 0"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
