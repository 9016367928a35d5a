"""One agency: from which month its e-office is linked, how far it is used, what it sends electronically, why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sim.report.agency_quarters import (
    by_year,
    electronic_share,
    level_meaning,
    level_text,
    main_causes_by_year,
    quarter_text,
    short_name,
)
from sim.report.formatting import month_text, year_text
from sim.report.lacking import agency_lacking_line
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.results.agency_tables import AgencyQuarterRow
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words

_LOW, _HIGH = 0.05, 0.95
_FROM_START = Words("từ đầu kỳ", "from the start")
_NEVER = Words("không liên thông trong kỳ mô phỏng (0/{n} lần)", "not linked within the period (0 of {n})")
_NOT_SURE = Words(
    "chưa chắc trong kỳ mô phỏng: {k}/{n} lần có, sớm nhất {low}",
    "not sure within the period: {k} of {n} have it, the first by {low}",
)
_SINCE = Words("{month} ({low} – {high}; {k}/{n} lần trong kỳ)", "{month} ({low} – {high}; {k} of {n} in the period)")
_LATER = Words("sau kỳ mô phỏng", "after the period")
_LISTED = Words(
    "Từng cơ quan liên thông từ tháng nào: trung vị (khoảng 5–95%, theo quý):",
    "From which month each agency is linked: median (5–95% range, by quarter):",
)
_GROUP = Words("{when}: {agencies}", "{when}: {agencies}")
_IS = Words("{name}, {district}", "{name}, {district}")
_LINKED = Words("Liên thông văn phòng điện tử: {when}.", "E-office linked: {when}.")
_LEVELS = Words(
    "Mức dùng văn phòng điện tử cuối năm (0–4, trung vị): {years}.",
    "Level of e-office use at the end of the year (0–4, median): {years}.",
)
_SENT = Words("Gửi điện tử, bình quân từng năm: {years}.", "Sent electronically, means by year: {years}.")
_CAUSES = Words("Nguyên nhân chính của phần còn lại: {causes}.", "Main cause of the rest: {causes}.")
_IN_YEAR = Words("{year}: {value}", "{year}: {value}")


def linked_when(quarters: Sequence[AgencyQuarterRow], start: date | None, language: Lang) -> str:
    """Median month and 5-95 % range of the quarter from which an agency's e-office is linked, or that it never is.

    Args:
        quarters: of one agency, in order.
        start: first day simulated.
        language: of the text.
    """
    last = quarters[-1]
    linked = round(last.connected_share * last.n)
    if not linked:
        return say(_NEVER, language, n=last.n)
    since = last.connected_from
    if since is not None and start is not None and since < start and quarters[0].connected_share >= _HIGH:
        return _FROM_START.text(language)
    low = earliest_quarter(quarters, language)
    if since is None or not is_sure(last):
        return say(_NOT_SURE, language, k=linked, n=last.n, low=low)
    before = start is not None and since < start
    month = _FROM_START.text(language) if before else month_text(since, language)
    high = _quarter_with(quarters, _HIGH, language)
    return say(_SINCE, language, month=month, low=low, high=high, k=linked, n=last.n)


def is_sure(last: AgencyQuarterRow) -> bool:
    """Whether more than half of the simulations have an agency linked, so that a middle month can be said."""
    return last.connected_share > 0.5


def earliest_quarter(quarters: Sequence[AgencyQuarterRow], language: Lang) -> str:
    """The quarter by whose end one simulation in twenty has an agency linked."""
    return _quarter_with(quarters, _LOW, language)


def _quarter_with(quarters: Sequence[AgencyQuarterRow], share: float, language: Lang) -> str:
    """The first quarter at whose end so large a share of the simulations has it linked."""
    first = next((row for row in quarters if row.connected_share >= share), None)
    return _LATER.text(language) if first is None else quarter_text(first, language)


def linked_lines(tables: RunTables, agency_ids: Iterable[str], language: Lang) -> Iterator[str]:
    """From when each of some agencies is linked, those alike in one line, the earliest first."""
    wanted, start = set(agency_ids), tables.manifest.horizon_start
    agencies: defaultdict[str, list[AgencyQuarterRow]] = defaultdict(list)
    for row in tables.agencies_by_quarter:
        if row.agency_id in wanted:
            agencies[row.agency_id].append(row)
    alike: defaultdict[str, list[AgencyQuarterRow]] = defaultdict(list)
    for quarters in sorted(agencies.values(), key=_month_of):
        alike[linked_when(quarters, start, language)].append(quarters[-1])
    if alike:
        yield _LISTED.text(language)
    for when, rows in alike.items():
        yield "  " + say(_GROUP, language, when=when, agencies=", ".join(short_name(row, language) for row in rows))


def _month_of(quarters: Sequence[AgencyQuarterRow]) -> tuple[date, float]:
    last = quarters[-1]
    return last.connected_from or date.max, -last.connected_share


def agency_lines(tables: RunTables, target: TargetRow, agency_id: str, language: Lang) -> Iterator[str]:
    """What a run tells of one agency that bears on a target, a line each."""
    quarters = [row for row in tables.agencies_by_quarter if row.agency_id == agency_id]
    if not quarters:
        return
    last, stopped = quarters[-1], tables.manifest.stopped
    name, district = last.name(language), last.district(language)
    yield say(_IS, language, name=name, district=district) if district else name
    yield say(_LINKED, language, when=linked_when(quarters, tables.manifest.horizon_start, language))
    yield from agency_lacking_line(tables, target, agency_id, language)
    years = by_year({agency_id: quarters})
    levels = {year: level_text(rows[-1].level_median, language) for year, rows in years.items()}
    if meaning := level_meaning(last.level_median, language):
        levels[last.year] += f" ({meaning})"
    shares = {year: electronic_share(rows, language) for year, rows in years.items()}
    for wording, values in ((_LEVELS, levels), (_SENT, shares)):
        told = [
            say(_IN_YEAR, language, year=year_text(year, stopped, language), value=value)
            for year, value in values.items()
        ]
        yield say(wording, language, years="; ".join(told))
    yield say(_CAUSES, language, causes=main_causes_by_year({agency_id: quarters}, stopped, language))
