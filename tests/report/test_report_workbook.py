from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from fake_run import HOSTILE_TITLE

import sim.report.workbook as workbook_module
from sim.report.parameter_words import readable_parameter
from sim.report.run_tables import read_run_tables
from sim.report.run_workbook import mandates_sheet, run_sheets, write_workbook
from sim.report.target_years import target_years_sheet
from sim.report.words import term
from sim.report.workbook import Column, Quantity, Sheet, safe_text, sheet_name, workbook_bytes
from sim.report.workbook_charts import simulated_years
from sim.results.cell_text import clean_text
from sim.results.run_tables import ParameterRow, SeriesRow
from sim.results.words import Words

NAMES = [
    "Mục lục",
    "Tóm tắt",
    "Biểu đồ",
    "Chỉ tiêu",
    "Theo năm",
    "Theo huyện",
    "Chuỗi tháng",
    "Nguyên nhân",
    "Kinh phí",
    "Tổng kinh phí",
    "Cơ quan",
    "Cơ quan theo quý",
    "Tham số",
    "Mức xuất phát",
    "Mốc",
    "Hồ sơ",
    "Đối chiếu",
    "Chứng thư số",
    "Mức bận",
    "Quá tải",
    "Làm thêm",
    "Chưa có",
    "Vì sao chưa có",
    "Thời gian",
    "Chỉ thị",
    "Ảnh hưởng",
    "Phương sai",
    "Thuật ngữ",
]


