"""The network: three dilated 3 x 3 layers, alone or with a layer before or after them, and one 1 x 1 layer."""

import torch
from torch import nn

from experiments.segmentation.subgrids import JoinedConvolution, ZerosAround


def segmenter(setting, channels, classes):
    """Return the network of a setting; its weights depend on PyTorch's seed and not on the dilations.

    Every layer joins the edges of the picture, so that no border effect mixes with what the dilations do, except where
    the setting asks for zeros.

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
    convolution = ZerosAround if setting.zeros else JoinedConvolution
    layers = []
    if first is not None:
        layers += [convolution(1, channels, stride=first), nn.ReLU()]
    for number, dilation in enumerate(setting.dilations):
        inputs = channels if layers or number else 1
        dilated = convolution(inputs, channels, dilation=dilation)
        layers += [Skip(dilated)] if setting.skips else [dilated, nn.ReLU()]
    if setting.after == "ordinary layer":
        layers += [convolution(channels, channels), nn.ReLU()]
    layers.append(nn.Conv2d(channels, classes, 1))
    if first == 2:
        layers.append(nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False))
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


class Skip(nn.Module):
    """A layer and a ReLU, and an identity beside them."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, pictures):
        """Return the sum of both branches."""
        return pictures + nn.functional.relu(self.layer(pictures))


def averager(dilations, channels):
    """Return three dilated layers without bias or ReLU: a sum of the inputs with weights that training chooses.

    Returns
    -------
    network : torch.nn.Sequential
        From (pictures, 1, rows, columns) to the same shape.
    """
    widths = [1] + [channels] * (len(dilations) - 1) + [1]
    layers = [
        JoinedConvolution(inputs, outputs, dilation=dilation, bias=False)
        for inputs, outputs, dilation in zip(widths, widths[1:], dilations, strict=False)
    ]
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


def weight_count(network):
    """Return how many numbers training chooses."""
    return sum(parameter.numel() for parameter in network.parameters())
