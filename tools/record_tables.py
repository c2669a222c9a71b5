"""Record what the real frameworks answer, for tests that must run without them.

Usage: python tools/record_tables.py torch|tensorflow|onnx

Each argument needs only its own framework, in an environment of its own: ``pip install torch==2.13.0 numpy``,
``pip install tensorflow-cpu==2.21.0`` or ``pip install onnx==1.23.2 onnxruntime==1.32.0``. Nothing is imported from
hdclib: the tables are witnesses. The cases are drawn from a fixed seed, so that a table changes only where a
framework does. ``null`` stands for a call that the framework refuses.
"""

import importlib
import json
import os
import random
import sys
from pathlib import Path

TABLES = Path(__file__).parent.parent / "tests" / "tables"
SEED = 20260101


def write_table(name, packages, columns, cases, refusals=()):
    """Write one table, one case a line, with the versions and the command that made it."""
    head = {package: importlib.import_module(package).__version__ for package in packages}
    head["command"] = f"python tools/record_tables.py {sys.argv[1]}"
    if refusals:
        head["refusals"] = sorted(set(refusals))
    if columns:
        head["columns"] = columns
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    body = json.dumps(head, indent=1)[:-2] + f',\n "cases": [\n{lines}\n]}}\n'
    TABLES.mkdir(exist_ok=True)
    (TABLES / name).write_text(body)
    print(f"{name}: {len(cases)} cases, {len(body) / 1000:.0f} kB")


def draw(rng, count, **ranges):
    """Draw `count` different cases, each a list with one number from every range, or choice from every list."""
    cases = {}
    while len(cases) < count:
        case = [
            rng.choice(allowed) if isinstance(allowed, list) else rng.randint(*allowed) for allowed in ranges.values()
        ]
        cases[json.dumps(case)] = case
    return list(cases.values())


# --- PyTorch ---------------------------------------------------------------------------------------------------


def record_torch():
    """Record sizes, what PyTorch refuses, same-padding and which inputs an output depends on."""
    import torch
    from torch.nn import functional

    rng = random.Random(SEED)
    refusals = []

    def size_of(call, *arguments, **keywords):
        try:
            return call(*arguments, **keywords).shape[-1]
        except RuntimeError as error:
            refusals.append(_without_numbers(error))
            return None

    def signal(size):
        return torch.zeros(1, 1, size)

    small = {"size": (1, 20), "kernel_size": (1, 6), "stride": (1, 5), "padding": (0, 6), "dilation": (1, 4)}

    cases = draw(rng, 1500, **small)
    for case in cases:
        size, kernel_size, stride, padding, dilation = case
        weight = torch.ones(1, 1, kernel_size)
        case.append(size_of(functional.conv1d, signal(size), weight, None, stride, padding, dilation))
    write_table("torch_conv.json", ["torch"], [*small, "out"], cases, refusals)

    refusals.clear()
    pool = {**small, "padding": (0, 3), "ceil_mode": [False, True]}
    cases = draw(rng, 2000, **pool)
    for case in cases:
        size, kernel_size, stride, padding, dilation, ceil_mode = case
        flat = signal(size)
        case.append(size_of(functional.max_pool1d, flat, kernel_size, stride, padding, dilation, ceil_mode))
        square = (1, 1, 1, size), (1, kernel_size), (1, stride), (0, padding), (1, dilation)
        in_two = size_of(functional.max_pool2d, flat.reshape(square[0]), *square[1:], ceil_mode)
        assert in_two == case[-1], case  # max_pool2d follows the same rule
        if dilation == 1:
            average = size_of(functional.avg_pool1d, flat, kernel_size, stride, padding, ceil_mode)
            assert average == case[-1], case  # and so does average pooling
    write_table("torch_pool.json", ["torch"], [*pool, "out"], cases, refusals)

    refusals.clear()
    transpose = {**small, "output_padding": (0, 6)}
    cases = draw(rng, 2000, **transpose)
    for case in cases:
        size, kernel_size, stride, padding, dilation, output_padding = case
        keywords = {"stride": stride, "padding": padding, "dilation": dilation, "output_padding": output_padding}
        weight = torch.ones(1, 1, kernel_size)
        case.append(size_of(functional.conv_transpose1d, signal(size), weight, **keywords))
    write_table("torch_conv_transpose.json", ["torch"], [*transpose, "out"], cases, refusals)

    cases = []
    for kernel_size in range(1, 10):
        for dilation in range(1, 8):
            weight = torch.arange(1.0, kernel_size + 1).reshape(1, 1, -1)
            impulse = signal(150)
            impulse[..., 75] = 1
            answer = functional.conv1d(impulse, weight, padding="same", dilation=dilation)[0, 0].tolist()
            assert len(answer) == 150
            cases.append([kernel_size, dilation, *_measured_padding(answer, 75, kernel_size, dilation)])
    write_table("torch_same_padding.json", ["torch"], ["kernel_size", "dilation", "before", "after"], cases)

    record_dependence(rng)
    record_convolutions(rng)
    record_averages()
    record_interpolations()


