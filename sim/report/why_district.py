"""What a run knows of one district that bears on a target: its agencies, what the plan left out, overloaded posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from math import fsum

from sim.report.agency_quarters import (
    QUARTERS,
    Quarters,
    by_quarter,
    by_year,
    causes_text,
    electronic_share,
    is_in,
    last_quarters,
    main_causes_by_year,
    period_of,
    quarters_to_due,
    rows_of,
)
from sim.report.alike_agencies import alike_lines
from sim.report.formatting import (
    frequency_text,
    number_text,
    quantity_text,
    range_text,
    share_text,
    unit_kind,
    year_text,
)
from sim.report.lacking import lacking_lines
from sim.report.missing_systems import kinds_that_move
from sim.report.obstacles import LEVELS_BELOW, obstacle_of
from sim.report.phrases import say
from sim.report.plan_ends import OF_COMMUNES, reason_words
from sim.report.receivers import receivers_lines
from sim.report.run_tables import RunTables
from sim.report.service_order import order_note
from sim.report.why_agency import linked_lines
from sim.report.words import term
from sim.results.agency_tables import AgencyQuarterRow, DistrictTargetRow
from sim.results.lacking_tables import INSTALLED, LINKED, needed
from sim.results.run_tables import TargetRow
from sim.results.service_tables import SaturatedPostRow
from sim.results.words import Lang, Words

MOST_POSTS = 2
ABOUT_EXCHANGE = "exchange_"
"""Beginning of the measures whose causes say something: those of all that agencies of the province send each other."""
_SENT = (ABOUT_EXCHANGE, "submission_", "ministry_")
_ABOUT_EOFFICE = (*_SENT, "internal_", "eoffice_")
"""Beginnings of the measures of which agencies by level of use and link say something."""
_WORKED = (*_SENT, "internal_", "dossier_")
"""Beginnings of the measures that overloaded posts delay."""
_HERE = Words(
    "{district}: trung vị {value} (khoảng 5–95%: {range}), toàn tỉnh {whole}; tính riêng ở đây thì đạt ở {chance}.",
    "{district}: median {value} (5–95% range {range}), the province {whole}; alone it would reach it in {chance}.",
)
_STOPS = Words(
    "Đếm trong mô phỏng, bình quân{beside} {year}: {electronic} trong {sent} lượt gửi của {agencies} cơ quan là "
    "điện tử; phần còn lại: {causes}.",
    "As the simulation counts, mean{beside} of {year}: {electronic} of {sent} deliveries by {agencies} agencies are "
    "electronic; of the rest: {causes}.",
)
_BESIDE = {
    False: Words(" (trên: trung vị)", " (above: medians)"),
    True: Words(" (trên: trung vị, theo báo cáo)", " (above: medians, as reported)"),
}
"""What stands above instead, by whether the target is counted as agencies report it."""
_ELECTRONIC_BY_YEAR = Words(
    "Lượt gửi điện tử theo năm, bình quân: {years}; theo quý: {quarters}.",
    "Sent electronically by year, means: {years}; by quarter: {quarters}.",
)
_CAUSES_BY_YEAR = Words(
    "Nguyên nhân chính của phần còn lại theo năm: {causes}.", "Main cause of the rest by year: {causes}."
)
_LINKED_BY_YEAR = Words(
    "Số cơ quan liên thông (bình quân, trong {all}) cuối năm: {years}; cuối quý: {quarters}.",
    "Agencies linked (means, of {all}) at the end of the year: {years}; of the quarter: {quarters}.",
)
_LEVEL_BY_YEAR = Words(
    "Số cơ quan dùng văn phòng điện tử từ mức {level} ({use}) trở lên (theo trung vị từng cơ quan, trong {all}) cuối "
    "năm: {years}; cuối quý: {quarters}.",
    "Agencies that {use} (level {level}) or more (each by its median, of {all}) at the end of the year: {years}; of "
    "the quarter: {quarters}.",
)
_IN_YEAR = Words("{year}: {value}", "{year}: {value}")
_IN_QUARTER = Words("quý {quarter}/{year}: {value}", "Q{quarter} {year}: {value}")
_WAITING = Words(
    "Xã chỉ dùng được phần mềm một cửa khi huyện đã có; {name} cuối kỳ chưa có ở {share} số lần mô phỏng – {reason}.",
    "A commune joins the one-stop software of its district; {name} has none at the end in {share} of the simulations – "
    "{reason}.",
)
_POST = Words("Quá tải (số lần mô phỏng): {posts}.", "Overloaded (simulations): {posts}.")
_NO_POST = Words("Không vị trí nào quá tải ở đây.", "No post is overloaded here.")


def district_lines(tables: RunTables, target: TargetRow, district_id: str, language: Lang) -> Iterator[str]:
    """What stops the target there, a line each; nothing where the district says nothing of it."""
    here = next(
        (
            row
            for row in tables.targets_by_district
            if (row.target_id, row.district_id) == (target.target_id, district_id)
        ),
        None,
    )
    if here:
        yield _here(here, language)
    mine = quarters_to_due(tables, target, district_id)
    latest = last_quarters(mine)
    is_exchange = target.measure.startswith(ABOUT_EXCHANGE)
    if mine and is_exchange:
        yield _what_stops(latest, tables, target, language)
        yield from receivers_lines(latest, language)
    yield from over_time(mine, target, tables.manifest.stopped, language)
    if target.measure == LINKED:
        yield from linked_lines(tables, mine, language)
    elif target.measure.startswith(_ABOUT_EOFFICE):
        yield from alike_lines(mine, tables.manifest.horizon_start, language, with_causes=is_exchange)
    yield from lacking_lines(tables, target, district_id, language)
    if note := order_note(tables, language):
        yield note
    yield from _waiting(tables, target, district_id, language)
    if target.measure.startswith(_WORKED):
        yield _overloaded(tables, target, district_id, language)


def _here(row: DistrictTargetRow, language: Lang) -> str:
    kind = unit_kind(row.measure)
    return say(
        _HERE,
        language,
        district=row.district(language),
        value=quantity_text(row.median, kind, language),
        range=range_text(row.p05, row.p95, kind, row.n, language),
        whole=quantity_text(row.province_median, kind, language),
        chance=frequency_text(row.p_reached, row.n, language),
    )


def _what_stops(latest: Quarters, tables: RunTables, target: TargetRow, language: Lang) -> str:
    rows = rows_of(latest)
    is_reported = any(row.target_id == target.target_id and row.reading == "true" for row in tables.targets)
    return say(
        _STOPS,
        language,
        electronic=electronic_share(rows, language),
        sent=number_text(fsum(row.deliveries_mean for row in rows), 0, language),
        agencies=len(latest),
        beside=_BESIDE[is_reported].text(language),
        year=period_of(rows, language),
        causes=causes_text(rows, language),
    )


def over_time(mine: Quarters, target: TargetRow, stopped: date | None, language: Lang) -> Iterator[str]:
    """How it came to that: every year up to the due date, then the last quarters; nothing where no table says."""
    years, quarters = by_year(mine), by_quarter(mine)
    wording, level = _told_by_quarter(target.measure), _least_level(target.measure)
    if wording is None or len(quarters) < 2:
        return

    def value(rows: Sequence[AgencyQuarterRow]) -> str:
        if wording is _ELECTRONIC_BY_YEAR:
            return electronic_share(rows, language)
        at_end = [row for row in rows if row.quarter == max(row.quarter for row in rows)]
        if wording is _LINKED_BY_YEAR:
            return number_text(fsum(row.connected_share for row in at_end), 1, language)
        return number_text(sum((row.level_median or 0.0) >= level for row in at_end), 0, language)

    told = [say(_IN_YEAR, language, year=year_text(y, stopped, language), value=value(years[y])) for y in years]
    latest = [say(_IN_QUARTER, language, year=y, quarter=q, value=value(rows)) for (y, q), rows in quarters.items()]
    yield say(
        wording,
        language,
        years="; ".join(told),
        quarters="; ".join(latest[-QUARTERS:]),
        all=number_text(len(mine), 0, language),
        level=level,
        use=term("level_use", str(level), language),
    )
    if wording is _ELECTRONIC_BY_YEAR and len(years) > 1:
        yield say(_CAUSES_BY_YEAR, language, causes=main_causes_by_year(mine, stopped, language))


def is_told_by_quarter(measure: str) -> bool:
    """Whether the tables say of a district's agencies, quarter by quarter, what a measure counts."""
    return _told_by_quarter(measure) is not None


