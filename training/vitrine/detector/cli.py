"""The detector's commands: prepare, train, evaluate, export."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Callable

import numpy as np
import yaml

TRAINING = Path(__file__).resolve().parents[2]
DEFAULT = TRAINING / "configs" / "detector" / "default.yaml"
BOXES = TRAINING / "annotations" / "detector" / "test-boxes.csv"


def read_config(path: Path) -> dict:
    """The settings of a run."""
    try:
        return yaml.safe_load(path.read_text())
    except FileNotFoundError:
        raise SystemExit(f"There is no config file at {path}.") from None


def _prepare(args: argparse.Namespace) -> int:
    from vitrine.detector.prepare import prepare

    prepare(args.data, args.teacher, args.work, read_config(args.config)["faces"], args.jobs)
    return 0


def _train(args: argparse.Namespace) -> int:
    from vitrine.detector.settings import Settings
    from vitrine.detector.train import train

    settings = Settings.of(read_config(args.config)["train"])
    if args.minutes:
        settings = replace(settings, minutes=args.minutes)
    checkpoint = train(settings, args.work, args.teacher, args.work / "run", args.start)
    print(f"The checkpoint is {checkpoint}.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from vitrine.detector.evaluate import choose_threshold, load_cases
    from vitrine.detector.export import describe, export
    from vitrine.detector.train import load_student
    from vitrine.detector.yunet import YuNet

    network = load_student(args.work / "run" / "checkpoint.pt")
    export(network, args.out, {})
    threshold = choose_threshold(detector(YuNet(args.out)), load_cases(args.work, "val", None))
    size = export(network, args.out, describe(args.version, threshold))
    print(f"{args.out}: {size / 1024:.0f} KB, working point {threshold:.2f} from the validation scenes.")
    return 0


def detector(network) -> Callable[[np.ndarray], np.ndarray]:
    """One picture at a time, down to the lowest score that is looked at."""
    from vitrine.detector.evaluate import LOWEST

    return lambda picture: network.detect(picture[None], LOWEST)[0]


def _evaluate(args: argparse.Namespace) -> int:
    from vitrine.detector.evaluate import Entrant, choose_threshold, evaluate, load_cases, table
    from vitrine.detector.export import working_point_of
    from vitrine.detector.yunet import YuNet

    validation = load_cases(args.work, "val", None)
    entrants = []
    for name, path in (("teacher", args.teacher), ("student", args.student)):
        if path is None:
            continue
        network = YuNet(path)
        threshold = working_point_of(network.graph.metadata) or choose_threshold(detector(network), validation)
        entrants.append(Entrant(name, detector(network), threshold))
    if not entrants:
        raise SystemExit("Nothing to measure: give --student, --teacher or both.")
    cases = load_cases(args.work, "test", args.boxes)
    print(table(evaluate(entrants, cases, args.out, args.plot, args.work)))
    return 0


def _peers_pictures(args: argparse.Namespace) -> int:
    from vitrine.detector.evaluate import load_cases
    from vitrine.detector.peers import ask

    count = ask(load_cases(args.work, "val", None), load_cases(args.work, "test", args.boxes), args.out)
    print(f"{count} pictures are in {args.out}.")
    return 0


def _compare(args: argparse.Namespace) -> int:
    import json

    from vitrine.detector.evaluate import Entrant, choose_threshold, load_cases
    from vitrine.detector.export import working_point_of
    from vitrine.detector.peers import Recorded, figures, peer_figures, table
    from vitrine.detector.yunet import YuNet

    validation, cases = load_cases(args.work, "val", None), load_cases(args.work, "test", args.boxes)
    report = {}
    for name, path in (("ours", args.student), ("teacher", args.teacher)):
        if path is None:
            continue
        network = YuNet(path)
        threshold = working_point_of(network.graph.metadata) or choose_threshold(detector(network), validation)
        report[name] = figures(Entrant(name, detector(network), threshold), cases)
    for path in args.detections:
        recorded = Recorded(path)
        report[recorded.name] = peer_figures(recorded, validation, cases)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(report, indent=1))
    print(table(report))
    return 0


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, default=DEFAULT, help="settings of the run")
    parser.add_argument("--work", type=Path, default=Path("work/detector"), help="folder for everything made on the way")


def add_commands(subparsers) -> None:
    """Register the commands; each parsed result carries `run`, to be called with it."""
    prepare = subparsers.add_parser("prepare", help="pack pictures and label them with the teacher")
    _common(prepare)
    prepare.add_argument("--data", type=Path, required=True, help="folder with scenes.zip and the face sets")
    prepare.add_argument("--teacher", type=Path, required=True, help="the teacher's ONNX file")
    prepare.add_argument("--jobs", type=int, default=1, help="processes")
    prepare.set_defaults(run=_prepare)

    train = subparsers.add_parser("train", help="train, or go on with, the student")
    _common(train)
    train.add_argument("--teacher", type=Path, help="the teacher's ONNX file, for its hints")
    train.add_argument("--start", type=Path, help="an exported detector of ours that a new run begins with")
    train.add_argument("--minutes", type=float, help="length of the run instead of the config's")
    train.set_defaults(run=_train)

    evaluate = subparsers.add_parser("evaluate", help="measure teacher and student on the checked test pictures")
    _common(evaluate)
    evaluate.add_argument("--teacher", type=Path, help="the teacher's ONNX file")
    evaluate.add_argument("--student", type=Path, help="the exported student")
    evaluate.add_argument("--boxes", type=Path, default=BOXES, help="list of checked boxes")
    evaluate.add_argument("--out", type=Path, default=Path("work/detector/report.json"), help="the report, JSON")
    evaluate.add_argument("--plot", type=Path, help="precision-recall curves, PNG")
    evaluate.set_defaults(run=_evaluate)

    pictures = subparsers.add_parser("peers-pictures", help="write the pictures that other packages' detectors are compared on")
    _common(pictures)
    pictures.add_argument("--boxes", type=Path, default=BOXES, help="list of checked boxes")
    pictures.add_argument("--out", type=Path, default=Path("work/detector/peers"), help="folder for the pictures")
    pictures.set_defaults(run=_peers_pictures)

    compare = subparsers.add_parser("compare", help="our detector beside those of other packages, from files of what they found")
    _common(compare)
    compare.add_argument("detections", nargs="+", type=Path, help="files that bench/peers/detect.mjs wrote")
    compare.add_argument("--teacher", type=Path, help="the teacher's ONNX file")
    compare.add_argument("--student", type=Path, help="the exported student")
    compare.add_argument("--boxes", type=Path, default=BOXES, help="list of checked boxes")
    compare.add_argument("--out", type=Path, default=Path("work/detector/peers.json"), help="the report, JSON")
    compare.set_defaults(run=_compare)

    export = subparsers.add_parser("export", help="write the student as an ONNX file")
    _common(export)
    export.add_argument("--out", type=Path, required=True, help="the file to write")
    export.add_argument("--version", default="1.0.0", help="version written into the file")
    export.set_defaults(run=_export)
