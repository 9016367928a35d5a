"""What stands in the way of the targets that are not safely reached, from the causes and the levels of e-office use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sim.report.dossier_obstacles import FILED_ONLINE, LATE, SOFTWARE, filing_text, national_text, software_text
from sim.report.formatting import month_text, number_text, share_text, year_text
from sim.report.measure_words import NATIONAL
from sim.report.milestone_section import usual_stop
from sim.report.passage import Passage, target_numbers, targets_named
from sim.report.phrases import capital, say
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.run_tables import CauseRow, SeriesRow, deciding_rows
from sim.results.words import Lang, Words

Obstacle = Literal[
    "sending", "paper", "low_use", "not_used", "milestone", "filing", "national", "late", "software", "unknown"
]

CAUSES_NAMED = 3
SMALLEST_SHARE_NAMED = 0.005
_SENDING = ("exchange_electronic_share", "exchange_electronic_document_share", "submission_electronic_share")
_PAPER = ("exchange_electronic_only_share", "exchange_signed_share")
_LOW_USE = ("internal_electronic_share", "internal_online_circulation_share", "eoffice_effective_share")
_NOT_USED = ("eoffice_installed_share", "eoffice_agency_share", "eoffice_linked_share", "eoffice_user_share")
_LEVELS = {"low_use": ("0", "1", "2"), "not_used": ("0", "1")}


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
    return next((name for name, measures in groups if measure in measures), "unknown")


def obstacle_passage(tables: RunTables, language: Lang) -> Passage | None:
    """For each target that is not safely reached, the largest causes of the last year; None when all are reached."""
    missed = [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]
    if not missed:
        return None
    grouped: dict[Obstacle, list[str]] = {}
    for row in missed:
        grouped.setdefault(obstacle_of(row.measure), []).append(row.target_id)
    numbers = target_numbers(tables.targets)
    unknown = Words("các bảng kết quả không tách riêng được nguyên nhân", "the tables do not single out a cause")
    points: list[str] = []
    general = False
    for obstacle, target_ids in grouped.items():
        found = _explanation(obstacle, target_ids, tables, language)
        general = general or (bool(found) and obstacle in {"sending", "paper"})
        named = capital(targets_named(target_ids, numbers, language))
        points.append(f"{named}: {found or unknown.text(language)}.")
    opening = Words(
        "Những gì cản trở các chỉ tiêu chưa chắc đạt, theo số liệu năm cuối của kỳ mô phỏng.",
        "What holds back the targets that are not safely reached, from the last year simulated.",
    )
    caveat = Words(
        "Tỷ trọng nguyên nhân tính chung mọi lượt gửi trong toàn tỉnh, không tách riêng cho từng chỉ tiêu.",
        "The shares of causes are of all deliveries of the province, not split by target.",
    )
    return Passage(opening.text(language), tuple(points), caveat.text(language) if general else "")


def _explanation(obstacle: Obstacle, target_ids: Sequence[str], tables: RunTables, language: Lang) -> str:
    if obstacle == "milestone":
        return _milestones_text(target_ids, tables, language)
    if obstacle in _LEVELS:
        return _use_text(tables.series, _LEVELS[obstacle], language)
    if obstacle == "filing":
        return filing_text(tables, language)
    if obstacle == "national":
        return national_text(language)
    if obstacle == "software":
        return software_text(target_ids, tables, language)
    groups = {
        "sending": ("not_electronic",),
        "paper": ("not_electronic", "parallel_paper"),
        "late": ("late_dossiers",),
    }.get(obstacle, ())
    return "; ".join(text for group in groups if (text := _causes_text(tables, group, language)))


def _milestones_text(target_ids: Sequence[str], tables: RunTables, language: Lang) -> str:
    """For each milestone the obstacle that most often holds back most of its money."""
    numbers = target_numbers(tables.targets)
    parts = []
    for target_id in target_ids:
        rows = [row for row in tables.milestones if row.target_id == target_id]
        if found := usual_stop(rows, language):
            parts.append(f"{targets_named([target_id], numbers, language)} – {found}")
    wording = Words("cản trở lớn nhất về kinh phí: {parts}", "what holds back most of the money: {parts}")
    return say(wording, language, parts="; ".join(parts)) if parts else ""


def largest_causes(causes: Sequence[CauseRow], group: str) -> list[tuple[CauseRow, float]]:
    """The largest causes of a group's last year, each with its mean share of the simulations' own totals."""
    rows = [(row, row.share_mean) for row in causes if row.group == group and row.share_mean is not None]
    last_year = max((row.year for row, _ in rows), default=0)
    latest = [pair for pair in rows if pair[0].year == last_year]
    ordered = sorted(latest, key=lambda pair: (-pair[1], pair[0].cause))
    return [pair for pair in ordered[:CAUSES_NAMED] if pair[1] >= SMALLEST_SHARE_NAMED]


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


def _use_text(series: Sequence[SeriesRow], levels: Sequence[str], language: Lang) -> str:
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
