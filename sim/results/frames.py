"""Tables as pandas DataFrames and back: dates as dates, whole numbers as such, blanks as missing values.

Pandas is imported when a frame is first wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from sim.results.csv_text import CsvValue


class FrameColumn(Protocol):
    """What a frame must know of a column."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def type(self) -> type:
        """Its type: `str`, `int`, `float`, `date` or `bool`."""

    @property
    def nullable(self) -> bool:
        """Whether it may be blank."""


_DTYPES: dict[tuple[type, bool], str] = {
    (str, False): "string",
    (str, True): "string",
    (int, False): "int64",
    (int, True): "Int64",
    (float, False): "float64",
    (float, True): "float64",
    (date, False): "datetime64[s]",
    (date, True): "datetime64[s]",
    (bool, False): "bool",
    (bool, True): "boolean",
}


def frame_of(columns: Sequence[FrameColumn], records: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Values by row and column as a DataFrame; days may be dates or text.

    Raises:
        TypeError, ValueError: a record does not have these columns, or values of their types.
    """
    import pandas as pd

    width = len(columns)
    if set(map(len, records)) - {width}:
        raise ValueError(f"a record does not have {width} values")
    return pd.DataFrame(
        {column.name: _series([record[at] for record in records], column) for at, column in enumerate(columns)}
    )


def plain_columns(columns: Sequence[FrameColumn], frame: pd.DataFrame) -> list[list[CsvValue]]:
    """The columns of a frame as they are written: blanks as None, days as text, yes and no as 1 and 0.

    Raises:
        ValueError: the frame has other columns, or a blank where none may be.
    """
    names = [column.name for column in columns]
    if list(frame.columns) != names:
        raise ValueError(f"a frame has the columns {', '.join(frame.columns)}, not {', '.join(names)}")
    return [_plain_column(frame[column.name], column) for column in columns]


def _series(values: list[Any], column: FrameColumn) -> pd.Series[Any]:
    import numpy as np
    import pandas as pd

    if column.type is float and None not in values:
        return pd.Series(np.array(values, np.float64))
    if column.type is date:
        return pd.Series(np.array(values, "datetime64[s]"))
    if column.type is str:
        return pd.Series(np.array(values, object), dtype="string")
    return pd.Series(values, dtype=_DTYPES[column.type, column.nullable])


def _plain_column(series: pd.Series[Any], column: FrameColumn) -> list[CsvValue]:
    import numpy as np

    blank = series.isna()
    if blank.any() and not column.nullable:
        raise ValueError(f"{column.name} may not be blank")
    if column.type is date:
        values = np.datetime_as_string(series.to_numpy(), unit="D").tolist()
    elif column.type is bool:
        values = series.astype("Int64").tolist()
    else:
        values = series.tolist()
    if not blank.any():
        return list(values)
    return [None if missing else value for value, missing in zip(values, blank.tolist(), strict=True)]
