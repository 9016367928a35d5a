"""Where numbers come from is said in the reader's language: on the page, and in both languages in the workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_report_dossiers import check

from sim.report.baselines import baseline_lines, baselines_sheet
from sim.report.dossiers import check_lines, dossier_checks_sheet
from sim.report.evidence_sheets import parameters_sheet
from sim.report.report_page import report_page
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.workbook import Sheet
from sim.results.words import LANGUAGES, Lang

PARAMETER = {
    "en": "Labour Code 10/2012/QH13, Art. 97 and 106",
    "vi": "Bộ luật Lao động 10/2012/QH13, Điều 97 và Điều 106",
}
BASELINE = {
    "en": "Decision 900/QĐ-UBND B.II.2: 100 % of provincial and district agencies have a LAN",
    "vi": "Quyết định 900/QĐ-UBND, mục B.II.2: 100% cơ quan cấp tỉnh, cấp huyện có mạng nội bộ (LAN)",
}
PUBLISHED = {
    "en": "Long An, first half of 2019; address of the page not kept",
    "vi": "Long An, sáu tháng đầu 2019; không lưu địa chỉ trang",
}
OWN = "khảo sát của Sở Nội vụ, tháng 6/2019"


@pytest.fixture(scope="module")
def tables(table_folder: Path) -> RunTables:
    base = read_run_tables(table_folder)
    first, second, *others = base.parameters
    return replace(
        base,
        parameters=(replace(first, source=PARAMETER["en"]), replace(second, basis="assumed", source=OWN), *others),
        baselines=(replace(base.baselines[0], source=BASELINE["en"]),),
        dossier_checks=(replace(check("long_an_post", 0.1, 0.2, "above"), source=PUBLISHED["en"]),),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_source_in_its_language(tables: RunTables, language: Lang) -> None:
    page = report_page(tables, [], language)
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    for sentence in (PARAMETER, BASELINE):
        assert sentence[language] in page
        assert sentence[other] not in page
    assert OWN in page
    assert baseline_lines(tables.baselines, language)[0].source == BASELINE[language]
    assert check_lines(tables, language)[0].source == PUBLISHED[language]


def last_two(sheet: Sheet) -> list[tuple[object, ...]]:
    assert [column.language for column in sheet.columns[-2:]] == ["vi", "en"]
    return [row[-2:] for row in sheet.rows]


def test_the_workbook_has_both_languages(tables: RunTables) -> None:
    assert last_two(parameters_sheet(tables))[:2] == [(PARAMETER["vi"], PARAMETER["en"]), (OWN, OWN)]
    assert last_two(baselines_sheet(tables)) == [(BASELINE["vi"], BASELINE["en"])]
    assert last_two(dossier_checks_sheet(tables)) == [(PUBLISHED["vi"], PUBLISHED["en"])]
