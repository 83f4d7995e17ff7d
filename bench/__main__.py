"""All benchmarks, one after the other: `python -m bench [NAME ...]`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from pathlib import Path


def main() -> None:
    """Run the named benchmarks, or every one of this folder."""
    found = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    benches = [one for one in found if not one.startswith("_")]
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Run benchmarks: those that are named, or all of them, one after the other."
        " Each prints ratios to a limit or to a peer measured in the same run.",
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which: {', '.join(benches)}; all if none is"
    )
    names: list[str] = parser.parse_args().names
    unknown = [one for one in names if one not in benches]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    for name in names or benches:
        print(f"\n== {name}")
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
