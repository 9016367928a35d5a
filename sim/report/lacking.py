"""Who lacks what a target counts or rests on when it is due, and in the years before, and why it had not come by then.

Everything here is counted one way: agencies, mean over the replications.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import fsum

from sim.report.agency_quarters import is_in, place_of
from sim.report.formatting import date_text, number_text, year_text
from sim.report.held_up import Gap, because_text, gap_text
from sim.report.missing_systems import lack_text
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.results.lacking_tables import LackingRow, needed
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words

SEVERAL_LACKS = ("eoffice_linked_share", "onestop_linked_share")
"""Measures that agencies are short of for want of one thing or another."""
LEAST = 0.05
"""Fewer agencies print as none."""
_ON_DAY = Words(
    "Đến {day}, {here}/{all} cơ quan{where} {lack} (bình quân): {why}{elsewhere}.",
    "By {day} {here} of {all} agencies{where} (mean) {lack}: {why}{elsewhere}.",
)
_NOBODY = Words(
    "Đến {day}, không cơ quan nào trong {all} cơ quan{where} {lack}{elsewhere}.",
    "By {day} none of {all} agencies{where} {lack}{elsewhere}.",
)
_HERE = Words(" ở đây", " here")
_ELSEWHERE = Words("; nơi khác: {count}/{all}", "; elsewhere: {count} of {all}")
_LATE = Words(
    "Đến muộn: cuối từng năm, số cơ quan {lack} (bình quân, trong {all}) và lý do chính: {years}.",
    "Late: at the end of each year, how many of {all} agencies {lack} (mean), and the main reason: {years}.",
)
_BEFORE = Words(
    "Các năm trước: cuối từng năm, số cơ quan {lack} (bình quân, trong {all}) và lý do chính: {years}.",
    "Before that: at the end of each year, how many of {all} agencies {lack} (mean), and the main reason: {years}.",
)
_OF_ONE = Words(
    "Đến muộn hoặc {lack}: cuối từng năm, số lần mô phỏng và lý do chính: {years}.",
    "Late or never among those that {lack}: at the end of each year, in how many simulations, and the main reason: "
    "{years}.",
)
_IN_YEAR = Words("{year}: {value} – {why}", "{year}: {value} – {why}")
_TIMES = Words("{k}/{n} lần", "{k} of {n}")


def lacking_lines(tables: RunTables, target: TargetRow, district_id: str | None, language: Lang) -> Iterator[str]:
    """Who lacks it when the target is due, and why; then why those who come to have it had to wait.

    Args:
        tables: of a run.
        target: whose scope and due date are meant.
        district_id: for the agencies of one district, or of the province itself; None for all.
        language: of the text.

    Nothing where the tables do not say who lacks what the target counts.
    """
    rows = _rows(tables, target, target.scope)
    here, everybody = _agencies(tables, target, district_id), _agencies(tables, target, None)
    if rows and here:
        at_due = rows.get(target.due, [])
        yield _on_the_day(at_due, here, len(everybody), target, language)
        yield from late_line(tables, target, district_id, language)


def late_line(tables: RunTables, target: TargetRow, district_id: str | None, language: Lang) -> Iterator[str]:
    """Why agencies did not have it in the years before the target is due; nothing where hardly any lacked it then."""
    here = _agencies(tables, target, district_id)
    rows = _rows(tables, target, target.scope).items()
    mine = {day: [row for row in of_day if row.agency_id in here] for day, of_day in rows if day < target.due}
    before = {day: of_day for day, of_day in mine.items() if _mean(of_day) >= LEAST}
    at_due = _mean(row for row in dict(rows).get(target.due, []) if row.agency_id in here)
    if before:
        values = {day: number_text(_mean(of_day), 1, language) for day, of_day in before.items()}
        years = _by_year(before, values, tables.manifest.stopped, language)
        wording = _LATE if at_due < 0.5 * max(map(_mean, before.values())) else _BEFORE
        yield say(wording, language, lack=lack_text(needed(target.measure), language), all=len(here), years=years)


def agency_lacking_line(tables: RunTables, target: TargetRow, agency_id: str, language: Lang) -> Iterator[str]:
    """Why one agency lacks it, or came to have it late, year by year; nothing where it never does."""
    rows = _rows(tables, target, "all").items()
    mine = {day: [row for row in of_day if row.agency_id == agency_id] for day, of_day in rows}
    if by_day := {day: of_day for day, of_day in mine.items() if of_day}:
        values = {
            day: say(_TIMES, language, k=round(_mean(of_day) * of_day[0].n), n=of_day[0].n)
            for day, of_day in by_day.items()
        }
        years = _by_year(by_day, values, tables.manifest.stopped, language)
        yield say(_OF_ONE, language, lack=lack_text(needed(target.measure), language), years=years)


def _rows(tables: RunTables, target: TargetRow, scope: str) -> dict[date, list[LackingRow]]:
    """Of what the target counts or rests on, at the ends of the years before it is due, and on that day."""
    found: defaultdict[date, list[LackingRow]] = defaultdict(list)
    for row in tables.lacking:
        is_wanted = row.as_of == target.due or date(row.as_of.year, 12, 31) == row.as_of < target.due
        if is_wanted and row.measure == needed(target.measure) and is_in(row.tier, scope):
            found[row.as_of].append(row)
    return dict(sorted(found.items()))


def _agencies(tables: RunTables, target: TargetRow, district_id: str | None) -> set[str]:
    """Agencies of the target's scope: those of a district, or all."""
    return {
        row.agency_id
        for row in tables.agencies_by_quarter
        if is_in(row.tier, target.scope) and (district_id is None or place_of(row) == district_id)
    }


