"""Sheets of where and when: agencies quarter by quarter, targets district by district, who lacks what and why."""

from __future__ import annotations

from sim.report.formatting import unit_kind
from sim.report.phrases import COLUMNS
from sim.report.run_tables import RunTables
from sim.report.service_order import order_note
from sim.report.target_years import AS_OF, WINDOW, window_text
from sim.report.workbook import (
    AGENCY_COLUMNS,
    ID,
    RUNS,
    Column,
    Quantity,
    Sheet,
    agency_cells,
    both,
    cells,
    named,
    terms,
)
from sim.results.agency_tables import AGENCIES_BY_QUARTER, TARGETS_BY_DISTRICT
from sim.results.lacking_tables import LACKING
from sim.results.words import LANGUAGES, Words

_QUARTER = Words("Quý", "Quarter")
_SENT = Words("Lượt gửi trong tỉnh, bình quân", "Deliveries in the province, mean")
_ELECTRONIC = Words("Được tiếp nhận điện tử, bình quân", "Accepted electronically, mean")
_MAIN_CAUSE = Words("Nguyên nhân chính của phần còn lại", "Main cause of the rest")
_CAUSE_SHARE = Words("Tỷ trọng của nguyên nhân chính", "Its share of the rest")
_LINKED_FROM = Words("Liên thông từ tháng", "Linked from")
_LINKED = Words("Tỷ lệ lần mô phỏng đã liên thông", "Share of simulations linked")
_LACKS = Words("Thiếu gì", "What is lacking")
_LACKING = Words("Tỷ lệ lần mô phỏng chưa có vì lý do này", "Share of simulations without it for this reason")
_PROVINCE = Words("Toàn tỉnh, trung vị", "Province, median")
_REACHED = Words("Tỷ lệ lần mô phỏng riêng huyện đạt ngưỡng", "Share of simulations with the district at the threshold")


def agency_quarters_sheet(tables: RunTables) -> Sheet:
    """Every agency in every quarter."""
    columns = (
        *AGENCY_COLUMNS,
        *named("year"),
        Column(_QUARTER, 8.0),
        *named("level"),
        *(Column(words) for words in (_SENT, _ELECTRONIC)),
        *named("electronic_share", "p05", "p95"),
        *both(_MAIN_CAUSE, 40.0),
        *(Column(words) for words in (_CAUSE_SHARE, _LINKED_FROM, _LINKED)),
        RUNS,
    )
    rows = tuple(
        cells(
            *agency_cells(row),
            Quantity(row.year, "year"),
            row.quarter,
            Quantity(row.level_median, "plain"),
            *(Quantity(value, "hours") for value in (row.deliveries_mean, row.electronic_mean)),
            *(Quantity(value, "share") for value in (row.share_median, row.share_p05, row.share_p95)),
            *(terms("cause", row.cause) if row.cause else (None, None)),
            Quantity(row.cause_share, "share"),
            row.connected_from,
            Quantity(row.connected_share, "share"),
            row.n,
        )
        for row in tables.agencies_by_quarter
    )
    return Sheet("Cơ quan theo quý - Quarters", _titled(AGENCIES_BY_QUARTER.title, tables), columns, rows)


def district_targets_sheet(tables: RunTables) -> Sheet:
    """Every target that can be counted by district, in each of them."""
    columns = (
        Column(ID, 8.0),
        *both(COLUMNS["target"], 44.0),
        *both(COLUMNS["district"], 26.0),
        Column(AS_OF),
        *both(WINDOW, 24.0),
        *named("threshold", "median", "p05", "p95"),
        Column(_REACHED),
        Column(_PROVINCE),
        RUNS,
    )
    rows = tuple(
        cells(
            row.target_id,
            row.title_vi or row.title_en,
            row.title_en or row.title_vi,
            row.district("vi"),
            row.district("en"),
            row.as_of,
            window_text(row.window_months, "vi"),
            window_text(row.window_months, "en"),
            *(Quantity(value, unit_kind(row.measure)) for value in (row.threshold, row.median, row.p05, row.p95)),
            Quantity(row.p_reached, "share"),
            Quantity(row.province_median, unit_kind(row.measure)),
            row.n,
        )
        for row in tables.targets_by_district
    )
    return Sheet("Theo huyện - By district", _titled(TARGETS_BY_DISTRICT.title, tables), columns, rows)


def lacking_sheet(tables: RunTables) -> Sheet:
    """Every agency that some simulation leaves without what a target counts or rests on: on which days, and why."""
    columns = (
        *AGENCY_COLUMNS,
        *both(COLUMNS["measure"], 40.0),
        Column(AS_OF),
        *both(_LACKS, 36.0),
        *both(COLUMNS["reason"], 44.0),
        Column(_LACKING),
        RUNS,
    )
    rows = tuple(
        cells(
            *agency_cells(row),
            *terms("measure", row.measure),
            row.as_of,
            *terms("held_up_lack", row.lacks),
            *terms("held_up_reason", row.reason),
            Quantity(row.lacking_share, "share"),
            row.n,
        )
        for row in tables.lacking
    )
    return Sheet("Vì sao chưa có - Lacking", _titled(LACKING.title, tables), columns, rows)


def _titled(title: Words, tables: RunTables) -> Words:
    """The title, with what the differences between places rest on where that is assumed."""
    vi, en = (". ".join(filter(None, (title.text(one), order_note(tables, one)))) for one in LANGUAGES)
    return Words(vi, en)
