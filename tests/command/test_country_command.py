"""`country`: what provinces exchanged, printed in both languages and written as a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from country_case import tiny_country
from tiny_province import Do

from sim.command import country as command
from sim.results.country_tables import COUNTRY_PROVINCES


@pytest.fixture
def tiny(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tiny_country(tmp_path_factory.mktemp("country"), days=5)
    monkeypatch.setattr(command, "read_country", lambda **_: found)


@pytest.mark.usefixtures("tiny")
def test_what_was_exchanged_is_printed_and_written(tmp_path: Path, do: Do) -> None:
    code, out, err = do("country", "--seed", 7, "--out", "here", "--json")
    assert code == 0, err
    said = json.loads(out)
    rows = COUNTRY_PROVINCES.read(tmp_path / "here")
    assert [row.province_id for row in rows] == [row["province_id"] for row in said["provinces"]]
    assert len(rows) == 3
    between = sum(row.to_provinces for row in rows)
    assert between == said["between_provinces"] > 20
    assert sum(row.deliveries for row in rows) == said["deliveries"]
    assert said["handed_over"] - said["under_way"] == sum(row.from_provinces for row in rows)
    assert all(
        row.inside + row.from_centre + row.from_provinces + row.to_centre + row.to_provinces <= row.deliveries
        for row in rows
    )
    code, out, err = do("country", "--seed", 7, "--provinces", 1)
    assert (code, "Between provinces: 0, — electronic" in out) == (0, True)
    assert "ratio 1.00" in out
    code, out, err = do("country", "--out", "here")
    assert (code, out) == (3, "")
    assert "is there already; name another folder with --out DIR" in err
    (tmp_path / "file").touch()
    code, out, err = do("country", "--out", "file/here")
    assert (code, out) == (3, "")
    assert err.startswith("file/here: cannot be written: ")
