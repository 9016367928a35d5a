"""What stands in the way of the targets that are not safely reached, from causes, e-office use, dossiers and money."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal

from sim.report.agency_quarters import quarter_text, quarters_to_due
from sim.report.cause_ranking import SMALLEST_SHARE_NAMED, last_year_by
from sim.report.delivery_causes import sending_text, submission_text, yearly_causes_text
from sim.report.formatting import BLANK, interval_text, month_text, number_text, share_text, year_text
from sim.report.held_up import held_up_text, main_reason
from sim.report.measure_words import NATIONAL
from sim.report.milestones import usual_stop
from sim.report.missing_systems import EVERY_TIME, SOFTWARE, money_texts, software_parts
from sim.report.passage import Passage, target_labels, targets_named
from sim.report.phrases import capital, say
from sim.report.projects import is_of_projects, projects_text
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.results.run_tables import SeriesRow, TargetRow, deciding_rows
from sim.results.service_tables import DossierRow
from sim.results.words import Lang, Words

Obstacle = Literal[
    "sending",
    "submission",
    "paper",
    "low_use",
    "not_used",
    "milestone",
    "filing",
    "national",
    "late",
    "software",
    "projects",
    "held_up",
    "none",
    "unknown",
]
"""`held_up`: the run's tables say of everybody who is short why, so that nothing else has to be asked; `none`: nothing
has stopped it in any simulation so far, which may be too few for a verdict."""

_SENDING = ("exchange_electronic_share", "exchange_electronic_document_share")
SUBMISSION = "submission_electronic_share"
_PAPER = ("exchange_electronic_only_share", "exchange_signed_share")
_LOW_USE = ("internal_electronic_share", "internal_online_circulation_share", "eoffice_effective_share")
_NOT_USED = ("eoffice_agency_share", "eoffice_user_share")
LEVELS_BELOW = {"low_use": ("0", "1", "2"), "not_used": ("0", "1")}
"""Levels of use that do not count; what is merely unused still counts as installed and linked."""
FILED_ONLINE = ("dossier_online_share", "dossier_unassisted_online_share", "dossier_offered_online_share")
LATE = ("dossier_on_time_share", "dossier_recorded_on_time_share")
_LEVELS_OF_TIERS = Words(
    "cuối {period}, trong {all} cơ quan ({scope}), xếp theo trung vị mức dùng của từng cơ quan, {counts} (n = {n})",
    "at the end of {period}, of {all} agencies ({scope}), by the median of each one's level, {counts} (n = {n})",
)
_USE_IN_SHORT = Words(
    "trong số các cơ quan, {shares} (tháng {month}, trung vị)", "of the agencies {shares} ({month}, medians)"
)
_LEVELS_IN_SHORT = 2
_IN_PROVINCE = Words(" trong toàn tỉnh", " in the whole province")
_MILESTONES = Words("Các mốc hoàn thành", "Milestones")
_OF_LINES = Words(
    "Kinh phí của các mục mua những thứ mà các chỉ tiêu còn thiếu:",
    "The money of the lines that buy what the targets are short of:",
)
UNKNOWN = Words("các bảng kết quả không tách riêng được nguyên nhân", "the tables do not single out a cause")
"""Said where nothing better can be."""


def obstacle_of(measure: str) -> Obstacle:
    """Which table speaks of a measure: causes, parallel paper, use of e-office, dossiers, money of the lines."""
    groups: tuple[tuple[Obstacle, tuple[str, ...]], ...] = (
        ("sending", _SENDING),
        ("submission", (SUBMISSION,)),
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


def grouped_by_obstacle(
    missed: Sequence[TargetRow], tables: RunTables
) -> dict[tuple[Obstacle, str, date | None], list[TargetRow]]:
    """Targets of which one sentence speaks: of one obstacle and, where that matters, one scope and due date.

    Those of whom the tables tell who is short and why go by their main reason.
    """
    found: defaultdict[tuple[Obstacle, str, date | None], list[TargetRow]] = defaultdict(list)
    for row in missed:
        obstacle = obstacle_of(row.measure)
        if row.p_reached == 1.0:
            found["none", "", None].append(row)
        elif reason := main_reason(row, tables):
            found["held_up", reason, None].append(row)
        elif obstacle in {"milestone", "software", "projects", "national", "unknown"}:
            found[obstacle, "", None].append(row)
        else:
            found[obstacle, row.scope, row.due].append(row)
    return found


def obstacle_passage(tables: RunTables, language: Lang, *, has_money: bool = True) -> Passage | None:
    """For each target that is not safely reached, the largest causes by its due date; None when all are reached.

    Args:
        tables: of the run.
        language: of the text.
        has_money: also what became of the money of the lines that buy what is lacking.
    """
    missed = [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]
    if not missed:
        return None
    labels = target_labels(tables.targets)
    points: list[str] = []
    general = False
    for (obstacle, scope, _), rows in grouped_by_obstacle(missed, tables).items():
        target_ids = [row.target_id for row in rows]
        if obstacle == "none":
            points.append(f"{capital(targets_named(target_ids, labels, language))} – {EVERY_TIME.text(language)}.")
            continue
        if obstacle == "held_up":
            points += [
                f"{capital(targets_named([row.target_id], labels, language))}: {_held_up(row, tables, language)}."
                for row in rows
            ]
            if has_money:
                points += [f"{capital(part)}." for part in money_texts(rows, tables, language)]
            continue
        if obstacle == "software" and (parts := software_parts(target_ids, tables, language)):
            points += [f"{capital(part)}." for part in parts]
            continue
        if obstacle == "projects":
            points += _project_points(rows, tables, language)
            continue
        found = explanation_text(obstacle, rows, tables, language)
        general = general or (bool(found) and (obstacle == "paper" or (obstacle, scope) == ("sending", "all")))
        is_named = obstacle == "milestone" and bool(found) and len(rows) > 1
        named = _MILESTONES.text(language) if is_named else capital(targets_named(target_ids, labels, language))
        points.append(f"{named}: {found or UNKNOWN.text(language)}.")
    opening = Words(
        "Những gì cản trở các chỉ tiêu chưa chắc đạt, theo số liệu đến hạn của từng chỉ tiêu.",
        "What holds back the targets that are not safely reached, as the tables stand when each is due.",
    )
    caveat = Words(
        "Tỷ trọng nguyên nhân tính chung mọi lượt gửi trong toàn tỉnh, không tách riêng cho từng chỉ tiêu.",
        "The shares of causes are of all deliveries of the province, not split by target.",
    )
    return Passage(opening.text(language), tuple(points), caveat.text(language) if general else "")


def line_money_passage(tables: RunTables, language: Lang) -> Passage | None:
    """What became of the money of the lines that buy what the targets are short of, each line once; None of none."""
    missed = [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]
    short = [row for row in missed if row.p_reached != 1.0 and main_reason(row, tables)]
    points = [f"{capital(part)}." for part in money_texts(short, tables, language)]
    return Passage(_OF_LINES.text(language), tuple(points)) if points else None


def _project_points(rows: Sequence[TargetRow], tables: RunTables, language: Lang) -> list[str]:
    """One point for each target that counts projects or what they build."""
    labels = target_labels(tables.targets)
    return [
        f"{capital(targets_named([row.target_id], labels, language))}: "
        f"{projects_text(row, tables, language) or UNKNOWN.text(language)}."
        for row in rows
    ]


def explanation_text(obstacle: Obstacle, rows: Sequence[TargetRow], tables: RunTables, language: Lang) -> str:
    """What holds back targets of one kind, as the tables show it; empty where they do not.

    Args:
        obstacle: of the targets.
        rows: the targets, which `grouped_by_obstacle` puts together.
        tables: of the run.
        language: of the text.
    """
    if all(main_reason(row, tables) for row in rows):
        return "; ".join(_held_up(row, tables, language) for row in rows)
    return _from_tables(obstacle, rows, tables, language)


def _from_tables(obstacle: Obstacle, rows: Sequence[TargetRow], tables: RunTables, language: Lang) -> str:
    """The same from the tables of causes, levels, dossiers and money."""
    row = rows[0]
    if obstacle == "milestone":
        return _milestones_text([one.target_id for one in rows], tables, language)
    if obstacle in LEVELS_BELOW:
        return use_text(tables, row, LEVELS_BELOW[obstacle], language)
    if obstacle == "filing":
        return filing_text(tables, row, language)
    if obstacle == "national":
        return national_text(language)
    if obstacle == "projects":
        return "; ".join(text for one in rows if (text := projects_text(one, tables, language)))
    if obstacle == "submission":
        return submission_text(tables, row, language)
    if obstacle == "late":
        return yearly_causes_text(tables, row, "late_dossiers", language)
    if obstacle == "sending":
        return sending_text(tables, row, language)
    if obstacle == "paper":
        parts = (sending_text(tables, row, language), yearly_causes_text(tables, row, "parallel_paper", language))
        return "; ".join(part for part in parts if part)
    return ""


def _held_up(row: TargetRow, tables: RunTables, language: Lang) -> str:
    """Who is short and why; of what projects build, which of them are not finished, too."""
    parts = [held_up_text(row, tables, language)]
    if is_of_projects(row.measure):
        parts.append(projects_text(row, tables, language))
    return "; ".join(part for part in parts if part)


def _milestones_text(target_ids: Sequence[str], tables: RunTables, language: Lang) -> str:
    """For each milestone the obstacle that most often holds back most of its money."""
    labels = target_labels(tables.targets)
    parts = []
    for target_id in target_ids:
        rows = [row for row in tables.milestones if row.target_id == target_id]
        if found := usual_stop(rows, language):
            named = f"{targets_named([target_id], labels, language)} – " if len(target_ids) > 1 else ""
            parts.append(named + found)
    wording = Words("vướng mắc lớn nhất về kinh phí: {parts}", "what holds back most of the money: {parts}")
    return say(wording, language, parts="; ".join(parts)) if parts else ""


def use_text(
    tables: RunTables, target: TargetRow, levels: Sequence[str], language: Lang, *, is_whole: bool = True
) -> str:
    """How many agencies of a target's scope are, when it is due, at levels that do not count; empty where none is.

    Args:
        tables: of the run.
        target: whose scope and due date are meant.
        levels: that do not count.
        language: of the text.
        is_whole: each of these levels; else the two at which most agencies are.
    """
    if target.scope != "all":
        return _use_of_tiers(tables, target, levels, language)
    rows = [
        row
        for row in tables.series
        if row.measure == "eoffice_level_share" and row.median is not None and row.date <= target.due
    ]
    version = "true" if any(row.version == "true" for row in rows) else "reported"
    rows = [row for row in rows if row.version == version]
    last = max((row.date for row in rows), default=None)
    shares = {row.scope.removeprefix("level:"): row.median or 0.0 for row in rows if row.date == last}
    below = [(level, shares[level]) for level in levels if shares.get(level, 0.0) >= SMALLEST_SHARE_NAMED]
    if not below:
        return ""
    if not is_whole:
        most = sorted(below, key=lambda pair: -pair[1])[:_LEVELS_IN_SHORT]
        named = ", ".join(
            f"{share_text(share, language)} {term('level_use', level, language)}" for level, share in most
        )
        return say(_USE_IN_SHORT, language, month=month_text(last, language), shares=named)
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


def _use_of_tiers(tables: RunTables, target: TargetRow, levels: Sequence[str], language: Lang) -> str:
    """The same of some tiers: agencies by the median of their own level."""
    last = [rows[-1] for rows in quarters_to_due(tables, target).values()]
    counted = Counter(str(math.floor(row.level_median)) for row in last if row.level_median is not None)
    said = [
        f"{number_text(counted[level], 0, language)} {term('level_use', level, language)}"
        for level in levels
        if counted[level]
    ]
    if not said:
        return ""
    return say(
        _LEVELS_OF_TIERS,
        language,
        period=quarter_text(last[0], language),
        all=number_text(len(last), 0, language),
        scope=scope_text(target.scope, language, tables.manifest.groups),
        counts=", ".join(said),
        n=number_text(last[0].n, 0, language),
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


def filing_text(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """How many dossiers could be filed online at all, how many people would, how many were filed for them."""
    tier = target.scope.removeprefix("tier:")
    known = {row.tier for row in tables.dossiers}
    is_of_tier = tier != "all" and tier in known
    year = last_year_by(target.due, (row.year for row in tables.dossiers), tables.manifest.stopped)
    counts = {
        row.quantity: row for row in tables.dossiers if (row.year, row.tier) == (year, tier if is_of_tier else "all")
    }
    filed = counts.get("filed")
    if year is None or filed is None or not filed.median:
        return ""
    wording = Words(
        "năm {year}, trong {filed} hồ sơ nộp{where} (trung vị, n = {n}) chỉ {offered} nộp trực tuyến được: thuộc dịch "
        "vụ mức độ 3, 4 của nơi nhận, hoặc nộp qua cổng quốc gia về đăng ký doanh nghiệp và đầu tư; {online} đã nộp "
        "trực tuyến, kể cả qua hai cổng đó, và {assisted} trong số này do cán bộ nộp hộ (trung vị của tỷ lệ trong từng "
        "lần mô phỏng, khoảng 5–95%){willing}",
        "in {year}, of {filed} dossiers filed{where} (median, n = {n}) only {offered} could be filed online at all: of "
        "a service that their office offers at level 3 or 4, or on the national portals of business and of investment "
        "registration; {online} were, those portals included, and {assisted} of these by an officer for the citizen "
        "(medians of each simulation's share, 5–95% ranges){willing}",
    )
    at_tier = Words(" ở {tier}", " with {tier}")
    where = say(at_tier, language, tier=term("tier", tier, language)) if is_of_tier else ""
    if not is_of_tier and target.scope != "all":
        where = _IN_PROVINCE.text(language)
    return say(
        wording,
        language,
        year=year_text(year, tables.manifest.stopped, language),
        where=where,
        filed=number_text(filed.median, 0, language),
        n=number_text(filed.n, 0, language),
        offered=_share(counts.get("fileable_share"), language),
        online=_share(counts.get("online_share"), language),
        assisted=_share(counts.get("assisted_share"), language),
        willing=_willing_text(tables.series, target.due, language),
    )


def _share(row: DossierRow | None, language: Lang) -> str:
    if row is None or row.median is None:
        return BLANK
    return f"{share_text(row.median, language)} ({interval_text(row.p05, row.p95, 'share', language)})"


def _willing_text(series: Sequence[SeriesRow], due: date, language: Lang) -> str:
    rows = [
        row
        for row in series
        if (row.measure, row.scope, row.version) == ("citizen_online_share", "all", "true") and row.date <= due
    ]
    row = max(rows, key=lambda row: row.date, default=None)
    if row is None or row.median is None:
        return ""
    wording = Words(
        "; tháng {month} có {share} người dân sẵn sàng tự nộp (trung vị)",
        "; in {month} {share} of the people are willing to (median)",
    )
    return say(wording, language, month=month_text(row.date, language), share=share_text(row.median, language))
