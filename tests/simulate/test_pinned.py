"""The shipped worlds are frozen: what merging was measured on stays the same, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from holdfire.simulate import simulate

PINNED = {
    ("sparse", False): "86d2cb7edf5c4ab140296b3de8090e08935fa5bbdacee2cf25aa1276fac82b82",
    ("sparse", True): "3f685a1c5e126bba2c4034610c5c5f7aaa6cd0151e8b344a88f85508ea329017",
    ("dense", False): "1a77ea49a8cdb52306eba52c4444ab48935c5ea95d499309644124a7a54eaa85",
    ("dense", True): "f0e6e5a459b3f70c417a906fcec05b4a59362c556e339139e61894209507a882",
}
"""SHA-256 of all files of 400 reports with seed 7, by regime and whether there are texts."""


@pytest.mark.parametrize(("name", "text"), PINNED)
def test_the_files_of_a_shipped_world_stay_as_they_are(
    tmp_path: Path, name: str, text: bool
) -> None:
    written = hashlib.sha256()
    for path in simulate(name, 400, 7, text=text).write(tmp_path):
        written.update(path.read_bytes())
    assert written.hexdigest() == PINNED[name, text]
