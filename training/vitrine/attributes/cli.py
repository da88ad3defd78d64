"""Commands of the attribute network: prepare, train, evaluate, export."""
from __future__ import annotations

import argparse
from pathlib import Path


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    """Adds the steps to an argparse subparsers object; each sets `run`."""
    add_prepare(subparsers)
    add_hint(subparsers)
    add_pseudo(subparsers)
    add_train(subparsers)
    add_backbones(subparsers)
    add_trade_off(subparsers)
    add_calibrate(subparsers)
    add_evaluate(subparsers)
    add_confusion(subparsers)
    add_compare_crops(subparsers)
    add_peers(subparsers)
    add_export(subparsers)


def add_prepare(subparsers: argparse._SubParsersAction) -> None:
    """prepare"""
    step = subparsers.add_parser("prepare", help="detect, align and pack the faces of labelled sets")
    step.add_argument("sets", nargs="+", type=Path, help="zips or folders with pictures and a labels.csv")
    step.add_argument("--annotated", type=Path, help="annotated.csv: full labels of faces of these sets")
    step.add_argument("--annotated-check", type=Path, help="annotated_check.csv: ffhq faces annotated again")
    step.add_argument("--eyewear", type=Path, help="celeba_eyewear.csv: CelebA's Eyeglasses, sorted")
    step.add_argument("--detector", type=Path, required=True, help="face detector of the YuNet family (ONNX)")
    step.add_argument("--out", type=Path, required=True, help="folder for the packed crops; outside the repository")
    step.add_argument("--splits", type=Path, help="folder of split lists (default: training/splits)")
    step.add_argument("--threads", type=int, default=1)
    step.set_defaults(run=run_prepare)


def run_prepare(options: argparse.Namespace) -> None:
    """Runs `prepare`."""
    from . import splits
    from .prepare import prepare

    prepare(options.sets, options.annotated, options.annotated_check, options.eyewear, options.detector, options.out,
            options.splits or splits.FOLDER, options.threads)


def add_hardware(step: argparse.ArgumentParser) -> None:
    """--threads and --device of the steps that a graphics card makes short."""
    step.add_argument("--threads", type=int, default=1, help="of the processor")
    step.add_argument("--device", default="cpu", type=device, help="cpu (default) or a graphics card: cuda, cuda:1, ...")


def device(name: str) -> str:
    """A device of PyTorch that is there."""
    import torch

    try:
        torch.zeros(1, device=name)
    except (RuntimeError, AssertionError) as error:
        raise argparse.ArgumentTypeError(f"PyTorch cannot use the device '{name}': {str(error).splitlines()[0]}") from error
    return name


def add_train(subparsers: argparse._SubParsersAction) -> None:
    """train"""
    step = subparsers.add_parser("train", help="train a network by a config")
    step.add_argument("config", type=Path, help="a file of training/configs/attributes")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--out", type=Path, required=True, help="folder for checkpoint and logs")
    step.add_argument("--minutes", type=float, help="wall-clock minutes until the schedule ends (default: config)")
    step.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    step.add_argument("--init-from", type=Path, help="start from the weights of a checkpoint (.pt) or a shipped .onnx")
    add_teacher(step)
    add_hardware(step)
    step.set_defaults(run=run_train)


def add_teacher(step: argparse.ArgumentParser) -> None:
    """--teacher and --teacher-backbone of the steps that train."""
    step.add_argument("--teacher", type=Path,
                      help="the network to match where the config says 'match': a checkpoint.pt, or the .onnx of 'export'")
    step.add_argument("--teacher-backbone", default="mobilenetv1", help="its backbone (default: that of the shipped file)")


def teacher_of(options: argparse.Namespace):
    """The network that `add_teacher`'s options name, or None."""
    from .pseudo import load_teacher

    return load_teacher(options.teacher, options.teacher_backbone) if options.teacher else None


def run_train(options: argparse.Namespace) -> None:
    """Runs `train`."""
    from .config import read
    from .train import train
    from .weights import read_weights

    init = read_weights(options.init_from) if options.init_from else None
    train(read(options.config), options.cache, options.out, options.minutes, options.resume, init, options.threads,
          options.device, teacher_of(options))


