"""What eight-bit weights and activations would cost and give: accuracy on the validation parts, size, time per face.

    python3 -m vitrine attributes export $WORK/run/checkpoint.pt --single --out $WORK/single.onnx
    python3 bench/int8.py $WORK/single.onnx $DATA/{ffhq,utkface,unlabelled,celeba}.zip --cache $WORK --out $WORK/int8

Needs onnxruntime for Python (`pip install onnxruntime`), which nothing else here does. The processor time is the least of
several runs on one thread, the files taking turns.
"""
from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import onnx

sys.path.insert(0, str(Path(__file__).parents[1]))
from vitrine.attributes import dataset  # noqa: E402
from vitrine.attributes.augment import plain_view  # noqa: E402
from vitrine.attributes.evaluate import kept_faces  # noqa: E402
from vitrine.attributes.metrics import PAPER, figures  # noqa: E402
from vitrine.attributes.sources import Pictures  # noqa: E402

CALIBRATED_ON = 192
"""Training faces from which the ranges of the activations are taken."""
BATCHES = (1, 4, 8)
ROUNDS = 25


def quantise(single: Path, faces: np.ndarray, out: Path) -> dict[str, Path]:
    """The file with all convolutions in eight bits, and with the pointwise ones alone. faces: float [n, 3, S, S]."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.parts = iter(np.array_split(faces, len(faces) // 8))

        def get_next(self):
            part = next(self.parts, None)
            return None if part is None else {"faces": part}

    prepared = out / "prepared.onnx"
    quant_pre_process(str(single), str(prepared), skip_symbolic_shape=True)
    graph = onnx.load(str(prepared)).graph
    weights = {w.name: list(w.dims) for w in graph.initializer}
    spatial = [n.name for n in graph.node if n.op_type == "Conv" and weights.get(n.input[1], [0, 0, 0, 0])[2:] != [1, 1]]
    found = {"single precision": single}
    for name, excluded in (("all in int8", []), ("pointwise in int8", spatial)):
        found[name] = out / f"{name.split()[0]}.onnx"
        # Without VNNI the products of full eight-bit weights overflow their 16-bit sums, so one bit is given up.
        quantize_static(str(prepared), str(found[name]), Reader(), quant_format=QuantFormat.QDQ, op_types_to_quantize=["Conv"],
                        nodes_to_exclude=excluded, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                        activation_type=QuantType.QUInt8)
    return found


def times(sessions: dict, size: int) -> dict[str, list[float]]:
    """Milliseconds per face for each of BATCHES."""
    least = {name: [float("inf")] * len(BATCHES) for name in sessions}
    for i, batch in enumerate(BATCHES):
        faces = np.random.RandomState(0).uniform(0, 255, (batch, 3, size, size)).astype(np.float32)
        for _ in range(ROUNDS):
            for name, session in sessions.items():
                before = time.process_time()
                session.run(None, {"faces": faces})
                least[name][i] = min(least[name][i], (time.process_time() - before) * 1000 / batch)
    return least


def main() -> None:
    """Prints the table."""
    try:
        import onnxruntime
    except ImportError:
        sys.exit("error: this needs onnxruntime for Python: pip install onnxruntime")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("single", type=Path)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    data = dataset.load(options.cache, [p.stem for p in options.sets])
    pictures = {p.stem: Pictures(p) for p in options.sets}
    size = onnx.load(str(options.single)).graph.input[0].type.tensor_type.shape.dim[2].dim_value
    random = np.random.default_rng(0)
    taught = random.choice(np.flatnonzero(data.part == "train"), CALIBRATED_ON, replace=False)
    files = quantise(options.single, plain_view(data.pictures(taught), size).numpy(), options.out)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    sessions = {name: onnxruntime.InferenceSession(str(path), settings) for name, path in files.items()}
    sets = np.array(data.sets)[data.set_of]
    print("| | " + " | ".join(files) + " |\n| --- |" + " --- |" * len(files))
    print("| MB | " + " | ".join(f"{path.stat().st_size / 1e6:.1f}" for path in files.values()) + " |")
    spent = times(sessions, size)
    for i, batch in enumerate(BATCHES):
        print(f"| ms per face, batch {batch} | " + " | ".join(f"{spent[name][i]:.2f}" for name in files) + " |")
    for scale, inside in (("ffhq", sets == "ffhq"), ("annotated", data.annotated)):
        index = np.flatnonzero(inside & (data.part == "val"))
        faces = kept_faces(options.cache, f"val.{scale}", data, index, pictures, size).transpose(0, 3, 1, 2).astype(np.float32)
        rows = {}
        for name, session in sessions.items():
            names = [o.name for o in session.get_outputs()]
            parts = [session.run(None, {"faces": faces[i:i + 32]}) for i in range(0, len(faces), 32)]
            rows[name] = figures({n: np.concatenate([p[j] for p in parts]) for j, n in enumerate(names)}, data.labels[index], scale)
        for attribute in PAPER:
            print(f"| {attribute}, {scale} ({len(index)}) | " + " | ".join(f"{rows[n][attribute]:.3g}" for n in files) + " |")


if __name__ == "__main__":
    main()
