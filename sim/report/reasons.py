"""What holds back the targets that are not safely reached: a sentence for those that share their main reason.

The numbers are those of the closing words of the report; what cannot be told apart is called equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sim.report.cause_ranking import largest_causes, last_year_by, leading_causes
from sim.report.delivery_causes import main_cause_text, sending_text, submission_text, submitters_text
from sim.report.formatting import share_text, year_text
from sim.report.headlines import main_target
from sim.report.held_up import held_up_text, main_reason, share_of
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
_BELOW = Words("Còn lại: {named}, xem ngay dưới đây.", "The others: {named}, see below.")
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
_MAIN = {
    "not_electronic": Words(
        "{cause} ({share} lượt gửi không điện tử năm {year})", "{cause} ({share} of what was not electronic in {year})"
    ),
    "parallel_paper": Words(
        "{cause} ({share} lượt gửi điện tử còn kèm bản giấy năm {year})",
        "{cause} ({share} of what paper went along with in {year})",
    ),
}
"""The largest cause alone."""
_CAUSE = Words("{cause} ({share})", "{cause} ({share})")
_TIED = Words(
    "{causes}; chưa phân định được nguyên nhân nào lớn nhất", "{causes}; which of them is largest cannot be told yet"
)
_TIED_SHORT = Words("{causes}, chưa rõ bên nào lớn hơn", "{causes}, the larger not known yet")
_NEXT = Words("{first}, tiếp theo là {second}", "{first}, then {second}")
_BECAUSE = Words("nhiều nhất là vì {reason} ({shares})", "most of all because {reason} ({shares})")
_IN_SHORT = Words("{reason}, {shares}", "{reason}, {shares}")
_NOT_DELIVERED = Words(
    "ở {shares} số lần không đạt, phần chưa bàn giao nhiều nhất là do {reason}",
    "in {shares} of the misses what is not delivered is mostly: {reason}",
)
_OF_THE_GAP = Words("{shares} phần thiếu", "share of the gap: {shares}")
_OF_THE_MISSES = Words("{shares} số lần không đạt", "share of the misses: {shares}")
_OF_TARGET = Words("số {number}: {share}", "no. {number} {share}")
_AND = Words(" và ", " and ")


Group = tuple[Obstacle, str, date | None]
"""What some targets have in common: the main reason, or the obstacle with the scope and due date that it is about."""


def reason_points(
    tables: RunTables,
    language: Lang,
    *,
    is_whole: bool,
    labels: Mapping[str, str] | None = None,
    most: int | None = None,
) -> list[str]:
    """The reasons, numbered: that of the main target first, then by how many targets each holds back.

    Args:
        tables: of the run.
        language: of every word.
        is_whole: the second cause and a second target too, where there is one.
        labels: what each target is called; its number and id when None.
        most: so many reasons, the other targets being told below; all when None.
    """
    missed = _missed(tables)
    if not missed:
        return [_NOTHING_MISSED.text(language)] if tables.targets else []
    labels = labels or target_labels(tables.targets)
    groups = _groups(missed, tables)
    points = []
    for k, ((obstacle, reason, _), rows) in enumerate(groups[:most], start=1):
        named = capital(targets_named([row.target_id for row in rows], labels, language))
        if obstacle == "held_up":
            text = _because(reason, rows, tables, language, is_whole=is_whole)
        else:
            text = _text(obstacle, rows, tables, labels, language, is_whole=is_whole)
        points.append(say(_POINT, language, k=k, named=named, text=text or UNKNOWN.text(language)))
    left = [] if most is None else groups[most:]
    if others := sorted((row.target_id for _, rows in left for row in rows), key=list(labels).index):
        points.append(say(_BELOW, language, named=targets_named(others, labels, language)))
    return points or reached_so_far(tables, language, labels)


def reached_so_far(tables: RunTables, language: Lang, labels: Mapping[str, str]) -> list[str]:
    """Of the targets that no verdict calls safe yet, though every simulation reaches them; nothing where none is."""
    always = [row.target_id for row in _missed(tables) if row.p_reached == 1.0]
    return [f"{capital(targets_named(always, labels, language))} – {EVERY_TIME.text(language)}."] if always else []


def targets_by_reason(tables: RunTables) -> dict[str, list[tuple[int, str]]]:
    """By a cause or reason, as tables name it, the targets that it mostly stops, each after the number of its point.

    Reasons stand in the order of how many targets each stops; a target whose causes cannot be told apart is under each.
    """
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for k, ((obstacle, reason, _), rows) in enumerate(_groups(_missed(tables), tables), start=1):
        for row in rows:
            for name in [reason] if obstacle == "held_up" else _causes(obstacle, row, tables):
                found[name].append((k, row.target_id))
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _missed(tables: RunTables) -> list[TargetRow]:
    return [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]


def _causes(obstacle: Obstacle, row: TargetRow, tables: RunTables) -> list[str]:
    """The causes that the point of a target names first."""
    if obstacle not in _GROUPS or (obstacle == "sending" and row.scope != "all"):
        return []
    found = largest_causes(tables.causes, _GROUPS[obstacle], row.due, tables.manifest.stopped)
    return [cause.cause for cause, _ in leading_causes(found)]


def _groups(missed: Sequence[TargetRow], tables: RunTables) -> list[tuple[Group, list[TargetRow]]]:
    """Those of the main target first, then by how many there are; what every simulation reaches is in none."""
    main = main_target(tables.targets)
    found: defaultdict[Group, list[TargetRow]] = defaultdict(list)
    for (obstacle, scope, due), rows in grouped_by_obstacle(missed, tables).items():
        for row in rows if obstacle != "none" else ():
            reason = main_reason(row, tables) or _stop(row, tables)
            found[("held_up", reason, None) if reason else (obstacle, scope, due)].append(row)
    in_order = list(tables.targets)
    for rows in found.values():
        rows.sort(key=in_order.index)
    return sorted(found.items(), key=lambda item: (main not in item[1], item[0][0] == "unknown", -len(item[1])))


def _stop(row: TargetRow, tables: RunTables) -> str:
    """What most often keeps most of a milestone's money; empty of any other target."""
    stops = stops_of([one for one in tables.milestones if one.target_id == row.target_id])
    return stops[0].state if stops and stops[0].largest_in else ""


