"""Train one network and judge it."""

import math
import time
from functools import lru_cache

import numpy as np
import torch

from experiments.segmentation import settings as fixed
from experiments.segmentation.fields import label_field
from experiments.segmentation.measures import class_iou, judge, mean_iou, near_edge
from experiments.segmentation.network import averager, segmenter, weight_count
from experiments.segmentation.walls import GROUND, label_wall
from hdclib import shared_inputs, tap_counts
from hdclib.signal import effective_inputs, measured_period, output_correlation

TEST_SEED = 10_000  # far from the seeds of training, and the same for every network


def train(setting):
    """Train and judge the network of a setting, on one thread.

    Parameters
    ----------
    setting : Setting

    Returns
    -------
    record : dict
        The setting, the measures, the number of weights and the seconds that training took.
    shown : dict of ndarray
        The first test picture, its truth and its prediction; empty for "flat".
    """
    torch.manual_seed(setting.seed)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # filling memory took a tenth of the time
    start = time.perf_counter()
    work = _train_flat if setting.data == "flat" else _train_segmenter
    measures, weights, shown = work(setting)
    seconds = round(time.perf_counter() - start, 1)
    return {**setting.record(), **measures, "weights": weights, "seconds": seconds}, shown


@lru_cache(maxsize=8)
def pictures(data, size, count, seed):
    """Return `count` pictures without noise, and their labels, as two arrays (count, rows, columns)."""
    rng = np.random.default_rng(seed)
    if data == "photographs":
        from experiments.segmentation.photographs import TESTED_ON, TRAINED_ON, crops

        return crops(TESTED_ON if seed >= TEST_SEED else TRAINED_ON, count, rng)
    if data == "joints":
        labels = np.stack([label_wall(fixed.SIDE, size, rng) for _ in range(count)])
        return np.where(labels == GROUND, 0.0, -1.0), labels
    labels = np.stack([label_field(fixed.SIDE, size, rng) for _ in range(count)])
    return labels - 1.0, labels


def _train_segmenter(setting):
    """Learn to name the class of each pixel under noise."""
    network = segmenter(setting, fixed.CHANNELS, fixed.CLASSES)
    greys, labels = pictures(setting.data, setting.size, fixed.POOL, setting.seed)
    rng = np.random.default_rng([setting.seed, 1])
    rim = fixed.RIM if setting.data == "photographs" else 0

    def loss():
        chosen = rng.integers(len(greys), size=fixed.BATCH)
        output = _inside(network(_noisy(greys[chosen], setting.noise, rng)), rim)
        return torch.nn.functional.cross_entropy(output, torch.from_numpy(_inside(labels[chosen], rim)))

    _descend(network, loss, setting.steps, setting.rate)
    greys, labels = pictures(setting.data, setting.size, fixed.TEST_PICTURES, TEST_SEED)
    noisy = _noisy(greys, setting.noise, np.random.default_rng([TEST_SEED, 1]))
    with torch.no_grad():
        predicted = _inside(network(noisy).argmax(1).numpy(), rim)
    truth = _inside(labels, rim)
    shown = {"input": _inside(noisy.numpy()[0, 0], rim), "truth": truth[0], "predicted": predicted[0]}
    measures = judge(predicted, truth, fixed.CLASSES)
    measures["correlation"] = neighbour_correlation(network, setting.noise)
    if setting.zeros:
        edge = near_edge(fixed.SIDE, fixed.EDGE)
        at_edge = mean_iou(predicted[:, edge], truth[:, edge], fixed.CLASSES)
        measures |= dict(zip(fixed.BORDERED, (at_edge, class_iou(predicted, truth, 0)), strict=True))
    if setting.probed:
        measures["period"] = noise_period(network, greys, setting)
    return measures, weight_count(network), shown


def _train_flat(setting):
    """Learn to name the grey of a constant picture under noise; the best that is possible is known."""
    network = averager(setting.dilations, fixed.CHANNELS)
    rng = np.random.default_rng([setting.seed, 1])

    def loss():
        greys = np.repeat(rng.standard_normal(fixed.FLAT_BATCH), fixed.SIDE**2).reshape(-1, fixed.SIDE, fixed.SIDE)
        return torch.nn.functional.mse_loss(network(_noisy(greys, setting.noise, rng)), _batch(greys))

    _descend(network, loss, setting.steps, setting.rate)
    return judge_averager(network, setting), weight_count(network), {}