class Cells(HTMLParser):
    """The cells of a sheet, or the texts of the shared strings, as plain marked-up text."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.rows: list[dict[int, tuple[str, str]]] = []
        self.strings: list[str] = []
        self.names: list[str] = []
        self._inside = ""
        self._cell = (0, "")
        self.feed(part)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag
        if tag == "row":
            self.rows.append({})
        elif tag == "c":
            letters = re.sub(r"\d", "", given["r"] or "")
            self._cell = (_column_number(letters), given.get("t") or "")
        elif tag == "si":
            self.strings.append("")
        elif tag == "sheet":
            self.names.append(given["name"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        column, kind = self._cell
        if self._inside == "v":
            self.rows[-1][column] = (kind, data)
        elif self._inside == "t":
            self.strings[-1] += data


class Book:
    """A workbook as its parts say, read without the library that wrote it."""

    def __init__(self, content: bytes) -> None:
        archive = zipfile.ZipFile(BytesIO(content))
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        self.parts = {name: archive.read(name).decode() for name in names}
        self.strings = Cells(self.parts["xl/sharedStrings.xml"]).strings
        self.names = Cells(self.parts["xl/workbook.xml"]).names

    def rows(self, name: str) -> list[list[str | float | None]]:
        part = self.parts[f"xl/worksheets/sheet{self.names.index(name) + 1}.xml"]
        found: list[list[str | float | None]] = []
        for row in Cells(part).rows:
            values = {
                column: self.strings[int(text)] if kind == "s" else float(text) for column, (kind, text) in row.items()
            }
            found.append([values.get(at) for at in range(1, max(values, default=0) + 1)])
        return found


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@pytest.fixture(scope="module")
def book(run_folder: Path) -> Book:
    return Book((run_folder / "report.xlsx").read_bytes())


@pytest.fixture(scope="module")
def hostile_book(hostile_folder: Path) -> Book:
    return Book((hostile_folder / "report.xlsx").read_bytes())


def test_a_workbook_is_in_one_language(book: Book, run_folder: Path) -> None:
    assert book.names == NAMES
    headings = book.rows("Chỉ tiêu")[1]
    assert headings[:4] == ["Mã", "Chỉ tiêu", "Chỉ số đo", "Phạm vi"]
    assert headings[5] == "Ngưỡng"
    english = Book((run_folder / "report.en.xlsx").read_bytes())
    assert english.names[:4] == ["Contents", "Summary", "Charts", "Targets"]
    assert len(english.names) == len(NAMES)
    assert english.rows("Targets")[1][5] == "Threshold"
    assert [len(row) for row in english.rows("Targets")] == [len(row) for row in book.rows("Chỉ tiêu")]
    words = {str(cell) for row in english.rows("Targets")[1:] for cell in row if isinstance(cell, str)}
    assert not words & {"đạt được", "khó hoàn thành", "toàn tỉnh"}


def test_the_first_sheet_links_to_all_others(book: Book) -> None:
    rows = book.rows("Mục lục")
    assert [row[0] for row in rows[2 : 1 + len(NAMES)]] == NAMES[1:]
    links = re.findall(r'<hyperlink [^>]*location="([^"]*)"', book.parts["xl/worksheets/sheet1.xml"])
    assert [unescape(link) for link in links] == [f"'{name}'!A1" for name in NAMES[1:]]


def test_charts_are_drawn_from_cells_of_the_tables(book: Book, run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    charts = [part for name, part in book.parts.items() if name.startswith("xl/charts/")]
    drawn = {row.target_id for row in tables.targets_by_year if row.reading == "plan" and row.median is not None}
    assert len(charts) == 1 + len(drawn)
    assert any("barChart" in part for part in charts)
    bands = [part for part in charts if "areaChart" in part and "lineChart" in part]
    assert len(bands) == len(drawn)
    held = {cell for row in book.rows("Biểu đồ") for cell in row if isinstance(cell, float)}
    first = next(row for row in tables.targets_by_year if row.median is not None)
    assert {first.median, first.p05, float(first.year)} <= held


def test_sheets_print_on_a4_and_long_ones_their_first_rows(book: Book) -> None:
    for name in NAMES:
        part = book.parts[f"xl/worksheets/sheet{NAMES.index(name) + 1}.xml"]
        assert 'paperSize="9"' in part, name
        assert 'orientation="landscape"' in part, name
        assert 'fitToWidth="0"' not in part, name
    areas = dict(
        re.findall(
            r"<definedName name=.*?Print_Area.*?>'?([^'!]*)'?!([^<]*)</definedName>", book.parts["xl/workbook.xml"]
        )
    )
    long = {name for name in NAMES[3:] if len(book.rows(name)) > 2 + workbook_module.MOST_PRINTED_ROWS}
    assert areas.keys() == long | {"Biểu đồ"}
    assert all(areas[name].endswith(f"${2 + workbook_module.FIRST_PRINTED_ROWS}") for name in long)


def test_verdicts_have_their_colours(book: Book) -> None:
    rules = book.parts[f"xl/worksheets/sheet{NAMES.index('Tóm tắt') + 1}.xml"]
    assert rules.count('operator="beginsWith"') == len(workbook_module.VERDICT_FILLS)


def test_numbers_are_numbers_and_blanks_are_empty(book: Book) -> None:
    rows = book.rows("Chỉ tiêu")
    assert rows[2][5:12] == [0.95, 44196.0, "mười hai tháng gần nhất", 0.953, 0.902, 0.981, 0.9]
    blank = rows[-1]
    assert blank[0] == "c2"
    assert blank[5:7] == [1.0, 44196.0]
    assert blank[8:14] == [None] * 6
    assert blank[14] == 0.0


def test_every_row_of_the_tables_is_in_the_book(book: Book, run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    for name, rows in (
        ("Theo năm", tables.targets_by_year),
        ("Chuỗi tháng", tables.series),
        ("Nguyên nhân", tables.causes),
        ("Kinh phí", tables.spending),
        ("Tổng kinh phí", tables.money),
        ("Cơ quan", tables.agencies),
        ("Chưa có", tables.unserved),
        ("Vì sao chưa có", tables.lacking),
        ("Cơ quan theo quý", tables.agencies_by_quarter),
        ("Theo huyện", tables.targets_by_district),
        ("Tham số", tables.parameters),
        ("Mức xuất phát", tables.baselines),
    ):
        assert len(book.rows(name)) == 2 + len(rows), name
    medians = [row[5] if len(row) > 5 else None for row in book.rows("Chuỗi tháng")[2:]]
    assert medians == [row.median for row in tables.series]


def test_the_summary_says_what_the_page_says(book: Book, run_folder: Path) -> None:
    rows = book.rows("Tóm tắt")
    said = [str(row[0]) for row in rows if row and row[0]]
    assert any(words.startswith("Kết quả sơ bộ (20 lần mô phỏng)") for words in said)
    assert "Kinh phí đã giải ngân, 2016–2020: 24.279,8 triệu đồng." in "\n".join(said)
    verdict = next(row for row in rows if row and str(row[0]).startswith("1 (a3). Văn bản trao đổi"))
    assert verdict[3:7] == [0.953, 0.902, 0.981, 0.9]
    assert verdict[10:] == ["đạt được"]
    in_english = Book((run_folder / "report.en.xlsx").read_bytes())
    english = [str(row[0]) for row in in_english.rows("Summary") if row]
    assert any(words.startswith("Where the spread comes from. ") for words in english)


def test_spending_outside_the_horizon_is_marked(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    short = replace(tables, manifest=replace(tables.manifest, horizon_end=date(2017, 12, 31)))
    sheet = next(sheet for sheet in run_sheets(short) if sheet.name.startswith("Kinh phí"))
    marks = {(row[5].value, row[-2]) for row in sheet.rows if isinstance(row[5], Quantity)}
    assert marks == {(2016, "có"), (2017, "có"), (2018, "không"), (2019, "không"), (2020, "không")}


@pytest.mark.parametrize("which", ["book", "hostile_book"])
def test_no_cell_is_a_formula_and_nothing_links_out(which: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(which)
    for name, part in book.parts.items():
        assert "<f>" not in part, name
        assert "<f " not in part, name
        assert "r:id=" not in "".join(re.findall(r"<hyperlink [^>]*>", part)), name
        assert 'TargetMode="External"' not in part, name


def test_hostile_titles_stay_text(hostile_book: Book) -> None:
    assert clean_text(HOSTILE_TITLE) in hostile_book.strings
    assert hostile_book.rows("Chỉ tiêu")[2][1] == HOSTILE_TITLE.replace("\x1b", "\ufffd")
    assert hostile_book.rows("Chỉ tiêu")[2][3] == "=1+1"
    assert "<script>" not in hostile_book.parts["xl/sharedStrings.xml"]
    core = hostile_book.parts["docProps/core.xml"]
    assert clean_text(HOSTILE_TITLE)[:40] in unescape(core)
    assert hostile_book.names == NAMES


def test_markup_that_the_writer_would_pass_on_raw_is_text() -> None:
    markup = '<r><t>shown</t></r><si><t>smuggled</t></si><r><t xml:space="x"></r>'
    content = workbook_bytes([_sheet(("x", markup, "_x0041_", "\x01"))], "t", date(2016, 1, 1))
    book = Book(content)
    assert book.rows("Sheet")[2][1] == markup + " "
    assert "_x005F_x0041_" in book.parts["xl/sharedStrings.xml"]


def test_long_text_and_early_days_do_not_break_the_file() -> None:
    rows = Book(workbook_bytes([_sheet(("đ" * 40_000, date(1, 1, 1), date(2016, 2, 29)))], "t", date(2016, 1, 1))).rows
    long, early, day = rows("Sheet")[2]
    assert len(str(long)) == 32_000
    assert (early, day) == ("0001-01-01", 42429.0)
    assert safe_text("short") == "short"


def test_what_does_not_fit_goes_to_a_second_sheet_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "ROWS_PER_SHEET", 2)
    sheet = replace(_sheet(("a",)), rows=tuple((str(at),) for at in range(5)))
    book = Book(workbook_bytes([sheet], "t", date(2016, 1, 1)))
    assert book.names == ["Mục lục", "Sheet", "Sheet (2)", "Sheet (3)"]
    assert book.rows("Sheet (3)")[0] == ["Trang, phần (3/3)"]
    assert [row[0] for name in book.names[1:] for row in book.rows(name)[2:]] == ["0", "1", "2", "3", "4"]


def test_sheet_names_are_legal_and_apart() -> None:
    taken: set[str] = set()
    names = [sheet_name(wanted, taken) for wanted in ("a/b:c", "A B C", "'x'", "", "ế" * 40, "ế" * 40, "History")]
    assert names == ["a b c", "A B C (2)", "x", "Sheet", "ế" * 31, "ế" * 27 + " (2)", "History (2)"]
    assert all(len(name) <= 31 for name in names)


def test_the_same_tables_give_the_same_bytes(run_folder: Path, tmp_path: Path) -> None:
    write_workbook(read_run_tables(run_folder), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (run_folder / "report.xlsx").read_bytes()
    assert "2016-01-01T00:00:00Z" in Book((tmp_path / "again.xlsx").read_bytes()).parts["docProps/core.xml"]


@pytest.mark.parametrize(
    ("unit", "numbers", "expected"),
    [
        ("ms", (60000.0, 300000.0, 600000.0), (1.0, 5.0, 10.0, "phút")),
        ("ms", (None, 7776000000.0, None), (None, 90.0, None, "ngày đêm")),
        ("ms", (1.0, 500.0, 900.0), (0.001, 0.5, 0.9, "giây")),
        ("byte", (1e6, 62500000.0, 7e7), (1.0, 62.5, 70.0, "MB")),
        ("bit/s", (1e5, 640000.0, 1e6), (100.0, 640.0, 1000.0, "kbit/s")),
        ("1", (0.1, 0.2, 0.3), (0.1, 0.2, 0.3, "")),
        ("agencies", (1.0, 2.0, None), (1.0, 2.0, None, "cơ quan")),
    ],
)
def test_parameters_in_units_people_use(
    unit: str,
    numbers: tuple[float | None, float, float | None],
    expected: tuple[float | None, float, float | None, str],
) -> None:
    low, value, high = numbers
    shown = readable_parameter(ParameterRow("k", unit, low, value, high, "", "", "", "khóa", "key", None), "vi")
    assert (shown.low, shown.value, shown.high, shown.unit) == expected


def _sheet(row: tuple[str | date, ...]) -> Sheet:
    columns = tuple(Column(Words("cột", "column")) for _ in row)
    return Sheet("Sheet", Words("Trang", "Sheet"), columns, (row,))


def test_titles_of_charts_are_whole(run_folder: Path, tmp_path: Path) -> None:
    """A target's name is its meaning: cut, it may say another thing."""
    tables = read_run_tables(run_folder)
    long = "Tỷ lệ văn bản gửi đi dưới dạng điện tử trong tổng số văn bản của các cơ quan nhà nước cấp tỉnh và cấp huyện"
    targets = tuple(replace(row, title_vi=long) for row in tables.targets)
    write_workbook(replace(tables, targets=targets), tmp_path / "long.xlsx")
    with zipfile.ZipFile(tmp_path / "long.xlsx") as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    drawn = [" ".join(re.sub(r"<[^>]*>", " ", part).split()) for part in charts]
    assert sum(long in text for text in drawn) == len(charts)
    assert not any("…" in text for text in drawn)


