"""What pages are made of: passages (an opening, points, and what follows from them) and tables, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.report.phrases import say
from sim.report.words import target_label
from sim.results.run_tables import TargetRow, plan_numbers
from sim.results.words import Lang, Words

_LEAST_IN_A_RANGE = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """An opening sentence, points that stand each for itself, and closing sentences."""

    opening: str
    points: tuple[str, ...] = ()
    closing: str = ""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a study's page, in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def target_labels(targets: Sequence[TargetRow]) -> Mapping[str, str]:
    """What each target is called: by its number in the plan's order, as the verdict table numbers them."""
    return {target_id: target_label(number, target_id) for target_id, number in plan_numbers(targets).items()}


def numbers_of(targets: Sequence[TargetRow]) -> Mapping[str, str]:
    """Each target's number alone, where a list beside the text has its id and title."""
    return {target_id: str(number) for target_id, number in plan_numbers(targets).items()}


def targets_named(target_ids: Sequence[str], labels: Mapping[str, str], language: Lang) -> str:
    """`chỉ tiêu 1, 3 và 6–9`: targets by their numbers, one without a number by its id."""
    names = _in_ranges([labels.get(target_id, target_id) for target_id in target_ids])
    joint = Words(" và ", " and ").text(language)
    listed = joint.join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    one, several = Words("chỉ tiêu {names}", "target {names}"), Words("chỉ tiêu {names}", "targets {names}")
    return say(one if len(target_ids) == 1 else several, language, names=listed)


def _in_ranges(names: Sequence[str]) -> list[str]:
    """`3`, `6–9`: three or more bare numbers in a row by the first and the last."""
    rows: list[list[str]] = []
    for name in names:
        if rows and name.isdecimal() and rows[-1][-1].isdecimal() and int(name) == int(rows[-1][-1]) + 1:
            rows[-1].append(name)
        else:
            rows.append([name])
    return [part for row in rows for part in (row if len(row) < _LEAST_IN_A_RANGE else [f"{row[0]}–{row[-1]}"])]
