"""What a lake consists of now."""

import json
from pathlib import Path
from urllib.parse import unquote


def active_files(data: Path) -> list:
    """The Parquet files that belong to the table now, from the log of the Delta table.

    For those who have no program to ask. Replays the log from its beginning, which is there as long as nothing cleans
    it up.
    """
    folder = data / "lake" / "sign_ins"
    paths = {}
    for entry in sorted((folder / "_delta_log").glob("*.json")):
        for line in entry.read_text().splitlines():
            action = json.loads(line)
            if "add" in action:
                paths[unquote(action["add"]["path"])] = True
            elif "remove" in action:
                paths.pop(unquote(action["remove"]["path"]), None)
    return [str(folder / path) for path in sorted(paths)]