def test_a_chart_joins_no_draws_of_money_to_simulations(run_folder: Path) -> None:
    """The year whose verdict is made of thousands of draws has the simulations' own number in the line."""
    tables = read_run_tables(run_folder)
    years = [row for row in tables.targets_by_year if row.target_id == tables.targets_by_year[0].target_id]
    last = replace(years[-1], state="reachable (money alone, 10000 draws)", median=0.123, n=10_000)
    beside = SeriesRow(last.as_of, last.measure, last.scope, "true", "share", 0.7, 0.6, 0.65, 0.75, 0.8, 20)
    drawn = simulated_years([*years[:-1], last], [beside])
    assert drawn[:-1] == [row for row in years[:-1] if row.median is not None]
    assert (drawn[-1].year, drawn[-1].median, drawn[-1].p95, drawn[-1].n) == (last.year, 0.7, 0.8, 20)
    assert simulated_years([last], []) == []


def test_a_year_stands_beside_the_threshold_that_the_plan_states(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    rounded = replace(tables.targets[0], threshold=0.995, stated_threshold=1.0)
    sheet = target_years_sheet(replace(tables, targets=(rounded, *tables.targets[1:])))
    assert Quantity(1.0, "share") in sheet.rows[0]
    assert "coi là đạt khi từ 99,5%, như báo cáo làm tròn" in sheet.rows[0]


def test_tiers_of_orders_are_words(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    one = replace(tables.mandates[0], tiers="department;commune")
    sheet = mandates_sheet(replace(tables, mandates=(one,)))
    assert sheet.rows[0][-2:] == tuple(
        ", ".join(term("tier", tier, lang) for tier in ("department", "commune")) for lang in ("vi", "en")
    )
