"""Three reasons: what holds back the targets that are not safely reached, a sentence each.

The numbers are those of the closing words of the report; what cannot be told apart is called equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sim.report.cause_ranking import largest_causes, last_year_by, leading_causes
from sim.report.delivery_causes import sending_text, submission_text
from sim.report.formatting import share_text, year_text
from sim.report.headlines import main_target
from sim.report.held_up import held_up_text, held_up_together
from sim.report.milestones import stops_of
from sim.report.missing_systems import EVERY_TIME, missing_text
from sim.report.obstacles import LEVELS_BELOW, UNKNOWN, Obstacle, grouped_by_obstacle, use_text
from sim.report.passage import numbers_of, target_labels, targets_named
from sim.report.phrases import capital, say
from sim.report.projects import projects_text
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

REASONS_SHOWN = 3
_NOTHING_MISSED = Words("Mọi chỉ tiêu đều đạt được.", "Every target is reachable.")
_POINT = Words("({k}) {named}: {text}.", "({k}) {named}: {text}.")
IN_THE_REPORT = Words("Còn lại: {named}, xem báo cáo.", "The others: {named}, see the report.")
BELOW = Words("Còn lại: {named}, xem ngay dưới đây.", "The others: {named}, see below.")
_NATIONAL = Words(
    "hồ sơ nộp qua cổng quốc gia do Trung ương vận hành, tỉnh không quyết định được",
    "these are filed on a national portal that the province does not control",
)
_FILING = Words(
    "năm {year} chỉ {offered} hồ sơ nộp trực tuyến được, {online} đã nộp trực tuyến (trung vị)",
    "in {year} only {offered} of the dossiers could be filed online, {online} were (medians)",
)
_GROUPS: dict[Obstacle, str] = {"sending": "not_electronic", "paper": "parallel_paper", "late": "late_dossiers"}
_MAINLY = {
    "not_electronic": Words(
        "năm {year}, lượt gửi không điện tử chủ yếu do {causes}", "not electronic in {year}, mainly: {causes}"
    ),
    "parallel_paper": Words(
        "năm {year}, gửi điện tử vẫn kèm bản giấy chủ yếu do {causes}",
        "why paper went along in {year}, mainly: {causes}",
    ),
    "late_dossiers": Words(
        "năm {year}, hồ sơ trễ hạn nằm lâu nhất ở {causes}",
        "in {year} late dossiers spent most of their time with {causes}",
    ),
}
_CAUSE = Words("{cause} ({share})", "{cause} ({share})")
_TIED = Words(
    "{causes}; chưa phân định được nguyên nhân nào lớn nhất", "{causes}; which of them is largest cannot be told yet"
)
_TIED_SHORT = Words("{causes}, chưa rõ bên nào lớn hơn", "{causes}, the larger not known yet")
_NEXT = Words("{first}, tiếp theo là {second}", "{first}, then {second}")
_STOPS = Words(
    "phần chưa bàn giao thường do {states} ({k} trong {n} chỉ tiêu)",
    "not delivered, most often: {states} ({k} of {n} targets)",
)
_TIED_STOPS = Words(
    "phần chưa bàn giao thường do {states} (ngang nhau: mỗi nguyên nhân {k} trong {n} chỉ tiêu)",
    "not delivered, most often: {states} (equal: each in {k} of {n} targets)",
)
_AND = Words(" và ", " and ")


def reasons_text(tables: RunTables, language: Lang, *, is_whole: bool, labels: Mapping[str, str] | None = None) -> str:
    """The reasons one after the other, as `reason_points` has them."""
    return " ".join(reason_points(tables, language, is_whole=is_whole, labels=labels))


def reason_points(
    tables: RunTables,
    language: Lang,
    *,
    is_whole: bool,
    labels: Mapping[str, str] | None = None,
    rest: Words = IN_THE_REPORT,
    most: int | None = REASONS_SHOWN,
) -> list[str]:
    """The reasons, numbered: that of the main target first, then by how many targets each holds back.

    Args:
        tables: of the run.
        language: of every word.
        is_whole: the second cause and a second target too, where there is one.
        labels: what each target is called; its number and id when None.
        rest: where the targets are told that are held back by something else.
        most: so many reasons; all when None.
    """
    missed = [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]
    if not missed:
        return [_NOTHING_MISSED.text(language)] if tables.targets else []
    labels = labels or target_labels(tables.targets)
    always = [row.target_id for row in missed if row.p_reached == 1.0]
    missed = [row for row in missed if row.p_reached != 1.0]
    if not missed:
        return [f"{capital(targets_named(always, labels, language))} – {EVERY_TIME.text(language)}."]
    groups = _groups(missed, tables)
    points = []
    for k, (obstacle, rows) in enumerate(groups[:most], start=1):
        named = capital(targets_named([row.target_id for row in rows], labels, language))
        if obstacle == "held_up":
            text = _held_up(rows, tables, language)
        else:
            text = _text(obstacle, rows, tables, labels, language, is_whole=is_whole)
        text = text or UNKNOWN.text(language)
        points.append(say(_POINT, language, k=k, named=named, text=text))
    left = [] if most is None else groups[most:]
    if others := sorted((row.target_id for _, rows in left for row in rows), key=list(labels).index):
        points.append(say(rest, language, named=targets_named(others, labels, language)))
    return points


def _groups(missed: Sequence[TargetRow], tables: RunTables) -> list[tuple[Obstacle, list[TargetRow]]]:
    main = main_target(tables.targets)
    grouped = [(obstacle, rows) for (obstacle, *_), rows in grouped_by_obstacle(missed, tables).items()]
    return sorted(grouped, key=lambda item: (main not in item[1], item[0] == "unknown", -len(item[1])))


def _held_up(rows: Sequence[TargetRow], tables: RunTables, language: Lang) -> str:
    if len(rows) == 1:
        return held_up_text(rows[0], tables, language, is_whole=False)
    return held_up_together(rows, numbers_of(tables.targets), tables, language)


def _text(
    obstacle: Obstacle,
    rows: Sequence[TargetRow],
    tables: RunTables,
    labels: Mapping[str, str],
    language: Lang,
    *,
    is_whole: bool,
) -> str:
    row = rows[0]
    if obstacle == "sending" and row.scope != "all":
        return sending_text(tables, row, language)
    if obstacle == "submission":
        return submission_text(tables, row, language)
    if obstacle in _GROUPS:
        return _causes_text(tables, row, _GROUPS[obstacle], language, is_whole=is_whole)
    if obstacle in LEVELS_BELOW:
        return use_text(tables, row, LEVELS_BELOW[obstacle], language)
    if obstacle == "milestone":
        return _stops_text(rows, tables, language)
    if obstacle == "software":
        return _missing_text(rows, tables, labels, language, most=2 if is_whole else 1)
    if obstacle == "projects":
        parts = [(row, projects_text(row, tables, language, is_whole=False)) for row in rows]
        named = [f"{targets_named([row.target_id], labels, language)} – {text}" for row, text in parts if text]
        if len(rows) == 1:
            return parts[0][1]
        return "; ".join(named[: 2 if is_whole else 1])
    if obstacle == "filing":
        return _filing_text(tables, row, language)
    return _NATIONAL.text(language) if obstacle == "national" else ""


def _causes_text(tables: RunTables, target: TargetRow, group: str, language: Lang, *, is_whole: bool) -> str:
    found = largest_causes(tables.causes, group, target.due, tables.manifest.stopped)
    if not found:
        return ""
    leading = leading_causes(found)
    named = [
        say(_CAUSE, language, cause=term("cause", row.cause, language), share=share_text(share, language))
        for row, share in found
    ]
    if len(leading) > 1:
        tied = [named[found.index(pair)] for pair in leading]
        causes = say(_TIED if is_whole else _TIED_SHORT, language, causes=_joined(tied, language))
    elif is_whole and len(named) > 1:
        causes = say(_NEXT, language, first=named[0], second=named[1])
    else:
        causes = named[0]
    year = year_text(found[0][0].year, tables.manifest.stopped, language)
    return say(_MAINLY[group], language, year=year, causes=causes)


def _stops_text(rows: Sequence[TargetRow], tables: RunTables, language: Lang) -> str:
    """What most often holds back most of a milestone's money, counted over the milestones that are missed."""
    worst = []
    for row in rows:
        stops = stops_of([one for one in tables.milestones if one.target_id == row.target_id])
        worst += [stops[0].state] if stops and stops[0].largest_in else []
    if not worst:
        return ""
    counts = Counter(worst)
    most = max(counts.values())
    states = [term("milestone_state", state, language) for state, count in counts.items() if count == most]
    wording = _STOPS if len(states) == 1 else _TIED_STOPS
    return say(wording, language, states=_joined(states, language), k=most, n=len(rows))


