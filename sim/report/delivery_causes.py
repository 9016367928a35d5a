"""Why deliveries and dossiers fail what a target asks: by cause, for the agencies and the year that it is about."""

from __future__ import annotations

from sim.report.agency_quarters import (
    amounts_by_cause,
    causes_text,
    last_quarters,
    period_of,
    quarter_text,
    quarters_to_due,
    rows_of,
)
from sim.report.cause_ranking import grown_by_composition, largest_causes
from sim.report.formatting import number_text, share_text, unit_text, year_text
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.results.agency_tables import AgencyQuarterRow
from sim.results.run_tables import CauseRow, TargetRow
from sim.results.words import Lang, Words

_BY_SENDERS = Words(
    "lượt gửi của {scope} không điện tử trong {period} là do {causes} (tỷ trọng tính trên số bình quân, n = {n})",
    "deliveries by {scope} that were not electronic, {period}: {causes} (shares of mean numbers, n = {n})",
)
_SUBMITTERS = Words(
    "nơi nhận chỉ có Văn phòng UBND tỉnh và bảng nguyên nhân không tách riêng văn bản trình; trong các nơi gửi, cuối "
    "{period} chưa liên thông văn phòng điện tử ở quá nửa số lần mô phỏng: {counts}",
    "the Office alone receives these, and the causes are not split by recipient; of those that send, not linked by "
    "e-office in more than half of the simulations at the end of {period}: {counts}",
)
_SUBMITTERS_LINKED = Words(
    "nơi nhận chỉ có Văn phòng UBND tỉnh và bảng nguyên nhân không tách riêng văn bản trình; cuối {period} mọi nơi gửi "
    "đã liên thông văn phòng điện tử ở ít nhất một nửa số lần mô phỏng",
    "the Office alone receives these, and the causes are not split by recipient; at the end of {period} all that send "
    "are linked by e-office in half of the simulations or more",
)
_MAIN_OF_SENDERS = Words(
    "{cause} ({share} lượt gửi không điện tử của {scope}, {period})",
    "{cause} ({share} of what {scope} sent not electronically, {period})",
)
_SUBMITTERS_IN_SHORT = Words(
    "{unlinked} trong {all} nơi gửi chưa liên thông văn phòng điện tử cuối {period}",
    "{unlinked} of the {all} that send are not linked by e-office at the end of {period}",
)
_UNLINKED_OF_TIER = Words("{unlinked} trong {all} cơ quan ({tier})", "{unlinked} of {all} ({tier})")
_SHARE_ALONE = Words(
    "; tỷ trọng tăng chủ yếu vì các nguyên nhân khác giảm: trung vị {now} {unit}, năm {year} là {then}",
    "; its share grew mostly because others shrank: median {now} {unit}, {then} in {year}",
)
_HALF = 0.5
_WHOLE_PROVINCE = Words(" (tính chung toàn tỉnh)", " (of the whole province)")


def sending_text(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """Why deliveries of the agencies that a target is about were not electronic in the year up to its due date."""
    if target.scope == "all":
        return yearly_causes_text(tables, target, "not_electronic", language)
    rows = rows_of(last_quarters(quarters_to_due(tables, target)))
    amounts = amounts_by_cause(rows)
    if not amounts:
        return ""
    return say(
        _BY_SENDERS,
        language,
        scope=scope_text(target.scope, language, tables.manifest.groups),
        period=period_of(rows, language),
        causes=causes_text(rows, language),
        n=number_text(max(row.n for row in rows), 0, language),
    )


def main_cause_text(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """The largest of these causes alone, of a target that is about some agencies."""
    rows = rows_of(last_quarters(quarters_to_due(tables, target)))
    amounts = amounts_by_cause(rows)
    if not amounts:
        return ""
    cause = next(iter(amounts))
    return say(
        _MAIN_OF_SENDERS,
        language,
        scope=scope_text(target.scope, language, tables.manifest.groups),
        period=period_of(rows, language),
        cause=term("cause", cause, language),
        share=share_text(amounts[cause] / sum(amounts.values()), language),
    )


def submission_text(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """Who would submit to the Office and is not linked: causes by recipient are not in the tables."""
    senders = _submitters(tables, target)
    if not senders:
        return ""
    period = quarter_text(senders[0], language)
    if all(row.connected_share >= _HALF for row in senders):
        return say(_SUBMITTERS_LINKED, language, period=period)
    tiers = {tier: [row for row in senders if row.tier == tier] for tier in dict.fromkeys(row.tier for row in senders)}
    counts = [
        say(
            _UNLINKED_OF_TIER,
            language,
            unlinked=number_text(sum(row.connected_share < _HALF for row in rows), 0, language),
            all=number_text(len(rows), 0, language),
            tier=term("tier", tier, language),
        )
        for tier, rows in tiers.items()
    ]
    return say(_SUBMITTERS, language, period=period, counts=", ".join(counts))


def submitters_text(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """How many of all that submit to the Office are not linked in more than half of the simulations."""
    senders = _submitters(tables, target)
    unlinked = sum(row.connected_share < _HALF for row in senders)
    if not unlinked:
        return submission_text(tables, target, language)
    counts = {"unlinked": number_text(unlinked, 0, language), "all": number_text(len(senders), 0, language)}
    return say(_SUBMITTERS_IN_SHORT, language, period=quarter_text(senders[0], language), **counts)


def _submitters(tables: RunTables, target: TargetRow) -> list[AgencyQuarterRow]:
    """Who sends to the Office, as of the last quarter that is over on the due date."""
    latest = (rows[-1] for rows in quarters_to_due(tables, target).values() if rows)
    return [row for row in latest if row.tier not in {"office", ""}]


def yearly_causes_text(tables: RunTables, target: TargetRow, group: str, language: Lang) -> str:
    """The largest causes of a group in the whole province, in the last year that is over when a target is due."""
    found = largest_causes(tables.causes, group, target.due, tables.manifest.stopped)
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
    named = ", ".join(
        f"{term('cause', row.cause, language)} ({share_text(share, language)}{_by_composition(row, tables, language)})"
        for row, share in found
    )
    year, runs = (
        year_text(found[0][0].year, tables.manifest.stopped, language),
        number_text(max(row.n for row, _ in found), 0, language),
    )
    whole = "" if target.scope == "all" else _WHOLE_PROVINCE.text(language)
    return say(wording, language, year=year, causes=named, n=runs) + whole


def _by_composition(row: CauseRow, tables: RunTables, language: Lang) -> str:
    """That a cause's share grew mostly because others shrank, with its number then and now."""
    before = grown_by_composition(row, tables.causes, tables.manifest.stopped)
    if before is None:
        return ""
    counts = {
        "then": number_text(before.median or 0.0, 0, language),
        "now": number_text(row.median or 0.0, 0, language),
    }
    return say(_SHARE_ALONE, language, year=before.year, unit=unit_text(row.unit, language), **counts)
