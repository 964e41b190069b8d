"""Pictures of pages, made so small that letters are greys: what changes is the layout."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt


def pixels(png: bytes) -> npt.NDArray[np.int16]:
    """Return the pixels of a PNG with eight bits a channel, rows by columns by channels."""
    at, data, size = 8, b"", (0, 0, 0)
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            wide, high, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8
            size = wide, high, {0: 1, 2: 3, 4: 2, 6: 4}[colour]
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    wide, high, channels = size
    flat = np.frombuffer(zlib.decompress(data), np.uint8).reshape(high, 1 + wide * channels)
    made = np.zeros((high, wide * channels), np.uint8)
    for row in range(high):
        made[row] = _unfiltered(
            int(flat[row, 0]), flat[row, 1:], made[row - 1] * (row > 0), channels
        )
    return made.reshape(high, wide, channels)[:, :, :3].astype(np.int16)


def _unfiltered(
    kind: int, line: npt.NDArray[Any], above: npt.NDArray[Any], step: int
) -> npt.NDArray[Any]:
    out = line.astype(np.int16)
    for at in range(len(out)):
        left = int(out[at - step]) if at >= step else 0
        up, corner = int(above[at]), int(above[at - step]) if at >= step else 0
        guess = left + up - corner
        nearest = min((left, up, corner), key=lambda one: abs(guess - one))
        out[at] = (out[at] + (0, left, up, (left + up) // 2, nearest)[kind]) & 0xFF
    return out.astype(np.uint8)


def unlike(a: bytes, b: bytes) -> float:
    """Return the mean difference of two pictures, 0 to 255; 255 where their sizes differ."""
    one, other = pixels(a), pixels(b)
    if one.shape != other.shape:
        return 255.0
    return float(np.abs(one - other).mean())