def judge_averager(network, setting):
    """Return what a network of sums leaves of white noise, beside what theory says.

    The network is linear, so its answer to a single bright pixel holds the weight of every input: nothing is sampled.

    Returns
    -------
    measures : dict
        ``noise_left`` is the standard deviation behind the network, for noise of 1 and weights scaled to sum 1;
        ``bound`` the least possible one, ``averages`` that of plain averages. ``correlation`` is that of neighbouring
        outputs, ``averages_correlation`` that of plain averages, ``shared`` the share of their inputs that both read.
    """
    pixel = np.zeros((1, fixed.SIDE, fixed.SIDE))
    pixel[0, 0, 0] = 1
    with torch.no_grad():
        weights = network(_batch(pixel)).numpy()[0, 0].astype(float)
    read = int(np.count_nonzero(tap_counts(setting.dilations, 3)))
    return {
        "gain": float(weights.sum()),
        "noise_left": float(np.sqrt((weights**2).sum()) / abs(weights.sum())),
        "bound": 1 / read,
        "averages": 1 / effective_inputs(setting.dilations, 3),
        "correlation": _alike(weights),
        "averages_correlation": output_correlation(setting.dilations, 1, kernel_size=3),
        "shared": shared_inputs(setting.dilations, 1, kernel_size=3) / read,
        "inputs": read**2,
    }


def neighbour_correlation(network, noise):
    """Return how alike neighbouring outputs are where there is nothing but noise.

    Parameters
    ----------
    network : torch.nn.Module
    noise : float
        Standard deviation, around the grey of the middle class.

    Returns
    -------
    correlation : float
        Of the probability that the network gives to the middle class, with that of the pixel to the right and below;
        1 for a network that says the same everywhere.
    """
    empty = np.zeros((fixed.TEST_PICTURES, fixed.SIDE, fixed.SIDE))
    with torch.no_grad():
        output = network(_noisy(empty, noise, np.random.default_rng([TEST_SEED, 2]))).softmax(1)[:, 1].numpy()
    return _alike(output - output.mean(dtype=float))


def noise_period(network, greys, setting):
    """Return the period of what noise does to the scores of the middle class, beyond the first zero of the stack.

    Each picture is shown under two noises and the scores are subtracted, so that hardly anything of the picture is
    left. Rows and columns of all maps are measured together.

    Parameters
    ----------
    network : torch.nn.Module
    greys : array of float, shape (pictures, rows, columns)
        Square.
    setting : Setting

    Returns
    -------
    period : float or None
        In pixels; None for a failed network that gives every pixel the same scores, whatever it sees.
    """
    one, other = (_noisy(greys, setting.noise, np.random.default_rng([TEST_SEED, draw])) for draw in (3, 4))
    with torch.no_grad():
        maps = (network(one) - network(other)).numpy()[:, 1].astype(float)
    lines = np.concatenate([maps, maps.transpose(0, 2, 1)]).reshape(-1, maps.shape[-1])
    return measured_period(lines, setting.stack, kernel_size=3) if np.abs(lines).max() > 1e-9 else None


def _alike(values):
    """Sum of the products of neighbours over the sum of squares, edges joined, mean of both axes; 1 if all are 0."""
    energy = (values**2).sum()
    if energy == 0:
        return 1.0
    products = [(values * np.roll(values, 1, axis)).sum() for axis in (-1, -2)]
    return float(np.mean(products) / energy)


def _descend(network, loss, steps, rate):
    """Take `steps` steps of Adam, the rate falling from `rate` to 0 along half a cosine."""
    optimizer = torch.optim.Adam(network.parameters(), lr=rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 + math.cos(math.pi * step / steps)) / 2)
    for _ in range(steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        schedule.step()


def _noisy(greys, noise, rng):
    """A batch for the network: pictures plus white noise, shape (pictures, 1, rows, columns)."""
    return _batch(greys + noise * rng.standard_normal(greys.shape))


def _batch(greys):
    """Pictures as PyTorch takes them, shape (pictures, 1, rows, columns)."""
    return torch.from_numpy(greys[:, None]).float()


def _inside(images, rim):
    """Without `rim` pixels at each edge."""
    return images[..., rim : images.shape[-2] - rim, rim : images.shape[-1] - rim]
