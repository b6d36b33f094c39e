"""Points of interest against answers that were found without derivlab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derivlab as dl

KNOWN = json.loads(Path(__file__).with_name("known_answers.json").read_text(encoding="utf-8"))
KINDS = ("roots", "maxima", "minima", "inflections")


def test_there_are_150_known_functions() -> None:
    """The set of known answers has at least 150 functions."""
    assert len({row["text"] for row in KNOWN}) >= 150


@pytest.mark.parametrize("row", KNOWN, ids=[row["text"] for row in KNOWN])
def test_every_point_is_found_and_none_invented(row: dict[str, object]) -> None:
    """Roots, maxima, minima and inflections in the window are all found, to 1e-10, and there are no others."""
    found = dl.features(dl.parse(str(row["text"])), float(str(row["low"])), float(str(row["high"])))
    for kind in KINDS:
        expected = [float(v) for v in row[kind]]  # type: ignore[attr-defined]
        assert list(getattr(found, kind)) == pytest.approx(expected, rel=1e-10, abs=1e-10), kind
