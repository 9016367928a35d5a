"""What stands in the way of the targets on one-stop dossiers and online services."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from sim.report.formatting import number_text, quantity_text, share_text
from sim.report.language import Language, Words, in_language
from sim.report.passage import target_numbers, targets_named
from sim.report.phrases import say
from sim.report.rows import DossierRow, RunTables, SeriesRow, SpendingRow, TargetRow, deciding_rows
from sim.report.words import scope_text

FILED_ONLINE = ("dossier_online_share", "dossier_unassisted_online_share", "dossier_offered_online_share")
NATIONAL = ("business_registration_online_share", "investment_certificate_online_share")
LATE = ("dossier_on_time_share", "dossier_recorded_on_time_share")
BOUGHT_BY: dict[str, tuple[str, ...]] = {
    "onestop_agency_share": ("onestop_software", "onestop_commune_software"),
    "onestop_linked_share": ("onestop_software", "onestop_commune_software"),
    "online_service_agency_share": ("onestop_software", "onestop_commune_software"),
    "service_level3_share": ("online_procedure",),
    "service_level4_share": ("online_procedure",),
}
"""Kinds of purchase that move each measure."""
_PROVINCE = ("office", "department")


def national_text(language: Language) -> str:
    """Filed on portals that the province does not run."""
    wording = Words(
        "hồ sơ nộp qua cổng quốc gia do Trung ương vận hành, tỉnh không quyết định được; mức dùng cổng lấy từ ngoài, "
        "không mô phỏng. Tỉnh chỉ tác động được phần nộp qua hệ thống của tỉnh",
        "these are filed on a national portal run by the centre, which the province does not control; its use is given "
        "from outside, not simulated. The province moves only what is filed through its own system",
    )
    return in_language(wording, language)


def filing_text(tables: RunTables, language: Language) -> str:
    """How many dossiers could be filed online at all, how many people would, how many were filed for them."""
    counts = _last_year(tables.dossiers)
    filed = counts.get("filed")
    if filed is None or not filed.median:
        return ""
    wording = Words(
        "năm {year}, trong {filed} hồ sơ nộp (trung vị, n = {n}) chỉ {offered} thuộc dịch vụ mức độ 3, 4 của nơi nhận, "
        "tức là nộp trực tuyến được; {online} đã nộp trực tuyến, trong đó {assisted} do cán bộ nộp hộ{willing}",
        "in {year}, of {filed} dossiers filed (medians, n = {n}) only {offered} were of a service that their office "
        "offers at level 3 or 4, so that they could be filed online at all; {online} were, {assisted} of these by an "
        "officer for the citizen{willing}",
    )
    return say(
        wording,
        language,
        year=filed.year,
        filed=number_text(filed.median, 0, language),
        n=number_text(filed.n, 0, language),
        offered=_with_share(counts.get("fileable"), filed.median, language),
        online=_with_share(counts.get("online"), filed.median, language),
        assisted=_number(counts.get("assisted"), language),
        willing=_willing_text(tables.series, language),
    )


def _last_year(rows: Sequence[DossierRow]) -> dict[str, DossierRow]:
    last = max((row.year for row in rows), default=0)
    return {row.quantity: row for row in rows if (row.year, row.tier) == (last, "all")}


def _number(row: DossierRow | None, language: Language) -> str:
    return number_text((row.median if row else None) or 0.0, 0, language)


def _with_share(row: DossierRow | None, whole: float, language: Language) -> str:
    return f"{_number(row, language)} ({share_text(((row.median if row else None) or 0.0) / whole, language)})"


def _willing_text(series: Sequence[SeriesRow], language: Language) -> str:
    row = _latest(series, "citizen_online_share", "all", "true")
    if row is None or row.median is None:
        return ""
    wording = Words("; cuối kỳ {share} người dân sẵn sàng tự nộp", "; at the end {share} of the people are willing to")
    return say(wording, language, share=share_text(row.median, language))


def _latest(series: Sequence[SeriesRow], measure: str, scope: str, version: str) -> SeriesRow | None:
    mine = [row for row in series if (row.measure, row.scope, row.version) == (measure, scope, version)]
    return max(mine, key=lambda row: row.date, default=None)


def software_text(target_ids: Sequence[str], tables: RunTables, language: Language) -> str:
    """Agencies still without the system, by target, and what became of the money of the lines that buy it."""
    mine = [row for row in deciding_rows(tables.targets) if row.target_id in target_ids]
    numbers = target_numbers(tables.targets)
    behind = [row for row in mine if not _is_reached(row)]
    parts = [
        f"{targets_named([row.target_id], numbers, language)} – {missing}"
        for row in behind
        if (missing := _missing_text(row, tables, language))
    ]
    if there := [row.target_id for row in mine if _is_reached(row)]:
        wording = Words("{named} – trung vị đã đạt ngưỡng", "{named} – the median is at the threshold")
        parts.append(say(wording, language, named=targets_named(there, numbers, language)))
    kinds = {kind for row in behind for kind in BOUGHT_BY.get(row.measure, ())}
    lines = sorted(
        {
            row.key.split(".", 1)[1].rsplit(".", 2)[0]
            for row in tables.parameters
            if row.key.startswith("purchases.") and row.key.endswith(".share") and row.key.split(".")[-2] in kinds
        }
    )
    parts += [_line_text(line, tables.spending, language) for line in lines]
    return "; ".join(part for part in parts if part)


def _is_reached(row: TargetRow) -> bool:
    return row.median is not None and row.threshold is not None and row.median >= row.threshold


def _missing_text(row: TargetRow, tables: RunTables, language: Language) -> str:
    if row.median is None:
        return ""
    if row.measure.startswith("service_"):
        wording = Words("{share} dịch vụ chưa đạt mức độ đó", "{share} of the services are not at that level")
        return say(wording, language, share=share_text(1.0 - row.median, language))
    covered = [agency for agency in tables.agencies if _is_in(agency.tier, row.scope)]
    if not covered:
        return ""
    wording = Words(
        "còn {missing} trong {all} cơ quan chưa có hệ thống ({scope}, trung vị)",
        "{missing} of {all} agencies are still without the system ({scope}, medians)",
    )
    return say(
        wording,
        language,
        missing=number_text((1.0 - row.median) * len(covered), 0, language),
        all=number_text(len(covered), 0, language),
        scope=scope_text(row.scope, language),
    )


def _is_in(tier: str, scope: str) -> bool:
    """Whether agencies of a tier are in the scope; `province` is the Office and the departments."""
    names = scope.partition(":")[2].split("+")
    return scope == "all" or tier in names or ("province" in names and tier in _PROVINCE)


def _line_text(line_id: str, spending: Sequence[SpendingRow], language: Language) -> str:
    """One line's money: what did not arrive, what went back, what is still in procurement or under way."""
    rows = [row for row in spending if row.line_id == line_id]
    planned = fsum(row.planned_million_vnd for row in rows)
    if not planned:
        return ""
    arrived, spent, returned = (
        fsum(getattr(row, f"{entry}_median") or 0.0 for row in rows) for entry in ("arrived", "spent", "returned")
    )
    wording = Words(
        "mục {line}: kế hoạch {planned}, không được cấp {missing}, đã chi {spent}, dự án dừng hoặc còn thừa nộp trả "
        "{returned}, lùi sang sau kỳ hoặc đang làm {late} (tổng các trung vị)",
        "line {line}: {planned} planned, {missing} did not arrive, {spent} spent, {returned} returned from stopped "
        "orders or left over, {late} slipped past the end or under way (sums of medians)",
    )
    return say(
        wording,
        language,
        line=line_id,
        planned=quantity_text(planned, "million_vnd", language),
        missing=quantity_text(max(0.0, planned - arrived), "million_vnd", language),
        spent=quantity_text(spent, "million_vnd", language),
        returned=quantity_text(returned, "million_vnd", language),
        late=quantity_text(max(0.0, arrived - spent - returned), "million_vnd", language),
    )