def add_export(subparsers: argparse._SubParsersAction) -> None:
    """export"""
    step = subparsers.add_parser("export", help="write the ONNX file that the application loads")
    step.add_argument("checkpoint", type=Path, help="checkpoint.pt of 'train'")
    step.add_argument("--out", type=Path, required=True, help="the .onnx file to write")
    step.add_argument("--size", type=int, help="input size in pixels (default: that of the last phase)")
    step.add_argument("--calibration", type=Path, help="calibration.json of 'calibrate'")
    step.add_argument("--version", default="1", help="version to write into the metadata")
    step.add_argument("--single", action="store_true", help="keep the weights in single precision")
    step.set_defaults(run=run_export)


def run_export(options: argparse.Namespace) -> None:
    """Runs `export`."""
    from .export import export

    export(options.checkpoint, options.out, options.size, options.calibration, options.version, not options.single)


def add_hint(subparsers: argparse._SubParsersAction) -> None:
    """hint"""
    step = subparsers.add_parser("hint", help="what a pretrained network sees in the crops, as an extra target")
    step.add_argument("sets", nargs="+", help="names of prepared sets")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--teacher", type=Path, required=True,
                      help="models/faceres.json of the npm package @vladmandic/human (npm pack @vladmandic/human)")
    step.add_argument("--threads", type=int, default=1)
    step.set_defaults(run=run_hint)


def run_hint(options: argparse.Namespace) -> None:
    """Runs `hint`."""
    from .hint import reduce, teach

    teach(options.cache, options.sets, options.teacher, options.threads)
    reduce(options.cache)


def add_pseudo(subparsers: argparse._SubParsersAction) -> None:
    """pseudo"""
    step = subparsers.add_parser("pseudo", help="what a network trained before says of every crop, as soft targets")
    step.add_argument("sets", nargs="+", help="names of prepared sets")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--teacher", type=Path, required=True, help="a checkpoint.pt, or the .onnx of 'export'")
    step.add_argument("--backbone", default="mobilenetv1", help="the teacher's backbone (default: that of the shipped file)")
    step.add_argument("--size", type=int, default=112, help="the teacher's input size in pixels")
    add_hardware(step)
    step.set_defaults(run=run_pseudo)


def run_pseudo(options: argparse.Namespace) -> None:
    """Runs `pseudo`."""
    from .pseudo import write

    write(options.cache, options.sets, options.teacher, options.backbone, options.size, options.threads, options.device)


def add_tried_file(subparsers: argparse._SubParsersAction, name: str, about: str) -> argparse.ArgumentParser:
    """A step that tries an exported file on faces of a part of the labelled sets."""
    step = subparsers.add_parser(name, help=about)
    step.add_argument("model", type=Path, help="the .onnx of 'export'")
    step.add_argument("sets", nargs="+", type=Path, help="the zips or folders that 'prepare' was given")
    step.add_argument("--part", choices=("val", "test"), default="test")
    step.add_argument("--threads", type=int, default=1)
    return step


def add_evaluate(subparsers: argparse._SubParsersAction) -> None:
    """evaluate"""
    step = add_tried_file(subparsers, "evaluate", "figures, tables and pictures of an exported file")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--out", type=Path, required=True, help="folder for JSON, tables and pictures")
    step.add_argument("--robustness", action="store_true", help="also small, blurred and dimmed faces")
    step.set_defaults(run=run_evaluate)


def run_evaluate(options: argparse.Namespace) -> None:
    """Runs `evaluate`."""
    from .evaluate import evaluate

    evaluate(options.model, options.cache, options.sets, options.out, options.part, options.robustness,
             options.threads)


def add_confusion(subparsers: argparse._SubParsersAction) -> None:
    """confusion"""
    step = add_tried_file(subparsers, "confusion", "how often each class is named, by what is true; the application corrects with it")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--out", type=Path, help="the file to write (default: beside the model)")
    step.set_defaults(run=run_confusion)


def run_confusion(options: argparse.Namespace) -> None:
    """Runs `confusion`."""
    from .confusion import as_text, confusion

    out = options.out or options.model.with_suffix(".confusion.json")
    print(as_text(confusion(options.model, options.cache, options.sets, out, options.part, options.threads)))


def add_calibrate(subparsers: argparse._SubParsersAction) -> None:
    """calibrate"""
    step = subparsers.add_parser("calibrate", help="fit thresholds and scales on faces outside the test parts")
    step.add_argument("checkpoint", type=Path, help="checkpoint.pt of 'train'")
    step.add_argument("sets", nargs="+", type=Path, help="the zips or folders that 'prepare' was given, without fer2013")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--out", type=Path, required=True, help="calibration.json to write, for 'export'")
    step.add_argument("--size", type=int, help="input size in pixels (default: that of the last phase)")
    step.add_argument("--annotated-share", type=float, default=0.25,
                      help="weight of the annotated scale beside FFHQ's in the threshold of makeup (0 = FFHQ's alone)")
    step.add_argument("--threads", type=int, default=1)
    step.set_defaults(run=run_calibrate)