def record_averages():
    """Record average pools of whole numbers whose sums show the divisor of each window."""
    import torch

    ranges = {"size": (1, 12), "kernel_size": (1, 6), "stride": (1, 5), "padding": (0, 3)}
    ranges |= {"ceil_mode": [False, True], "count_include_pad": [False, True]}
    cases = draw(random.Random(SEED + 1), 600, **ranges)
    for case in cases:
        values = torch.arange(1.0, case[0] + 1, dtype=torch.float64).reshape(1, 1, -1)
        try:
            case.append([round(x, 12) for x in torch.nn.functional.avg_pool1d(values, *case[1:])[0, 0].tolist()])
        except RuntimeError:
            case.append(None)
    write_table("torch_average_pool.json", ["torch"], [*ranges, "averages"], cases)


def record_interpolations():
    """Record linear interpolations of whole numbers, with and without aligned corners."""
    import torch

    ranges = {"size": (1, 9), "out": (1, 20), "align_corners": [False, True]}
    rng, cases = random.Random(SEED + 2), []
    generator = _generator(rng)
    for size, out, aligned in draw(rng, 200, **ranges):
        values = torch.randint(-9, 10, (1, 1, size), generator=generator).double()
        line = torch.nn.functional.interpolate(values, size=out, mode="linear", align_corners=aligned)
        answer = [round(number, 12) for number in line[0, 0].tolist()]
        cases.append([values[0, 0].long().tolist(), out, aligned, answer])
    write_table("torch_interpolate.json", ["torch"], ["values", "out", "align_corners", "line"], cases)


def record_convolutions(rng):
    """Record convolutions of whole numbers, transposed ones too, along one axis and along two unequal ones."""
    import torch

    cases = []
    while len(cases) < 160:
        axes, transposed = 1 + len(cases) // 40 % 2, len(cases) >= 80
        draw_each = lambda low, high, axes=axes: [rng.randint(low, high) for _ in range(axes)]  # noqa: E731
        case = {"transposed": transposed, "stride": draw_each(1, 3), "padding": draw_each(0, 3)}
        case["dilation"] = draw_each(1, 3)
        if transposed:
            case["output_padding"] = draw_each(0, 2)
        shapes = draw_each(1, 7), draw_each(1, 4)
        values, kernel = (torch.randint(-9, 10, (1, 1, *shape), generator=_generator(rng)).double() for shape in shapes)
        name = ("conv_transpose" if transposed else "conv") + f"{axes}d"
        keywords = {name: number for name, number in case.items() if name != "transposed"}
        try:
            answer = getattr(torch.nn.functional, name)(values, kernel, **keywords)
        except RuntimeError:
            continue
        arrays = {"values": values, "kernel": kernel, "answer": answer}
        cases.append(case | {key: array[0, 0].long().tolist() for key, array in arrays.items()})
    write_table("torch_convolutions.json", ["torch"], None, cases)


def _generator(rng):
    """Return a torch generator seeded from the one generator of all tables."""
    import torch

    return torch.Generator().manual_seed(rng.randrange(2**31))