def _missing_text(
    rows: Sequence[TargetRow], tables: RunTables, labels: Mapping[str, str], language: Lang, most: int
) -> str:
    """The targets that are furthest from their threshold, and how much is missing there."""
    behind = [row for row in rows if row.median is not None and row.median < row.threshold]
    furthest = sorted(behind, key=lambda row: (row.median or 0.0) / row.threshold)[:most]
    parts = [
        missing if len(rows) == 1 else f"{targets_named([row.target_id], labels, language)} – {missing}"
        for row in furthest
        if (missing := missing_text(row, tables, language, most_reasons=None if most > 1 else 2))
    ]
    return "; ".join(parts)


def _filing_text(tables: RunTables, target: TargetRow, language: Lang) -> str:
    year = last_year_by(target.due, (row.year for row in tables.dossiers), tables.manifest.stopped)
    shares = {
        row.quantity: row.median
        for row in tables.dossiers
        if (row.year, row.tier) == (year, "all") and row.median is not None
    }
    offered, online = shares.get("fileable_share"), shares.get("online_share")
    if year is None or offered is None or online is None:
        return ""
    shown = year_text(year, tables.manifest.stopped, language)
    return say(
        _FILING, language, year=shown, offered=share_text(offered, language), online=share_text(online, language)
    )


def _joined(parts: Sequence[str], language: Lang) -> str:
    joint = _AND.text(language)
    return joint.join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
