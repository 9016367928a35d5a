"""The report's page printed on A4 by a browser loses no verdict; skipped where no Chromium is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from sim.report.board import board_lines
from sim.report.report_page import verdict_lines
from sim.report.run_tables import read_run_tables
from sim.results.words import LANGUAGES, Lang

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
A4_POINTS = (595, 842)


def without_spaces(text: str) -> str:
    """Lines break anywhere on paper, and browsers join letters (ﬃ)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine to print with")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_on_the_printed_page(run_folder: Path, tmp_path: Path, language: Lang) -> None:
    printed = tmp_path / "report.pdf"
    page = run_folder / f"report.{language}.html"
    words = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path / 'u'}",
    ]
    subprocess.run(
        [str(BROWSER), *words, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=240
    )
    reader = PdfReader(printed)
    assert {tuple(round(float(side)) for side in one.mediabox[2:]) for one in reader.pages} == {A4_POINTS}
    paper = without_spaces(" ".join(one.extract_text() for one in reader.pages))
    targets = read_run_tables(run_folder).targets
    board = board_lines(targets, language)
    assert len(board) == 4
    for line in board:
        row = f"{line.chance}{line.sign}{line.verdict}"
        assert without_spaces(f"{line.label}. {line.title}") in paper
        assert without_spaces(row) in paper, row
    for reading in verdict_lines(targets, language):
        last_cells = f"{reading.chance}{reading.first_reached}{reading.verdict}"
        assert without_spaces(last_cells) in paper, last_cells
    first = without_spaces(reader.pages[0].extract_text())
    assert [line.code for line in board if without_spaces(f"{line.sign}{line.verdict}") not in first] == []
