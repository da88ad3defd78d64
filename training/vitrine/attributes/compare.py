"""`backbones`: exports every backbone untrained, to compare size and speed (training/bench/backbones.mjs times them)."""
from __future__ import annotations

import json
from pathlib import Path

import onnx
import torch

from .backbones import BACKBONES
from .decode import Calibration
from .export import halve, to_onnx
from .network import Network


def compare(out: Path, size: int) -> None:
    """`<backbone>.onnx` for each, and `backbones.json` with parameters and file size in half precision."""
    out.mkdir(parents=True, exist_ok=True)
    table = []
    for name in BACKBONES:
        torch.manual_seed(1)
        network = Network(name)
        parameters = sum(p.numel() for p in network.parameters())
        model = to_onnx(network, Calibration(), size)
        halve(model)
        onnx.save(model, str(out / f"{name}.onnx"))
        table.append({"name": name, "size": size, "parameters": parameters,
                      "bytes": (out / f"{name}.onnx").stat().st_size})
        print(table[-1], flush=True)
    (out / "backbones.json").write_text(json.dumps(table, indent=1) + "\n")
