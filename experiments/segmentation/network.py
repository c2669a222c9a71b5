"""The network: three dilated 3 x 3 layers, with or without something before them, and one 1 x 1 layer."""

from torch import nn


def segmenter(setting, channels, classes):
    """Return the network of a setting; its weights depend on PyTorch's seed and not on the dilations.

    Every layer joins the edges of the picture, so that no border effect mixes with what the dilations do.

    Parameters
    ----------
    setting : Setting
    channels, classes : int

    Returns
    -------
    network : torch.nn.Sequential
        From (pictures, 1, rows, columns) to (pictures, classes, rows, columns).
    """
    first = {"nothing": None, "ordinary layer": 1, "stride 2": 2}[setting.before]
    layers = []
    if first is not None:
        layers += [_convolution(1, channels, stride=first), nn.ReLU()]
    for number, dilation in enumerate(setting.dilations):
        inputs = channels if layers or number else 1
        layers += [_convolution(inputs, channels, dilation=dilation), nn.ReLU()]
    layers.append(nn.Conv2d(channels, classes, 1))
    if first == 2:
        layers.append(nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False))
    return nn.Sequential(*layers)


def averager(dilations, channels):
    """Return three dilated layers without bias or ReLU: a sum of the inputs with weights that training chooses.

    Returns
    -------
    network : torch.nn.Sequential
        From (pictures, 1, rows, columns) to the same shape.
    """
    widths = [1] + [channels] * (len(dilations) - 1) + [1]
    layers = [
        _convolution(inputs, outputs, dilation=dilation, bias=False)
        for inputs, outputs, dilation in zip(widths, widths[1:], dilations, strict=False)
    ]
    return nn.Sequential(*layers)


def weight_count(network):
    """Return how many numbers training chooses."""
    return sum(parameter.numel() for parameter in network.parameters())


def _convolution(inputs, outputs, dilation=1, stride=1, bias=True):
    """A 3 x 3 layer that keeps the size at stride 1."""
    return nn.Conv2d(
        inputs, outputs, 3, stride=stride, padding=dilation, dilation=dilation, bias=bias, padding_mode="circular"
    )
