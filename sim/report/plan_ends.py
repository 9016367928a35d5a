"""A plan's open ends in words: verdicts by alternative, money that changes nothing, agencies that were not served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import fsum

from sim.report.formatting import BLANK, number_text, quantity_text, range_text, unit_kind
from sim.report.held_up_words import HELD_UP_REASONS
from sim.report.measure_words import COUNT_OF_PROJECTS
from sim.report.passage import PageTable, Passage, target_labels, targets_named
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import times_text, verdict_group, verdict_text
from sim.report.workbook import AGENCY_COLUMNS, RUNS, Column, Quantity, Sheet, agency_cells, both, cells
from sim.results.plan_tables import AlternativeRow, UnservedRow
from sim.results.run_tables import deciding_rows
from sim.results.words import Lang, Words

OF_COMMUNES = "onestop_commune_software"
"""Joins a commune's counter to the software of its district, and so waits for that."""
_COUNTER = Words("phần mềm một cửa điện tử", "one-stop software")
_KIND = Words("Thứ được mua", "What is bought")
_WITHOUT = Words("Tỷ lệ lần mô phỏng chưa có", "Share of simulations that end without it")
_DIFFERS = Words(
    "Kế hoạch, hoặc tình hình, còn để ngỏ các lựa chọn dưới đây; kết luận khác nhau theo phương án, nên con số chung "
    "ở bảng trên không đúng cho phương án nào.",
    "The plan, or the world, leaves the choices below open; verdicts differ by alternative, so that the number in the "
    "table above is true of none.",
)
_OPEN = Words(
    "Kế hoạch, hoặc tình hình, còn để ngỏ các lựa chọn dưới đây.",
    "The plan, or the world, leaves the choices below open.",
)
_UNCLEAR_CHOICE = Words(
    "{choice}: chưa đủ lần mô phỏng để biết {targets} có khác nhau theo phương án hay không ({runs}).",
    "{choice}: too few simulations to tell whether {targets} differ by alternative ({runs}).",
)
FEWEST_A_SIDE = 10
"""Simulations of each alternative below which they are not held against each other: they differ in all else too."""
_TOO_FEW = Words(
    "{choice}: chưa so sánh được các phương án, cần từ {least} lần mô phỏng mỗi bên ({runs}).",
    "{choice}: alternatives are not compared below {least} simulations of each ({runs}).",
)
_INERT = Words(
    "{amount} triệu đồng của kế hoạch ({share}) mua những thứ không làm thay đổi điều gì được mô phỏng, ngoài các "
    "mốc hoàn thành tính theo kinh phí{counts}",
    "{amount} million VND of the plan ({share}) buy what changes nothing that is simulated but milestones of "
    "money{counts}",
)
_COUNTS = Words(" và số dự án hoàn thành", " and the number of finished projects")
_BY_ALTERNATIVE = Words("Còn để ngỏ: {choice}", "Left open: {choice}")
_ALTERNATIVE_CELL = Words(
    "Trung vị (khoảng 5–95%), số lần đạt và kết luận của riêng các lần mô phỏng theo từng phương án.",
    "Median (5–95% range), times reached and verdict of the simulations under each alternative alone.",
)


def differing_targets(rows: Sequence[AlternativeRow]) -> list[str]:
    """Targets that some alternative of one choice reaches clearly more often than another.

    Clearly: their verdicts differ, and so do their 95 % intervals, which have nothing in common.
    """
    return [target_id for target_id, mine in _by_target(rows) if _in_words(mine) and _beyond_chance(mine)]


def undecided_alternatives(rows: Sequence[AlternativeRow]) -> list[str]:
    """Targets whose verdicts differ by alternative in words alone: so few replications cannot tell them apart."""
    return [target_id for target_id, mine in _by_target(rows) if _in_words(mine) and not _beyond_chance(mine)]


def _by_target(rows: Sequence[AlternativeRow]) -> list[tuple[str, list[AlternativeRow]]]:
    found: defaultdict[str, list[AlternativeRow]] = defaultdict(list)
    for row in rows:
        found[row.target_id].append(row)
    return list(found.items())


def _in_words(rows: Sequence[AlternativeRow]) -> bool:
    return len({verdict_group(row.verdict) for row in rows}) > 1


def _beyond_chance(rows: Sequence[AlternativeRow]) -> bool:
    return max(row.p_low for row in rows) > min(row.p_high for row in rows)


def deciding_alternatives(tables: RunTables) -> dict[str, list[AlternativeRow]]:
    """By open choice, the rows under the reading that decides each target."""
    deciding = {(row.target_id, row.reading) for row in deciding_rows(tables.targets)}
    found: dict[str, list[AlternativeRow]] = {}
    for row in tables.alternatives:
        if (row.target_id, row.reading) in deciding:
            found.setdefault(row.choice, []).append(row)
    return found