def record_dependence(rng):
    """Record, through gradients, how many paths lead from each input to one output."""
    import torch

    cases = []
    ranges = {"kernel_size": (1, 7), "dilation": (1, 9), "stride": (1, 3)}
    for number in range(150):
        layers = [[rng.randint(*allowed) for allowed in ranges.values()] for _ in range(1 + number % 4)]
        cases.append({"layers": layers, "counts": path_counts(torch, layers, 1)})
    for number in range(30):
        layers = [[rng.randint(1, 3), rng.randint(1, 4), rng.randint(1, 2)] for _ in range(1 + number % 3)]
        cases.append({"layers": layers, "counts_2d": path_counts(torch, layers, 2)})
    write_table("dependence.json", ["torch"], None, cases)


def path_counts(torch, layers, axes):
    """Return the gradient of the middle one of three outputs an axis, cut to the samples that its window spans.

    The window is found from the input's size alone: the neighbouring outputs lie one stride of the stack away.
    """
    size, jump = 3, 1
    for kernel_size, dilation, stride in reversed(layers):
        size = (size - 1) * stride + dilation * (kernel_size - 1) + 1
        jump *= stride
    signal = torch.zeros((1, 1) + (size,) * axes, dtype=torch.float64, requires_grad=True)
    answer = signal
    for kernel_size, dilation, stride in layers:
        weight = torch.ones((1, 1) + (kernel_size,) * axes, dtype=torch.float64)
        convolution = torch.nn.functional.conv1d if axes == 1 else torch.nn.functional.conv2d
        answer = convolution(answer, weight, stride=stride, dilation=dilation)
    assert answer.shape[2:] == (3,) * axes
    answer[(0, 0) + (1,) * axes].backward()
    counts = signal.grad[0, 0].round().long()
    window = (slice(jump, size - jump),) * axes
    assert counts[window].sum() == counts.sum()  # nothing outside the window
    return counts[window].tolist()


# --- TensorFlow and Keras --------------------------------------------------------------------------------------


def record_tensorflow():
    """Record SAME and VALID sizes, the padding that SAME adds, and Keras's transposed convolution."""
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": ""}
    import tensorflow

    rng = random.Random(SEED)
    ranges = {"size": (1, 20), "kernel_size": (1, 6), "stride": (1, 5), "dilation": (1, 4)}
    cases = []
    for case in draw(rng, 700, **ranges):
        valid, _ = _tensorflow_convolution(tensorflow, case, "VALID")
        same, before = _tensorflow_convolution(tensorflow, case, "SAME")
        cases.append([*case, valid, same, before])
    columns = [*ranges, "valid_out", "same_out", "same_before"]
    write_table("tensorflow_conv.json", ["tensorflow"], columns, cases)

    keras, refusals = importlib.import_module("keras"), []
    ranges |= {"size": (1, 9), "padding": ["valid", "same"], "output_padding": [None, 0, 1, 2, 3]}
    cases = draw(rng, 300, **ranges)  # most of them refused, so more of those that are not:
    cases += draw(rng, 300, **ranges | {"dilation": [1]}) + draw(rng, 100, **ranges | {"stride": [1]})
    for case in cases:
        size, kernel_size, stride, dilation, padding, output_padding = case
        keywords = {"strides": stride, "dilation_rate": dilation, "padding": padding, "output_padding": output_padding}
        try:
            layer = keras.layers.Conv1DTranspose(1, kernel_size, **keywords)
            case.append(layer.compute_output_shape((1, size, 1))[1])
        except ValueError as error:
            refusals.append(_without_numbers(error))
            case += [None, None]
            continue
        try:
            case.append(layer(tensorflow.zeros((1, size, 1))).shape[1])
        except (tensorflow.errors.OpError, ValueError):  # its CPU kernels lack some dilated cases
            case.append(None)
    write_table(
        "keras_conv_transpose.json", ["tensorflow", "keras"], [*ranges, "shape_out", "run_out"], cases, refusals
    )

    record_tensorflow_transposed(tensorflow)
    record_tensorflow_pools(tensorflow)
    record_keras_causal(tensorflow, keras)


