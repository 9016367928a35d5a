"""Tables and answers on screens of any width: every word and number whole, in its cell and in order."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.text import Text

from sim.report.terminal import run_folder_text
from sim.report.text_table import column_widths, print_table, printed, screen
from sim.results.words import LANGUAGES, Lang

WIDTHS = (40, 60, 82, 120, 200)
HEADINGS = ("Chỉ tiêu", "Ngưỡng,\nhạn", "Kết luận")
ROWS = (
    ("1. Văn bản trao đổi giữa các cơ quan trong tỉnh", "95%\n31/12/2020", "undecided (14 more runs needed)"),
    ("  – theo số liệu thực", "", "chưa đủ cơ sở kết luận (cần chạy thêm 42 lần mô phỏng)"),
    ("2. Hồ_sơ_nộp_qua_mạng", "1.250.000\n31/12/2020", "—"),
)


def counted(text: str) -> Counter[str]:
    """How often each word stands in a text, whether or not it ends with the colon of a heading."""
    return Counter(word.rstrip(":") for word in text.replace("─", " ").split())


words = st.text("aĐộ1.(%–", min_size=1, max_size=12)
cells = st.lists(words, max_size=8).map(" ".join)


def table_of(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], width: int) -> str:
    console, stream = screen(width, colour=False)
    print_table(console, headings, [[Text(cell) for cell in row] for row in rows])
    return printed(stream)


def told(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], width: int) -> list[list[str]]:
    """The words of each column, read from where it stands on the screen, or those of each row when stacked."""
    lines = table_of(headings, rows, width).splitlines()
    widths = column_widths(headings, [[Text(cell) for cell in row] for row in rows], width)
    if widths is None:
        return [" ".join(lines).split()]
    ends = list(accumulate(taken + 2 for taken in widths))
    starts = [0, *ends[:-1]]
    body = [line for line in lines if not set(line) <= {"─"}]
    return [" ".join(line[start:end] for line in body).split() for start, end in zip(starts, ends, strict=True)]


def expected(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], width: int) -> list[list[str]]:
    if column_widths(headings, [[Text(cell) for cell in row] for row in rows], width) is not None:
        return [" ".join([heading, *(row[at] for row in rows)]).split() for at, heading in enumerate(headings)]
    stacked = [
        part
        for row in rows
        for at, cell in enumerate(row)
        if at == 0 or cell.strip()
        for part in ([cell] if at == 0 else [f"{' '.join(headings[at].split())}:", cell])
    ]
    return [" ".join(stacked).split()]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_cell_holds_its_words_in_order(width: int) -> None:
    assert told(HEADINGS, ROWS, width) == expected(HEADINGS, ROWS, width)
    assert max(map(len, table_of(HEADINGS, ROWS, width).splitlines())) <= width


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=4), st.integers(40, 130))
def test_no_table_loses_a_word_at_any_width(rows: list[tuple[str, ...]], width: int) -> None:
    headings = ("Trường hợp", "Trung vị\n(khoảng)", "Số", "Kết luận")
    assert told(headings, tuple(rows), width) == expected(headings, tuple(rows), width)
    assert max(map(len, table_of(headings, tuple(rows), width).splitlines()), default=0) <= width


def test_a_short_column_is_whole_before_a_long_one_gets_more() -> None:
    widths = column_widths(HEADINGS, [[Text(cell) for cell in row] for row in ROWS], 82)
    assert widths is not None
    assert widths[1] == len("31/12/2020")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_answer_of_a_run_says_the_same_at_every_width(run_folder: Path, width: int, language: Lang) -> None:
    text = run_folder_text(run_folder, language, width, details=True)
    assert max(map(len, text.splitlines())) <= width
    wide = counted(run_folder_text(run_folder, language, 400, details=True))
    missing = set(wide - counted(text))
    assert missing <= {"Chỉ", "tiêu", "Target"}, "rows below each other need no heading for what they are about"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_short_answer_shortens_titles_only(run_folder: Path, width: int, language: Lang) -> None:
    text = run_folder_text(run_folder, language, width)
    assert max(map(len, text.splitlines())) <= width
    wide, here = (
        {word.rstrip(";.,") for word in one.split()} for one in (run_folder_text(run_folder, language, 400), text)
    )
    assert {word for word in wide - here if word[0].isdigit()} == set()
