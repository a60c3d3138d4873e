"""The variables of `.env`, beside which the environment of the process wins."""

import os
from pathlib import Path


def _read():
    values = {}
    for line in (Path(__file__).parent / ".env").read_text(encoding="utf-8").splitlines():
        name, mark, value = line.partition("=")
        if mark and not name.lstrip().startswith("#"):
            values[name.strip()] = value.strip().strip("'\"")
    return {**values, **os.environ}


values = _read()
