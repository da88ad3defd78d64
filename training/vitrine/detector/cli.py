"""The detector's commands: prepare, train, evaluate, export."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import yaml

TRAINING = Path(__file__).resolve().parents[2]
DEFAULT = TRAINING / "configs" / "detector" / "default.yaml"


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
    from vitrine.detector.train import Settings, train

    settings = read_config(args.config)["train"]
    settings["hint_layers"] = tuple(settings.get("hint_layers", ()))
    settings = Settings(**settings)
    if args.minutes:
        settings = replace(settings, minutes=args.minutes)
    checkpoint = train(settings, args.work, args.teacher, args.work / "run")
    print(f"The checkpoint is {checkpoint}.")
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
    train.add_argument("--minutes", type=float, help="length of the run instead of the config's")
    train.set_defaults(run=_train)
