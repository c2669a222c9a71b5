"""Dilated layers with joined edges, computed as ordinary layers on their sub-grids: the same numbers in less time.

PyTorch's kernels for dilation are slow on many processors, above all backward. But a layer with dilation d reads pixels
d apart only. Put those beside each other, and it is an ordinary layer. With joined edges a row of n pixels falls into
gcd(d, n) rings, and on each ring steps of d meet every pixel once.
"""

import math
from functools import lru_cache

import torch
from torch import nn


class JoinedConvolution(nn.Conv2d):
    """A 3 x 3 layer that joins the edges of the picture; with dilation 1 it may have a stride.

    Weights are made as those of ``Conv2d``. Pictures keep their channels last in memory.
    """

    def __init__(self, inputs, outputs, dilation=1, stride=1, bias=True):
        if dilation > 1 and stride > 1:
            raise ValueError(f"dilation or stride must be 1, got {dilation} and {stride}")
        super().__init__(inputs, outputs, 3, stride=stride, dilation=dilation, bias=bias)

    def forward(self, pictures):
        """Return the layer's outputs, shape (pictures, outputs, rows / stride, columns / stride)."""
        count, _, rows, columns = pictures.shape
        to_rings, back, shape = _places(count, rows, columns, self.dilation[0])
        found = _pictures(_Moved.apply(_pixels(pictures), *to_rings), shape)
        found = nn.functional.conv2d(found, self.weight, self.bias, stride=self.stride)
        if self.dilation[0] > 1:
            found = _pictures(_Moved.apply(_pixels(found), *back), (count, rows, columns))
        return found


class ZerosAround(JoinedConvolution):
    """The same with as many zeros around the picture as the dilation says: joined edges meet zeros, too."""

    def forward(self, pictures):
        """Return the layer's outputs, shape (pictures, outputs, rows, columns)."""
        *_, rows, columns = pictures.shape
        if self.stride != (1, 1):
            raise ValueError(f"stride must be 1, got {self.stride[0]}")
        widened = nn.functional.pad(pictures, (0, self.dilation[0], 0, self.dilation[0]))
        return super().forward(widened)[..., :rows, :columns]


class _Moved(torch.autograd.Function):
    """Pixels at other places; the gradient is moved back, where PyTorch's own would be added up one by one."""

    @staticmethod
    def forward(context, pixels, taken, home, double):
        """Take the pixels of `taken`. Each is met at its place in `home`, and those at `double` once more."""
        context.save_for_backward(taken, home, double)
        return pixels.index_select(0, taken)

    @staticmethod
    def backward(context, gradient):
        taken, home, double = context.saved_tensors
        found = gradient.index_select(0, home)
        return found.index_add_(0, taken[double], gradient[double]), None, None, None


def rings(side, step):
    """Return the places along an axis of joined ends, ring by ring, in steps of `step`.

    Returns
    -------
    places : tensor of int, shape (rings, length + 2)
        Each ring begins with its last place and ends with its first: one of overlap at both ends.
    """
    count = math.gcd(side, step)
    steps = torch.arange(-1, side // count + 1) * step
    return (torch.arange(count)[:, None] + steps) % side


@lru_cache(maxsize=64)
def _places(count, rows, columns, step):
    """How pixels move to the rings and outputs back from them, as `_Moved` takes it, and the shape of the rings."""
    down, across = rings(rows, step), rings(columns, step)
    picture = torch.arange(count)[:, None, None, None, None] * rows
    taken = (picture + down[:, None, :, None]) * columns + across[:, None, :]
    shape = count * len(down) * len(across), *taken.shape[-2:]
    once = torch.zeros(taken.shape, dtype=torch.bool)
    once[..., 1:-1, 1:-1] = True
    inside, place = taken[once], torch.arange(taken.numel()).view(taken.shape)
    home, back = torch.empty_like(inside), torch.empty_like(inside)
    home[inside], back[inside] = place[once], torch.arange(len(inside))
    nowhere = torch.empty(0, dtype=torch.long)
    return (taken.flatten(), home, place[~once]), (back, inside, nowhere), shape


def _pixels(pictures):
    """A row a pixel, a column a channel."""
    return pictures.permute(0, 2, 3, 1).reshape(-1, pictures.shape[1])


def _pictures(pixels, shape):
    """The pixels as pictures of that shape, (pictures, rows, columns)."""
    return pixels.view(*shape, -1).permute(0, 3, 1, 2)
