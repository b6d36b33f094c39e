"""Values as a table in a file: comma-separated, one row a point, empty where undefined."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence


def to_csv(headers: Sequence[str], rows: Iterable[Sequence[float]]) -> str:
    """The table as text (RFC 4180), every number to the last digit: reading it back gives the same."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow(["" if math.isnan(value) else repr(float(value)) for value in row])
    return file.getvalue()
