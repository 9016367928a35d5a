"""What stands in the way of the targets that are not safely reached, from causes, e-office use, dossiers and money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sim.report.cause_ranking import SMALLEST_SHARE_NAMED, largest_causes
from sim.report.formatting import BLANK, interval_text, month_text, number_text, share_text, year_text
from sim.report.measure_words import NATIONAL
from sim.report.milestones import usual_stop
from sim.report.missing_systems import SOFTWARE, software_parts
from sim.report.passage import Passage, target_labels, targets_named
from sim.report.phrases import capital, say
from sim.report.projects import is_of_projects, projects_text
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.run_tables import SeriesRow, deciding_rows
from sim.results.service_tables import DossierRow
from sim.results.words import Lang, Words

Obstacle = Literal[
    "sending",
    "paper",
    "low_use",
    "not_used",
    "milestone",
    "filing",
    "national",
    "late",
    "software",
    "projects",
    "unknown",
]

_SENDING = ("exchange_electronic_share", "exchange_electronic_document_share", "submission_electronic_share")
_PAPER = ("exchange_electronic_only_share", "exchange_signed_share")
_LOW_USE = ("internal_electronic_share", "internal_online_circulation_share", "eoffice_effective_share")
_NOT_USED = ("eoffice_installed_share", "eoffice_agency_share", "eoffice_linked_share", "eoffice_user_share")
LEVELS_BELOW = {"low_use": ("0", "1", "2"), "not_used": ("0", "1")}
FILED_ONLINE = ("dossier_online_share", "dossier_unassisted_online_share", "dossier_offered_online_share")
LATE = ("dossier_on_time_share", "dossier_recorded_on_time_share")
_MILESTONES = Words("Các mốc hoàn thành", "Milestones")
UNKNOWN = Words("các bảng kết quả không tách riêng được nguyên nhân", "the tables do not single out a cause")
"""Said where nothing better can be."""


def obstacle_of(measure: str) -> Obstacle:
    """Which table speaks of a measure: causes, parallel paper, use of e-office, dossiers, money of the lines."""
    groups: tuple[tuple[Obstacle, tuple[str, ...]], ...] = (
        ("sending", (*_SENDING, "ministry_electronic_share")),
        ("paper", _PAPER),
        ("low_use", _LOW_USE),
        ("not_used", _NOT_USED),
        ("filing", FILED_ONLINE),
        ("national", NATIONAL),
        ("late", LATE),
        ("software", SOFTWARE),
    )
    if measure.startswith("milestone("):
        return "milestone"
    if is_of_projects(measure):
        return "projects"
    return next((name for name, measures in groups if measure in measures), "unknown")


def obstacle_passage(tables: RunTables, language: Lang) -> Passage | None:
    """For each target that is not safely reached, the largest causes of the last year; None when all are reached."""
    missed = [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]
    if not missed:
        return None
    grouped: dict[Obstacle, list[str]] = {}
    for row in missed:
        grouped.setdefault(obstacle_of(row.measure), []).append(row.target_id)
    labels = target_labels(tables.targets)
    points: list[str] = []
    general = False
    for obstacle, target_ids in grouped.items():
        if obstacle == "software" and (parts := software_parts(target_ids, tables, language)):
            points += [f"{capital(part)}." for part in parts]
            continue
        if obstacle == "projects":
            points += _project_points(target_ids, tables, language)
            continue
        found = explanation_text(obstacle, target_ids, tables, language)
        general = general or (bool(found) and obstacle in {"sending", "paper"})
        is_named = obstacle == "milestone" and bool(found)
        named = _MILESTONES.text(language) if is_named else capital(targets_named(target_ids, labels, language))
        points.append(f"{named}: {found or UNKNOWN.text(language)}.")
    opening = Words(
        "Những gì cản trở các chỉ tiêu chưa chắc đạt, theo số liệu năm cuối của kỳ mô phỏng.",
        "What holds back the targets that are not safely reached, from the last year simulated.",
    )
    caveat = Words(
        "Tỷ trọng nguyên nhân tính chung mọi lượt gửi trong toàn tỉnh, không tách riêng cho từng chỉ tiêu.",
        "The shares of causes are of all deliveries of the province, not split by target.",
    )
    return Passage(opening.text(language), tuple(points), caveat.text(language) if general else "")


def _project_points(target_ids: Sequence[str], tables: RunTables, language: Lang) -> list[str]:
    """One point for each target that counts projects or what they build."""
    labels = target_labels(tables.targets)
    return [
        f"{capital(targets_named([target_id], labels, language))}: "
        f"{explanation_text('projects', [target_id], tables, language) or UNKNOWN.text(language)}."
        for target_id in target_ids
    ]


def explanation_text(obstacle: Obstacle, target_ids: Sequence[str], tables: RunTables, language: Lang) -> str:
    """What holds back targets of one kind, as the tables show it; empty where they do not."""
    if obstacle == "milestone":
        return _milestones_text(target_ids, tables, language)
    if obstacle in LEVELS_BELOW:
        return use_text(tables.series, LEVELS_BELOW[obstacle], language)
    if obstacle == "filing":
        return filing_text(tables, language)
    if obstacle == "national":
        return national_text(language)
    if obstacle == "software":
        return "; ".join(software_parts(target_ids, tables, language))
    if obstacle == "projects":
        mine = [row for row in deciding_rows(tables.targets) if row.target_id in target_ids]
        return "; ".join(text for row in mine if (text := projects_text(row, tables, language)))
    groups = {
        "sending": ("not_electronic",),
        "paper": ("not_electronic", "parallel_paper"),
        "late": ("late_dossiers",),
    }.get(obstacle, ())
    return "; ".join(text for group in groups if (text := _causes_text(tables, group, language)))


def _milestones_text(target_ids: Sequence[str], tables: RunTables, language: Lang) -> str:
    """For each milestone the obstacle that most often holds back most of its money."""
    labels = target_labels(tables.targets)
    parts = []
    for target_id in target_ids:
        rows = [row for row in tables.milestones if row.target_id == target_id]
        if found := usual_stop(rows, language):
            parts.append(f"{targets_named([target_id], labels, language)} – {found}")
    wording = Words("vướng mắc lớn nhất về kinh phí: {parts}", "what holds back most of the money: {parts}")
    return say(wording, language, parts="; ".join(parts)) if parts else ""


def _causes_text(tables: RunTables, group: str, language: Lang) -> str:
    found = largest_causes(tables.causes, group)
    if not found:
        return ""
    wording = {
        "not_electronic": Words(
            "nguyên nhân các lượt gửi không điện tử năm {year} là {causes}; tỷ trọng bình quân, n = {n}",
            "why deliveries were not electronic in {year}: {causes}; mean shares, n = {n}",
        ),
        "parallel_paper": Words(
            "lý do gửi điện tử vẫn kèm bản giấy năm {year} là {causes}; tỷ trọng bình quân, n = {n}",
            "why paper still went along in {year}: {causes}; mean shares, n = {n}",
        ),
        "late_dossiers": Words(
            "hồ sơ trễ hạn thật năm {year} mất nhiều thời gian nhất ở {causes}; tỷ trọng bình quân, n = {n}",
            "truly late dossiers of {year} spent most of their time with: {causes}; mean shares, n = {n}",
        ),
    }[group]
    named = ", ".join(f"{term('cause', row.cause, language)} ({share_text(share, language)})" for row, share in found)
    year, runs = (
        year_text(found[0][0].year, tables.manifest.stopped, language),
        number_text(max(row.n for row, _ in found), 0, language),
    )
    return say(wording, language, year=year, causes=named, n=runs)


def use_text(series: Sequence[SeriesRow], levels: Sequence[str], language: Lang) -> str:
    """How many agencies are at levels that do not count for the target; empty where none is."""
    rows = [row for row in series if row.measure == "eoffice_level_share" and row.median is not None]
    version = "true" if any(row.version == "true" for row in rows) else "reported"
    rows = [row for row in rows if row.version == version]
    last = max((row.date for row in rows), default=None)
    shares = {row.scope.removeprefix("level:"): row.median or 0.0 for row in rows if row.date == last}
    below = [(level, shares[level]) for level in levels if shares.get(level, 0.0) >= SMALLEST_SHARE_NAMED]
    if not below:
        return ""
    wording = Words(
        "tháng {month}, trong số các cơ quan có {shares} (trung vị, {version}, n = {n})",
        "in {month}, of the agencies {shares} (medians, {version}, n = {n})",
    )
    versions = {"true": Words("theo thực tế", "as it truly is"), "reported": Words("theo báo cáo", "as reported")}
    named = ", ".join(f"{share_text(share, language)} {term('level_use', level, language)}" for level, share in below)
    return say(
        wording,
        language,
        month=month_text(last, language),
        shares=named,
        version=versions[version].text(language),
        n=number_text(max(row.n for row in rows), 0, language),
    )


def national_text(language: Lang) -> str:
    """Filed on portals that the province does not run."""
    wording = Words(
        "hồ sơ nộp qua cổng quốc gia do Trung ương vận hành, tỉnh không quyết định được; mức dùng cổng lấy từ ngoài, "
        "không mô phỏng. Tỉnh chỉ tác động được phần nộp qua hệ thống của tỉnh",
        "these are filed on a national portal run by the centre, which the province does not control; its use is given "
        "from outside, not simulated. The province moves only what is filed through its own system",
    )
    return wording.text(language)


def filing_text(tables: RunTables, language: Lang) -> str:
    """How many dossiers could be filed online at all, how many people would, how many were filed for them."""
    counts = _last_year(tables.dossiers)
    filed = counts.get("filed")
    if filed is None or not filed.median:
        return ""
    wording = Words(
        "năm {year}, trong {filed} hồ sơ nộp (trung vị, n = {n}) chỉ {offered} nộp trực tuyến được: thuộc dịch vụ mức "
        "độ 3, 4 của nơi nhận, hoặc nộp qua cổng quốc gia về đăng ký doanh nghiệp và đầu tư; {online} đã nộp trực "
        "tuyến, kể cả qua hai cổng đó, và {assisted} trong số này do cán bộ nộp hộ (trung vị của tỷ lệ trong từng lần "
        "mô phỏng, khoảng 5–95%){willing}",
        "in {year}, of {filed} dossiers filed (median, n = {n}) only {offered} could be filed online at all: of a "
        "service that their office offers at level 3 or 4, or on the national portals of business and of investment "
        "registration; {online} were, those portals included, and {assisted} of these by an officer for the citizen "
        "(medians of each simulation's share, 5–95% ranges){willing}",
    )
    return say(
        wording,
        language,
        year=filed.year,
        filed=number_text(filed.median, 0, language),
        n=number_text(filed.n, 0, language),
        offered=_share(counts.get("fileable_share"), language),
        online=_share(counts.get("online_share"), language),
        assisted=_share(counts.get("assisted_share"), language),
        willing=_willing_text(tables.series, language),
    )


def _last_year(rows: Sequence[DossierRow]) -> dict[str, DossierRow]:
    last = max((row.year for row in rows), default=0)
    return {row.quantity: row for row in rows if (row.year, row.tier) == (last, "all")}


def _share(row: DossierRow | None, language: Lang) -> str:
    if row is None or row.median is None:
        return BLANK
    return f"{share_text(row.median, language)} ({interval_text(row.p05, row.p95, 'share', language)})"


def _willing_text(series: Sequence[SeriesRow], language: Lang) -> str:
    row = _latest(series, "citizen_online_share", "all", "true")
    if row is None or row.median is None:
        return ""
    wording = Words("; cuối kỳ {share} người dân sẵn sàng tự nộp", "; at the end {share} of the people are willing to")
    return say(wording, language, share=share_text(row.median, language))


def _latest(series: Sequence[SeriesRow], measure: str, scope: str, version: str) -> SeriesRow | None:
    mine = [row for row in series if (row.measure, row.scope, row.version) == (measure, scope, version)]
    return max(mine, key=lambda row: row.date, default=None)
