"""Certificates, overloaded posts and values given from outside, in page, workbook, figure and terminal."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path

import pytest

from sim.report.certificates import certificate_section, certificates_sheet
from sim.report.conclusion import conclusion, verdict_passage
from sim.report.delays import delay_table, delays_sheet
from sim.report.figures.certificates import certificate_pictures, panels
from sim.report.figures.drawing import house_style
from sim.report.figures.fan_chart import fan_pictures
from sim.report.formatting import BLANK
from sim.report.overtime import overtime_sheet, overtime_table
from sim.report.report_page import report_page, verdict_lines
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.run_workbook import targets_sheet
from sim.report.saturation import posts_sheet, posts_table, saturation_lines, saturation_passage, saturation_sheet
from sim.report.terminal import answer_text
from sim.report.workbook import Quantity
from sim.results.service_tables import CertificateRow, DelayRow, OvertimeRow, SaturatedPostRow, SaturationRow
from sim.results.words import LANGUAGES, Lang

EVIDENCE = dict.fromkeys(LANGUAGES, "")
NOTE = {"vi": "lấy từ nguồn ngoài, mô hình không tính", "en": "given from outside, not simulated"}


def of_year(year: int, quantity: str, scope: str, unit: str, median: float) -> CertificateRow:
    return CertificateRow(year, quantity, scope, unit, median, 0.5 * median, 2.0 * median, 20)


@pytest.fixture(scope="module")
def tables(table_folder: Path) -> RunTables:
    base = read_run_tables(table_folder)
    certificates = [
        row
        for year, factor in ((2019, 1.0), (2020, 2.0))
        for row in (
            of_year(year, "certificates_active", "all", "certificates", 120.0 * factor),
            of_year(year, "certificates_expiring_quarter", "all", "certificates", 3.0),
            of_year(year, "certificates_expired", "all", "certificates", 0.0),
            of_year(year, "token_wait_days", "all", "days", 18.0),
            of_year(year, "exchange_signed_share", "all", "share", 0.1 * factor),
            of_year(year, "exchange_signed_share", "tier:commune", "share", 0.02),
            of_year(year, "refusal_share", "all", "share", 0.03),
            of_year(year, "refusal_share", "cause:seal_missing", "share", 0.001),
            of_year(year, "refusal_share", "cause:too_large", "share", 0.02),
            of_year(year, "refusal_share", "cause:foreign_chain", "share", 0.0),
        )
    ]
    load = (
        SaturationRow("leader:district", 0.4, 0.3, 0.5, 0, 20),
        SaturationRow("officers:district", 0.7, 0.3, 0.96, 1, 20),
        SaturationRow("registry:office", 0.97, 0.8, 1.0, 13, 20),
    )
    drowned = tuple(
        SaturatedPostRow(*astuple(base.agencies[at])[:7], year, "officers", times, 20, 0.991)
        for at, times in ((1, 3), (2, 7))
        for year in (2019, 2020)
    )
    delays = (
        DelayRow(2019, "delivery_hours_p95", "all", 120.0, 40.0, 700.0, False, False, True, 2, 20),
        DelayRow(2020, "delivery_hours_p95", "all", 340.0, 9.5, 900.0, True, False, True, 12, 20),
        DelayRow(2020, "delivery_hours_p95", "channel:mail", 20.0, 9.0, 30.0, False, False, False, 0, 20),
        DelayRow(2020, "delivery_hours_p95", "tier:commune", 21.0, 9.0, 30.0, False, False, False, 0, 20),
    )
    overtime = (
        OvertimeRow(2020, "all", 1234.0, 500.0, 4000.0, 5000.0, 0.25, 0.1, 0.8, 77.0, 5.0, 300.0, 120.0, 20),
        OvertimeRow(2020, "tier:district", 1200.0, 480.0, 3900.0, 2400.0, 0.5, 0.2, 1.0, 70.0, 4.0, 290.0, None, 20),
        OvertimeRow(2020, "tier:commune", 0.0, 0.0, 0.0, 900.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, 20),
    )
    return replace(
        base,
        certificates=tuple(certificates),
        saturation=load,
        saturated_posts=drowned,
        delays=delays,
        overtime=overtime,
    )


def test_certificates_by_year_in_words(tables: RunTables) -> None:
    section = certificate_section(tables, "en")
    assert section is not None
    assert section.years == ("2019", "2020")
    assert "token in hand" in section.note
    assert "not to the first signature" in section.note
    lines = {line.title: line.values for line in section.lines}
    assert lines["With a valid signature, whole province"] == ("10.0%\n(5.0–20.0%)", "20.0%\n(10.0–40.0%)")
    assert lines["– because: file too large"][0] == "2.00%\n(1.00–4.00%)"
    assert list(lines)[-2:] == ["– because: file too large", "– because: the agency's signature is missing"]
    assert certificate_section(replace(tables, certificates=()), "en") is None


def test_the_figure_draws_what_its_csv_holds(tables: RunTables) -> None:
    (picture,) = certificate_pictures(tables, EVIDENCE)
    with house_style():
        figure = picture.draw("vi")
    drawn = [list(container.lines[0].get_ydata()) for axes in figure.axes for container in axes.containers]
    curves = [curve for panel in panels(tables.certificates) for curve in panel]
    written = [[row[4] for row in picture.data.rows if (row[0], row[1]) == curve] for curve in curves]
    assert drawn == written
    assert [120.0, 240.0] in drawn
    assert certificate_pictures(replace(tables, certificates=()), EVIDENCE) == []


def test_overloaded_posts_are_named_the_most_frequent_first(tables: RunTables) -> None:
    first, second = saturation_lines(tables, "en")
    assert (first.post, first.times) == ("Registry, provincial People's Committee Office", "13 of 20 simulations")
    assert second.post == "Officers, district"
    passage = saturation_passage(tables, "vi")
    assert passage is not None
    assert "văn thư, Văn phòng UBND tỉnh (13 trong 20 lần mô phỏng); chuyên viên, cấp huyện (1" in passage.opening
    idle = saturation_passage(replace(tables, saturation=tables.saturation[:1]), "en")
    assert idle is not None
    assert idle.opening.startswith(
        "In the last twelve months, all agencies of a kind together, no post is busy above 95%"
    )
    assert saturation_passage(replace(tables, saturation=()), "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sections_stand_on_the_page(tables: RunTables, language: Lang) -> None:
    page = report_page(tables, [], language)
    heading = {"vi": ("Chứng thư số và chữ ký số", "Bộ phận quá tải"), "en": ("Certificates and", "Overloaded posts")}
    assert all(f"<h2>{words}" in page for words in heading[language])
    assert any(part.lead in {"Quá tải", "Overload"} for part in conclusion(tables, language))
    assert "(tiếng Anh)" not in page


def test_single_posts_are_named_the_most_frequent_first(tables: RunTables) -> None:
    table = posts_table(tables, "en")
    assert table is not None
    assert [row[3] for row in table.rows] == ["2019: 7; 2020: 7", "2019: 3; 2020: 3"]
    assert [row[:2] for row in table.rows] == [
        ("An Hòa commune", "An Lão district"),
        ("Department of Information", BLANK),
    ]
    assert table.rows[0][2].startswith("Officers, ")
    assert table.rows[0][4] == "99.1%"
    assert "2 in at least one" in table.note
    assert posts_table(replace(tables, saturated_posts=()), "en") is None


def test_a_delay_whose_end_was_not_seen_is_marked(tables: RunTables) -> None:
    table = delay_table(tables, "en")
    assert table is not None
    assert table.columns[2:] == ("2019", "2020")
    assert [row[2:] for row in table.rows] == [
        ("120 hours (40–> 700)", "> 340 hours (9.5–> 900)"),
        (BLANK, "20 hours (9.0–30)"),
    ]
    assert "“>”" in table.note
    assert delay_table(replace(tables, delays=()), "en") is None
    page = report_page(tables, [], "vi")
    assert "&gt; 340 giờ (9,5–&gt; 900)" in page
    assert "Quá tải ở từng cơ quan theo năm" in page


def test_overtime_stands_on_the_page_with_what_is_allowed_and_stated(tables: RunTables) -> None:
    table = overtime_table(tables, "en")
    assert table is not None
    assert table.rows == (
        ("2020", "Whole province", "1,234 (500–4,000)", "25.0% (10.0–80.0%)", "77 (5–300)", "120"),
        ("2020", "District", "1,200 (480–3,900)", "50.0% (20.0–100.0%)", "70 (4–290)", BLANK),
    )
    uncosted = tuple(replace(row, stated_people_million_vnd=None) for row in tables.overtime)
    bare = overtime_table(replace(tables, overtime=uncosted), "vi")
    assert bare is not None
    assert len(bare.columns) == len(bare.rows[0]) == 5
    assert overtime_table(replace(tables, overtime=tables.overtime[2:]), "en") is None
    assert "Làm thêm giờ và hỗ trợ lẫn nhau theo năm" in report_page(tables, [], "vi")


def test_the_sheets_hold_every_row(tables: RunTables) -> None:
    for sheet, rows in (
        (certificates_sheet(tables), tables.certificates),
        (saturation_sheet(tables), tables.saturation),
        (posts_sheet(tables), tables.saturated_posts),
        (delays_sheet(tables), tables.delays),
        (overtime_sheet(tables), tables.overtime),
    ):
        assert len(sheet.rows) == len(rows)
        assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert Quantity(0.97, "share") in saturation_sheet(tables).rows[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_given_from_outside_is_marked_everywhere(tables: RunTables, language: Lang) -> None:
    given = replace(tables.targets[0], measure="business_registration_online_share")
    marked = replace(tables, targets=(given, *tables.targets[3:]))
    lines = verdict_lines(marked.targets, language)
    assert [NOTE[language] in line.title for line in lines] == [True, False, False, False]
    passage = verdict_passage(marked.targets, language)
    assert passage is not None
    assert sum(NOTE[language] in point for point in passage.points) == 1
    first, second, *_ = targets_sheet(marked).rows
    assert NOTE[language] in first
    assert NOTE[language] not in second
    assert answer_text(marked, language, 300).count(NOTE[language]) >= 1


def test_the_figure_of_a_value_given_from_outside_says_so(tables: RunTables) -> None:
    given = replace(tables.targets[0], measure="business_registration_online_share")
    curve = tuple(
        replace(row, measure=given.measure) for row in tables.series if row.measure == "exchange_electronic_share"
    )
    (picture,) = fan_pictures(replace(tables, targets=(given,), series=curve), EVIDENCE)
    assert NOTE["en"] in picture.caption("en")
    (plain,) = fan_pictures(replace(tables, targets=tables.targets[:1]), EVIDENCE)
    assert NOTE["en"] not in plain.caption("en")
