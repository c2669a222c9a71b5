"""Draw the numbers of a student's variant."""


def draw(random):
    """Return the numbers of one variant as a dict, from a `random.Random`.

    Whole numbers and lists of them; a layer is [kernel_size, stride, padding, dilation].
    """
    kernel_size, stride, dilation = random.choice([3, 5]), random.choice([2, 3, 4]), random.randint(2, 5)
    size, padding = random.randint(40, 90), random.randint(2, 9)
    wide_kernel, wide_size = random.choice([3, 4, 5]), random.randint(50, 120)
    return {
        "size": size,
        "kernel_size": kernel_size,
        "stride": stride,
        "dilation": dilation,
        "out": (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1,
        "shared_out": random.randint(21, 60),
        "wide_size": wide_size,
        "wide_kernel": wide_kernel,
        "least_out": random.randint(12, wide_size // 2),
        "latent": random.randint(5, 16),
        "decoder": _decoder(random),
        "input_size": random.randint(160, 320),
        "network": _network(random),
    }


def _decoder(random):
    """Three layers that can multiply the size by their stride; at least one needs output_padding."""
    layers, extras = [], []
    while len(layers) < 3:
        kernel_size, stride, dilation = random.randint(2, 5), random.randint(2, 4), random.randint(1, 3)
        padding = random.randint(0, 4)
        extra = stride + 2 * padding - dilation * (kernel_size - 1) - 1
        if 0 <= extra < stride:
            layers.append([kernel_size, stride, padding, dilation])
            extras.append(extra)
    return layers if any(extras) else _decoder(random)


def _network(random):
    """Six layers: a stem, a pool, and four more, of which some keep the size and one is padded too little."""
    stem = [random.choice([5, 7]), 2, random.choice([2, 3]), 1]
    layers = [stem, [3, 2, random.choice([0, 1]), 1]]
    for dilation in random.sample([1, 2, 3, 4], 3):
        kernel_size = random.choice([3, 5])
        layers.append([kernel_size, 1, dilation * (kernel_size - 1) // 2, dilation])
    short = random.choice(layers[2:])
    short[2] = max(0, short[2] - random.choice([1, 2]))
    layers.insert(random.randint(3, 4), [3, 2, 1, random.choice([1, 2])])
    return layers
