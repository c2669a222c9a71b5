"""What real networks read, by gradients: positive weights, activations left out, pools as sums, global means cut."""

import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

LEFT_OUT = {
    "relu", "relu_", "relu6", "leaky_relu", "leaky_relu_", "elu", "selu", "celu", "silu", "gelu", "hardswish", "mish",
    "hardsigmoid", "sigmoid", "sigmoid_", "tanh", "softplus", "prelu", "hardtanh", "dropout", "dropout1d", "dropout2d",
    "dropout3d", "alpha_dropout", "batch_norm", "instance_norm", "group_norm", "layer_norm", "clamp", "log_softmax",
}  # fmt: skip
CONVOLUTIONS = {f"conv{kind}{axes}d" for kind in ("", "_transpose") for axes in (1, 2, 3)}
CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


class Linear(TorchFunctionMode):
    """Runs a network so that a gradient is zero only where nothing is read; keeps what convolutions got."""

    def __init__(self):
        super().__init__()
        self.inputs, self.averaged, self.inside = [], [], False

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs, name = kwargs or {}, getattr(func, "__name__", "")
        if self.inside:
            return func(*args, **kwargs)
        if name in LEFT_OUT:
            return kwargs.get("input", args[0] if args else None)
        if name.startswith("max_pool") and name[-1] == "d":
            return self.summed(func, args, kwargs)
        if self.is_global(name, args, kwargs):
            x = args[0] if args else kwargs["input"]
            self.averaged.append(x)
            return func(*args, **kwargs).detach().requires_grad_()  # what is behind it is still asked
        if name in CONVOLUTIONS:
            x = args[0] if args else kwargs["input"]
            if x.requires_grad:
                x.retain_grad()
            self.inputs.append(x)
        return func(*args, **kwargs)

    def is_global(self, name, args, kwargs):
        """Whether a whole map, or windows that grow with it, become one number."""
        if name.startswith(("adaptive_avg_pool", "adaptive_max_pool")):
            x, size = args[0], args[1] if len(args) > 1 else kwargs["output_size"]
            sizes = [size] * (x.dim() - 2) if isinstance(size, int) else size
            return any(out is not None and out < n for out, n in zip(sizes, x.shape[2:], strict=True))
        if name == "mean" and isinstance(args[0], torch.Tensor):
            dims = args[1] if len(args) > 1 else kwargs.get("dim", ())
            dims = [dims] if isinstance(dims, int) else list(dims or ())
            return args[0].dim() > 3 and {dim % args[0].dim() for dim in dims} == set(range(2, args[0].dim()))
        return False

    def summed(self, func, args, kwargs):
        """The sum of each window, in place of the largest value."""
        self.inside = True
        try:
            given = dict(zip(("input", "kernel_size", "stride", "padding", "dilation"), args, strict=False)) | kwargs
            x, axes = given["input"], int(func.__name__[-2])
            size, step, zeros, spacing = (
                [value] * axes if isinstance(value, int) else list(value)
                for value in (given["kernel_size"], given.get("stride") or given["kernel_size"],
                              given.get("padding", 0), given.get("dilation", 1))
            )  # fmt: skip
            wanted, pad = func(x.detach(), **{k: v for k, v in given.items() if k != "input"}).shape[2:], []
            for axis in reversed(range(axes)):
                need = (wanted[axis] - 1) * step[axis] + spacing[axis] * (size[axis] - 1) + 1
                pad += [zeros[axis], max(0, need - x.shape[2 + axis] - zeros[axis])]
            ones = torch.full((x.shape[1], 1, *size), 0.1, dtype=x.dtype)
            y = CONV[axes](F.pad(x, pad), ones, stride=step, dilation=spacing, groups=x.shape[1])
            return y[(..., *(slice(0, out) for out in wanted))]
        finally:
            self.inside = False


def made_positive(network):
    """Give a network weights above zero, and biases of zero, in double precision."""
    network.eval().double().requires_grad_(False)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() > 1:
                parameter.uniform_(0.5, 1.0).div_(max(parameter[0].numel(), 1))
            else:
                parameter.fill_(1.0)
        for name, parameter in network.named_parameters():
            if name.endswith("bias"):
                parameter.zero_()
    return network


class Truth:
    """One run of a network, whose outputs may then be asked by gradients."""

    def __init__(self, network, shape, choose=None):
        self.x = (torch.rand((1, *shape), dtype=torch.float64) + 0.5).requires_grad_()
        with Linear() as self.mode:
            out = network(self.x)
        self.out = first_tensor(out) if choose is None else choose(out)
        if self.out.dim() < 3 or max(self.out.shape[2:]) == 1:
            self.out = self.mode.averaged[-1]

    def reads(self, at):
        """Which samples of the input, and which of each convolution's input, a place of the output reads."""
        for tensor in (self.x, *self.mode.inputs):
            tensor.grad = None
        self.out[(0, slice(None), *at)].sum().backward(retain_graph=True)
        return pattern(self.x), [pattern(tensor) for tensor in self.mode.inputs]


def pattern(tensor):
    """Where a gradient is not zero on some channel."""
    if tensor.grad is None:
        return torch.zeros(tensor.shape[2:]).numpy() > 0
    return (tensor.grad[0] != 0).any(0).numpy()


def first_tensor(out):
    """The first tensor of what a network returns."""
    if isinstance(out, torch.Tensor):
        return out
    values = out.values() if isinstance(out, dict) else out if isinstance(out, (list, tuple)) else vars(out).values()
    return first_tensor(next(value for value in values if value is not None))
