"""Targets without a figure: when what the plan pays for is there, how surely, and what stops the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.formatting import (
    BLANK,
    date_text,
    in_two_lines,
    interval_text,
    month_text,
    number_text,
    quantity_text,
    share_text,
)
from sim.report.headlines import chance_text, value_text
from sim.report.passage import target_labels
from sim.report.phrases import COLUMNS, say
from sim.report.run_tables import RunTables
from sim.report.words import term, verdict_text
from sim.report.workbook import ID, RUNS, Column, Quantity, Sheet, both, cells, named, target_cells, terms
from sim.results.money_tables import MilestoneRow
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

DELIVERED = "delivered"
_STOPS = Words("{cause}: {amount} triệu đồng ({band})", "{cause}: {amount} million VND ({band})")
_LARGEST = Words(
    ", vướng mắc lớn nhất ở {k} trong {n} lần không đạt", ", the largest obstacle in {k} of the {n} missed"
)
_DELIVERED_OF = Words(
    "đến hạn đã bàn giao {delivered} trong {planned} triệu đồng (trung vị)",
    "{delivered} of {planned} million VND are delivered when due (median)",
)
_MET = Words("đạt ở cả {n} lần tính thử kinh phí", "reached in all {n} draws of the money")
_MISSED = Words(
    "không đạt ở {missed} trong {n} lần tính thử kinh phí, vướng nhất: {causes}",
    "missed in {missed} of {n} draws of the money, held back most by: {causes}",
)
_SHARE_OF_MISSES = Words("{cause} ({share} số lần đó)", "{cause} ({share} of these)")
_NOTE = Words(
    "Chỉ tiêu không nêu con số: coi là đạt khi mọi thứ các mục chi của nó chi trả đã được bàn giao; đây là cách hiểu "
    "của mô hình. Tiền còn lại sau khi mọi nơi đã có đủ tính là đã bàn giao. Trung vị và khoảng 5–95% qua các lần tính "
    "thử riêng kinh phí, n = {n}; “Đạt từ”: theo tháng, trung vị của các lần mô phỏng.",
    "Targets for which the plan gives no figure: met when everything their budget lines pay for has been delivered, "
    "which is the model's reading. Money left over once everybody is served counts as delivered. Medians and 5–95% "
    "ranges over draws of the money alone, n = {n}; “reached from”: by month, median of the simulations.",
)


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone in words; `stops` is what kept part of its money from being delivered, the largest first."""

    label: str
    title: str
    planned: str
    delivered: str
    chance: str
    first_reached: str
    due: str
    verdict: str
    stops: tuple[str, ...]


def milestone_lines(tables: RunTables, language: Lang) -> list[MilestoneLine]:
    """One line for each target that has rows of its own among the milestones, in the plan's order."""
    labels = target_labels(tables.targets)
    return [
        _line(target, rows, labels[target.target_id], language)
        for target in deciding_rows(tables.targets)
        if (rows := [row for row in tables.milestones if row.target_id == target.target_id])
    ]


def milestone_note(tables: RunTables, language: Lang) -> str:
    """What counts as reached, and how many replications it rests on."""
    counts = sorted({row.n for row in tables.milestones}) or [0]
    ends = [number_text(count, 0, language) for count in (counts[:1] if len(counts) == 1 else (counts[0], counts[-1]))]
    return say(_NOTE, language, n="–".join(ends))


def stops_of(rows: Sequence[MilestoneRow]) -> list[MilestoneRow]:
    """What kept money from being delivered, the usual culprit first; what never did is left out."""
    held_up = [row for row in rows if row.state != DELIVERED and (row.largest_in or (row.median or 0.0) >= 0.5)]
    return sorted(held_up, key=lambda row: (-(row.largest_in or 0), -(row.median or 0.0), row.state))


def _line(target: TargetRow, rows: Sequence[MilestoneRow], label: str, language: Lang) -> MilestoneLine:
    return MilestoneLine(
        label=label,
        title=target.title(language),
        planned=quantity_text(rows[0].planned_million_vnd, "million_vnd", language),
        delivered=in_two_lines(value_text(target, language)),
        chance=in_two_lines(chance_text(target, language)),
        first_reached=month_text(target.first_reached, language),
        due=date_text(target.due, language),
        verdict=verdict_text(target.verdict, language) or BLANK,
        stops=tuple(stop_text(row, language) for row in stops_of(rows)),
    )


def stop_text(row: MilestoneRow, language: Lang) -> str:
    """How much money one obstacle kept back, and how often it was the largest."""
    said = say(
        _STOPS,
        language,
        cause=term("milestone_state", row.state, language),
        amount=number_text(row.median or 0.0, 0, language),
        band=interval_text(row.p05, row.p95, "count", language),
    )
    return said + (_largest(row, language) if row.largest_in else "")


def _largest(row: MilestoneRow, language: Lang) -> str:
    times, missed = (number_text(count or 0, 0, language) for count in (row.largest_in, row.missed))
    return say(_LARGEST, language, k=times, n=missed)


def in_few_words(rows: Sequence[MilestoneRow], language: Lang) -> str:
    """How much of a milestone's money is delivered, how often it is missed, and what most often holds most of it back.

    Args:
        rows: of one milestone, all states.
        language: of the text.
    """
    delivered = next(row for row in rows if row.state == DELIVERED)
    amounts = {"delivered": delivered.median or 0.0, "planned": delivered.planned_million_vnd}
    said = say(_DELIVERED_OF, language, **{name: number_text(one, 0, language) for name, one in amounts.items()})
    n, missed = (number_text(count, 0, language) for count in (delivered.n, delivered.missed))
    if not delivered.missed:
        return f"{said}; {say(_MET, language, n=n)}"
    causes = "; ".join(
        say(
            _SHARE_OF_MISSES,
            language,
            cause=term("milestone_state", row.state, language),
            share=share_text((row.largest_in or 0) / row.missed, language),
        )
        for row in stops_of(rows)
        if row.largest_in
    )
    return f"{said}; {say(_MISSED, language, missed=missed, n=n, causes=causes)}"


def usual_stop(rows: Sequence[MilestoneRow], language: Lang) -> str:
    """The obstacle that is most often the largest, in a few words; empty where nothing stops the milestone."""
    worst = next(iter(stops_of(rows)), None)
    if worst is None or not worst.largest_in:
        return ""
    wording = Words("{cause} ({k} trong {n} lần không đạt)", "{cause} ({k} of the {n} missed)")
    cause = term("milestone_state", worst.state, language)
    return wording.text(language).format(
        cause=cause, k=number_text(worst.largest_in, 0, language), n=number_text(worst.missed, 0, language)
    )


def milestones_sheet(tables: RunTables) -> Sheet:
    """What had become of each milestone's money by its due date, and how often each obstacle was the largest."""
    columns = (
        Column(ID, 14.0),
        *both(COLUMNS["target"], 44.0),
        *both(COLUMNS["state"], 34.0),
        *named("planned", "median", "p05", "p95", "largest_in", "missed"),
        RUNS,
    )
    rows = tuple(
        cells(
            *target_cells(tables.targets, row.target_id),
            *terms("milestone_state", row.state),
            *(Quantity(value, "million_vnd") for value in (row.planned_million_vnd, row.median, row.p05, row.p95)),
            None if row.state == "delivered" else row.largest_in,
            row.missed,
            row.n,
        )
        for row in tables.milestones
    )
    title = Words("Các mốc hoàn thành: kinh phí đến hạn ra sao (triệu đồng)", "Milestones: what became of their money")
    return Sheet("Mốc - Milestones", title, columns, rows)
