"""The report's closing words: what is reached, what stands in the way, what decides, and how sure it is.

Every number comes from the tables of the run; nothing is said that they do not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.evidence import assumptions_passage, evidence_text, spread_passage
from sim.report.formatting import BLANK, interval_text, number_text
from sim.report.headlines import warnings_text
from sim.report.measure_words import outside_note
from sim.report.obstacles import obstacle_passage
from sim.report.passage import Passage, target_labels, targets_named
from sim.report.phrases import capital, say
from sim.report.plan_ends import alternatives_passage, inert_passage, unserved_passage
from sim.report.run_tables import RunTables
from sim.report.saturation import saturation_passage
from sim.report.words import VERDICTS, term, times_text, verdict_group, verdict_text
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

_LEADS = {
    "targets": Words("Chỉ tiêu", "Targets"),
    "alternatives": Words("Điều còn để ngỏ", "What is left open"),
    "inert": Words("Kinh phí chỉ tính vào mốc hoàn thành", "Money that only milestones count"),
    "unserved": Words("Nơi chưa được bố trí", "Who was not served"),
    "obstacles": Words("Khó khăn, vướng mắc", "What stands in the way"),
    "saturation": Words("Quá tải", "Overload"),
    "readings": Words("Cách tính", "Readings"),
    "assumptions": Words("Tham số chi phối kết quả", "Which unknowns matter most"),
    "spread": Words("Nguồn gốc của độ dao động", "Where the spread comes from"),
    "trust": Words("Mức độ tin cậy", "How far to trust this"),
}


@dataclass(frozen=True, slots=True)
class ConclusionPart:
    """One passage and what it is about."""

    lead: str
    passage: Passage


def conclusion(tables: RunTables, language: Lang) -> list[ConclusionPart]:
    """The passages that the tables allow, in order."""
    trust = [*warnings_text(tables.manifest, language), evidence_text(tables.parameters, language)]
    passages = {
        "targets": verdict_passage(tables.targets, language),
        "alternatives": alternatives_passage(tables, language),
        "obstacles": obstacle_passage(tables, language),
        "unserved": unserved_passage(tables, language),
        "inert": inert_passage(tables, language),
        "saturation": saturation_passage(tables, language),
        "readings": reading_passage(tables.targets, language),
        "assumptions": assumptions_passage(tables, language),
        "spread": spread_passage(tables, language),
        "trust": Passage(" ".join(sentence for sentence in trust if sentence)),
    }
    return [
        ConclusionPart(_LEADS[name].text(language), passage)
        for name, passage in passages.items()
        if passage is not None
    ]


def closing_parts(tables: RunTables, language: Lang) -> list[ConclusionPart]:
    """What a reader must still be told below a table of verdicts: what stands in the way, and which unknowns matter."""
    passages = {
        "alternatives": alternatives_passage(tables, language),
        "obstacles": obstacle_passage(tables, language),
        "assumptions": assumptions_passage(tables, language),
    }
    return [
        ConclusionPart(_LEADS[name].text(language), passage)
        for name, passage in passages.items()
        if passage is not None
    ]


def verdict_passage(targets: Sequence[TargetRow], language: Lang) -> Passage | None:
    """How many targets have each verdict, which, and how sure that is."""
    rows = deciding_rows(targets)
    if not rows:
        return None
    labels = target_labels(targets)
    opening = Words(
        "Số chỉ tiêu của kế hoạch được mô phỏng: {count}, mỗi chỉ tiêu xét theo cách tính quyết định kết luận "
        "(dòng đầu của mỗi chỉ tiêu trong bảng theo từng cách tính).",
        "Targets of the plan that were simulated: {count}, each judged by the reading that decides (the first line "
        "of each target in the table by readings).",
    )
    present = {verdict_group(row.verdict) for row in rows}
    points: list[str] = []
    for verdict in [*(name for name in VERDICTS if name in present), *sorted(present - set(VERDICTS))]:
        mine = [row for row in rows if verdict_group(row.verdict) == verdict]
        name = verdict_text(verdict, language) or Words("chưa có số liệu", "no data").text(language)
        listed = "; ".join(_how_sure(row, labels[row.target_id], language) for row in mine)
        points.append(f"{capital(name)} ({len(mine)}): {listed}.")
    return Passage(say(opening, language, count=len(rows)), tuple(points))


def _how_sure(row: TargetRow, label: str, language: Lang) -> str:
    target = say(Words("chỉ tiêu {k}", "target {k}"), language, k=label)
    named = f"{target} “{row.title(language)}”{_outside(row, language)}"
    if row.p_reached is None or not row.n:
        return named
    wording = Words(
        "{named} – đạt ở {chance}, xác suất đạt trong khoảng {interval}{more}",
        "{named} – reached in {chance}, a probability within {interval}{more}",
    )
    more = (row.verdict or "").partition("(")[2].partition(" ")[0]
    needed = Words(", cần chạy thêm {n} lần", ", {n} more runs needed")
    return say(
        wording,
        language,
        named=named,
        chance=times_text(row, language),
        interval=interval_text(row.p_low, row.p_high, "share", language),
        more=say(needed, language, n=number_text(int(more), 0, language)) if more.isdigit() else "",
    )


def _outside(row: TargetRow, language: Lang) -> str:
    note = outside_note(row.measure, language)
    return f" ({note})" if note else ""


def reading_passage(targets: Sequence[TargetRow], language: Lang) -> Passage | None:
    """Targets whose verdict depends on how they are read, with the verdict of every reading."""
    labels = target_labels(targets)
    points: list[str] = []
    same: list[str] = []
    for decides in deciding_rows(targets):
        rows = [row for row in targets if row.target_id == decides.target_id and row.verdict]
        verdicts = list(dict.fromkeys(verdict_group(row.verdict) for row in rows))
        if len(verdicts) > 1:
            parts = [_readings_with(verdict, rows, language) for verdict in verdicts]
            named = capital(targets_named([decides.target_id], labels, language))
            points.append(f"{named} – {'; '.join(parts)}.")
        elif len(rows) > 1:
            same.append(decides.target_id)
    if not points and not same:
        return None
    if not points:
        wording = Words(
            "Với từng chỉ tiêu, mọi cách tính đã xét đều cho cùng kết luận.",
            "For each target, every reading looked at gives the same verdict.",
        )
        return Passage(wording.text(language))
    opening = Words(
        "Cách tính quyết định kết luận ở {count} chỉ tiêu (trong ngoặc: số lần đạt trên số lần mô phỏng).",
        "For {count} of the targets the reading decides (in brackets: times reached out of simulations).",
    )
    rest = Words("Mọi cách tính cho cùng kết luận: {named}.", "The same verdict under every reading: {named}.")
    closing = say(rest, language, named=targets_named(same, labels, language)) if same else ""
    return Passage(say(opening, language, count=len(points)), tuple(points), closing)


def _readings_with(verdict: str, rows: Sequence[TargetRow], language: Lang) -> str:
    named = [
        f"{term('reading', row.reading, language)} ({_times(row)})"
        for row in rows
        if verdict_group(row.verdict) == verdict
    ]
    return f"{verdict_text(verdict, language)}: {', '.join(named)}"


def _times(row: TargetRow) -> str:
    return BLANK if row.p_reached is None else f"{round(row.p_reached * row.n)}/{row.n}"
