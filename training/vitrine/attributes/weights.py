"""Weights to start from: a checkpoint of `train`, a shipped ONNX file, or the pretrained faceres.json."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """Tensors by the network's parameter names.

    The exporter keeps these names (and stores batch normalisation unfolded), in half precision.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist. Give a checkpoint.pt or an .onnx of 'export'.")
    if path.suffix == ".json":
        from .backbones.mobilenetv1 import from_tfjs
        from .tfjs_graph import TfjsGraph

        graph = TfjsGraph(path)
        return from_tfjs(graph.weights, graph.nodes)
    if path.suffix == ".onnx":
        import onnx
        from onnx import numpy_helper

        found, model = {}, onnx.load(str(path))
        for entry in model.metadata_props:
            if entry.key == "vitrine_scales":
                found.update({k: torch.tensor(v) for k, v in json.loads(entry.value).items()})
        for tensor in model.graph.initializer:
            found[tensor.name.removesuffix(".half")] = torch.from_numpy(
                np.array(numpy_helper.to_array(tensor))).float()
        return found
    return torch.load(path, map_location="cpu")["average"]
