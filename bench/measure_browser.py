"""Starts Vestibule on a data folder and measures it in a real browser."""

import argparse
import subprocess
import sys
from pathlib import Path

from measure import Failed

from web import server

MEASURE = Path(__file__).parent / "browser" / "measure.mjs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="vestibule")
    parser.add_argument("--data", type=Path, required=True, help="data folder of Vestibule")
    parser.add_argument("--until", required=True, help="the moment from which windows reach back, as RFC 3339")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    served = server.vestibule(options.program, options.data, threads=2)
    try:
        served.wait_for_address()
        served.wait_for_memory()
        arguments = ["--url", served.origin, "--until", options.until, "--rounds", options.rounds]
        done = subprocess.run(["node", str(MEASURE), *map(str, arguments)], check=False)
    finally:
        served.close()
    if done.returncode != 0:
        raise Failed(f"the measurement in the browser ended with {done.returncode}")


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
