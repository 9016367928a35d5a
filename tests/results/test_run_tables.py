"""The tables of a run: every column is declared with what it means, and no other column is taken for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.results.run_folder import RUN_TABLES
from sim.results.table import Table, TableError

VALUES = {str: "x", int: 3, float: 0.5, date: date(2020, 12, 31), bool: True}


def a_row(table: Table[Any]) -> Any:
    return table.row(**{column.name: VALUES[column.type] for column in table.columns})


@pytest.mark.parametrize("table", RUN_TABLES, ids=lambda table: table.name)
def test_each_column_renamed_once_fails(table: Table[Any], tmp_path: Path) -> None:
    path = table.write(tmp_path, [a_row(table)])
    assert table.read(tmp_path) == (a_row(table),)
    header, _, rest = path.read_text(encoding="utf-8").partition("\n")
    names = header.split(",")
    for at, name in enumerate(names):
        renamed = ",".join([*names[:at], f"{name}_old", *names[at + 1 :]])
        path.write_text(f"{renamed}\n{rest}", encoding="utf-8")
        with pytest.raises(TableError) as raised:
            table.read(tmp_path)
        assert (raised.value.table, raised.value.column) == (table.name, name)
        assert str(raised.value).startswith(f"{table.name}.csv:1 {name}: ")


@pytest.mark.parametrize("table", RUN_TABLES, ids=lambda table: table.name)
def test_every_column_says_what_it_means(table: Table[Any]) -> None:
    assert table.title.vi
    assert table.title.en
    for row in table.codebook():
        assert row.meaning_vi.strip()
        assert row.meaning_en.strip()
    assert list(table.frame([a_row(table)]).columns) == [column.name for column in table.columns]


def test_no_two_tables_have_one_name() -> None:
    assert len({table.name for table in RUN_TABLES}) == len(RUN_TABLES)
