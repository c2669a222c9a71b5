import cmath
from fractions import Fraction

import numpy as np
import pytest
from brute_force import path_counts
from hypothesis import given
from hypothesis import strategies as st

import hdclib as hdc

SHAPES = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 7), st.integers(1, 2)), min_size=1, max_size=4)
NAMED = [[1, 1, 1], [2, 2, 2], [1, 2, 3], [1, 2, 5], [1, 2, 9], [2, 4, 8], [1, 3, 9]]


def layers_of(shapes):
    return [hdc.ConvLayer(size, dilation, stride=stride) for size, dilation, stride in shapes]


@given(SHAPES)
def test_weights_are_the_shares_of_the_paths(shapes):
    counts = path_counts(shapes)
    assert hdc.signal.averaging_weights(layers_of(shapes)) == pytest.approx([count / sum(counts) for count in counts])


@given(SHAPES, st.floats(-3, 3))
def test_gain_is_the_sum_over_every_path_of_its_wave(shapes, frequency):
    counts = path_counts(shapes)
    middle = (len(counts) - 1) / 2
    waves = [cmath.exp(2j * cmath.pi * frequency * (at - middle)) for at in range(len(counts))]
    total = sum(count * wave for count, wave in zip(counts, waves, strict=True)) / sum(counts)
    assert total.imag == pytest.approx(0, abs=1e-9)
    assert hdc.signal.frequency_response(layers_of(shapes), frequency) == pytest.approx(total.real, abs=1e-9)


