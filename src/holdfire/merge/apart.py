"""Every report as an incident of its own: what a matching comes to that finds nothing the same."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from holdfire.merge.matching import Matched
from holdfire.merge.model import Model
from holdfire.tables import pair


def apart(reports: pa.Table) -> Matched:
    """Return the matching in which no two reports tell of one incident."""
    count = reports.num_rows
    ones = np.ones(count)
    return Matched(
        pairs=pair.SCHEMA.empty_table(),
        group=np.arange(count, dtype=np.int64),
        least=ones,
        expected=ones,
        most=ones,
        total=(float(count), float(count), float(count)),
        model=Model(),
    )