def run_calibrate(options: argparse.Namespace) -> None:
    """Runs `calibrate`."""
    from .calibrate import calibrate

    calibrate(options.checkpoint, options.cache, options.sets, options.out, options.size, options.annotated_share, options.threads)


def add_backbones(subparsers: argparse._SubParsersAction) -> None:
    """backbones"""
    step = subparsers.add_parser("backbones", help="export every backbone untrained, to compare size and speed")
    step.add_argument("--out", type=Path, required=True, help="folder for the files; outside the repository")
    step.add_argument("--size", type=int, default=80, help="input size in pixels")
    step.set_defaults(run=run_backbones)


def run_backbones(options: argparse.Namespace) -> None:
    """Runs `backbones`."""
    from .compare import compare

    compare(options.out, options.size)


def add_trade_off(subparsers: argparse._SubParsersAction) -> None:
    """trade-off"""
    step = subparsers.add_parser("trade-off", help="train a config once for each backbone, weighting of the loss or input size")
    step.add_argument("config", type=Path, help="a config with 'faces', such as configs/attributes/trade-off.yaml")
    step.add_argument("--vary", choices=("backbone", "weighting", "size"), default="backbone")
    step.add_argument("--cache", type=Path, required=True, help="the folder that 'prepare' wrote")
    step.add_argument("--out", type=Path, required=True, help="folder for the runs; outside the repository")
    step.add_argument("--init-from", type=Path, help="start each from these weights, where they fit")
    step.add_argument("--plot", type=Path, help="accuracy over time per face, PNG, once bench/backbones.mjs has timed the files")
    add_teacher(step)
    add_hardware(step)
    step.set_defaults(run=run_trade_off)


def run_trade_off(options: argparse.Namespace) -> None:
    """Runs `trade-off`."""
    from .config import read
    from .trade_off import trade_off
    from .weights import read_weights

    init = read_weights(options.init_from) if options.init_from else None
    print(trade_off(read(options.config), options.vary, options.cache, options.out, init, options.threads, options.device, options.plot,
                    teacher_of(options)))


def add_compare_crops(subparsers: argparse._SubParsersAction) -> None:
    """compare-crops"""
    step = add_tried_file(subparsers, "compare-crops", "one file on crops of two detectors: is a difference more than noise?")
    step.add_argument("--first", type=Path, required=True, help="the folder that 'prepare' wrote with one detector")
    step.add_argument("--second", type=Path, required=True, help="the folder that it wrote with the other")
    step.set_defaults(run=run_compare_crops)


def run_compare_crops(options: argparse.Namespace) -> None:
    """Runs `compare-crops`."""
    from .paired import compare_crops

    print(compare_crops(options.model, options.first, options.second, options.sets, options.part, options.threads))


def add_peers(subparsers: argparse._SubParsersAction) -> None:
    """peers-pictures, compare-peers"""
    pictures = subparsers.add_parser("peers-pictures", help="write the pictures that other packages are compared on")
    pictures.add_argument("set", type=Path, help="ffhq.zip, or a folder of that format")
    pictures.add_argument("--part", choices=("val", "test"), default="test")
    pictures.add_argument("--out", type=Path, required=True, help="folder for the pictures; outside the repository")
    pictures.set_defaults(run=run_peers_pictures)
    compare = subparsers.add_parser("compare-peers", help="age, gender and expression of ours and other packages, face by face")
    compare.add_argument("set", type=Path, help="the zip or folder that 'peers-pictures' was given")
    compare.add_argument("readings", nargs="+", type=Path, help="files that bench/peers/read.mjs wrote, ours first")
    compare.add_argument("--part", choices=("val", "test"), default="test")
    compare.set_defaults(run=run_compare_peers)


def run_peers_pictures(options: argparse.Namespace) -> None:
    """Runs `peers-pictures`."""
    from .peers import write_pictures

    print(f"{write_pictures(options.set, options.part, options.out)} pictures are in {options.out}.")


def run_compare_peers(options: argparse.Namespace) -> None:
    """Runs `compare-peers`."""
    from .peers import compare

    print(compare(options.set, options.part, options.readings))
