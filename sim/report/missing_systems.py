"""Targets of systems and lines that money buys: who is still without, why, and what became of that money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sim.report.formatting import interval_text, number_text, share_text
from sim.report.money import amount_of, totals
from sim.report.passage import target_labels, targets_named
from sim.report.phrases import say
from sim.report.plan_ends import reason_words
from sim.report.run_tables import RunTables
from sim.report.words import scope_text
from sim.results.money_tables import MoneyRow
from sim.results.plan_tables import UnservedRow
from sim.results.run_tables import ParameterRow, TargetRow, deciding_rows
from sim.results.words import Lang, Words

SOFTWARE = (
    "onestop_agency_share",
    "onestop_linked_share",
    "online_service_agency_share",
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "dedicated_network_share",
)
"""Measures that money moves by systems, services and lines bought."""
_PROVINCE = ("office", "department")
SMALLEST_MILLION_VND = 0.05
"""Below this an amount prints as nothing."""
_LINE_PARTS: dict[str, Words] = {
    "not_arrived": Words("không được bố trí {amount}", "{amount} did not arrive"),
    "spent": Words("đã giải ngân {amount}", "{amount} spent"),
    "under_way": Words("đã cam kết, chưa bàn giao {amount}", "{amount} contracted and not delivered"),
    "returned": Words(
        "hủy dự toán, nộp trả {amount} do dự án dừng, lùi sang sau kỳ, còn thừa hoặc chưa kịp ký hợp đồng",
        "{amount} returned: stopped, slipped past the end, left over or not contracted in time",
    ),
}


_WITHOUT_SYSTEM = Words(
    "còn {missing} trong {all} cơ quan chưa có hệ thống ({scope}, trung vị)",
    "{missing} of {all} agencies are still without the system ({scope}, medians)",
)
_WITHOUT_LINE = Words(
    "còn {missing} trong {all} cơ quan chưa nối mạng chuyên dùng ({scope}, trung vị)",
    "{missing} of {all} agencies are still off the dedicated network ({scope}, medians)",
)
_REASON = Words("{count} nơi vì {reason}", "{count} because {reason}")
_REASONS_OF_MOST = Words("; ở quá nửa số lần mô phỏng: {reasons}", "; in more than half of the simulations: {reasons}")


def software_parts(target_ids: Sequence[str], tables: RunTables, language: Lang) -> list[str]:
    """Agencies still without the system, by target, and what became of the money of the lines that buy it."""
    mine = [row for row in deciding_rows(tables.targets) if row.target_id in target_ids]
    labels = target_labels(tables.targets)
    behind = [row for row in mine if not _is_reached(row)]
    parts = [
        f"{targets_named([row.target_id], labels, language)} – {missing}"
        for row in behind
        if (missing := missing_text(row, tables, language))
    ]
    if there := [row.target_id for row in mine if _is_reached(row)]:
        wording = Words("{named} – trung vị đã đạt ngưỡng", "{named} – the median is at the threshold")
        parts.append(say(wording, language, named=targets_named(there, labels, language)))
    lines = lines_that_move({row.measure for row in behind}, tables.parameters)
    titles = {row.line_id: row.title(language) for row in tables.spending}
    parts += [line_money_text(line, tables.money, language, titles.get(line, "")) for line in lines]
    return [part for part in parts if part]


def lines_that_move(measures: set[str], parameters: Sequence[ParameterRow]) -> list[str]:
    """Budget lines whose purchases any of the measures counts, by the keys `purchases.LINE.KIND.share`."""
    moving = [row.key for row in parameters if measures & set((row.moves or "").split(";"))]
    return sorted({key.removeprefix("purchases.").rsplit(".", 2)[0] for key in moving})


def _is_reached(row: TargetRow) -> bool:
    return row.median is not None and row.threshold is not None and row.median >= row.threshold


def missing_text(row: TargetRow, tables: RunTables, language: Lang, most_reasons: int | None = None) -> str:
    """How many agencies or services are still without what the target counts; empty where that is not known.

    Args:
        row: the target.
        tables: of the run.
        language: of the text.
        most_reasons: so many of the reasons, the usual first; all when None.
    """
    if row.median is None:
        return ""
    if row.measure.startswith("service_"):
        wording = Words("{share} dịch vụ chưa đạt mức độ đó", "{share} of the services are not at that level")
        return say(wording, language, share=share_text(1.0 - row.median, language))
    covered = [agency for agency in tables.agencies if is_in(agency.tier, row.scope)]
    if not covered:
        return ""
    is_line = row.measure == "dedicated_network_share"
    wording = _WITHOUT_LINE if is_line else _WITHOUT_SYSTEM
    said = say(
        wording,
        language,
        missing=number_text((1.0 - row.median) * len(covered), 0, language),
        all=number_text(len(covered), 0, language),
        scope=scope_text(row.scope, language),
    )
    return said + (_line_reasons(tables.unserved, row.scope, language, most_reasons) if is_line else "")


def _line_reasons(rows: Sequence[UnservedRow], scope: str, language: Lang, most: int | None) -> str:
    """Why agencies usually end without a line of their own, and how many for each reason."""
    mine = [row for row in rows if row.kind == "dedicated_link" and row.unserved_share > 0.5 and is_in(row.tier, scope)]
    counted = Counter(reason_words(row).text(language) for row in mine)
    if not counted:
        return ""
    reasons = "; ".join(say(_REASON, language, count=count, reason=why) for why, count in counted.most_common(most))
    return say(_REASONS_OF_MOST, language, reasons=reasons)


def is_in(tier: str, scope: str) -> bool:
    """Whether agencies of a tier are in the scope; `province` is the Office and the departments."""
    names = scope.partition(":")[2].split("+")
    return scope == "all" or tier in names or ("province" in names and tier in _PROVINCE)


def line_money_text(
    line_id: str, money: Sequence[MoneyRow], language: Lang, title: str = "", *, ranges: bool = True
) -> str:
    """One line's money: what did not arrive, what went back, what is under way; what never happens is left out.

    Args:
        line_id: of the line.
        money: of the run.
        language: of the text.
        title: of the line.
        ranges: the 5-95 % ranges too; else only what is more than nothing in the middle.
    """
    found = totals(money, line_id=line_id)
    planned = amount_of(found, "planned")
    if not planned:
        return ""
    parts = [
        say(words, language, amount=_amount(row, language, ranges=ranges))
        for entry, words in _LINE_PARTS.items()
        if (row := found.get(entry)) is not None
        and ((row.p95 if ranges else row.median) or 0.0) >= SMALLEST_MILLION_VND
    ]
    wording = Words(
        "mục {line}: kế hoạch {planned}; {parts} (triệu đồng, trung vị và khoảng 5–95%, n = {n})",
        "line {line}: {planned} planned; {parts} (million VND, medians and 5–95% ranges, n = {n})",
    )
    shorter = Words(
        "mục {line}: kế hoạch {planned}; {parts} (triệu đồng, trung vị)",
        "line {line}: {planned} planned; {parts} (million VND, medians)",
    )
    return say(
        wording if ranges else shorter,
        language,
        line=f"{line_id} “{title}”" if title else line_id,
        planned=number_text(planned, 0, language),
        parts=", ".join(parts),
        n=number_text(found["planned"].n, 0, language),
    )


def _amount(row: MoneyRow, language: Lang, *, ranges: bool) -> str:
    median = number_text(row.median or 0.0, 0, language)
    return f"{median} ({interval_text(row.p05, row.p95, 'count', language)})" if ranges else median