def _told_by_quarter(measure: str) -> Words | None:
    if measure.startswith(ABOUT_EXCHANGE):
        return _ELECTRONIC_BY_YEAR
    if measure == LINKED:
        return _LINKED_BY_YEAR
    return _LEVEL_BY_YEAR if _least_level(measure) else None


def _least_level(measure: str) -> int:
    """The lowest level of use that a measure counts; 0 for one that counts no levels."""
    if measure == INSTALLED:
        return 1
    return len(LEVELS_BELOW.get(obstacle_of(measure), ()))


def _waiting(tables: RunTables, target: TargetRow, district_id: str, language: Lang) -> Iterator[str]:
    """That communes wait for their district, where they do in most simulations: they are then not said to lack it."""
    kinds = kinds_that_move(needed(target.measure), tables.parameters)
    for row in tables.unserved:
        is_committee = (row.tier, row.district_id, row.kind) == ("district", district_id, OF_COMMUNES)
        if is_committee and row.unserved_share > 0.5 and OF_COMMUNES in kinds and is_in("commune", target.scope):
            share, reason = share_text(row.unserved_share, language), reason_words(row).text(language)
            yield say(_WAITING, language, name=row.name(language), share=share, reason=reason)


def _overloaded(tables: RunTables, target: TargetRow, district_id: str, language: Lang) -> str:
    posts: defaultdict[tuple[str, str], list[SaturatedPostRow]] = defaultdict(list)
    for row in tables.saturated_posts:
        if row.district_id == district_id and row.year <= target.due.year and is_in(row.tier, target.scope):
            posts[row.post, row.agency_id].append(row)
    often = sorted(posts.values(), key=lambda rows: -max(row.saturated_in for row in rows))[:MOST_POSTS]
    said = [
        f"{term('station', rows[0].post, language)}, {rows[0].name(language)} "
        f"({', '.join(f'{row.year}: {row.saturated_in}/{row.n}' for row in rows)})"
        for rows in often
    ]
    return say(_POST, language, posts="; ".join(said)) if said else _NO_POST.text(language)
