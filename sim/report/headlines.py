"""The four numbers a leader reads first, and how far they may be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.cause_ranking import largest_causes, leading_causes
from sim.report.formatting import (
    BLANK,
    date_text,
    interval_text,
    number_text,
    period_text,
    quantity_text,
    range_text,
    share_text,
    unit_kind,
    year_text,
)
from sim.report.manifest import Manifest
from sim.report.money import amount_of, simulated_money, totals
from sim.report.phrases import COLUMNS, SENTENCES, capital, say
from sim.report.run_tables import RunTables
from sim.report.tally import counted_signs, counts_text
from sim.report.thresholds import limit_text
from sim.report.words import scope_text, simulations, term, times_text, verdict_text
from sim.results.run_tables import CauseRow, TargetRow, deciding_rows
from sim.results.words import Lang, Words

RUNS_FOR_A_PAPER_THAT_LEAVES_THE_OFFICE = 100


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline number: what it is, the number, and the date, scope, range and n that belong to it."""

    label: str
    value: str
    detail: str


def warnings_text(manifest: Manifest, language: Lang) -> list[str]:
    """What the reader must know before using the numbers: missing and failed replications, first answer or not."""
    done = manifest.replications_done
    lines: list[str] = []
    if done < manifest.replications_asked:
        lines.append(say(SENTENCES["incomplete"], language, done=done, asked=manifest.replications_asked))
    if manifest.replications_failed:
        lines.append(say(SENTENCES["failed"], language, failed=manifest.replications_failed))
    return [*lines, *(first_answer_texts(done, language) or [say(SENTENCES["office_paper"], language, n=done)])]


def first_answer_texts(done: int, language: Lang) -> list[str]:
    """That so many simulations are a first answer, and how many a paper needs; nothing where there are as many."""
    enough = RUNS_FOR_A_PAPER_THAT_LEAVES_THE_OFFICE
    return [say(SENTENCES["first_answer"], language, n=done, enough=enough)] if done < enough else []


def shared_draws_texts(manifest: Manifest, language: Lang) -> list[str]:
    """What a calibration does to intervals and verdicts; nothing where the run draws from none."""
    return [SENTENCES["shared_draws"].text(language)] if manifest.is_calibrated else []


def is_provisional(manifest: Manifest) -> bool:
    """Whether the answer is incomplete or rests on too few replications for a paper that leaves the office."""
    done = manifest.replications_done
    return done < manifest.replications_asked or done < RUNS_FOR_A_PAPER_THAT_LEAVES_THE_OFFICE


def value_text(row: TargetRow, language: Lang) -> str:
    """Median and 5-95 % range of a target's measure at its due date."""
    kind = unit_kind(row.measure)
    if row.median is None:
        return BLANK
    return f"{quantity_text(row.median, kind, language)} ({range_text(row.p05, row.p95, kind, row.n, language)})"


def chance_text(row: TargetRow, language: Lang) -> str:
    """How many replications reached the target, with the confidence interval of that share."""
    if row.p_reached is None:
        return BLANK
    interval = interval_text(row.p_low, row.p_high, "share", language)
    return f"{times_text(row, language)} ({interval})"


def main_target(targets: Sequence[TargetRow]) -> TargetRow | None:
    """The plan's target on documents exchanged between agencies, else its first target with a value."""
    rows = deciding_rows(targets)
    exchanged = [row for row in rows if row.measure == "exchange_electronic_share"]
    valued = [row for row in rows if row.median is not None]
    return next(iter([*exchanged, *valued, *rows]), None)


def _reached_headline(targets: Sequence[TargetRow], language: Lang) -> Headline | None:
    rows = deciding_rows(targets)
    if not rows:
        return None
    due = max((row.due for row in rows if row.due), default=None)
    label = say(Words("Chỉ tiêu, hạn đến {due}", "Targets, due by {due}"), language, due=date_text(due, language))
    most_runs = simulations(rows)
    counted = [f"n = {number_text(most_runs, 0, language)}"] if most_runs else []
    return Headline(label, counted_signs(targets), "; ".join([counts_text(targets, language), *counted]))


def _main_value_headline(tables: RunTables, language: Lang) -> Headline | None:
    row = main_target(tables.targets)
    if row is None or row.median is None:
        return None
    kind = unit_kind(row.measure)
    sentence = Words(
        "{scope}, {due}; khoảng 5–95%: {band}; ngưỡng {threshold}; đạt {chance}: {verdict}",
        "{scope}, {due}; 5–95% range {band}; threshold {threshold}; reached in {chance}: {verdict}",
    )
    detail = say(
        sentence,
        language,
        scope=capital(scope_text(row.scope, language, tables.manifest.groups)),
        due=date_text(row.due, language),
        band=interval_text(row.p05, row.p95, kind, language),
        threshold=limit_text(row, language),
        chance=times_text(row, language),
        verdict=verdict_text(row.verdict, language) or BLANK,
    )
    return Headline(row.title(language), quantity_text(row.median, kind, language), detail)


