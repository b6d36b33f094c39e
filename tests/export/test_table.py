"""Values as a file."""

from __future__ import annotations

import csv
import io
import math

from derivlab.export.table import to_csv


def test_the_file_gives_the_numbers_back() -> None:
    """Every float64 survives, undefined is an empty field, a name with a comma is quoted."""
    rows = [[0.1, 1 / 3], [1e-300, math.nan]]
    read = list(csv.reader(io.StringIO(to_csv(["x", "f(x, 2)"], rows))))
    assert read[0] == ["x", "f(x, 2)"]
    assert [float(field) for field in read[1]] == rows[0]
    assert read[2] == ["1e-300", ""]
