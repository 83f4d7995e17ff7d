"""One running desk per profile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clerk.errors import StoreError
from storage.instance import hold_instance

HOLD = "import sys; from pathlib import Path; from storage.instance import hold_instance\n"
TELL = "held = hold_instance(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"


def test_a_second_instance_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    with hold_instance(tmp_path), pytest.raises(StoreError, match=r"store\.in_use"):
        hold_instance(tmp_path)
    hold_instance(tmp_path).release()


def test_another_process_is_refused_too_and_its_death_frees_the_profile(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD + TELL, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(StoreError, match=r"store\.in_use"):
            hold_instance(tmp_path)
        other.kill()
    hold_instance(tmp_path).release()


def test_the_lock_file_is_never_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    hold_instance(folder).release()
    (lock_file,) = folder.iterdir()
    inode = lock_file.stat().st_ino
    hold_instance(folder).release()
    assert [path.stat().st_ino for path in folder.iterdir()] == [inode]