@pytest.mark.parametrize("dilations", NAMED, ids=str)
def test_gain_is_the_fourier_transform_of_the_weights(dilations):
    size = 64
    padded = np.zeros(size)
    weights = hdc.signal.averaging_weights(dilations, kernel_size=3)
    for at, weight in enumerate(weights):
        padded[(at - len(weights) // 2) % size] += weight
    gain = hdc.signal.frequency_response(dilations, np.arange(size) / size, kernel_size=3)
    np.testing.assert_allclose(np.fft.fft(padded), gain, atol=1e-12)


@given(st.integers(1, 5), st.lists(st.integers(1, 6), min_size=1, max_size=4), st.floats(0, 1))
def test_a_common_divisor_makes_the_response_periodic(step, dilations, frequency):
    multiples = [step * d for d in dilations]
    pair = hdc.signal.frequency_response(multiples, [frequency, frequency + 1 / step], kernel_size=3)
    assert abs(pair[0]) == pytest.approx(abs(pair[1]), abs=1e-9)


def test_the_period_holds_for_any_weights():
    rng = np.random.default_rng(3)
    kernel = np.ones(1)
    for dilation in (2, 4, 6):
        taps = np.zeros(2 * dilation + 1)
        taps[::dilation] = rng.normal(size=3)
        kernel = np.convolve(kernel, taps)
    spectrum = np.fft.fft(kernel, 64)
    np.testing.assert_allclose(spectrum, np.roll(spectrum, 32), atol=1e-12)


@pytest.mark.parametrize("shapes", [[(3, 2, 1)] * 3, [(3, 1, 1), (5, 2, 1)], [(2, 3, 2), (4, 1, 1)]], ids=str)
def test_zeros_are_where_the_gain_vanishes_and_nowhere_else(shapes):
    layers = layers_of(shapes)
    denominator = 5040
    candidates = [Fraction(j, denominator) for j in range(1, denominator // 2 + 1)]
    gains = hdc.signal.frequency_response(layers, [float(f) for f in candidates])
    vanishing = [f for f, gain in zip(candidates, gains, strict=True) if abs(gain) < 1e-12]
    assert hdc.signal.response_zeros(layers) == vanishing


@pytest.mark.parametrize("dilations", NAMED, ids=str)
def test_side_lobe_is_the_largest_value_of_the_transform_after_its_first_sign_change(dilations):
    weights = hdc.signal.averaging_weights(dilations, kernel_size=3)
    size = 2**14
    spectrum = np.abs(np.fft.rfft(weights, size))
    first = next(i for i in range(1, len(spectrum) - 1) if spectrum[i] <= spectrum[i + 1] and spectrum[i] < 0.02)
    gain, frequency = hdc.signal.side_lobe(dilations, kernel_size=3)
    assert gain == pytest.approx(spectrum[first:].max(), abs=1e-3)
    assert spectrum[round(frequency * size)] == pytest.approx(gain, abs=1e-3)


@pytest.mark.parametrize("columns", [36, 37, 64])
@pytest.mark.parametrize("wave", [8, 10, 13, 18])
def test_a_period_is_that_of_the_strongest_wave_beyond_the_first_zero_and_the_broad_ones_do_not_count(columns, wave):
    at = np.arange(columns)
    rows = [3 * np.cos(2 * np.pi * (2 * at / columns + shift)) + np.cos(2 * np.pi * (wave * at / columns + shift / 3))
            for shift in np.linspace(0, 1, 7)]  # fmt: skip
    turns = [[np.exp(-2j * np.pi * f * x / columns) for x in at] for f in range(columns // 2 + 1)]
    sums = [sum(abs(sum(row * turn)) ** 2 for row in rows) for turn in turns]
    beyond = [f for f in range(1, columns // 2 + 1) if 9 * f > columns]  # the first zero of 1, 3 is 1/9
    assert max(range(columns // 2 + 1), key=sums.__getitem__) == 2 and 2 not in beyond
    assert hdc.signal.row_energies(np.add(rows, 5)) == pytest.approx([0, *(total / len(rows) for total in sums[1:])])
    assert hdc.signal.measured_period(rows, [1, 3], 3) == columns / max(beyond, key=sums.__getitem__) == columns / wave


@pytest.mark.parametrize(
    ("image", "told"),
    [
        (np.ones((4, 64)), "^image must hold a wave beyond frequency 1/9 along its rows, got none$"),
        (np.outer(np.arange(4.0), np.ones(64)), "along its rows, got none$"),
        (np.ones((2, 1)), "^image must be wide enough for a wave beyond frequency 1/9, got 1 columns$"),
    ],
    ids=["constant", "stripes along the rows", "narrow"],
)
def test_a_picture_without_a_wave_beyond_the_first_zero_has_no_period(image, told):
    with pytest.raises(ValueError, match=told):
        hdc.signal.measured_period(image, [1, 3], 3)


@pytest.mark.parametrize("scale", [1e-200, 1e-20, 1e20, 1e200])
def test_a_period_does_not_depend_on_the_strength_of_a_map(scale):
    image = hdc.signal.filter_image(hdc.white_noise((8, 64), 3), [2, 2, 7], 3)
    assert hdc.signal.measured_period(scale * image, [2, 2, 7], 3) == hdc.signal.measured_period(image, [2, 2, 7], 3)


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16])
def test_what_rounding_leaves_of_a_broad_wave_is_no_period(kind):
    broad = np.tile(np.cos(2 * np.pi * np.arange(64) / 64), (8, 1)).astype(kind)
    jitter = np.nextafter(np.full((8, 64), 0.3, kind), (hdc.white_noise((8, 64)) > 0).astype(kind))
    for image in (broad, jitter):
        with pytest.raises(ValueError, match="along its rows, got none$"):
            hdc.signal.measured_period(image, [2, 2, 7], 3)
    clear = hdc.signal.filter_image(hdc.white_noise((8, 64), 3), [2, 2, 7], 3).astype(kind)
    assert hdc.signal.measured_period(clear, [2, 2, 7], 3) == pytest.approx(2.28, rel=0.1)


def test_side_lobe_of_1_2_5_lies_where_the_gain_has_slope_zero():
    gain, frequency = hdc.signal.side_lobe([1, 2, 5], kernel_size=3)
    phases = 2 * np.pi * np.array([1, 2, 5])[:, None] * (frequency + np.array([-3e-6, 3e-6]))
    slopes = (-2 * np.array([1, 2, 5])[:, None] * np.sin(phases) / (1 + 2 * np.cos(phases))).sum(axis=0)
    assert slopes[0] * slopes[1] < 0  # of the logarithm of the gain: it changes sign within 3 millionths
    assert (round(gain, 4), round(frequency, 4)) == (0.1677, 0.0925)


@pytest.mark.parametrize(("size", "wanted"), [(1, (1.0, 0.5)), (2, (0.0, 0.5))])
def test_side_lobe_without_zeros_or_beyond_the_last(size, wanted):
    assert hdc.signal.side_lobe([1], kernel_size=size) == wanted


@given(SHAPES)
def test_effective_inputs_lie_between_one_and_the_inputs_read(shapes):
    found = hdc.signal.effective_inputs(layers_of(shapes))
    counts = path_counts(shapes)
    assert found == pytest.approx(sum(counts) ** 2 / sum(count**2 for count in counts))
    assert 1 - 1e-9 <= found <= sum(count > 0 for count in counts) + 1e-9


def test_even_use_counts_every_input():
    assert hdc.signal.effective_inputs([1, 3, 9], kernel_size=3) == pytest.approx(27)


@pytest.mark.parametrize("dilations", NAMED, ids=str)
def test_noise_and_correlation_agree_with_simulated_noise(dilations):
    rng = np.random.default_rng(11)
    weights = hdc.signal.averaging_weights(dilations, kernel_size=3)
    noise = rng.normal(size=200_000)
    output = np.convolve(noise, weights, mode="valid")
    assert output.var() == pytest.approx(1 / hdc.signal.effective_inputs(dilations, kernel_size=3), rel=0.06)
    for shift in (1, 2, 5):
        measured = np.corrcoef(output[shift:], output[:-shift])[0, 1]
        assert hdc.signal.output_correlation(dilations, shift, kernel_size=3) == pytest.approx(measured, abs=0.03)


@given(SHAPES, st.integers(0, 20))
def test_correlation_is_zero_exactly_where_no_input_is_shared(shapes, shift):
    layers = layers_of(shapes)
    assert (hdc.signal.output_correlation(layers, shift) == 0) == (hdc.shared_inputs(layers, shift) == 0)


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: hdc.signal.frequency_response([2], [0.1, float("nan")], kernel_size=3), ValueError, "must be finite"),
        (lambda: hdc.signal.frequency_response([2], "low", kernel_size=3), TypeError, "frequencies must be numbers"),
        (lambda: hdc.signal.output_correlation([2], -1, kernel_size=3), ValueError, "shift must be at least 0"),
        (lambda: hdc.signal.effective_inputs([]), ValueError, "layers is empty"),
    ],
)
def test_bad_input_is_named(call, kind, words):
    with pytest.raises(kind, match=words):
        call()


@pytest.mark.parametrize("frequencies", [True, [True, False], "0.5", ["0.5"], [None], [1j]])
def test_what_is_no_frequency_is_refused(frequencies):
    with pytest.raises(TypeError, match="^frequencies must be numbers, got "):
        hdc.signal.frequency_response([1], frequencies, kernel_size=3)


def test_energies_of_what_is_too_large_to_be_squared_are_refused():
    with pytest.raises(ValueError, match="^image must hold numbers of at most 1e[+]150 in size, got 1e[+]200$"):
        hdc.signal.row_energies([[1e200, -1e200]])


def test_pictures_with_holes_in_the_numbers_are_refused():
    for measure in (hdc.grid_energy, hdc.signal.grain):
        with pytest.raises(ValueError, match="^image must be finite, got inf$"):
            measure([[0.0, np.inf], [0.0, 0.0]])
        with pytest.raises(ValueError, match="^image must be finite, got nan$"):
            measure([[np.nan, 1], [0, 1]])


def test_a_scene_and_its_target_share_no_memory():
    for kind in ("shapes", "step", "line", "checkerboard", "offsets", "flat"):
        assert not np.shares_memory(*hdc.signal.scene(kind, 8)), kind


def test_a_resnet_depth_is_a_whole_number():
    with pytest.raises(TypeError, match="^depth must be a whole number, got 50.0$"):
        hdc.resnet(50.0)
