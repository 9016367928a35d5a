"""The report's page printed on A4 by a browser: short, and no verdict lost; skipped where no Chromium is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from math import ceil
from pathlib import Path

import pytest
from fake_run import target_records, write_fake_run
from fake_tables import agency_quarter_records, write_grouped
from pypdf import PdfReader

from sim.report.board import board_lines
from sim.report.conclusion import page_words
from sim.report.folder import write_report
from sim.report.headlines import headlines
from sim.report.phrases import HEADINGS
from sim.report.report_page import verdict_lines
from sim.report.run_tables import read_run_tables
from sim.results.agency_tables import AGENCIES_BY_QUARTER
from sim.results.words import LANGUAGES, Lang

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
A4_POINTS = (595, 842)
MOST_SHEETS = 12
"""The part before the appendix is shorter than this."""


def without_spaces(text: str) -> str:
    """Lines break anywhere on paper, and browsers join letters (ﬃ)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(page: Path, folder: Path) -> PdfReader:
    """The page as a browser prints it."""
    file = folder / "report.pdf"
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder / 'u'}"]
    command = [str(BROWSER), *words, f"--print-to-pdf={file}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return PdfReader(file)


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine to print with")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_on_the_printed_page(run_folder: Path, tmp_path: Path, language: Lang) -> None:
    reader = printed(run_folder / f"report.{language}.html", tmp_path)
    assert {tuple(round(float(side)) for side in one.mediabox[2:]) for one in reader.pages} == {A4_POINTS}
    paper = without_spaces(" ".join(one.extract_text() for one in reader.pages))
    targets = read_run_tables(run_folder).targets
    board = board_lines(targets, language)
    assert len(board) == 4
    for line in board:
        row = f"{line.chance}{line.sign}{line.verdict}"
        assert without_spaces(f"{line.label}. {line.title}") in paper
        assert without_spaces(row) in paper, row
    for part in page_words(read_run_tables(run_folder), language):
        for point in part.passage.points:
            assert without_spaces(point) in paper, "what is folded on a screen is open on paper"
    for reading in verdict_lines(targets, language):
        last_cells = f"{reading.chance}{reading.first_reached}{reading.verdict}"
        assert without_spaces(last_cells) in paper, last_cells
    first = without_spaces(reader.pages[0].extract_text())
    assert [line.code for line in board if without_spaces(f"{line.sign}{line.verdict}") not in first] == []


@pytest.fixture(scope="module")
def large_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a whole province: twenty targets with a picture each, two hundred agencies on the map."""
    main = target_records()[0]
    targets = [
        main | {"target_id": f"t{number}", "verdict": ("out of reach", "at risk", "undecided (226 more)")[number % 3]}
        for number in range(1, 21)
    ]
    folder = write_fake_run(tmp_path_factory.mktemp("runs") / "large", targets=targets)
    communes = [row for row in agency_quarter_records() if row["tier"] == "commune"]
    places = [
        row | {"agency_id": f"commune.{at}", "district_id": f"d{at // 16}"} for at in range(200) for row in communes
    ]
    write_grouped(folder, AGENCIES_BY_QUARTER, "by_cause", places)
    write_report(folder)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine to print with")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_province_is_told_on_less_than_a_dozen_sheets(
    large_folder: Path, tmp_path: Path, language: Lang
) -> None:
    """Numbers and board on the first sheet, all twenty targets on it; districts whole; the appendix on its own."""
    sheets = [one.extract_text() for one in printed(large_folder / f"report.{language}.html", tmp_path).pages]
    heading = HEADINGS["appendix"].text(language)
    appendix = next(at for at, text in enumerate(sheets) if text.lstrip().startswith(heading))
    assert appendix < MOST_SHEETS
    district = {"vi": "Huyện An Lão", "en": "An Lão district"}[language]
    on_map = [(text.count("An Hòa"), " ".join(text.split()).count(district)) for text in sheets[:appendix]]
    assert sum(districts for _, districts in on_map) == 13
    assert [ceil(tiles / 16) for tiles, _ in on_map] == [districts for _, districts in on_map], "none is torn apart"
    first, tables = without_spaces(sheets[0]), read_run_tables(large_folder)
    board = board_lines(tables.targets, language)
    assert len(board) == 20
    assert [line.code for line in board if without_spaces(f"{line.label}. {line.title}") not in first] == []
    assert [one.label for one in headlines(tables, language) if without_spaces(one.label) not in first] == []
    assert [one.value for one in headlines(tables, language) if without_spaces(one.value) not in first] == []
    before = without_spaces("".join(sheets[:appendix]))
    assert all(without_spaces(f"target_{line.code}.csv") in before for line in board), "every picture"
