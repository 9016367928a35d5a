"""The tables of runs and studies: every column is declared with what it means, and no other column is taken for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from sim.results.column import is_group
from sim.results.run_folder import RUN_TABLES, STUDY_TABLES
from sim.results.table import Column, Table, TableError

VALUES = {str: "x", int: 3, float: 0.5, date: date(2020, 12, 31), bool: True}


def with_some_columns(table: Table[Any]) -> Table[Any]:
    """The table with two columns in each of its groups, so that they are looked at too."""
    groups = [name for name in get_type_hints(table.row) if is_group(get_type_hints(table.row)[name])]
    return table.with_columns(
        **{name: {f"{name}_{at}": Column("một cột", "a column") for at in (1, 2)} for name in groups}
    )


TABLES = (*RUN_TABLES, *map(with_some_columns, STUDY_TABLES))


def a_row(table: Table[Any]) -> Any:
    single = {column.name: VALUES[column.type] for column in table.columns if not column.group}
    groups: dict[str, dict[str, Any]] = {}
    for column in table.columns:
        if column.group:
            groups.setdefault(column.group, {})[column.name] = VALUES[column.type]
    return table.row(**single, **groups)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
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


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_says_what_it_means(table: Table[Any]) -> None:
    assert table.title.vi
    assert table.title.en
    for row in table.codebook():
        assert row.meaning_vi.strip()
        assert row.meaning_en.strip()
    assert list(table.frame([a_row(table)]).columns) == [column.name for column in table.columns]


def test_no_two_tables_have_one_name() -> None:
    assert len({table.name for table in TABLES}) == len(TABLES)
