"""`export`: a checkpoint to one ONNX file with everything inside: normalisation, decoding, names, classes, licence."""
from __future__ import annotations

import io
import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from .alignment import load_template
from .decode import Calibration, decode
from .network import Network
from .schema import EXPRESSIONS, GLASSES

OPSET = 16
OUTPUTS = ("age", "age_years", "age_spread", "gender", "smile", "expression", "glasses", "eye_makeup", "lip_makeup",
           "beard", "moustache", "sideburns")
LICENCE = ("Weights: research and demonstration only, no commercial use (trained on research data, see the model card). "
           "Code: as the project.")
TRAINING_DATA = ("FFHQ (790 faces with labels of the Azure Face API, 500 trained on), parts of UTKFace, CelebA and "
                 "FER2013, 9,830 of these faces annotated for this project; features of FaceRes (npm package "
                 "@vladmandic/human, MIT) as an extra target")
PRETRAINED = {"mobilenetv1": "; the trunk starts from the weights of FaceRes"}


class Exported(nn.Module):
    """Faces to the decoded outputs, in the order of OUTPUTS."""

    def __init__(self, network: Network, calibration: Calibration):
        super().__init__()
        self.network = network.eval()
        self.calibration = calibration

    def forward(self, faces: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """float [n, 3, S, S], RGB 0..255."""
        found = decode(self.network.heads, self.network(faces), self.calibration)
        return tuple(found[name] for name in OUTPUTS)




def freeze_scales(network: Network) -> dict[str, list[float]]:
    """Gains and biases of all scales by parameter name: they go into the metadata, for `train --init-from`."""
    return {f"heads.{kind}.{name}": value.detach().tolist() for kind in ("gain", "bias")
            for name, value in getattr(network.heads, kind).items()}


def to_onnx(network: Network, calibration: Calibration, size: int) -> onnx.ModelProto:
    """The single-precision graph; the weights keep the network's parameter names."""
    network.heads.hint = None
    network.heads.freeze()
    store = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(Exported(network, calibration), (torch.zeros(2, 3, size, size),), store, opset_version=OPSET,
                          input_names=["faces"], output_names=list(OUTPUTS), do_constant_folding=True,
                          training=torch.onnx.TrainingMode.PRESERVE,
                          dynamic_axes={n: {0: "n"} for n in ("faces", *OUTPUTS)})
    model = onnx.load_from_string(store.getvalue())
    for tensor in model.graph.initializer:
        rename(model.graph, tensor, tensor.name.removeprefix("network."))
    return model


def rename(graph: onnx.GraphProto, tensor: TensorProto, name: str) -> None:
    """Renames a weight wherever it is read."""
    for node in graph.node:
        for i, read in enumerate(node.input):
            if read == tensor.name:
                node.input[i] = name
    tensor.name = name


def halve(model: onnx.ModelProto, least: int = 1024) -> None:
    """Stores the large weights in half precision; a Cast in the graph makes them single again when it is loaded."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < least:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], name=f"{name}.single", to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def describe(model: onnx.ModelProto, facts: dict, scales: dict[str, list[float]]) -> None:
    """Puts the metadata into the file: `vitrine` for the application, `vitrine_scales` for further training."""
    model.producer_name = "vitrine"
    for key, value in (("vitrine", facts), ("vitrine_scales", scales)):
        entry = model.metadata_props.add()
        entry.key, entry.value = key, json.dumps(value)


def facts_of(config: dict, calibration: Calibration, size: int, version: str, extra: dict) -> dict:
    """The content of the metadata entry `vitrine`."""
    return {
        "kind": "face-attributes", "name": config["name"], "version": version, "backbone": config["backbone"],
        "input_size": size, "template": load_template().id,
        "classes": {"expression": list(EXPRESSIONS), "glasses": list(GLASSES)},
        "unsure": extra.get("unsure", {"gender": [0.25, 0.75], "eye_makeup": [0.3, 0.7], "lip_makeup": [0.3, 0.7],
                                       "expression": 0.5, "glasses": 0.6}),
        "scale": calibration.scale, "to_annotated": extra.get("to_annotated", {}),
        "training_data": TRAINING_DATA + PRETRAINED.get(config["backbone"], ""), "licence": LICENCE,
    }


def scale_of(config: dict) -> str:
    """The scale that a training has taught: FFHQ's, which is shown, or that of one's own labels where FFHQ was no part of it."""
    return "ffhq" if "ffhq" in config["sets"] else "annotated"


def load_network(state: dict) -> Network:
    """The averaged network of a checkpoint."""
    config = state["config"]
    network = Network(config["backbone"], config["hint"], config["dropout"])
    network.load_state_dict(state["average"])
    return network.eval()


def export(checkpoint: Path, out: Path, size: int | None, calibration_file: Path | None, version: str,
           half: bool = True) -> None:
    """Writes the ONNX file. The calibration (and thresholds) lie in a JSON beside the checkpoint after `calibrate`."""
    state = torch.load(checkpoint, map_location="cpu")
    network = load_network(state)
    extra: dict = {}
    calibration = Calibration(scale_of(state["config"]))
    if calibration_file:
        content = json.loads(Path(calibration_file).read_text())
        calibration, extra = Calibration(**content["calibration"]), content
    size = size or state["config"]["phases"][-1]["size"]
    scales = freeze_scales(network)
    model = to_onnx(network, calibration, size)
    if half:
        halve(model)
    describe(model, facts_of(state["config"], calibration, size, version, extra), scales)
    onnx.checker.check_model(model)
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(out))
    print(f"{out}: {Path(out).stat().st_size / 1e6:.1f} MB, {size} px, after {state['seen']} faces")