def _mean(rows: Iterable[LackingRow]) -> float:
    return fsum(row.lacking_share for row in rows)


def _on_the_day(at_due: Sequence[LackingRow], here: set[str], everybody: int, target: TargetRow, language: Lang) -> str:
    measure = needed(target.measure)
    mine = [row for row in at_due if row.agency_id in here]
    others = everybody - len(here)
    elsewhere = number_text(_mean(at_due) - _mean(mine), 1, language)
    is_told = _mean(mine) >= LEAST
    return say(
        _ON_DAY if is_told else _NOBODY,
        language,
        day=date_text(target.due, language),
        here=number_text(_mean(mine), 1, language),
        all=len(here),
        where=_HERE.text(language) if others else "",
        lack=lack_text(measure, language),
        why=gap_text(_gap(mine), language, has_lacks=measure in SEVERAL_LACKS) if is_told else "",
        elsewhere=say(_ELSEWHERE, language, count=elsewhere, all=others) if others else "",
    )


def _gap(rows: Iterable[LackingRow]) -> Gap:
    """By what is lacking and why, the share of all that is lacking, the largest first."""
    amounts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        amounts[row.lacks, row.reason] += row.lacking_share
    whole = fsum(amounts.values())
    return {key: amounts[key] / whole for key in sorted(amounts, key=lambda key: (-amounts[key], key))}


def _by_year(
    by_day: Mapping[date, Sequence[LackingRow]], values: Mapping[date, str], stopped: date | None, language: Lang
) -> str:
    """Each year with its value and the main reason; the next one too where that is of less than half."""
    return "; ".join(
        say(
            _IN_YEAR,
            language,
            year=year_text(day.year, stopped, language),
            value=values[day],
            why=", ".join(because_text(reason, share, language) for reason, share in _main_reasons(rows)),
        )
        for day, rows in by_day.items()
    )


def _main_reasons(rows: Iterable[LackingRow]) -> list[tuple[str, float]]:
    amounts: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        amounts[row.reason] += row.lacking_share
    whole = fsum(amounts.values())
    shares = sorted(((name, amount / whole) for name, amount in amounts.items()), key=lambda one: (-one[1], one[0]))
    return shares[: 1 if shares[0][1] >= 0.5 else 2]
