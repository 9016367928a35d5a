"""Rules on the plan's money: lines add up to printed totals, purchases divide lines that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sim.results.money_tables import MONEY_SOURCES
from sim.results.words import Words, number_words
from sim.scenario.errors import ScenarioError
from sim.scenario.facts import Tables
from sim.scenario.kinds import INSTALLED, WEB_SERVICE
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import ONE_AGENCY, SOURCES, BudgetLine, BudgetTotal

EVERYTHING = "TOTAL"
"""The scope of a printed total over all lines."""

_CENT = 0.005
_ROUNDING = 1e-9


def budget_rules(tables: Tables) -> Iterator[ScenarioError]:
    """Yields everything wrong with the budget tables as a whole."""
    if tables.budget:
        yield from _lines_are_unique(tables)
        yield from _lines_add_up(tables)
        yield from _purchases_fit(tables)
    elif tables.purchases:
        first, many = tables.purchases[0], len(tables.purchases)
        reason = Words(
            f"bảng kinh phí chưa có dòng nào, mà có {many} dòng nội dung chi",
            f"there is no money in any line, yet {many} row{'s' * (many != 1)} of what it buys",
        )
        yield ScenarioError("E-BUD-004", first.place, "line_id", reason)
    yield from _days_are_unique(tables)


def _lines_are_unique(tables: Tables) -> Iterator[ScenarioError]:
    cells: dict[tuple[str, str, int], BudgetLine] = {}
    chapters: dict[str, BudgetLine] = {}
    for line in tables.budget:
        first = cells.setdefault((line.line_id, line.source, line.year), line)
        if first is not line:
            reason = Words(f"dòng, nguồn, năm đã có ở {first.place}", f"this line, source and year is at {first.place}")
            yield ScenarioError("E-TAB-005", line.place, "line_id", reason, cause="twice")
        owner = chapters.setdefault(line.line_id, line)
        if owner.chapter != line.chapter:
            reason = Words(f"mục này thuộc phần {owner.chapter}", f"the line belongs to chapter {owner.chapter}")
            yield ScenarioError("E-BUD-003", line.place, "chapter", reason)


def _lines_add_up(tables: Tables) -> Iterator[ScenarioError]:
    chapters = {line.chapter for line in tables.budget}
    line_ids = {line.line_id for line in tables.budget}
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for line in tables.budget:
        for scope in {EVERYTHING, line.chapter, line.line_id}:
            for year in ("total", str(line.year)):
                sums[scope, line.source, year] += line.amount_million_vnd
    for total in tables.budget_totals:
        if total.scope != EVERYTHING and total.scope not in chapters | line_ids:
            reason = Words(f"không có phần “{total.scope}” trong bảng chi", f'no chapter or line "{total.scope}"')
            near = did_you_mean(total.scope, chapters | line_ids | {EVERYTHING})
            yield ScenarioError("E-BUD-002", total.place, "scope", reason, near)
            continue
        added = sums[total.scope, total.source, total.year]
        if abs(added - total.amount_million_vnd) > _CENT:
            cell = _cell(total)
            printed, found = (number_words(f"{amount:,.12g}") for amount in (total.amount_million_vnd, added))
            reason = Words(
                f"{cell.vi}: các dòng cộng lại {found.vi} triệu đồng, tổng ghi {printed.vi} triệu đồng",
                f"{cell.en}: the lines sum to {found.en} million VND, the printed total is {printed.en}",
            )
            yield ScenarioError("E-BUD-001", total.place, "amount_million_vnd", reason, _repair(total, added))


def _repair(total: BudgetTotal, added: float) -> Words:
    """Mend the line, or the total, as it is typed in its file; or have no totals compared."""
    written = f"{added:.12g}"
    comma, is_text = written.replace(".", ","), ".csv" in total.place
    typed = f"{written} (Excel tiếng Việt: {comma})" if is_text and comma != written else comma
    without = (
        Words('đặt totals = "" trong tệp .toml', 'set totals = "" in the .toml file')
        if is_text
        else Words("xóa các dòng của trang này", "delete the rows of this sheet")
    )
    return Words(
        f"sửa dòng chi sai, hoặc ghi tổng này là {typed} nếu cố ý đổi kế hoạch; không cần đối chiếu thì {without.vi}",
        f"mend the line that is wrong, or write {written} here if the plan is meant to change; to compare no totals"
        f" {without.en}",
    )


def _cell(total: BudgetTotal) -> Words:
    """What a total is of, in words: `the whole plan, central budget support, all years`."""
    source = MONEY_SOURCES[total.source]
    whole, years = total.scope == EVERYTHING, total.year == "total"
    return Words(
        f"{'cả kế hoạch' if whole else total.scope}, {source.vi}, {'cả kỳ' if years else f'năm {total.year}'}",
        f"{'the whole plan' if whole else total.scope}, {source.en}, {'all years' if years else total.year}",
    )


def _purchases_fit(tables: Tables) -> Iterator[ScenarioError]:
    line_ids = {line.line_id for line in tables.budget}
    shares: dict[tuple[str, str], float] = defaultdict(float)
    served = {row.line_id for row in tables.purchases if row.kind == WEB_SERVICE}
    places: dict[tuple[str, str], str] = {}
    for row in tables.purchases:
        first = places.setdefault((row.line_id, row.kind), row.place)
        if first != row.place:
            reason = Words(f"dòng này mua thứ này đã có ở {first}", f"this line buys this kind at {first} already")
            yield ScenarioError("E-TAB-005", row.place, "kind", reason)
        ids = {agency.agency_id for agency in tables.agencies}
        for name in (word.removeprefix(ONE_AGENCY) for word in row.tiers if word.startswith(ONE_AGENCY)):
            if ids and name not in ids:
                reason = Words(f"không có cơ quan “{name}”", f'no agency "{name}"')
                yield ScenarioError("E-BUD-012", row.place, "tiers", reason, did_you_mean(name, ids))
        if row.kind == INSTALLED and row.line_id in served:
            continue  # the two are alternatives: one of them takes the share
        if row.line_id not in line_ids:
            reason = Words(f"bảng chi không có dòng “{row.line_id}”", f'the budget has no line "{row.line_id}"')
            yield ScenarioError("E-BUD-004", row.place, "line_id", reason, did_you_mean(row.line_id, line_ids))
        for source in row.funded_by or SOURCES:
            shares[row.line_id, source] += row.share
        most = max(shares[row.line_id, source] for source in row.funded_by or SOURCES)
        if most > 1 + _ROUNDING >= most - row.share:
            summed = f"{most:.6g}"
            reason = Words(
                f"các phần của dòng {row.line_id} cộng lại {summed}, quá 1",
                f"the shares of line {row.line_id} sum to {summed}, above 1",
            )
            yield ScenarioError("E-BUD-005", row.place, "share", reason)


def _days_are_unique(tables: Tables) -> Iterator[ScenarioError]:
    seen: dict[object, str] = {}
    for day in tables.calendar_overrides:
        first = seen.setdefault(day.date, day.place)
        if first != day.place:
            reason = Words(f"ngày {day.date:%d/%m/%Y} đã có ở {first}", f"{day.date} is a duplicate of {first}")
            yield ScenarioError("E-TAB-005", day.place, "date", reason, cause="twice")
