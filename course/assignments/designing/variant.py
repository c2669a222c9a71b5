"""Draw the numbers of a student's variant."""

from itertools import combinations_with_replacement


def draw(random):
    """Return the numbers of one variant as a dict, from a `random.Random`.

    Whole numbers and lists of them; a layer is [kernel_size, stride, padding, dilation], a branch [kernel_size,
    dilation]. The bound on the dilations leaves from 3 to 60 schedules of the smallest field that is wide enough.
    """
    backbone, output_stride = _backbone(random), random.choice([4, 8])
    layers, field, largest = _context(random)
    pixels = _field(backbone) + (field - 1) * output_stride - random.randint(0, 2 * output_stride - 1)
    return {
        "image": pixels + random.randint(20, 220),
        "backbone": backbone,
        "output_stride": output_stride,
        "pixels": pixels,
        "layers": layers,
        "largest": largest,
        "branches": _branches(random),
    }


def _backbone(random):
    """Four or five halvings, with ordinary layers between them."""
    layers = [random.choice([[7, 2, 3, 1], [5, 2, 2, 1], [3, 2, 1, 1]])]
    for _ in range(random.choice([3, 4])):
        layers.append([3, 2, 1, 1])
        layers += random.choice([[], [[3, 1, 1, 1]], [[5, 1, 2, 1]], [[3, 1, 1, 1], [3, 1, 1, 1]]])
    return layers if layers[-1][1] == 1 else [*layers, [3, 1, 1, 1]]


def _field(layers):
    """The receptive field, which taking strides away and dilating instead does not change."""
    field, jump = 1, 1
    for kernel_size, stride, _, _ in layers:
        field, jump = field + (kernel_size - 1) * jump, jump * stride
    return field


def _context(random):
    """Layers, field and bound of the context module: few hole-free schedules within the bound, and others to name."""
    while True:
        layers = random.choice([4, 5])
        total = random.randint(14, 34) if layers == 4 else random.randint(24, 44)
        highest = sorted(stack[-1] for stack in _full(layers, total))
        largest = highest[0] + random.randint(0, 3)
        if 3 <= sum(top <= largest for top in highest) <= 60:
            return layers, 1 + 2 * total, largest


def _full(layers, total):
    """All rising dilations with this sum that leave no hole with kernel size 3."""
    for inner in combinations_with_replacement(range(1, total // 2 + 1), layers - 2):
        stack = [1, *inner, total - 1 - sum(inner)]
        if stack[-1] >= stack[-2] and all(rate <= 1 + 2 * sum(stack[:at]) for at, rate in enumerate(stack)):
            yield stack


def _branches(random):
    """Three different branches of odd kernel sizes."""
    dilations = random.sample(range(1, 13), 3)
    return [[random.choice([3, 5, 7]), dilation] for dilation in dilations]
