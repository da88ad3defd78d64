"""A small executor that runs an ONNX graph in PyTorch.

Only what small convolutional networks need is supported; an operator outside
the table is an error that names it. Used to run a teacher network from its
file and to check an exported file against the PyTorch network it came from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Iterable

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

Tensor = torch.Tensor


def _attributes(node: onnx.NodeProto) -> dict:
    """The attributes of a node as plain Python values."""
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def _symmetric(pads: Iterable[int]) -> tuple[int, ...]:
    """ONNX pads (begins, ends) as the one padding per axis that PyTorch takes."""
    pads = list(pads)
    half = len(pads) // 2
    if pads[:half] != pads[half:]:
        raise NotImplementedError(f"Padding {pads} differs between the two sides of the picture.")
    return tuple(pads[:half])


def _conv(a: dict, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    # The dilation of a 1x1 kernel changes nothing, but on one thread PyTorch
    # gives a plain 1x1 convolution of a small batch to its slow path.
    pointwise = weight.shape[2:] == (1, 1)
    pads = list(a.get("pads", [0, 0, 0, 0]))
    if len(pads) == 4 and pads[:2] != pads[2:]:
        # Top, left, bottom, right differ: PyTorch pads one number per axis, so the picture is padded before.
        x, pads = F.pad(x, (pads[1], pads[3], pads[0], pads[2])), [0, 0, 0, 0]
    return F.conv2d(
        x,
        weight,
        bias,
        stride=tuple(a.get("strides", [1, 1])),
        padding=_symmetric(pads),
        dilation=(2, 2) if pointwise else tuple(a.get("dilations", [1, 1])),
        groups=a.get("group", 1),
    )


def _gemm(a: dict, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    x = x.t() if a.get("transA", 0) else x
    weight = weight.t() if a.get("transB", 0) else weight
    y = a.get("alpha", 1.0) * (x @ weight)
    return y if bias is None else y + a.get("beta", 1.0) * bias


def _reshape(a: dict, x: Tensor, shape: Tensor) -> Tensor:
    """Reshape; a leading 1 stands for the batch, whatever its size here."""
    sizes = [int(v) for v in shape]
    sizes = [x.shape[i] if v == 0 else v for i, v in enumerate(sizes)]
    if sizes and sizes[0] == 1 and x.dim() and x.shape[0] > 1 and -1 in sizes[1:]:
        sizes[0] = x.shape[0]
    return x.reshape(sizes)


def _resize(a: dict, x: Tensor, roi: Tensor | None = None, scales: Tensor | None = None,
            sizes: Tensor | None = None) -> Tensor:
    mode = a.get("mode", b"nearest").decode()
    if mode != "nearest":
        raise NotImplementedError(f"Resize mode {mode} is not supported.")
    if sizes is not None and sizes.numel():
        return F.interpolate(x, size=[int(v) for v in sizes[2:]], mode="nearest")
    return F.interpolate(x, scale_factor=[float(v) for v in scales[2:]], mode="nearest")


def _max_pool(a: dict, x: Tensor) -> Tensor:
    return F.max_pool2d(
        x,
        tuple(a["kernel_shape"]),
        tuple(a.get("strides", [1, 1])),
        _symmetric(a.get("pads", [0, 0, 0, 0])),
        ceil_mode=bool(a.get("ceil_mode", 0)),
    )


def _average_pool(a: dict, x: Tensor) -> Tensor:
    return F.avg_pool2d(
        x,
        tuple(a["kernel_shape"]),
        tuple(a.get("strides", [1, 1])),
        _symmetric(a.get("pads", [0, 0, 0, 0])),
        count_include_pad=bool(a.get("count_include_pad", 0)),
    )


def _clip(a: dict, x: Tensor, low: Tensor | None = None, high: Tensor | None = None) -> Tensor:
    low = a.get("min") if low is None else float(low)
    high = a.get("max") if high is None else float(high)
    return torch.clamp(x, low, high)


def _reduce(function: Callable) -> Callable:
    """Reductions take their axes as an attribute or, later, as an input."""

    def run(a: dict, x: Tensor, axes: Tensor | None = None) -> Tensor:
        given = a.get("axes") if axes is None else [int(v) for v in axes]
        dims = list(range(x.dim())) if given is None else list(given)
        return function(x, dim=dims, keepdim=bool(a.get("keepdims", 1)))

    return run


def _axes(a: dict, axes: Tensor | None) -> list[int]:
    return [int(v) for v in (a["axes"] if axes is None else axes)]


def _squeeze(a: dict, x: Tensor, axes: Tensor | None = None) -> Tensor:
    for axis in sorted((v % x.dim() for v in _axes(a, axes)), reverse=True):
        x = x.squeeze(axis)
    return x


def _unsqueeze(a: dict, x: Tensor, axes: Tensor | None = None) -> Tensor:
    for axis in sorted(_axes(a, axes)):
        x = x.unsqueeze(axis)
    return x


def _slice(a: dict, x: Tensor, starts: Tensor, ends: Tensor, axes: Tensor | None = None,
           steps: Tensor | None = None) -> Tensor:
    count = starts.numel()
    dims = range(count) if axes is None else [int(v) for v in axes]
    strides = [1] * count if steps is None else [int(v) for v in steps]
    for axis, start, end, step in zip(dims, starts.tolist(), ends.tolist(), strides):
        index = [slice(None)] * x.dim()
        index[axis] = slice(start, min(end, x.shape[axis]), step)
        x = x[tuple(index)]
    return x


_TYPES = {1: torch.float32, 6: torch.int32, 7: torch.int64, 9: torch.bool, 11: torch.float64}

_OPERATORS: dict[str, Callable] = {
    "Add": lambda a, x, y: x + y,
    "AveragePool": _average_pool,
    "BatchNormalization": lambda a, x, g, b, m, v: F.batch_norm(x, m, v, g, b, False, 0.0, a.get("epsilon", 1e-5)),
    "Cast": lambda a, x: x.to(_TYPES[a["to"]]),
    "Clip": _clip,
    "Concat": lambda a, *xs: torch.cat(xs, a["axis"]),
    "Conv": _conv,
    "Div": lambda a, x, y: x / y if x.is_floating_point() else torch.div(x, y, rounding_mode="trunc"),
    "Exp": lambda a, x: x.exp(),
    "Flatten": lambda a, x: x.flatten(a.get("axis", 1)) if a.get("axis", 1) else x.reshape(1, -1),
    "Gather": lambda a, x, i: torch.index_select(x, a.get("axis", 0), i.reshape(-1)).reshape(
        x.shape[: a.get("axis", 0) % x.dim()] + i.shape + x.shape[a.get("axis", 0) % x.dim() + 1 :]
    ),
    "Gemm": _gemm,
    "GlobalAveragePool": lambda a, x: x.mean((2, 3), keepdim=True),
    "HardSigmoid": lambda a, x: torch.clamp(x * a.get("alpha", 0.2) + a.get("beta", 0.5), 0, 1),
    "HardSwish": lambda a, x: F.hardswish(x),
    "Identity": lambda a, x: x,
    "LeakyRelu": lambda a, x: F.leaky_relu(x, a.get("alpha", 0.01)),
    "MatMul": lambda a, x, y: x @ y,
    "MaxPool": _max_pool,
    "Mul": lambda a, x, y: x * y,
    "PRelu": lambda a, x, slope: torch.where(x >= 0, x, x * slope),
    "ReduceMean": _reduce(torch.mean),
    "ReduceSum": _reduce(torch.sum),
    "Relu": lambda a, x: F.relu(x),
    "Reshape": _reshape,
    "Resize": _resize,
    "Shape": lambda a, x: torch.tensor(list(x.shape), dtype=torch.int64),
    "Sigmoid": lambda a, x: x.sigmoid(),
    "Slice": _slice,
    "Softmax": lambda a, x: x.softmax(a.get("axis", -1)),
    "Sqrt": lambda a, x: x.sqrt(),
    "Squeeze": _squeeze,
    "Sub": lambda a, x, y: x - y,
    "Transpose": lambda a, x: x.permute(a["perm"]),
    "Unsqueeze": _unsqueeze,
}


class OnnxGraph:
    """An ONNX file, run operator by operator with PyTorch on the CPU.

    The inputs and outputs keep the names of the file. A graph whose file
    fixes the batch at 1 also takes larger batches, as long as it reshapes
    with a leading 1 and one free axis.
    """

    def __init__(self, path: str | Path):
        model = onnx.load(str(path))
        graph = model.graph
        unknown = sorted({n.op_type for n in graph.node} - set(_OPERATORS) - {"Constant"})
        if unknown:
            raise NotImplementedError(f"{Path(path).name} uses operators that are not supported: {', '.join(unknown)}.")
        self.metadata = {p.key: p.value for p in model.metadata_props}
        self._constants = {i.name: _tensor(i) for i in graph.initializer}
        self._nodes = []
        for node in graph.node:
            attributes = _attributes(node)
            if node.op_type == "Constant":
                self._constants[node.output[0]] = _constant(attributes)
            else:
                self._nodes.append((_OPERATORS[node.op_type], attributes, list(node.input), list(node.output)))
        self.inputs = [i.name for i in graph.input if i.name not in self._constants]
        self.outputs = [o.name for o in graph.output]
        self._last_use = self._find_last_uses()

    def _find_last_uses(self) -> list[list[str]]:
        """For every node the values that nobody reads after it, so that they can be freed."""
        seen = set(self._constants) | set(self.outputs)
        ends: list[list[str]] = []
        for _, _, inputs, outputs in reversed(self._nodes):
            ends.append([n for n in {*inputs, *outputs} if n and n not in seen])
            seen.update(inputs, outputs)
        return ends[::-1]

    @torch.no_grad()
    def run(self, feeds: dict[str, Tensor], extra: Iterable[str] = ()) -> dict[str, Tensor]:
        """Run the graph.

        feeds: one tensor per input name. extra: names of inner values to
        return beside the outputs. Returns the values by name.
        """
        wanted = list(self.outputs) + list(extra)
        keep = set(wanted)
        values = dict(self._constants)
        values.update(feeds)
        for (operator, attributes, inputs, outputs), ends in zip(self._nodes, self._last_use):
            values[outputs[0]] = operator(attributes, *[values[n] if n else None for n in inputs])
            for name in ends:
                if name not in keep:
                    values.pop(name, None)
        return {name: values[name] for name in wanted}


def _tensor(proto: onnx.TensorProto) -> Tensor:
    return torch.from_numpy(np.array(numpy_helper.to_array(proto)))


def _constant(attributes: dict) -> Tensor:
    if "value" in attributes:
        return _tensor(attributes["value"])
    for key in ("value_float", "value_floats", "value_int", "value_ints"):
        if key in attributes:
            return torch.tensor(attributes[key])
    raise NotImplementedError(f"A constant of kind {sorted(attributes)} is not supported.")
