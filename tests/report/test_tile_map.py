"""The map of tiles and the table by year: what they print is what the tables hold."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from sim.report.agency_quarters import short_name
from sim.report.formatting import number_text
from sim.report.report_page import report_page
from sim.report.run_tables import RunTables
from sim.report.target_years import years_table
from sim.report.tile_map import SIGNS, tile_map
from sim.results.agency_tables import STOPPED_BY
from sim.results.run_tables import deciding_rows
from sim.results.words import LANGUAGES, Lang

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


def test_each_agency_is_a_tile_in_its_district_with_its_last_quarter_on_it(tables: RunTables) -> None:
    found = tile_map(tables.agencies_by_quarter, "vi")
    assert found is not None
    assert [(row.title, len(row.tiles)) for row in found.rows] == [("Cơ quan cấp tỉnh", 2), ("Huyện An Lão", 1)]
    (commune,) = found.rows[1].tiles
    last = tables.agencies_by_quarter[-1]
    assert (last.agency_id, last.year, last.quarter) == ("commune.an_hoa", 2020, 4)
    assert (commune.short, commune.share, commune.shade) == ("An Hòa", "35%", "s1")
    assert (commune.level, commune.cause) == ("M2", SIGNS["recipient_unreachable"])
    assert found.rows[1].share == "35,0%"
    assert (found.last, found.steps) == ("quý 4/2020", 7)


def test_the_slider_has_every_quarter_of_every_tile(tables: RunTables) -> None:
    found = tile_map(tables.agencies_by_quarter, "en")
    assert found is not None
    met = {row.cause for row in tables.agencies_by_quarter}
    assert [sign for sign, _ in found.signs] == list(SIGNS.values())[: len(found.signs)], (
        "no sign is looked for in vain"
    )
    assert [said.endswith("(nowhere the main one)") for _, said in found.signs] == [
        cause not in met for cause in STOPPED_BY[: len(found.signs)]
    ]
    names, causes = found.quarters.split(";"), found.causes.split(";")
    assert (names[0], names[-1], len(causes)) == ("Q1 2019", "Q4 2020", len(STOPPED_BY))
    for tile in (tile for row in found.rows for tile in row.tiles):
        rows = [row for row in tables.agencies_by_quarter if row.name_en == tile.name]
        said = [one.split(",") for one in tile.quarters.split(";")]
        assert len(said) == len(rows) == len(names)
        for row, (shade, share, level, sign, number) in zip(rows, said, strict=True):
            assert row.share_median is not None
            assert share == f"{number_text(100 * row.share_median, 0, 'en')}%"
            assert shade == f"s{min(4, int(round(100 * row.share_median, 6) // 20))}"
            assert level == f"L{round(row.level_median or 0)}"
            assert (sign, STOPPED_BY[int(number)]) == (SIGNS[row.cause or ""], row.cause)
        assert (tile.shade, tile.share, tile.level, tile.cause) == tuple(said[-1][:4])
    for row in found.rows:
        assert row.quarters.split(";")[-1] == row.share


def test_the_office_of_the_province_has_its_name_on_its_tile(tables: RunTables) -> None:
    office = [
        replace(row, tier="office", name_vi="Ủy ban nhân dân tỉnh (Văn phòng)")
        for row in tables.agencies_by_quarter
        if row.tier == "department"
    ]
    found = tile_map(office, "vi")
    assert found is not None
    assert found.rows[0].tiles[0].short == "Văn phòng UBND tỉnh"


def test_a_town_is_told_from_the_district_that_is_called_so_too(tables: RunTables) -> None:
    """On its tile, and in the lists of a district's agencies."""
    named = {
        "UBND xã An Hòa": ("An Hòa", "An Hòa"),
        "UBND thị trấn An Lão": ("TT. An Lão", "thị trấn An Lão"),
        "UBND phường An Lão": ("P. An Lão", "phường An Lão"),
        "Sở Nội vụ": ("Nội vụ", "Sở Nội vụ"),
    }
    for name, (on_tile, in_list) in named.items():
        rows = [replace(row, name_vi=name) for row in tables.agencies_by_quarter if row.tier == "commune"]
        found = tile_map(rows, "vi")
        assert found is not None
        assert (found.rows[0].tiles[0].short, short_name(rows[0], "vi")) == (on_tile, in_list)


