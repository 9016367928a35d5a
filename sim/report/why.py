"""Why a target fails, and where: one screen on one district, or on the province district by district."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from string import ascii_uppercase

from sim.report.agency_quarters import amounts_by_cause, last_quarters, quarters_to_due, rows_of
from sim.report.evidence import signed_text
from sim.report.formatting import BLANK, date_text, quantity_text, range_text, share_text, signed_number, unit_kind
from sim.report.held_up import held_up_text
from sim.report.lacking import late_line
from sim.report.measure_words import NATIONAL
from sim.report.milestones import in_few_words
from sim.report.missing_systems import missing_text, money_texts, reached_text
from sim.report.obstacles import UNKNOWN, explanation_text, obstacle_of
from sim.report.parameter_words import parameter_name
from sim.report.passage import target_labels
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.service_order import order_note
from sim.report.tally import sign_of
from sim.report.target_years import window_text
from sim.report.thresholds import limit_notes, limit_text
from sim.report.why_agency import agency_lines
from sim.report.why_district import ABOUT_EXCHANGE, district_lines, is_told_by_quarter
from sim.report.words import is_of_money_alone, term, times_text, verdict_group, verdict_text
from sim.results.agency_tables import OWN_AGENCIES
from sim.results.remedy_tables import RemedyRow
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words

FEW_SIMULATIONS = 20
"""Below so many, the ends of a 5-95 % range lie between the two least, and the two greatest, values met."""
MOST_DISTRICTS, MOST_UNKNOWNS, MOST_REMEDIES = 15, 2, 3
_TARGET = Words("Chỉ tiêu {label}: {title}", "Target {label}: {title}")
_PROVINCE = Words(
    "Toàn tỉnh: {sign} {verdict}; trung vị {value} so với ngưỡng {threshold}, hạn {due} ({window}); đạt ở {chance}.",
    "Province: {sign} {verdict}; median {value} against {threshold} due {due} ({window}); reached in {chance}.",
)
_WHOLE_PROVINCE = {
    "milestone": Words(
        "Mốc này tính từ kinh phí của cả tỉnh, không chia theo huyện.",
        "This milestone is computed from the province's money and not divided by district.",
    ),
    "national": Words(
        "Chỉ tiêu này tính ở cơ quan cấp tỉnh và cổng quốc gia, không chia theo huyện.",
        "This target is counted at provincial agencies and a national portal, not by district.",
    ),
    "services": Words(
        "Chỉ tiêu này tính trên danh mục dịch vụ chung của tỉnh, không chia theo huyện.",
        "This target is counted over the province's list of services, not by district.",
    ),
    "": Words("Chỉ tiêu này không tính riêng được cho từng huyện.", "This target cannot be counted by district."),
}
_FEW = Words(
    "Mới có {n} lần mô phỏng: hai đầu khoảng 5–95% gần với số nhỏ nhất, lớn nhất.",
    "Only {n} simulations: the ends of a 5–95% range are near the least and the most met.",
)
_BY_YEAR = Words("Theo năm (trung vị): {values}.", "By year (medians): {values}.")
_PROVINCE_BY_YEAR = Words(
    "Toàn tỉnh theo năm (trung vị): {values}; các bảng không có số từng năm của riêng huyện.",
    "The province by year (medians): {values}; the tables have no district by year.",
)
_WHY = Words("Khó khăn, vướng mắc: {text}.", "What stops it: {text}.")
_REACHED = Words("Lần nào cũng đạt: không có gì cản trở.", "Reached every time: nothing stands in the way.")
_READINGS = Words("Cách tính khác: {readings}.", "Otherwise counted: {readings}.")
_GOES_WITH = Words(
    "Đi cùng kết quả rõ nhất (tương quan hạng): {unknowns}.", "Goes most closely with (rank correlation): {unknowns}."
)
_HELPS = Words("Đã thử, rõ ràng giúp chỉ tiêu này: {options}.", "Tried, and clearly helps this target: {options}.")
_GAIN = Words("{title} ({gain} điểm)", "{title} ({gain} points)")
_DISTRICTS = Words(
    "Từng nơi (các huyện; cơ quan cấp tỉnh), trung vị (khoảng 5–95%){causes}:",
    "By place (districts; agencies of the province), median (5–95% range){causes}:",
)
_CAUSES_LISTED = Words(
    "; nguyên nhân chính, tỷ trọng tính trên số bình quân: {causes}", "; main cause, shares of mean numbers: {causes}"
)
_DISTRICT = Words("{district}: {value} ({range})", "{district}: {value} ({range})")
_ONE = Words('Xem một huyện: thêm --where, ví dụ --where "{name}"', 'One district: add --where, as in --where "{name}"')


def why_text(tables: RunTables, target: TargetRow, district_id: str | None, language: Lang) -> str:
    """What stops a target in a district, or in every district, on a screen of some 25 lines.

    Args:
        tables: of a run.
        target: by its deciding reading.
        district_id: a district of the run; None for all of them.
        language: of the text.
    """
    lines = [*_head(tables, target, language)]
    by_district = any(row.target_id == target.target_id for row in tables.targets_by_district)
    if not by_district:
        lines.append(_not_by_district(target, language))
    if district_id is not None:
        lines += district_lines(tables, target, district_id, language)
        if by_district and not is_told_by_quarter(target.measure) and (years := by_year(tables, target, language)):
            lines.append(say(_PROVINCE_BY_YEAR, language, values=years))
    if district_id is None or not by_district:
        lines += _in_general(tables, target, language)
    if district_id is None and by_district:
        lines += _by_district(tables, target, language)
    return "\n".join(lines)


def why_here_text(tables: RunTables, target: TargetRow, agency_id: str, language: Lang) -> str:
    """What a run tells of one agency, below how the target stands in the province.

    Args:
        tables: of a run.
        target: by its deciding reading.
        agency_id: of an agency of the run.
        language: of the text.
    """
    return "\n".join([*_head(tables, target, language), *agency_lines(tables, target, agency_id, language)])


def _head(tables: RunTables, target: TargetRow, language: Lang) -> Iterator[str]:
    kind = unit_kind(target.measure)
    label = target_labels(tables.targets)[target.target_id]
    yield say(_TARGET, language, label=label, title=target.title(language))
    due = next((row for row in tables.targets_by_year if row.target_id == target.target_id and row.is_due), None)
    yield say(
        _PROVINCE,
        language,
        sign=sign_of(target.verdict),
        verdict=verdict_text(target.verdict, language) or BLANK,
        value=quantity_text(target.median, kind, language),
        threshold=limit_text(target, language),
        due=date_text(target.due, language),
        window=window_text(due.window_months if due else None, language),
        chance=times_text(target, language),
    )
    yield from (f"{note}." for note in limit_notes([target], language))
    simulations = max((row.n for row in tables.agencies), default=target.n)
    if simulations < FEW_SIMULATIONS and not is_of_money_alone(target.verdict):
        yield say(_FEW, language, n=simulations)


def _not_by_district(target: TargetRow, language: Lang) -> str:
    kind = (
        "milestone"
        if target.measure.startswith("milestone(")
        else "national"
        if target.measure in NATIONAL
        else "services"
        if target.measure.startswith("service_")
        else ""
    )
    return _WHOLE_PROVINCE[kind].text(language)


def _in_general(tables: RunTables, target: TargetRow, language: Lang) -> Iterator[str]:
    """What can be said of any target: its years, what stops it, other readings, unknowns, options tried."""
    if years := by_year(tables, target, language):
        yield say(_BY_YEAR, language, values=years)
    if target.p_reached == 1.0:
        yield _REACHED.text(language)
    else:
        yield say(_WHY, language, text=what_stops(tables, target, language) or UNKNOWN.text(language))
    yield from late_line(tables, target, None, language)
    if readings := other_readings(tables, target, language):
        yield say(_READINGS, language, readings="; ".join(readings))
    rows = [row for row in tables.influence if row.target_id == target.target_id and row.noticeable]
    strongest = sorted(rows, key=lambda row: -abs(row.rank_correlation))[:MOST_UNKNOWNS]
    if strongest:
        named = [
            f"{parameter_name(row.key, tables.parameters, language)} {signed_text(row.rank_correlation, 2, language)}"
            for row in strongest
        ]
        yield say(_GOES_WITH, language, unknowns="; ".join(named))
    helping = [row for row in tables.remedies if row.target_id == target.target_id and row.verdict == "better"]
    if helping:
        most = sorted(helping, key=lambda row: -(row.gain_points or 0.0))[:MOST_REMEDIES]
        yield say(_HELPS, language, options="; ".join(_gain(row, language) for row in most))


def by_year(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """The medians of the province year by year; a milestone on its due date is of draws of the money: no series."""
    if is_of_money_alone(target.verdict):
        return ""
    return "; ".join(
        f"{row.year} {quantity_text(row.median, unit_kind(target.measure), language)}"
        for row in tables.targets_by_year
        if (row.target_id, row.reading) == (target.target_id, target.reading)
    )


def what_stops(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """The money of a milestone by what became of it; else what the report says of this one target."""
    rows = [row for row in tables.milestones if row.target_id == target.target_id]
    if rows:
        return in_few_words(rows, language)
    obstacle = obstacle_of(target.measure)
    if obstacle == "software":
        return _without_system(tables, target, language)
    return explanation_text(obstacle, [target], tables, language)


def _without_system(tables: RunTables, target: TargetRow, language: Lang) -> str:
    """Who is still without what the target counts, and what became of the money that buys it."""
    parts = [
        held_up_text(target, tables, language)
        or reached_text(target, language)
        or missing_text(target, tables, language),
        *money_texts([target], tables, language, ranges=False),
    ]
    return "; ".join(part for part in parts if part)


def other_readings(tables: RunTables, target: TargetRow, language: Lang) -> list[str]:
    """Readings with another verdict, with what they come to."""
    kind, group = unit_kind(target.measure), verdict_group(target.verdict)
    return [
        f"{term('reading', row.reading, language)} {quantity_text(row.median, kind, language)}, "
        f"{verdict_text(verdict_group(row.verdict), language)}"
        for row in tables.targets
        if row.target_id == target.target_id and row.verdict and verdict_group(row.verdict) != group
    ]


def _gain(row: RemedyRow, language: Lang) -> str:
    gain = BLANK if row.gain_points is None else signed_number(row.gain_points / 100.0, "share", language)
    return say(_GAIN, language, title=row.title(language), gain=gain)


def _by_district(tables: RunTables, target: TargetRow, language: Lang) -> Iterator[str]:
    """A line a district, the lowest first; main causes are long, and so lettered and named once."""
    kind = unit_kind(target.measure)
    mine = [row for row in tables.targets_by_district if row.target_id == target.target_id]
    rows = sorted(mine, key=lambda row: (row.median if row.median is not None else 2.0, row.district_id))
    causes = {row.district_id: _main_cause(tables, target, row.district_id) for row in rows[:MOST_DISTRICTS]}
    letters = dict(zip(dict.fromkeys(cause for cause, _ in causes.values() if cause), ascii_uppercase, strict=False))
    listed = "; ".join(f"{letter} {term('cause', cause, language)}" for cause, letter in letters.items())
    yield say(_DISTRICTS, language, causes=say(_CAUSES_LISTED, language, causes=listed) if listed else "")
    for row in rows[:MOST_DISTRICTS]:
        value = quantity_text(row.median, kind, language)
        band = range_text(row.p05, row.p95, kind, row.n, language)
        line = say(_DISTRICT, language, district=row.district(language), value=value, range=band)
        cause, share = causes[row.district_id]
        yield f"  {line}" + (f"; {letters[cause]} {share_text(share, language)}" if cause else "")
    if note := order_note(tables, language):
        yield note
    if named := [row.district(language) for row in rows if row.district_id != OWN_AGENCIES]:
        yield say(_ONE, language, name=named[0])


def _main_cause(tables: RunTables, target: TargetRow, district_id: str) -> tuple[str, float]:
    """What most of a district's deliveries were stopped by in the year up to the due date, and its share; or blank."""
    if not target.measure.startswith(ABOUT_EXCHANGE):
        return "", 0.0
    amounts = amounts_by_cause(rows_of(last_quarters(quarters_to_due(tables, target, district_id))))
    name = next(iter(amounts), "")
    return name, amounts[name] / fsum(amounts.values()) if name else 0.0
