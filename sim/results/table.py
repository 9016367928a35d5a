"""A table of a run folder, declared once: a frozen dataclass whose fields are its columns.

Each field is annotated with its type and its `Column`: what it means in both languages, and its unit. A field that may
be blank is typed `X | None`. From that one declaration come the CSV file, the reader that refuses any other columns,
the pandas DataFrame and the codebook.

    @dataclass(frozen=True, slots=True)
    class SaturationRow:
        scope: Annotated[str, Column("loại trạm và cấp", "kind of station and tier")]
        median: Annotated[float | None, Column("trung vị", "median", unit="share")]

    SATURATION = Table("saturation", SaturationRow, Words("Độ bận của các trạm", "How busy stations are"))

Columns that depend on the scenario (one for each key that is varied, one for each target) are a field typed
`Mapping[str, X]`, which stands for all of them at its place; `Table.with_columns` names them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from sim.results.atomic_files import write_text_atomic
from sim.results.cell_text import CellError, Value, clean_text
from sim.results.column import TYPE_NAMES, Column, TableColumn, TableError, is_group, kind_of
from sim.results.csv_text import PLAIN, Dialect, csv_text, csv_text_of_columns, unguarded
from sim.results.frames import frame_of, plain_columns
from sim.results.words import Words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CodebookRow", "Column", "FilledTable", "Table", "TableColumn", "TableError"]

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """What one column of one table holds."""

    table: Annotated[str, Column("tên bảng", "name of the table")]
    column: Annotated[str, Column("tên cột", "name of the column")]
    type: Annotated[str, Column("kiểu: text, integer, number, date, boolean", "text, integer, number, date or boolean")]
    unit: Annotated[str | None, Column("đơn vị; trống: không có", "unit; blank when it has none")]
    meaning_vi: Annotated[str, Column("ý nghĩa, tiếng Việt", "meaning in Vietnamese")]
    meaning_en: Annotated[str, Column("ý nghĩa, tiếng Anh", "meaning in English")]


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A table of rows of one declared class.

    Attributes:
        name: the file's name without `.csv`.
        row: a frozen dataclass whose every field is a column, or a group of columns that the scenario names. Last
            fields whose default is None may be absent in files written before they were columns.
        title: what the table is about.
        groups: for each group, its columns in their order.
    """

    name: str
    row: type[Row]
    title: Words
    groups: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name}.csv"

    @cached_property
    def columns(self) -> tuple[TableColumn, ...]:
        """All columns, in the order of the file.

        Raises:
            TypeError: a field of the row class is not declared as a column.
            ValueError: two columns have one name, or a group is not the row's.
        """
        found = [column for field_columns in self._by_field for column in field_columns]
        names = [column.name for column in found]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name}: two columns have one name: {', '.join(names)}")
        unknown = self.groups.keys() - {name for name, many in self._fields if many}
        if unknown:
            raise ValueError(f"{self.name} has no group of columns {', '.join(sorted(unknown))}")
        return tuple(found)

    def with_columns(self, **groups: Mapping[str, Column]) -> Table[Row]:
        """The same table with the columns of its groups named, in the order they stand in."""
        return replace(self, groups={**self.groups, **groups})

    def text(self, rows: Iterable[Row], dialect: Dialect = PLAIN) -> str:
        """The rows as CSV text: the same bytes for the same rows.

        Raises:
            ValueError: a value is missing where none may be, or is not finite.
        """
        try:
            return csv_text([column.name for column in self.columns], map(self.cells, rows), dialect)
        except ValueError as error:
            raise ValueError(f"{self.file}: {error}") from error

    def write(self, folder: Path, rows: Iterable[Row]) -> Path:
        """Write the table into a folder, whole or not at all; returns the file.

        Raises:
            ValueError: a value is missing where none may be, or is not finite.
            FileWriteError: the disk refuses.
        """
        path = folder / self.file
        write_text_atomic(path, self.text(rows))
        return path

    def read(self, folder: Path) -> tuple[Row, ...]:
        """The rows of the table in a folder.

        Raises:
            FileNotFoundError: the table is not there.
            TableError: its columns are not the declared ones, or a cell does not fit its column.
        """
        make: Callable[..., Row] = self.row
        if not self._has_groups:
            return tuple(make(*values) for values in self._values(folder))
        return tuple(make(*self._grouped(values)) for values in self._values(folder))

    def read_if_there(self, folder: Path) -> tuple[Row, ...]:
        """The rows of the table in a folder; none where the folder has no such table.

        Raises:
            TableError: its columns are not the declared ones, or a cell does not fit its column.
        """
        return self.read(folder) if (folder / self.file).is_file() else ()

    def read_frame(self, folder: Path) -> pd.DataFrame:
        """The table in a folder as a DataFrame. Raises as `read`."""
        return frame_of(self.columns, list(self._values(folder)))

    def frame(self, rows: Iterable[Row]) -> pd.DataFrame:
        """Rows as a DataFrame: dates as dates, whole numbers as such, blanks as missing values."""
        return frame_of(self.columns, [self._flat(row) for row in rows])

    def plain_rows(self, records: Iterable[Sequence[Any]]) -> tuple[Row, ...]:
        """Rows from plain values, column by column, as JSON holds them: days as text.

        Raises:
            TypeError, ValueError: a record does not have the table's columns.
        """
        make: Callable[..., Row] = self.row
        days = [at for at, column in enumerate(self.columns) if column.type is date]
        found = []
        for record in records:
            values = list(record)
            if len(values) != len(self.columns):
                raise ValueError(f"{self.name}: {len(values)} values for {len(self.columns)} columns")
            for at in days:
                values[at] = None if values[at] is None else date.fromisoformat(values[at])
            found.append(make(*values))
        return tuple(found)

    def plain_frame(self, records: Sequence[Sequence[Any]]) -> pd.DataFrame:
        """A DataFrame from such plain values.

        Raises:
            TypeError, ValueError: a record does not have the table's columns.
        """
        return frame_of(self.columns, records)

    def plain(self, rows: Iterable[Row]) -> list[list[Any]]:
        """Rows as such plain values."""
        return [[value.isoformat() if isinstance(value, date) else value for value in self._flat(row)] for row in rows]

    def filled(self, rows: Sequence[Row] | pd.DataFrame) -> FilledTable[Row]:
        """The table with its rows, or with all of them as one DataFrame of its columns."""
        return FilledTable(self, rows)

    def codebook(self) -> list[CodebookRow]:
        """What each column holds."""
        return [
            CodebookRow(
                table=self.name,
                column=column.name,
                type=TYPE_NAMES[column.type],
                unit=column.about.unit or None,
                meaning_vi=column.about.vi,
                meaning_en=column.about.en,
            )
            for column in self.columns
        ]

    @cached_property
    def _fields(self) -> tuple[tuple[str, bool], ...]:
        """Fields of the row class, and whether each is a group."""
        hints = get_type_hints(self.row)
        return tuple((name, is_group(hint)) for name, hint in hints.items())

    @cached_property
    def _fewest(self) -> int:
        """Columns that a file must have: all up to the last field whose default is not None."""
        needed = [at for at, one in enumerate(fields(self.row), 1) if one.default is not None]  # type: ignore[arg-type]
        return sum(map(len, self._by_field[: max(needed, default=0)]))

    @property
    def _has_groups(self) -> bool:
        return any(many for _, many in self._fields)

    @cached_property
    def _by_field(self) -> tuple[tuple[TableColumn, ...], ...]:
        if not is_dataclass(self.row):
            raise TypeError(f"{self.row.__name__} is not a dataclass")
        hints = get_type_hints(self.row, include_extras=True)
        return tuple(self._columns_of(one.name, hints[one.name]) for one in fields(self.row))

    def _columns_of(self, name: str, hint: Any) -> tuple[TableColumn, ...]:
        """One column, or those of a group."""
        abouts = [one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Column)]
        bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if is_group(bare):
            kind, nullable = kind_of(get_args(bare)[1], f"{self.name}.{name}")
            return tuple(
                TableColumn(each, kind, nullable, about, name) for each, about in self.groups.get(name, {}).items()
            )
        if len(abouts) != 1:
            raise TypeError(f"{self.name}.{name} is not declared as a column")
        return (TableColumn(name, *kind_of(bare, f"{self.name}.{name}"), abouts[0]),)

    def _flat(self, row: Row) -> list[Any]:
        """A row's values, column by column."""
        values: list[Any] = []
        for (name, many), columns in zip(self._fields, self._by_field, strict=True):
            value = getattr(row, name)
            if many:
                values += [value[column.name] for column in columns]
            else:
                values.append(value)
        return values

    def cells(self, row: Row) -> list[str | int | float | None]:
        """A row's values as the CSV file takes them. Raises ValueError as `text`."""
        return [column.cell(value) for column, value in zip(self.columns, self._flat(row), strict=True)]

    def _grouped(self, values: Sequence[Any]) -> list[Any]:
        """Values column by column as the row's fields."""
        found: list[Any] = []
        start = 0
        for (_, many), columns in zip(self._fields, self._by_field, strict=True):
            mine = values[start : start + len(columns)]
            named = {column.name: value for column, value in zip(columns, mine, strict=True)}
            found.append(named if many else mine[0])
            start += len(columns)
        return found

    def _values(self, folder: Path) -> Iterator[list[Value | None]]:
        path = folder / self.file
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            try:
                header = [clean_text(unguarded(name)) for name in next(reader, [])]
                self._check_header(header)
                absent: list[Value | None] = [None] * (len(self.columns) - len(header))
                for cells in reader:
                    if cells:
                        line = self._line(cells, self.columns[: len(header)], f"{self.file}:{reader.line_num}")
                        yield line + absent
            except (UnicodeDecodeError, csv.Error) as error:
                reason = Words("không phải văn bản CSV mã UTF-8", f"is not CSV text in UTF-8: {error}")
                raise TableError(reason, place=self.file, table=self.name) from None

    def _check_header(self, header: Sequence[str]) -> None:
        wanted = [column.name for column in self.columns]
        if list(header) == wanted[: max(len(header), self._fewest)]:
            return
        place = f"{self.file}:1"
        for name in wanted:
            if name not in header:
                missing = Words(f"bảng {self.name} thiếu cột này", f"the table {self.name} lacks this column")
                raise TableError(missing, place=place, table=self.name, column=name)
        for name in header:
            if name not in wanted or header.count(name) > 1:
                strange = Words(f"bảng {self.name} không có cột này", f"the table {self.name} has no such column")
                twice = Words(f"bảng {self.name} có cột này hai lần", f"the table {self.name} has this column twice")
                raise TableError(twice if name in wanted else strange, place=place, table=self.name, column=name)
        name = next(found for found, right in zip(header, wanted, strict=True) if found != right)
        order = Words(
            f"cột của bảng {self.name} sai thứ tự; đúng là: {', '.join(wanted)}",
            f"the columns of the table {self.name} are out of order; they are {', '.join(wanted)}",
        )
        raise TableError(order, place=place, table=self.name, column=name)

    def _line(self, cells: Sequence[str], columns: Sequence[TableColumn], place: str) -> list[Value | None]:
        if len(cells) != len(columns):
            reason = Words(
                f"dòng có {len(cells)} ô, bảng {self.name} có {len(columns)} cột",
                f"the line has {len(cells)} cells, the table {self.name} has {len(columns)} columns",
            )
            raise TableError(reason, place=place, table=self.name)
        values: list[Value | None] = []
        for column, cell in zip(columns, cells, strict=True):
            try:
                values.append(column.parsed(clean_text(unguarded(cell) if column.type is str else cell)))
            except CellError as error:
                raise TableError(error.words, place=place, table=self.name, column=column.name) from None
        return values


@dataclass(frozen=True)
class FilledTable(Generic[Row]):
    """A table with what is in it.

    Attributes:
        table: its declaration.
        content: its rows, or one DataFrame of its columns where there are very many.
    """

    table: Table[Row]
    content: Sequence[Row] | pd.DataFrame

    def text(self) -> str:
        """As CSV text. Raises as `Table.text`."""
        if isinstance(self.content, Sequence):
            return self.table.text(self.content)
        columns = self.table.columns
        return csv_text_of_columns([column.name for column in columns], plain_columns(columns, self.content))

    def write(self, folder: Path) -> Path:
        """Write it into a folder, whole or not at all; returns the file. Raises as `Table.write`."""
        path = folder / self.table.file
        write_text_atomic(path, self.text())
        return path

    def frame(self) -> pd.DataFrame:
        """As a DataFrame."""
        return self.table.frame(self.content) if isinstance(self.content, Sequence) else self.content

    def header_and_cells(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The names of its columns, and its rows as plain values."""
        columns = self.table.columns
        header = tuple(column.name for column in columns)
        if isinstance(self.content, Sequence):
            return header, [tuple(cells) for cells in map(self.table.cells, self.content)]
        return header, list(zip(*plain_columns(columns, self.content), strict=True))
