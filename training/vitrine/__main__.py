"""Command line: python3 -m vitrine attributes|detector <step>."""
from __future__ import annotations

import argparse
import sys
import zipfile


def parser() -> argparse.ArgumentParser:
    """All commands."""
    top = argparse.ArgumentParser(prog="python3 -m vitrine", description=__doc__)
    networks = top.add_subparsers(dest="network", required=True)
    from vitrine.attributes.cli import add_commands as add_attribute_commands

    attributes = networks.add_parser("attributes", help="the face-attribute network")
    add_attribute_commands(attributes.add_subparsers(dest="step", required=True))
    try:
        from vitrine.detector.cli import add_commands as add_detector_commands
    except ModuleNotFoundError as error:
        if error.name != "vitrine.detector.cli":
            raise
    else:
        detector = networks.add_parser("detector", help="the face detector")
        add_detector_commands(detector.add_subparsers(dest="step", required=True))
    return top


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; errors of the user's files are one sentence on stderr."""
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except (ValueError, FileNotFoundError, zipfile.BadZipFile) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
