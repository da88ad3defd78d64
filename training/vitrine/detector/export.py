"""Writes the trained network as an ONNX file with the teacher's tensor contract."""

from __future__ import annotations

import io
import json
from pathlib import Path

import onnx
import torch
from onnx import TensorProto

from vitrine.detector.codec import LANDMARK_ORDER, STRIDES, output_names
from vitrine.detector.network import Contract, FaceDetector

OPSET = 16


def fuse(network: FaceDetector) -> FaceDetector:
    """A copy in evaluation mode; the exporter folds the normalisation into the convolutions."""
    copy = FaceDetector(network.width)
    copy.load_state_dict(network.state_dict())
    return copy.eval()


def _name_sizes(model: onnx.ModelProto) -> None:
    """Dynamic sizes with readable names: height, width, anchors."""
    shape = model.graph.input[0].type.tensor_type.shape
    for dim, value in zip(shape.dim, (1, 3, "height", "width")):
        _set(dim, value)
    for output in model.graph.output:
        channels = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}[output.name.split("_")[0]]
        output.type.tensor_type.elem_type = TensorProto.FLOAT
        dims = output.type.tensor_type.shape
        del dims.dim[:]
        for value in (1, "anchors", channels):
            _set(dims.dim.add(), value)


def _set(dim: onnx.TensorShapeProto.Dimension, value: int | str) -> None:
    if isinstance(value, int):
        dim.dim_value = value
    else:
        dim.dim_param = value


def export(network: FaceDetector, path: str | Path, metadata: dict[str, str]) -> int:
    """Write the file; returns its size in bytes.

    metadata: what the application reads from the file (`metadata_props`).
    """
    names = output_names()
    buffer = io.BytesIO()
    torch.onnx.export(
        Contract(fuse(network)).eval(),
        torch.zeros(1, 3, 64, 96),
        buffer,
        opset_version=OPSET,
        input_names=["input"],
        output_names=names,
        dynamic_axes={"input": {2: "height", 3: "width"}, **{n: {1: "anchors"} for n in names}},
        do_constant_folding=True,
    )
    model = onnx.load_from_string(buffer.getvalue())
    _name_sizes(model)
    for key, value in metadata.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    onnx.checker.check_model(model)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = model.SerializeToString()
    path.write_bytes(data)
    return len(data)


def describe(version: str, working_point: float) -> dict[str, str]:
    """The file's metadata: under `vitrine` a JSON object that the application reads.

    working_point: the score from which a detection counts, 0..1.
    """
    facts = {
        "kind": "face-detector",
        "name": "Vitrine face detector",
        "version": version,
        "working_point": round(working_point, 3),
        "working_point_chosen": "largest F0.5 over faces of 16 px and more in the validation scenes",
        "nms_iou": 0.4,
        "strides": list(STRIDES),
        "landmarks": LANDMARK_ORDER.split(","),
        "input": "BGR 0..255, height and width multiples of 32",
        "score": "sqrt(cls * obj)",
        "licence": "Trained on research data: no commercial use of this file. See face-detector.md.",
        "training_data": "street, group and mask scenes of public research sets, faces of FFHQ, CelebA and UTKFace; labels by YuNet (MIT)",
    }
    return {"vitrine": json.dumps(facts)}


def working_point_of(metadata: dict[str, str]) -> float | None:
    """The working point stored in a file, None for files that are not ours."""
    return json.loads(metadata["vitrine"])["working_point"] if "vitrine" in metadata else None