def _cause_headline(causes: Sequence[CauseRow], manifest: Manifest, language: Lang) -> Headline | None:
    """The main cause, or those of which any may be the largest."""
    leading = leading_causes(largest_causes(causes, "not_electronic"))
    if not leading:
        return None
    rows = [row for row, _ in leading]
    wording = Words(
        "Nguyên nhân chính khiến văn bản không gửi điện tử, năm {year}: {causes}",
        "Main cause of documents not sent electronically in {year}: {causes}",
    )
    tied = Words(
        "Nguyên nhân lớn nhất khiến văn bản không gửi điện tử, năm {year}, chưa phân định được: {causes}",
        "Largest causes of documents not sent electronically in {year}, too close to rank: {causes}",
    )
    label = say(
        wording if len(rows) == 1 else tied,
        language,
        year=year_text(rows[0].year, manifest.stopped, language),
        causes="; ".join(term("cause", row.cause, language) for row in rows),
    )
    sentence = Words(
        "bình quân tỷ trọng trong các lượt gửi không điện tử của từng lần mô phỏng, toàn tỉnh; khoảng 5–95%: {band}; "
        "trung vị {median} lượt gửi; n = {n}",
        "mean share of the deliveries that were not electronic in each simulation, whole province; 5–95% range {band}; "
        "median {median} deliveries; n = {n}",
    )
    joint = Words(" và ", " and ").text(language)
    detail = say(
        sentence,
        language,
        median=joint.join(BLANK if row.median is None else number_text(row.median, 0, language) for row in rows),
        band=joint.join(interval_text(row.share_p05, row.share_p95, "share", language) for row in rows),
        n=number_text(rows[0].n, 0, language),
    )
    return Headline(label, joint.join(share_text(share, language) for _, share in leading), capital(detail))


def _money_headline(tables: RunTables, language: Lang) -> Headline | None:
    money = simulated_money(tables.spending, tables.manifest)
    plan = totals(tables.money)
    spent = plan.get("spent")
    if not money.inside or spent is None or spent.median is None:
        return None
    period = period_text(money.years, money.stopped, language)
    label = say(Words("Kinh phí đã giải ngân, {period}", "Money spent, {period}"), language, period=period)
    parts = [
        f"{COLUMNS[name].text(language).lower()} {quantity_text(amount, 'million_vnd', language)}"
        for name in ("planned", "arrived", "committed", "under_way", "returned")
        if (amount := amount_of(plan, name)) is not None
    ]
    how = Words(
        "{parts}; đã giải ngân, khoảng 5–95%: {band}; trung vị của tổng trong từng lần mô phỏng, không cộng thành đúng "
        "tổng, n = {n}",
        "{parts}; spent, 5–95% range: {band}; medians of each simulation's total, which do not add up, n = {n}",
    )
    detail = say(
        how,
        language,
        parts="; ".join(parts),
        band=interval_text(spent.p05, spent.p95, "million_vnd", language),
        n=number_text(spent.n, 0, language),
    )
    if money.outside:
        note = Words("không tính các năm ngoài giai đoạn mô phỏng", "years outside the simulated period not counted")
        detail += "; " + note.text(language)
    return Headline(label, quantity_text(spent.median, "million_vnd", language), capital(detail))


def _chance_headline(targets: Sequence[TargetRow], language: Lang) -> Headline | None:
    row = main_target(targets)
    if row is None or row.p_reached is None:
        return None
    label = Words("Khả năng đạt chỉ tiêu đó đúng hạn", "Chance of meeting that target on time").text(language)
    band = interval_text(row.p_low, row.p_high, "share", language)
    detail = say(
        Words("khoảng tin cậy {band}; {due}", "confidence interval {band}; {due}"),
        language,
        band=band,
        due=date_text(row.due, language),
    )
    return Headline(label, times_text(row, language), capital(detail))


def _runs_headline(manifest: Manifest, language: Lang) -> Headline:
    label = Words("Số lần mô phỏng đã chạy", "Simulations done").text(language)
    value = f"{manifest.replications_done}/{manifest.replications_asked}"
    period = f"{date_text(manifest.horizon_start, language)} – {date_text(manifest.horizon_end, language)}"
    return Headline(label, value, period)


def headlines(tables: RunTables, language: Lang) -> list[Headline]:
    """Four numbers: targets by verdict, the main target, its main obstacle, the money; others if a table is absent."""
    candidates = (
        _reached_headline(tables.targets, language),
        _main_value_headline(tables, language),
        _cause_headline(tables.causes, tables.manifest, language),
        _money_headline(tables, language),
        _chance_headline(tables.targets, language),
        _runs_headline(tables.manifest, language),
    )
    return [headline for headline in candidates if headline is not None][:4]
