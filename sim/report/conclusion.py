"""The report's closing words: what is reached, what stands in the way, what decides, and how sure it is.

Every number comes from the tables of the run; nothing is said that they do not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.report.evidence import assumptions_passage, evidence_text, spread_passage
from sim.report.formatting import BLANK, interval_text, number_text
from sim.report.headlines import warnings_text
from sim.report.measure_words import outside_note
from sim.report.obstacles import line_money_passage, obstacle_passage
from sim.report.parameter_words import parameter_title
from sim.report.passage import Passage, target_labels, targets_named
from sim.report.phrases import capital, say
from sim.report.plan_ends import alternatives_passage, inert_opening, inert_passage
from sim.report.run_tables import RunTables
from sim.report.saturation import saturation_passage
from sim.report.unserved import unserved_passage
from sim.report.words import VERDICTS, term, times_text, verdict_group, verdict_text
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

_INERT_LEAD = Words("Kinh phí chỉ tính vào mốc hoàn thành", "Money that only milestones count")
_UNKNOWNS_LEAD = Words("Tham số chi phối kết quả", "Which unknowns matter most")
_ON_PAGES = ("each_obstacle", "line_money", "inert_sum", "unknowns")
"""Shorter than their namesakes, for a page whose appendix has the rest."""
_LEADS = {
    "targets": Words("Chỉ tiêu", "Targets"),
    "alternatives": Words("Điều còn để ngỏ", "What is left open"),
    "obstacles": Words("Khó khăn, vướng mắc", "What stands in the way"),
    "each_obstacle": Words("Từng chỉ tiêu", "Target by target"),
    "line_money": Words("Kinh phí của các mục", "Money of the lines"),
    "unserved": Words("Nơi chưa được bố trí", "Who was not served"),
    "inert": _INERT_LEAD,
    "inert_sum": _INERT_LEAD,
    "saturation": Words("Quá tải", "Overload"),
    "readings": Words("Cách tính", "Readings"),
    "assumptions": _UNKNOWNS_LEAD,
    "unknowns": _UNKNOWNS_LEAD,
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
    return _parts((name for name in _LEADS if name not in _ON_PAGES), tables, language)


def page_words(tables: RunTables, language: Lang) -> list[ConclusionPart]:
    """What a page says right below its board, which already has every verdict; its lists stand in the appendix."""
    below = ("each_obstacle", "alternatives", "readings", "inert_sum", "saturation", "unknowns", "trust")
    return _parts(below, tables, language)


def appendix_words(tables: RunTables, language: Lang) -> list[ConclusionPart]:
    """The passages of a page that are lists and arithmetic."""
    return _parts(("line_money", "unserved", "inert", "spread"), tables, language)


def closing_parts(tables: RunTables, language: Lang) -> list[ConclusionPart]:
    """What a reader must still be told below a table of verdicts: what stands in the way, and which unknowns matter."""
    return _parts(("alternatives", "obstacles", "assumptions"), tables, language)


def _parts(names: Iterable[str], tables: RunTables, language: Lang) -> list[ConclusionPart]:
    made = {name: _PASSAGES[name](tables, language) for name in names}
    return [ConclusionPart(_LEADS[name].text(language), said) for name, said in made.items() if said is not None]


def _inert_sum(tables: RunTables, language: Lang) -> Passage | None:
    opening = inert_opening(tables, language)
    where = Words("Từng mục và lý do: Phụ lục.", "Line by line, with the reason: appendix.")
    return Passage(f"{opening}. {where.text(language)}") if opening else None


def _trust(tables: RunTables, language: Lang) -> Passage:
    said = [*warnings_text(tables.manifest, language), evidence_text(tables.parameters, language)]
    return Passage(" ".join(sentence for sentence in said if sentence))


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


_ALL_ALIKE = Words(
    "Với từng chỉ tiêu, mọi cách tính đã xét đều cho cùng kết luận.",
    "For each target, every reading looked at gives the same verdict.",
)
_READING_DECIDES = Words(
    "Cách tính quyết định kết luận ở {count} chỉ tiêu (trong ngoặc: số lần đạt trên số lần mô phỏng).",
    "For {count} of the targets the reading decides (in brackets: times reached out of simulations).",
)
_NOT_COMPARED = Words(
    "Chưa so sánh được các cách tính ở {named}: chưa cách nào đủ cơ sở kết luận{opposed}.",
    "The readings of {named} cannot be compared yet: none of them is decided{opposed}.",
)
_OPPOSED = Words(
    "; có cách luôn đạt, có cách chưa lần nào đạt ở {named}", "; always met by one and never by another: {named}"
)
_SAME = Words("Mọi cách tính cho cùng kết luận: {named}.", "The same verdict under every reading: {named}.")


def reading_passage(targets: Sequence[TargetRow], language: Lang) -> Passage | None:
    """Targets whose verdict depends on how they are read, with the verdict of every reading; which are not decided."""
    labels = target_labels(targets)
    points: list[str] = []
    same: list[str] = []
    undecided: dict[str, list[TargetRow]] = {}
    for decides in deciding_rows(targets):
        rows = [row for row in targets if row.target_id == decides.target_id and row.verdict]
        verdicts = list(dict.fromkeys(verdict_group(row.verdict) for row in rows))
        if len(verdicts) > 1:
            parts = [_readings_with(verdict, rows, language) for verdict in verdicts]
            named = capital(targets_named([decides.target_id], labels, language))
            points.append(f"{named} – {'; '.join(parts)}.")
        elif len(rows) > 1 and verdicts == ["undecided"]:
            undecided[decides.target_id] = rows
        elif len(rows) > 1:
            same.append(decides.target_id)
    if not points and not same and not undecided:
        return None
    if not points and not undecided:
        return Passage(_ALL_ALIKE.text(language))
    said = [_not_compared(undecided, labels, language)] if undecided else []
    said += [say(_SAME, language, named=targets_named(same, labels, language))] if same else []
    if not points:
        return Passage(" ".join(said))
    return Passage(say(_READING_DECIDES, language, count=len(points)), tuple(points), " ".join(said))


def _not_compared(undecided: Mapping[str, Sequence[TargetRow]], labels: Mapping[str, str], language: Lang) -> str:
    """Which targets no reading decides yet, and those of which one is always met and another never."""
    opposed = []
    for target_id, rows in undecided.items():
        apart = [row for row in rows if row.p_reached in {0.0, 1.0}]
        if len({row.p_reached for row in apart}) > 1:
            named = "; ".join(f"{term('reading', row.reading, language)} {_times(row)}" for row in apart)
            opposed.append(f"{labels[target_id]} ({named})")
    apart_text = say(_OPPOSED, language, named=", ".join(opposed)) if opposed else ""
    return say(_NOT_COMPARED, language, named=targets_named(list(undecided), labels, language), opposed=apart_text)


def _readings_with(verdict: str, rows: Sequence[TargetRow], language: Lang) -> str:
    named = [
        f"{term('reading', row.reading, language)} ({_times(row)})"
        for row in rows
        if verdict_group(row.verdict) == verdict
    ]
    return f"{verdict_text(verdict, language)}: {', '.join(named)}"


def _times(row: TargetRow) -> str:
    return BLANK if row.p_reached is None else f"{round(row.p_reached * row.n)}/{row.n}"


_PASSAGES: dict[str, Callable[[RunTables, Lang], Passage | None]] = {
    "targets": lambda tables, language: verdict_passage(tables.targets, language),
    "alternatives": alternatives_passage,
    "obstacles": obstacle_passage,
    "each_obstacle": lambda tables, language: obstacle_passage(tables, language, has_money=False),
    "line_money": line_money_passage,
    "unserved": unserved_passage,
    "inert": inert_passage,
    "inert_sum": _inert_sum,
    "saturation": saturation_passage,
    "readings": lambda tables, language: reading_passage(tables.targets, language),
    "assumptions": assumptions_passage,
    "unknowns": lambda tables, language: assumptions_passage(tables, language, parameter_title),
    "spread": spread_passage,
    "trust": _trust,
}
