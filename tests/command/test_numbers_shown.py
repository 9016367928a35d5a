"""Every number that a real run's page, workbook and terminal show is the one in its tables.

Tables are read here with the standard library only, and numbers are written out anew.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tiny_province import table

from sim.command import main as program
from sim.report.tally import sign_of

SHEETS = {
    "targets": ("Chỉ tiêu", "threshold median p05 p95 p_reached p_low p_high n"),
    "series": ("Chuỗi tháng", "median p05 p25 p75 p95 n"),
    "causes": ("Nguyên nhân", "year median p05 p95 n share_mean share_p05 share_p95"),
    "spending": ("Kinh phí", "year planned_million_vnd arrived_median committed_median spent_median returned_median n"),
    "agencies": ("Cơ quan", "level_median user_share_median electronic_share_median registry_utilisation_median n"),
    "certificates": ("Chứng thư số", "year median p05 p95 n"),
    "saturation": ("Mức bận", "median p05 p95 saturated_in n"),
    "influence": ("Ảnh hưởng", "rank_correlation n"),
    "variance": ("Phương sai", "parameters_share luck_share luck_low luck_high n_pairs"),
}
"""For each table its sheet, and its columns of numbers in the order of the sheet."""


@pytest.fixture(scope="module")
def blank_workbooks() -> None:
    """None is blank here."""


class PageTables(HTMLParser):
    """The cells of a page's tables, one list of rows a table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.by_kind: dict[str, list[list[str]]] = {}
        self._kind = ""
        self._inside = False
        self._in_body = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._kind = (dict(attrs).get("class") or "").rpartition(" ")[2]
        elif tag == "tbody":
            self.tables.append([])
            self.by_kind[self._kind] = self.tables[-1]
            self._in_body = True
        elif tag == "tr" and self._in_body:
            self.tables[-1].append([])
        elif tag == "td":
            self.tables[-1][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "td"
        self._in_body = self._in_body and tag != "tbody"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def shown(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A run's folder, and what the program answered."""
    folder = tmp_path_factory.mktemp("numbers") / "run"
    capture = pytest.MonkeyPatch()
    answers: list[str] = []
    capture.setattr("sim.command.console.Console.answer", lambda _self, text, **_: answers.append(text))
    words = ["run", str(tiny), "--replications", "5", "--workers", "1", "--out", str(folder), "--lang", "en"]
    assert program.main(words) == 0
    assert program.main([*words, "--details"]) == 0
    capture.undo()
    return folder, "\n".join(answers)


def one_line(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def percent(text: str) -> str:
    return f"{100 * float(text):,.1f}"


def value_text(row: dict[str, str]) -> str:
    return f"{percent(row['median'])}% ({percent(row['p05'])}–{percent(row['p95'])}%)"


def chance_text(row: dict[str, str]) -> str:
    reached = round(float(row["p_reached"]) * int(row["n"]))
    return f"{reached} of {row['n']} simulations ({percent(row['p_low'])}–{percent(row['p_high'])}%)"


def test_the_page_shows_the_verdicts_of_the_table(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    page = PageTables((folder / "report.en.html").read_text(encoding="utf-8"))
    board, verdicts, by_year = (page.by_kind[kind] for kind in ("board", "readings", "years"))
    rows = table(folder, "targets")
    assert (len(board), len(by_year)) == (1, 1)
    assert board[0][2].startswith(f"{percent(rows[0]['median'])}%")
    assert "(last 3 months)" in board[0][2]
    assert f" {percent(rows[0]['median'])}% " in by_year[0][-1], "behind its sign"
    assert len(rows) == len(verdicts) == 3
    for row, cells in zip(rows, verdicts, strict=True):
        assert one_line(cells[3]) == f"{value_text(row)} last 3 months"
        assert one_line(cells[4]) == chance_text(row)


def test_the_page_shows_the_certificates_of_the_table(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    page = PageTables((folder / "report.en.html").read_text(encoding="utf-8"))
    stock = next(row for one in page.tables for row in one if row[0] == "Digital certificates in force")
    rows = [
        row
        for row in table(folder, "certificates")
        if (row["quantity"], row["scope"]) == ("certificates_active", "all")
    ]
    written = [f"{float(row['median']):,.0f} ({float(row['p05']):,.0f}–{float(row['p95']):,.0f})" for row in rows]
    assert [one_line(cell) for cell in stock[1:]] == written


def test_the_terminal_shows_the_verdicts_of_the_table(shown: tuple[Path, str]) -> None:
    folder, answer = shown
    row = table(folder, "targets")[0]
    (board,) = [line for line in answer.splitlines() if " 1 (electronic) Electronic documents" in line]
    assert board.split()[-5:-4] == [f"{percent(row['median'])}%"]
    assert board.split()[-1] == f"{round(float(row['p_reached']) * 5)}/5"
    assert f"{percent(row['median'])}%  Electronic documents" in answer
    assert f"5–95% range {percent(row['p05'])}–{percent(row['p95'])}%" in one_line(answer)
    assert f"({percent(row['p_low'])}–{percent(row['p_high'])}%)" in answer


def test_the_headlines_are_the_numbers_of_the_tables_everywhere(shown: tuple[Path, str]) -> None:
    """Four numbers on top of the page, in the terminal and in the workbook: each written anew from its table."""
    folder, answer = shown
    rows = table(folder, "targets")
    judged = list({row["target_id"]: row for row in reversed(rows)}.values())
    counted = Counter(sign_of(row["verdict"]) for row in judged)
    shares = [row for row in table(folder, "causes") if row["group"] == "not_electronic" and row["share_mean"]]
    last = max(row["year"] for row in shares)
    largest = max((row for row in shares if row["year"] == last), key=lambda row: float(row["share_mean"]))
    (spent,) = [
        row
        for row in table(folder, "money")
        if (row["line_id"], row["source"], row["year"], row["entry"]) == ("all", "all", "all", "spent")
    ]
    values = [
        f"{percent(rows[0]['median'])}%",
        f"{percent(largest['share_mean'])}%",
        f"{float(spent['median']):,.1f} million VND",
    ]
    page = (folder / "report.en.html").read_text(encoding="utf-8")
    shown_values = [unescape(value) for value in re.findall(r'<span class="value">([^<]*)</span>', page)]
    told = {sign: int(count) for sign, count in map(str.split, shown_values[0].split(" · "))}
    assert told == dict(counted) | {"✓": counted["✓"]}
    values = [shown_values[0], *values]
    assert len(shown_values) == len(values)
    with zipfile.ZipFile(folder / "report.en.xlsx") as archive:
        cells = "\n".join(unescape(archive.read(name).decode()) for name in archive.namelist() if name.endswith(".xml"))
    for value, said in zip(values, shown_values, strict=True):
        assert value in re.split(" and ", said), said
        assert f": {said}. " in cells
        assert said in answer


@pytest.mark.parametrize("name", SHEETS)
def test_the_workbook_holds_the_numbers_of_the_tables(shown: tuple[Path, str], name: str) -> None:
    folder, _ = shown
    sheet, columns = SHEETS[name]
    rows = table(folder, name)
    held = [numbers for numbers in sheet_numbers(folder / "report.xlsx", sheet) if numbers]
    assert len(held) == len(rows) > 0
    for row, numbers in zip(rows, held, strict=True):
        wanted = [float(row[column]) for column in columns.split() if row[column]]
        left = iter(numbers)
        assert all(any(value == pytest.approx(one) for one in left) for value in wanted), (row, numbers)


def sheet_numbers(workbook: Path, sheet: str) -> list[list[float]]:
    """The numbers of each row of a sheet, in their order."""
    with zipfile.ZipFile(workbook) as archive:
        names = re.findall(r'<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        place = [unescape(one) for one in names].index(sheet) + 1
        text = archive.read(f"xl/worksheets/sheet{place}.xml").decode()
    rows = re.findall(r"<row .*?</row>", text, re.DOTALL)
    return [[float(value) for value in re.findall(r'<c r="\w+"(?: s="\d+")?><v>([^<]*)</v>', row)] for row in rows]