def record_tensorflow_transposed(tensorflow):
    """Record which ``output_shape`` is accepted, and what is cut off before the first output."""
    ranges = {"size": (1, 6), "kernel_size": (1, 6), "stride": (1, 4), "padding": ["VALID", "SAME"], "out": (1, 26)}
    cases = draw(random.Random(SEED + 2), 900, **ranges)
    for case in cases:
        size, kernel_size, stride, padding, out = case
        values, weights = _odd_numbers(size), _odd_numbers(kernel_size)
        kernel = tensorflow.constant(weights, shape=(kernel_size, 1, 1))
        signal = tensorflow.constant(values, shape=(1, size, 1))
        try:
            answer = tensorflow.nn.conv1d_transpose(signal, kernel, (1, out, 1), stride, padding)[0, :, 0].numpy()
        except (tensorflow.errors.OpError, ValueError):
            case += [False, None]
            continue
        case += [True, _cut_before(answer.tolist(), values, weights, stride, 1)]
    write_table("tensorflow_conv_transpose.json", ["tensorflow"], [*ranges, "accepted", "before"], cases)


def record_tensorflow_pools(tensorflow):
    """Record ``tf.nn.pool``, dilated too: output sizes, or null where it is refused."""
    ranges = {
        "size": (1, 20),
        "kernel_size": (1, 5),
        "stride": (1, 4),
        "dilation": (1, 4),
        "padding": ["VALID", "SAME"],
    }
    cases = draw(random.Random(SEED + 3), 400, **ranges)
    for case in cases:
        size, kernel_size, stride, dilation, padding = case
        signal = tensorflow.zeros((1, size, 1))
        try:
            keywords = {"strides": [stride], "dilations": [dilation], "padding": padding}
            case.append(tensorflow.nn.pool(signal, [kernel_size], "MAX", **keywords).shape[1])
        except (tensorflow.errors.OpError, ValueError):
            case.append(None)
    write_table("tensorflow_pool.json", ["tensorflow"], [*ranges, "out"], cases)


def record_keras_causal(tensorflow, keras):
    """Record Keras' causal convolution: its output size and how many taps read each sample."""
    import numpy

    ranges = {"size": (1, 20), "kernel_size": (1, 5), "stride": (1, 4)}
    cases = draw(random.Random(SEED + 4), 150, **ranges)
    for case in cases:
        size, kernel_size, stride = case
        layer = keras.layers.Conv1D(1, kernel_size, strides=stride, padding="causal", use_bias=False)
        signal = tensorflow.Variable(tensorflow.ones((1, size, 1)))
        layer.build(signal.shape)
        layer.set_weights([numpy.ones((kernel_size, 1, 1))])
        with tensorflow.GradientTape() as tape:
            answer = layer(signal)
        reads = tape.gradient(answer, signal)[0, :, 0].numpy().round().astype(int).tolist()
        case += [answer.shape[1], reads]
    write_table("keras_causal.json", ["tensorflow", "keras"], [*ranges, "out", "reads"], cases)


def _odd_numbers(count):
    """Numbers of which no two sums of products are equal by chance."""
    rng = random.Random(count)
    return [round(rng.uniform(1, 2), 3) for _ in range(count)]


def _cut_before(answer, values, weights, stride, dilation):
    """How many samples of the whole transposed result lie before its first output; null if that does not show."""
    room = len(answer) + 20
    whole = [0.0] * (2 * room + len(values) * stride + len(weights) * dilation)
    for at, value in enumerate(values):
        for tap, weight in enumerate(weights):
            whole[room + at * stride + tap * dilation] += value * weight
    places = [
        start - room
        for start in range(len(whole) - len(answer) + 1)
        if all(abs(one - other) < 1e-4 for one, other in zip(answer, whole[start:], strict=False))
    ]
    return places[0] if len(places) == 1 else None