def _because(reason: str, rows: Sequence[TargetRow], tables: RunTables, language: Lang, *, is_whole: bool) -> str:
    """The reason that some targets have in common, and how much of what each is short of goes by it."""
    if is_whole and len(rows) == 1 and main_reason(rows[0], tables):
        return held_up_text(rows[0], tables, language, is_whole=False)
    gaps = {row.target_id: share_of(reason, row, tables) for row in rows if main_reason(row, tables)}
    misses = {row.target_id: _share_of_misses(row, tables) for row in rows if row.target_id not in gaps}
    numbers, is_each = numbers_of(tables.targets), is_whole and len(rows) > 1
    in_words = {
        words: _shares(shares, numbers, language, is_each=is_each)
        for words, shares in ((_OF_THE_GAP, gaps), (_OF_THE_MISSES, misses))
        if shares
    }
    said = "; ".join(say(words, language, shares=shares) for words, shares in in_words.items())
    because = term("held_up_reason" if gaps else "milestone_state", reason, language)
    if not is_whole:
        return say(_IN_SHORT, language, reason=because, shares=said)
    if not gaps:
        return say(_NOT_DELIVERED, language, reason=because, shares=in_words[_OF_THE_MISSES])
    return say(_BECAUSE, language, reason=because, shares=said)


def _share_of_misses(row: TargetRow, tables: RunTables) -> float:
    """In what share of the draws that miss a milestone its usual obstacle is the largest."""
    stop = stops_of([one for one in tables.milestones if one.target_id == row.target_id])[0]
    return (stop.largest_in or 0) / stop.missed


def _shares(shares: Mapping[str, float], numbers: Mapping[str, str], language: Lang, *, is_each: bool) -> str:
    """The share of each target, or from the smallest to the largest."""
    if is_each:
        named = (
            say(_OF_TARGET, language, number=numbers[target_id], share=share_text(share, language))
            for target_id, share in shares.items()
        )
        return ", ".join(named)
    low, high = (share_text(end, language) for end in (min(shares.values()), max(shares.values())))
    return high if low == high else f"{low.removesuffix('%')}–{high}"


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
        return (sending_text if is_whole else main_cause_text)(tables, row, language)
    if obstacle == "submission":
        return (submission_text if is_whole else submitters_text)(tables, row, language)
    if obstacle in _GROUPS:
        return _causes_text(tables, row, _GROUPS[obstacle], language, is_whole=is_whole)
    if obstacle in LEVELS_BELOW:
        return use_text(tables, row, LEVELS_BELOW[obstacle], language, is_whole=is_whole)
    if obstacle == "software":
        return _missing_text(rows, tables, labels, language, is_whole=is_whole)
    if obstacle == "projects":
        parts = [(row, projects_text(row, tables, language, is_whole=False)) for row in rows]
        named = [f"{targets_named([row.target_id], labels, language)} – {text}" for row, text in parts if text]
        if len(rows) == 1:
            return parts[0][1]
        return "; ".join(named)
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
    if group in _MAIN and causes == named[0]:
        row, share = found[0]
        return say(
            _MAIN[group],
            language,
            year=year,
            cause=term("cause", row.cause, language),
            share=share_text(share, language),
        )
    return say(_MAINLY[group], language, year=year, causes=causes)


def _missing_text(
    rows: Sequence[TargetRow], tables: RunTables, labels: Mapping[str, str], language: Lang, *, is_whole: bool
) -> str:
    """How much is missing of the targets that are short, the furthest from its threshold first; in short of that."""
    behind = [row for row in rows if row.median is not None and row.median < row.threshold]
    furthest = sorted(behind, key=lambda row: (row.median or 0.0) / row.threshold)
    parts = [
        missing if len(rows) == 1 else f"{targets_named([row.target_id], labels, language)} – {missing}"
        for row in furthest[: None if is_whole else 1]
        if (missing := missing_text(row, tables, language, most_reasons=None if is_whole else 2))
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