def test_paper_shows_the_end_of_every_year(tables: RunTables) -> None:
    """A strip of shades on each tile, the district's shares beside its name: a slider cannot be printed."""
    found = tile_map(tables.agencies_by_quarter, "vi")
    assert found is not None
    for row in found.rows:
        quarters = row.quarters.split(";")
        assert row.ends == f"cuối năm 2019: {quarters[3]}; 2020: {quarters[7]}"
        for tile in row.tiles:
            shades = [one.split(",")[0] for one in tile.quarters.split(";")]
            assert tile.ends == (shades[3], shades[7])
    page = report_page(tables, [], "vi")
    section = page[page.index('<section id="tiles"') :].partition("</section>")[0]
    assert section.count("<i class=") == 2 * section.count('<div class="tile ')
    assert "dải màu: cuối các năm 2019, 2020" in section
    assert '<small class="paper">(quý của bản in này; muốn quý khác thì kéo thanh trượt' in section
    assert "beforeprint" not in page, "paper has the quarter that the slider shows"


def test_a_quarter_of_too_few_deliveries_is_a_dash_not_a_nought(tables: RunTables) -> None:
    few = [replace(row, share_median=None, cause=None) for row in tables.agencies_by_quarter]
    found = tile_map(few, "en")
    assert found is not None
    tile = found.rows[0].tiles[0]
    assert (tile.share, tile.shade, tile.cause) == ("–", "none", "")
    assert found.signs == ()
    assert tile_map((), "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_the_due_year_are_those_of_the_verdict(tables: RunTables, language: Lang) -> None:
    """In the table by year, on the board and among the readings: one number, and over which months it is counted."""
    table = years_table(tables, language)
    assert table is not None
    page = report_page(tables, [], language)
    counted = {"vi": "mười hai tháng gần nhất", "en": "last twelve months"}[language]
    verdicts = [row for row in deciding_rows(tables.targets) if row.verdict]
    assert len(table.rows) == len(verdicts)
    for number, (line, row) in enumerate(zip(table.rows, verdicts, strict=True), start=1):
        assert row.median is not None
        value = f"{100 * row.median:.1f}%".replace(".", "," if language == "vi" else ".")
        assert line[-1].partition(" ")[2].startswith(f"{value} "), "after the sign of its verdict"
        assert line[0].startswith(f"{number} ({row.target_id}). ")
        assert (line[1] == counted) == (row.measure != "eoffice_linked_share")
    board = page[page.index('class="cards board"') : page.index('<section id="pictures">')]
    assert board.count(f"({counted})") == 2
    assert re.search(rf"95[.,]3%.*?<small>\({counted}\)</small>", board, re.DOTALL)


def test_a_run_without_these_tables_has_neither_section_nor_script(tables: RunTables) -> None:
    page = report_page(replace(tables, agencies_by_quarter=(), targets_by_year=()), [], "vi")
    assert 'id="tiles"' not in page
    assert 'id="by_year"' not in page
    assert "script" not in page


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine to run the page in")
def test_the_slider_wakes_up_in_a_browser(tables: RunTables, tmp_path: Path) -> None:
    """The page's own policy lets its script run: the slider is shown, the tiles have their titles."""
    page = tmp_path / "page.html"
    page.write_text(report_page(tables, [], "vi"), encoding="utf-8")
    words = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'u'}", "--dump-dom"]
    dom = subprocess.run([str(BROWSER), *words, page.as_uri()], check=True, capture_output=True, timeout=240).stdout
    text = unescape(dom.decode())
    (slider,) = re.findall(r"<input id=\"quarter\"[^>]*>", text)
    assert "hidden" not in slider
    assert 'title="Xã An Hòa – 35% – nơi nhận chưa liên thông hoặc chưa nhận được bản điện tử"' in text
