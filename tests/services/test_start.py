"""What loading the services costs: the heavy libraries come when they are needed."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"alembic", "argon2", "cryptography", "httpx", "keyring", "openpyxl", "typst", "textual"}
HEAVY |= {"PIL", "pypdf"}
LOAD = "import sys, services.bootstrap; print(*{name.partition('.')[0] for name in sys.modules})"


def test_the_start_loads_nothing_heavy() -> None:
    run = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True, text=True)
    loaded = set(run.stdout.split())
    assert "storage" in loaded
    assert not loaded & HEAVY


def test_the_first_frame_waits_for_no_store() -> None:
    """What bench/start.py measures, told by name."""
    load = LOAD.replace("services.bootstrap", "clerk.__main__, screens.command")
    load = load.replace("import sys,", "import sys, screens.sign_in.screen,")
    run = subprocess.run([sys.executable, "-c", load], capture_output=True, check=True, text=True)
    loaded = set(run.stdout.split())
    assert "textual" in loaded
    assert not loaded & (HEAVY - {"textual"} | {"sqlalchemy", "sqlcipher3", "stdnum"})


def test_a_call_loads_no_command_line_of_httpx() -> None:
    """Its click, pygments and rich took 2.8 MiB of each desk."""
    load = LOAD.replace("services.bootstrap", "services.http")
    run = subprocess.run([sys.executable, "-c", load], capture_output=True, check=True, text=True)
    loaded = set(run.stdout.split())
    assert "httpx" in loaded
    assert not loaded & {"click", "pygments", "rich"}
