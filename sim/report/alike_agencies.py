"""Agencies of a district that stand alike, in one line: level of use, main cause, since when linked, what they send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from math import fsum

from sim.report.agency_quarters import (
    Quarters,
    end_of,
    last_quarters,
    level_meaning,
    level_text,
    main_cause,
    rows_of,
    short_name,
)
from sim.report.formatting import month_text, rounded
from sim.report.phrases import say
from sim.report.why_agency import earliest_quarter, is_sure
from sim.results.agency_tables import AgencyQuarterRow
from sim.results.words import Lang, Words

MOST_GROUPS = 12
_GROUPS = Words(
    "Các cơ quan ({order}), theo mức dùng (0–4, trung vị):", "The agencies ({order}), by level of use (0–4, median):"
)
_SENDERS = Words(
    "Các cơ quan ({order}): mức dùng (0–4, trung vị), nguyên nhân, gửi điện tử bình quân:",
    "The agencies ({order}): level of use (0–4, median), cause, mean sent electronically:",
)
_LOWEST_FIRST = Words("nơi thấp trước", "the lowest first")
_BELOW_DISTRICT = Words("cấp huyện, rồi nơi thấp trước", "the district's, then the lowest")
_ALIKE = Words("mức {level}{meaning}; {cause}{agencies}", "level {level}{meaning}; {cause}{agencies}")
_SINCE = Words("{linked} – {agencies}", "{linked} – {agencies}")
_LINKED = Words("liên thông từ {month}", "linked from {month}")
_FROM_START = Words("liên thông từ đầu kỳ", "linked from the start")
_UNSURE = Words("chưa chắc liên thông ({k}/{n} lần, sớm nhất {low})", "linked or not ({k} of {n}, the first by {low})")
_UNLINKED = Words("đa số lần chưa liên thông", "mostly not linked")
_MORE_AGENCIES = Words(
    "… và {count} cơ quan khác: agencies_by_quarter.csv", "… and {count} more: agencies_by_quarter.csv"
)


def alike_lines(mine: Quarters, start: date | None, language: Lang, *, with_causes: bool) -> Iterator[str]:
    """The agencies by level and, of those that send, main cause; the worst first, below their district's committee.

    Args:
        mine: every quarter of each agency.
        start: first day simulated.
        language: of the text.
        with_causes: whether it is told what stops what they send, and how much of it is electronic.
    """
    groups: defaultdict[tuple[bool, float | None, str], dict[str, Sequence[AgencyQuarterRow]]] = defaultdict(dict)
    for agency_id, rows in last_quarters(mine).items():
        cause = main_cause(rows, language) if with_causes else ""
        groups[rows[-1].tier != "district", rows[-1].level_median, cause][agency_id] = rows

    def place(key: tuple[bool, float | None, str]) -> tuple[bool, float, int]:
        worst = _share(rows_of(groups[key])) if with_causes else key[1] or 0.0
        return key[0], worst, -len(groups[key])

    in_order = sorted(groups, key=place)
    if in_order:
        has_district = not in_order[0][0]
        order = (_BELOW_DISTRICT if has_district else _LOWEST_FIRST).text(language)
        yield say(_SENDERS if with_causes else _GROUPS, language, order=order)
    told: set[float | None] = set()
    for key in in_order[:MOST_GROUPS]:
        _, level, cause = key
        said = "" if level in told else level_meaning(level, language)  # said once
        told.add(level)
        yield "  " + say(
            _ALIKE,
            language,
            level=level_text(level, language),
            meaning=f" ({said})" if said else "",
            cause=f"{cause}; " if cause else "",
            agencies=_since(groups[key], mine, start, language, with_shares=with_causes),
        )
    left = sum(len(groups[key]) for key in in_order[MOST_GROUPS:])
    if left:
        yield "  " + say(_MORE_AGENCIES, language, count=left)


def _since(agencies: Quarters, mine: Quarters, start: date | None, language: Lang, *, with_shares: bool) -> str:
    """Agencies of one level by since when they are linked; what an agency does not have cannot be linked."""
    by_link: defaultdict[str, dict[str, Sequence[AgencyQuarterRow]]] = defaultdict(dict)
    for agency_id, rows in agencies.items():
        has_any = rows[-1].level_median != 0.0
        by_link[_linked(mine[agency_id], start, language) if has_any else ""][agency_id] = rows
    in_order = sorted(by_link.items(), key=lambda item: _share(rows_of(item[1])))
    told = []
    for linked, alike in in_order:
        named = _by_share(alike, language) if with_shares else _named(alike, language)
        told.append(say(_SINCE, language, linked=linked, agencies=named) if linked else named)
    return " | ".join(told)


def _named(agencies: Quarters, language: Lang) -> str:
    return ", ".join(short_name(rows[-1], language) for rows in agencies.values())


def _share(rows: Sequence[AgencyQuarterRow]) -> float:
    sent = fsum(row.deliveries_mean for row in rows)
    return fsum(row.electronic_mean for row in rows) / sent if sent else 0.0


def _by_share(agencies: Quarters, language: Lang) -> str:
    """Agencies by what they send electronically, those of one whole per cent together, the lowest first."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for rows in agencies.values():
        found[int(rounded(100.0 * _share(rows), 0))].append(short_name(rows[-1], language))
    return "; ".join(f"{percent}%: {', '.join(found[percent])}" for percent in sorted(found))


def _linked(quarters: Sequence[AgencyQuarterRow], start: date | None, language: Lang) -> str:
    row = quarters[-1]
    since = row.connected_from
    if since is not None and not is_sure(row):
        low = earliest_quarter(quarters, language)
        return say(_UNSURE, language, k=round(row.connected_share * row.n), n=row.n, low=low)
    if since is None or since > end_of(row):
        return _UNLINKED.text(language)
    if start is not None and since < start:
        return _FROM_START.text(language)
    return say(_LINKED, language, month=month_text(since, language))
