"""Tables on a screen of any width: side by side where every word has room, else one row below the other.

Nothing is cropped and no word or number is broken: a column is never narrower than its longest word. Where that leaves
no room for all columns, each row becomes a block of lines, `heading: value`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

NARROWEST_WIDTH = 40
"""Columns of the narrowest screen that answers are made for."""
_GAP = 1
_INDENT = 2
_LEAST_OF_THE_FIRST = 16
"""Columns below which the first column, the longest text as a rule, is no longer read with ease."""

Row = Sequence[Text]


def screen(width: int, *, colour: bool) -> tuple[Console, StringIO]:
    """A console of that width, and what is printed on it."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=max(width, NARROWEST_WIDTH),
        color_system="standard" if colour and not os.environ.get("NO_COLOR") else None,
        force_terminal=colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    return console, stream


def printed(stream: StringIO) -> str:
    """What was printed, without blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def print_table(console: Console, headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Print a table; a cell that begins with two blanks belongs to the row above and is set in by as much."""
    widths = column_widths(headings, rows, console.width)
    if widths is None:
        _print_blocks(console, headings, rows)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, _GAP, 0, 0))
    for heading, width in zip(headings, widths, strict=True):
        table.add_column(Text(heading), width=width, overflow="fold")
    for row in rows:
        table.add_row(*map(_set_in, row))
    console.print(table)


def column_widths(headings: Sequence[str], rows: Sequence[Row], width: int) -> list[int] | None:
    """Columns that each column of a table takes on a screen; None when they do not fit beside each other."""
    texts = [[heading, *(row[at].plain for row in rows)] for at, heading in enumerate(headings)]
    longest = [max(map(_longest_line, column)) for column in texts]
    least = [max(map(_longest_word, column)) for column in texts]
    least[0] = max(least[0], min(longest[0], _LEAST_OF_THE_FIRST))
    room = width - 2 * _GAP * len(texts) - sum(least)  # a column has its padding, and an edge that the box draws
    if room < 0:
        return None
    widths = list(least)
    by_need = sorted(range(len(texts)), key=lambda at: longest[at] - least[at])
    for place, at in enumerate(by_need):
        given = min(longest[at] - least[at], room // (len(texts) - place))
        widths[at] += given
        room -= given
    return widths


def _print_blocks(console: Console, headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Each row below the other: its first cell, then the others that say something, each with its heading."""
    for row in rows:
        console.print(_set_in(row[0]))
        for heading, cell in zip(headings[1:], row[1:], strict=True):
            if cell.plain.strip():
                said = Text.assemble(f"{' '.join(heading.split())}: ", Text(" ").join(cell.split("\n")))
                console.print(Padding(said, (0, 0, 0, 2 * _INDENT)))


def _set_in(cell: Text) -> Text | Padding:
    return Padding(cell[_INDENT:], (0, 0, 0, _INDENT)) if cell.plain.startswith(" " * _INDENT) else cell


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _longest_word(text: str) -> int:
    set_in = _INDENT if text.startswith(" " * _INDENT) else 0
    return set_in + max(map(cell_len, text.split()), default=0)