def alternatives_passage(tables: RunTables, language: Lang) -> Passage | None:
    """Each target whose verdict hangs on an open choice, under each alternative; None where there is nothing to say."""
    labels = target_labels(tables.targets)
    titles = {row.target_id: row.title(language) for row in deciding_rows(tables.targets)}
    points, unclear = [], []
    for rows in deciding_alternatives(tables).values():
        choice = rows[0].choice_title(language)
        if not is_comparable(rows):
            named = {"choice": choice, "least": FEWEST_A_SIDE, "runs": _runs_of_each(rows, language)}
            unclear.append(say(_TOO_FEW, language, **named))
            continue
        for target_id in differing_targets(rows):
            mine = [row for row in rows if row.target_id == target_id]
            said = "; ".join(f"{row.title(language)}: {_standing(row, language)}" for row in mine)
            wording = Words("{choice} – chỉ tiêu {k} “{title}”: {said}.", "{choice} – target {k} “{title}”: {said}.")
            named = {"choice": choice, "k": labels[target_id], "title": titles[target_id]}
            points.append(say(wording, language, said=said, **named))
        if alike := undecided_alternatives(rows):
            targets = targets_named(alike, labels, language)
            named = {"choice": choice, "targets": targets, "runs": _runs_of_each(rows, language)}
            unclear.append(say(_UNCLEAR_CHOICE, language, **named))
    if not points and not unclear:
        return None
    return Passage((_DIFFERS if points else _OPEN).text(language), (*points, *unclear))


def is_comparable(rows: Sequence[AlternativeRow]) -> bool:
    """Whether each alternative of one choice came out in enough simulations to be held against the others."""
    return min(row.n for row in rows) >= FEWEST_A_SIDE


def _runs_of_each(rows: Sequence[AlternativeRow], language: Lang) -> str:
    return "; ".join(f"{row.title(language)}: {row.n}" for row in rows if row.target_id == rows[0].target_id)


def _standing(row: AlternativeRow, language: Lang) -> str:
    kind = unit_kind(row.measure)
    value = BLANK
    if row.median is not None:
        value = f"{quantity_text(row.median, kind, language)} ({range_text(row.p05, row.p95, kind, row.n, language)})"
    reached = Words("đạt ở {chance}, {verdict}", "reached in {chance}, {verdict}")
    chance, verdict = times_text(row, language), verdict_text(row.verdict, language)
    return f"{value}, {say(reached, language, chance=chance, verdict=verdict)}"


def inert_opening(tables: RunTables, language: Lang) -> str:
    """How much of the plan's money changes nothing; empty where every đồng acts."""
    if not tables.inert:
        return ""
    amount = fsum(row.amount_million_vnd for row in tables.inert)
    planned = fsum(row.planned_million_vnd for row in tables.spending)
    share = quantity_text(amount / planned, "share", language) if planned >= amount > 0.0 else BLANK
    counts = any(row.measure.startswith(COUNT_OF_PROJECTS) for row in tables.targets)
    amount_text = number_text(amount, 0, language)
    return say(_INERT, language, amount=amount_text, share=share, counts=_COUNTS.text(language) if counts else "")


def inert_passage(tables: RunTables, language: Lang) -> Passage | None:
    """Money that changes nothing, line by line with the reason; None where every đồng acts."""
    opening = inert_opening(tables, language)
    if not opening:
        return None
    points = tuple(
        say(
            Words(
                "mục {line}, {title}: {amount} triệu đồng. {reason}",
                "line {line}, {title}: {amount} million VND. {reason}",
            ),
            language,
            line=row.line_id,
            title=row.title(language),
            amount=number_text(row.amount_million_vnd, 0, language),
            reason=row.reason(language),
        )
        for row in sorted(tables.inert, key=lambda row: (-row.amount_million_vnd, row.line_id, row.kind))
    )
    return Passage(f"{opening}:", points)


def unserved_sheet(tables: RunTables) -> Sheet:
    """Every agency that some simulation leaves without what the plan buys, and why."""
    columns = (*AGENCY_COLUMNS, *both(_KIND, 40.0), Column(_WITHOUT), *both(COLUMNS["reason"], 44.0), RUNS)
    rows = tuple(
        cells(
            *agency_cells(row),
            row.kind_vi,
            row.kind_en,
            Quantity(row.unserved_share, "share"),
            reason_words(row).vi,
            reason_words(row).en,
            row.n,
        )
        for row in tables.unserved
    )
    title = Words("Cơ quan cuối kỳ chưa có thứ kế hoạch mua", "Agencies that end without what the plan buys")
    return Sheet("Chưa có - Unserved", title, columns, rows)


def is_meant_for(row: UnservedRow) -> bool:
    """Whether a thing is of use to the agency's tier: software for communes is none of a department's.

    Websites and sector databases are counted at departments and districts alone.
    """
    if row.kind in ("website", "sector_database"):
        return row.tier in ("department", "district")
    return row.kind != OF_COMMUNES or row.tier == "commune" or row.reason != "no_line"


def thing_text(row: UnservedRow, language: Lang) -> str:
    """What is lacked: software of a counter is listed once, under the name of what communes buy, whoever lacks it."""
    if row.kind == OF_COMMUNES and row.tier != "commune":
        return _COUNTER.text(language)
    return row.kind_vi if language == "vi" else row.kind_en


def reason_words(row: UnservedRow) -> Words:
    """What usually kept it from the agency, in the words of what keeps a target."""
    return HELD_UP_REASONS.get(row.reason, Words(row.reason, row.reason))


def alternatives_tables(tables: RunTables, language: Lang) -> list[PageTable]:
    """A table for each open choice: every target, under each of its alternatives."""
    labels = target_labels(tables.targets)
    target = COLUMNS["target"].text(language)
    found = []
    for rows in filter(is_comparable, deciding_alternatives(tables).values()):
        titles = list(dict.fromkeys(row.title(language) for row in rows))
        lines = tuple(
            (labels[target_id], *(_standing(row, language) for row in mine)) for target_id, mine in _by_target(rows)
        )
        choice = say(_BY_ALTERNATIVE, language, choice=rows[0].choice_title(language))
        found.append(PageTable(choice, (target, *map(capital, titles)), lines, _ALTERNATIVE_CELL.text(language)))
    return found
