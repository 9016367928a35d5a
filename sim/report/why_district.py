"""What a run knows of one district that bears on a target: its agencies, what the plan left out, overloaded posts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from math import fsum

from sim.report.formatting import (
    BLANK,
    frequency_text,
    interval_text,
    month_text,
    number_text,
    quantity_text,
    share_text,
    unit_kind,
)
from sim.report.missing_systems import is_in
from sim.report.obstacles import LATE
from sim.report.phrases import say
from sim.report.plan_ends import is_meant_for, reason_words
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.agency_tables import STOPPED_BY, AgencyQuarterRow, DistrictTargetRow
from sim.results.plan_tables import UnservedRow
from sim.results.run_tables import TargetRow
from sim.results.service_tables import SaturatedPostRow
from sim.results.words import Lang, Words

QUARTERS = 4
MOST_GROUPS, MOST_CAUSES, MOST_KINDS, MOST_POSTS = 4, 3, 3, 2
ABOUT_EXCHANGE = ("exchange_", "submission_", "ministry_")
ABOUT_EOFFICE = (*ABOUT_EXCHANGE, "internal_", "eoffice_")
"""Beginnings of the measures whose causes, and whose agencies by level of use, say something."""
_ABOUT_DOSSIERS = ("dossier_", *LATE)
_MOVED_BY = {
    "dedicated_network_": ("dedicated_link",),
    "online_service_": ("online_system",),
    "onestop_": ("onestop_",),
    "dossier_": ("onestop_", "online_system"),
    **dict.fromkeys(ABOUT_EOFFICE, ("eoffice", "dedicated_link", "token")),
}
"""Beginnings of what the plan buys by district that moves a measure; of other measures nothing that is bought so."""
_HERE = Words(
    "{district}: {value} (khoảng 5–95%: {range}), toàn tỉnh {whole}; riêng huyện đạt ở {chance}.",
    "{district}: {value} (5–95% range {range}), the province {whole}; alone it would reach it in {chance}.",
)
_STOPS = Words(
    "Đếm trong mô phỏng, bình quân {year}: {electronic} trong {sent} lượt gửi của {agencies} cơ quan là điện tử; "
    "phần còn lại: {causes}.",
    "As the simulation counts, mean of {year}: {electronic} of {sent} deliveries by {agencies} agencies are "
    "electronic; of the rest: {causes}.",
)
_FOUR_QUARTERS = Words("bốn quý đến quý {quarter}/{year}", "four quarters to Q{quarter} {year}")
_QUARTERS = Words("{n} quý đến quý {quarter}/{year}", "{n} quarters to Q{quarter} {year}")
_GROUP = Words(
    "{linked}; mức dùng {level}/4; không gửi điện tử chủ yếu do: {cause}; tỷ lệ gửi điện tử {agencies}",
    "{linked}; level of use {level} of 4; not electronic mainly because: {cause}; share electronic {agencies}",
)
_LINKED = Words("liên thông từ {month}", "linked from {month}")
_FROM_START = Words("liên thông từ đầu kỳ", "linked from the start")
_UNLINKED = Words("chưa liên thông ở quá nửa số lần mô phỏng", "not linked in more than half of the simulations")
_NO_CAUSE = Words("không có", "none")
_MORE_AGENCIES = Words(
    "… và {count} cơ quan khác: agencies_by_quarter.csv", "… and {count} more: agencies_by_quarter.csv"
)
_UNSERVED = Words(
    "Chưa có {kind}: {here}/{all} cơ quan ({elsewhere} trong {others} cơ quan cùng cấp ở nơi khác) – {reason}.",
    "Without {kind}: {here} of {all} agencies ({elsewhere} of {others} of the same tier elsewhere) – {reason}.",
)
_ORDER = Words("; thứ tự phục vụ: {order}", "; order of serving: {order}")
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
    mine = last_year(tables, target, district_id)
    if mine and target.measure.startswith(ABOUT_EXCHANGE):
        yield _what_stops(mine, language)
    if target.measure.startswith(ABOUT_EOFFICE):
        yield from _groups(mine, tables.manifest.horizon_start, language)
    yield from _unserved(tables, target, district_id, language)
    if target.measure.startswith((*ABOUT_EOFFICE, *_ABOUT_DOSSIERS)):
        yield _overloaded(tables, district_id, language)


def _here(row: DistrictTargetRow, language: Lang) -> str:
    kind = unit_kind(row.measure)
    return say(
        _HERE,
        language,
        district=row.district(language),
        value=quantity_text(row.median, kind, language),
        range=interval_text(row.p05, row.p95, kind, language),
        whole=quantity_text(row.province_median, kind, language),
        chance=frequency_text(row.p_reached, row.n, language),
    )


def last_year(tables: RunTables, target: TargetRow, district_id: str) -> dict[str, list[AgencyQuarterRow]]:
    """The district's agencies that the target is about, each with its four quarters up to the due date."""
    last = (target.due.year, (target.due.month + 2) // 3)
    found: defaultdict[str, list[AgencyQuarterRow]] = defaultdict(list)
    for row in tables.agencies_by_quarter:
        if row.district_id == district_id and is_in(row.tier, target.scope) and (row.year, row.quarter) <= last:
            found[row.agency_id].append(row)
    return {agency_id: rows[-QUARTERS:] for agency_id, rows in found.items()}


def causes_text(mine: dict[str, list[AgencyQuarterRow]], language: Lang, most: int = MOST_CAUSES) -> str:
    """The main causes of what was not accepted electronically, each with its share of that."""
    amounts = {name: fsum(row.by_cause[name] for rows in mine.values() for row in rows) for name in STOPPED_BY}
    whole = fsum(amounts.values())
    largest = sorted((name for name in amounts if amounts[name]), key=lambda name: -amounts[name])[:most]
    said = [f"{term('cause', name, language)} {share_text(amounts[name] / whole, language)}" for name in largest]
    return ", ".join(said) or _NO_CAUSE.text(language)


def _what_stops(mine: dict[str, list[AgencyQuarterRow]], language: Lang) -> str:
    rows = [row for several in mine.values() for row in several]
    sent = fsum(row.deliveries_mean for row in rows)
    electronic = fsum(row.electronic_mean for row in rows)
    quarters = {(row.year, row.quarter) for row in rows}
    year, quarter = max(quarters)
    named = _FOUR_QUARTERS if len(quarters) == QUARTERS else _QUARTERS
    return say(
        _STOPS,
        language,
        electronic=share_text(electronic / sent, language) if sent else BLANK,
        sent=number_text(sent, 0, language),
        agencies=len(mine),
        year=say(named, language, n=len(quarters), quarter=quarter, year=year),
        causes=causes_text(mine, language),
    )


def _groups(mine: dict[str, list[AgencyQuarterRow]], start: date | None, language: Lang) -> Iterator[str]:
    """Agencies that stand alike in one line: when linked, level, main cause, then each with its share."""
    groups: defaultdict[tuple[str, str, str], list[list[AgencyQuarterRow]]] = defaultdict(list)
    for rows in mine.values():
        last = rows[-1]
        level = BLANK if last.level_median is None else number_text(last.level_median, 1, language).removesuffix(",0")
        groups[_linked(last, start, language), level.removesuffix(".0"), _main_cause(rows, language)].append(rows)
    in_order = sorted(groups.items(), key=lambda item: (item[1][0][0].tier != "district", -len(item[1])))
    for (linked, level, cause), agencies in in_order[:MOST_GROUPS]:
        named = _by_share(agencies, language)
        yield "  " + say(_GROUP, language, linked=linked, level=level, cause=cause, agencies=named)
    left = sum(len(agencies) for _, agencies in in_order[MOST_GROUPS:])
    if left:
        yield "  " + say(_MORE_AGENCIES, language, count=left)


def _by_share(agencies: Sequence[Sequence[AgencyQuarterRow]], language: Lang) -> str:
    """Agencies by what they send electronically, those of one whole per cent together, the highest first."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for rows in agencies:
        sent = fsum(row.deliveries_mean for row in rows)
        share = fsum(row.electronic_mean for row in rows) / sent if sent else 0.0
        found[round(100.0 * share)].append(_short(rows[-1], language))
    return "; ".join(f"{percent}%: {', '.join(found[percent])}" for percent in sorted(found, reverse=True))


def _linked(row: AgencyQuarterRow, start: date | None, language: Lang) -> str:
    since = row.connected_from
    if since is None:
        return _UNLINKED.text(language)
    if start is not None and since < start:
        return _FROM_START.text(language)
    return say(_LINKED, language, month=month_text(since, language))


def _main_cause(rows: Sequence[AgencyQuarterRow], language: Lang) -> str:
    amounts = {name: fsum(row.by_cause[name] for row in rows) for name in STOPPED_BY}
    main = max(STOPPED_BY, key=lambda name: amounts[name])
    return term("cause", main, language) if amounts[main] else _NO_CAUSE.text(language)


def _short(row: AgencyQuarterRow, language: Lang) -> str:
    """A commune by its own name: `Phước Hòa` of `UBND xã Phước Hòa`; a district committee as it is called."""
    name = row.name(language)
    return name if row.tier == "district" else re.sub(r"^(UBND )?(xã|phường|thị trấn) ", "", name, flags=re.IGNORECASE)


def _moves(row: UnservedRow, target: TargetRow) -> bool:
    """Whether what an agency lacks bears on a target."""
    kinds = next((kinds for measure, kinds in _MOVED_BY.items() if target.measure.startswith(measure)), ())
    return bool(kinds) and row.kind.startswith(kinds) and is_meant_for(row) and is_in(row.tier, target.scope)


def _unserved(tables: RunTables, target: TargetRow, district_id: str, language: Lang) -> Iterator[str]:
    """What the plan buys and most of the district's agencies still lack, beside the same tier elsewhere."""
    lacking: defaultdict[tuple[str, str], list[UnservedRow]] = defaultdict(list)
    for row in tables.unserved:
        if row.unserved_share > 0.5 and _moves(row, target):
            lacking[row.kind, row.tier].append(row)
    found = [(rows, [row for row in rows if row.district_id == district_id]) for rows in lacking.values()]
    order = _order(tables, language)
    in_turn = sorted((one for one in found if one[1]), key=lambda one: -len(one[1]))
    for rows, here in in_turn[:MOST_KINDS]:
        same = [row for row in tables.agencies if row.tier == here[0].tier]
        mine = sum(row.district_id == district_id for row in same)
        others, elsewhere = len(same) - mine, len(rows) - len(here)
        reason = reason_words(here[0]).text(language)
        if here[0].reason != "not_in_tiers" and elsewhere < others and order:
            reason, order = reason + say(_ORDER, language, order=order), ""
        kind = here[0].kind_vi if language == "vi" else here[0].kind_en
        numbers = {"here": len(here), "all": mine, "elsewhere": elsewhere, "others": others}
        yield say(_UNSERVED, language, kind=kind, reason=reason, **numbers)


def _order(tables: RunTables, language: Lang) -> str:
    """The order in which a line serves agencies, as its parameter's title spells it; empty where it is drawn."""
    row = next((row for row in tables.parameters if row.key == "budget.order" and row.kind == "fixed"), None)
    named = re.search(rf"\b{int(row.value)}: ([^;)]+)", row.title(language)) if row else None
    return named[1] if named else ""


def _overloaded(tables: RunTables, district_id: str, language: Lang) -> str:
    posts: defaultdict[tuple[str, str], list[SaturatedPostRow]] = defaultdict(list)
    for row in tables.saturated_posts:
        if row.district_id == district_id:
            posts[row.post, row.agency_id].append(row)
    often = sorted(posts.values(), key=lambda rows: -max(row.saturated_in for row in rows))[:MOST_POSTS]
    said = [
        f"{term('station', rows[0].post, language)}, {rows[0].name(language)} "
        f"({', '.join(f'{row.year}: {row.saturated_in}/{row.n}' for row in rows)})"
        for rows in often
    ]
    return say(_POST, language, posts="; ".join(said)) if said else _NO_POST.text(language)