def _tensorflow_convolution(tensorflow, case, padding):
    """Return the output size, and the zeros before the input as they show in the outputs."""
    size, kernel_size, stride, dilation = case
    # Sample i is i + 1 and the kernel one tap, at the t-th place: output 0 then shows which sample tap t reads.
    signal = tensorflow.reshape(tensorflow.range(1.0, size + 1), (1, size, 1))
    for tap in range(kernel_size):
        kernel = tensorflow.reshape(tensorflow.one_hot(tap, kernel_size), (kernel_size, 1, 1))
        try:
            answer = tensorflow.nn.conv1d(signal, kernel, stride, padding, dilations=dilation)[0, :, 0].numpy()
        except tensorflow.errors.InvalidArgumentError:
            return None, None
        read = [(index, value) for index, value in enumerate(answer) if value > 0]
        if read:
            index, value = read[0]
            return len(answer), round(index * stride + tap * dilation - (value - 1))
    return len(answer), None


# --- ONNX ------------------------------------------------------------------------------------------------------


def record_onnx():
    """Record ``auto_pad``, ``ConvTranspose`` and ``MaxPool`` by shape inference, and by ONNX Runtime."""
    rng = random.Random(SEED)
    base = {"size": (1, 20), "kernel_size": (1, 6), "stride": (1, 5), "dilation": (1, 4)}
    packages = ["onnx", "onnxruntime"]

    ranges = {**base, "auto_pad": ["SAME_UPPER", "SAME_LOWER"]}
    cases = draw(rng, 500, **ranges)
    for case in cases:
        size, kernel_size, stride, dilation, auto_pad = case
        attributes = {"strides": [stride], "dilations": [dilation], "auto_pad": auto_pad}
        before = [_onnx_before(case, attributes, runtime) for runtime in (False, True)]
        case += [*_onnx_sizes("Conv", size, kernel_size, attributes), *before]
    columns = [*ranges, "inferred_out", "runtime_out", "reference_before", "runtime_before"]
    write_table("onnx_auto_pad.json", packages, columns, cases)

    ranges = {**base, "pad_before": (0, 5), "pad_after": (0, 5), "output_padding": (0, 5)}
    cases = draw(rng, 900, **ranges)
    for case in cases:
        size, kernel_size, stride, dilation, *pads, output_padding = case
        attributes = {"strides": [stride], "dilations": [dilation], "pads": pads, "output_padding": [output_padding]}
        case += _onnx_sizes("ConvTranspose", size, kernel_size, attributes)
    write_table("onnx_conv_transpose.json", packages, [*ranges, "inferred_out", "runtime_out"], cases)

    ranges = {**base, "padding": (0, 3), "ceil_mode": [False, True]}
    cases = draw(rng, 500, **ranges)
    for case in cases:
        size, kernel_size, stride, dilation, padding, ceil_mode = case
        attributes = {"strides": [stride], "dilations": [dilation], "pads": [padding] * 2, "ceil_mode": int(ceil_mode)}
        case += _onnx_sizes("MaxPool", size, kernel_size, attributes)
    write_table("onnx_pool.json", packages, [*ranges, "inferred_out", "runtime_out"], cases)

    record_onnx_transposed()


def record_onnx_transposed():
    """Record what ``ConvTranspose`` cuts off when it is given ``auto_pad`` or ``output_shape``."""
    import numpy

    ranges = {"size": (1, 6), "kernel_size": (1, 6), "stride": (1, 4), "dilation": (1, 3), "output_padding": (0, 2)}
    ranges |= {"out": [None, *range(1, 20)], "auto_pad": ["SAME_UPPER", "SAME_LOWER", "NOTSET"]}
    cases = draw(random.Random(SEED + 5), 700, **ranges) + draw(
        random.Random(SEED + 6), 300, **ranges | {"out": [None]}
    )
    for case in cases:
        size, kernel_size, stride, dilation, output_padding, out, auto_pad = case
        attributes = {"strides": [stride], "dilations": [dilation], "output_padding": [output_padding]}
        attributes |= {"auto_pad": auto_pad} | ({} if out is None else {"output_shape": [out]})
        model = _onnx_model("ConvTranspose", size, kernel_size, attributes)
        values, weights = _odd_numbers(size), _odd_numbers(kernel_size)
        feeds = [numpy.float32(numbers).reshape(1, 1, -1) for numbers in (values, weights)]
        for runtime in (False, True):
            try:
                answer = _onnx_run(model, *feeds, runtime)
            except (ValueError, IndexError):  # the reference evaluator cannot make some of the sizes
                answer = None
            shown = None if answer is None else _cut_before(answer.tolist(), values, weights, stride, dilation)
            case += [None if answer is None else len(answer), shown]
    columns = [*ranges, "reference_out", "reference_before", "runtime_out", "runtime_before"]
    write_table("onnx_conv_transpose_same.json", ["onnx", "onnxruntime"], columns, cases)


