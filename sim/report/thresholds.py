"""A target's threshold as the plan states it, with marks that say whose number it is and from what it counts as met."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.formatting import number_text, threshold_text, unit_kind
from sim.report.passage import numbers_of, targets_named
from sim.report.phrases import capital, say
from sim.report.words import is_of_money_alone
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.study_tables import AimRow
from sim.results.words import Lang, Words

NOT_STATED, ROUNDED = "*", "¹"
_OF_THE_PLAN = "plan"
_ROUNDING = 1e-9
_NOT_STATED = Words(
    "kế hoạch không nêu con số, ngưỡng là cách hiểu của mô hình",
    "the plan states no figure, the threshold is the model's reading",
)
_ROUNDED = Words("coi là đạt khi từ {least}, như báo cáo làm tròn", "met from {least} on, as reports round it")
_DRAWS = Words(
    "{named}: tính riêng từ kinh phí, nên trung vị và số lần đạt là của {runs} lần tính thử riêng kinh phí, không phải"
    " của các lần mô phỏng",
    "{named}: counted from the money alone, so that median and times reached are of {runs} draws of the money, not of"
    " the simulations",
)
_NOTE = Words("{mark} {text}", "{mark} {text}")
_NOTE_OF = Words("{named}: {text}", "{named}: {text}")


def limit_text(row: TargetRow, language: Lang) -> str:
    """The threshold as stated, with its marks: 95%, 100%¹, 78,7%*."""
    return threshold_text(row.shown_threshold, unit_kind(row.measure), language) + marks_of(row)


def stated_limit(row: TargetRow | AimRow, language: Lang) -> str:
    """The threshold as stated and, in the same breath, from what it counts as met: 100% (coi là đạt từ 99,5%)."""
    kind = unit_kind(row.measure)
    said = threshold_text(row.shown_threshold, kind, language)
    if not is_rounded(row):
        return said
    return say(_MET_FROM, language, stated=said, least=threshold_text(row.threshold, kind, language))


_MET_FROM = Words("{stated} (coi là đạt từ {least})", "{stated} (met from {least} on)")


def marks_of(row: TargetRow) -> str:
    """The marks that belong beside a target's threshold wherever it stands."""
    return (NOT_STATED if is_not_stated(row) else "") + (ROUNDED if is_rounded(row) else "")


def is_not_stated(row: TargetRow) -> bool:
    """Whether the plan gives no such figure; False of a run made before that was kept."""
    return row.threshold_basis not in {None, _OF_THE_PLAN}


def is_rounded(row: TargetRow | AimRow) -> bool:
    """Whether a little less than what is stated counts as met."""
    return row.shown_threshold - row.threshold > _ROUNDING


def limit_notes(targets: Sequence[TargetRow], language: Lang, *, by_number: bool = False) -> list[str]:
    """What the marks mean, a note each of those that occur.

    Args:
        targets: of a run.
        language: of the text.
        by_number: the targets are named in place of the mark, where numbers stand in cells that take no mark.
    """
    rows = deciding_rows(targets)
    said = []
    for mark, text, mine in (
        (NOT_STATED, _NOT_STATED.text(language), [row for row in rows if is_not_stated(row)]),
        (ROUNDED, _rounded_text(rows, language), [row for row in rows if is_rounded(row)]),
    ):
        if mine and by_number:
            named = capital(targets_named([row.target_id for row in mine], numbers_of(targets), language))
            said.append(say(_NOTE_OF, language, named=named, text=text))
        elif mine:
            said.append(say(_NOTE, language, mark=mark, text=text))
    return said


def draws_note(targets: Sequence[TargetRow], language: Lang) -> str:
    """Why some targets count by the thousand: draws of the money alone, and how many; empty where none is judged so."""
    mine = [row for row in deciding_rows(targets) if is_of_money_alone(row.verdict)]
    if not mine:
        return ""
    drawn = sorted(row.n for row in mine)
    ends = dict.fromkeys((drawn[0], drawn[-1]))
    named = targets_named([row.target_id for row in mine], numbers_of(targets), language)
    return say(_DRAWS, language, named=named, runs="–".join(number_text(n, 0, language) for n in ends))


def marks_text(row: TargetRow, language: Lang) -> str:
    """What is to be said of one target's threshold, in a cell of its own; empty for nothing."""
    return "; ".join(note.partition(" ")[2] for note in limit_notes([row], language))


def _rounded_text(rows: Sequence[TargetRow], language: Lang) -> str:
    least = {threshold_text(row.threshold, unit_kind(row.measure), language) for row in rows if is_rounded(row)}
    return say(_ROUNDED, language, least=", ".join(sorted(least)))