def _onnx_model(operator, size, kernel_size, attributes):
    from onnx import TensorProto, helper

    shapes = {"x": [1, 1, size]} if operator == "MaxPool" else {"x": [1, 1, size], "w": [1, 1, kernel_size]}
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    node = helper.make_node(operator, list(shapes), ["y"], kernel_shape=[kernel_size], **attributes)
    graph = helper.make_graph([node], "one_operator", inputs, [output])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)


def _onnx_run(model, signal, kernel, runtime):
    """Return the output, or None where ONNX Runtime (or the reference evaluator) refuses the model."""
    import onnxruntime
    from onnx.reference import ReferenceEvaluator

    feeds = {value.name: array for value, array in zip(model.graph.input, (signal, kernel), strict=False)}
    if not runtime:
        return ReferenceEvaluator(model).run(None, feeds)[0][0, 0]
    onnxruntime.set_default_logger_severity(4)
    errors = onnxruntime.capi.onnxruntime_pybind11_state
    try:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        return session.run(None, feeds)[0][0, 0]
    except (errors.InvalidArgument, errors.Fail, errors.RuntimeException):
        return None


def _onnx_sizes(operator, size, kernel_size, attributes):
    """Return the size by shape inference (may be below 1) and by ONNX Runtime."""
    import numpy
    import onnx

    model = _onnx_model(operator, size, kernel_size, attributes)
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True).graph.output[0].type.tensor_type.shape
    ones = numpy.ones((1, 1, kernel_size), numpy.float32)
    answer = _onnx_run(model, numpy.ones((1, 1, size), numpy.float32), ones, runtime=True)
    return [inferred.dim[-1].dim_value, None if answer is None else len(answer)]


def _onnx_before(case, attributes, runtime):
    """Return the zeros before the input as they show in the outputs, or None if they do not show."""
    import numpy

    size, kernel_size, stride, dilation, _ = case
    model = _onnx_model("Conv", size, kernel_size, attributes)
    signal = numpy.arange(1, size + 1, dtype=numpy.float32).reshape(1, 1, -1)
    for tap in range(kernel_size):
        kernel = numpy.eye(kernel_size, dtype=numpy.float32)[tap].reshape(1, 1, -1)
        answer = _onnx_run(model, signal, kernel, runtime)
        if answer is None:
            return None
        read = [(index, value) for index, value in enumerate(answer) if value > 0]
        if read:
            index, value = read[0]
            return round(float(index * stride + tap * dilation - (value - 1)))
    return None


# --- helpers ---------------------------------------------------------------------------------------------------


def _measured_padding(answer, at, kernel_size, dilation):
    """Return (before, after) from the answer to an impulse at `at`, where tap t weighs t + 1."""
    before = answer.index(1.0) - at
    return before, dilation * (kernel_size - 1) - before


def _without_numbers(error):
    """Return the first words of an error, so that a table shows why calls were refused."""
    words = str(error).splitlines()[0].split()
    return " ".join(word for word in words if not any(letter.isdigit() for letter in word))[:120]


if __name__ == "__main__":
    RECORDERS = {"torch": record_torch, "tensorflow": record_tensorflow, "onnx": record_onnx}
    if len(sys.argv) != 2 or sys.argv[1] not in RECORDERS:
        sys.exit(__doc__)
    RECORDERS[sys.argv[1]]()
