"""Which case is best, how sure that is, what pairing is worth, and how a joint gain divides: in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.report.formatting import UnitKind, number_text, signed_number, unit_of_difference
from sim.report.passage import Passage
from sim.report.phrases import say
from sim.results.comparison_tables import RANKING, SPLIT, OptionPart, RankedCase
from sim.results.words import Lang, Words

_HARDLY_ANY = 0.001
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ranking:
    """The two tables, empty where the folder has none."""

    cases: tuple[RankedCase, ...]
    parts: tuple[OptionPart, ...]


def read_ranking(folder: Path) -> Ranking:
    """Read ranking.csv and split.csv. Raises TableError when one cannot be read."""
    return Ranking(RANKING.read_if_there(folder), SPLIT.read_if_there(folder))


def best_text(ranking: Ranking, target_id: str, titles: Mapping[str, str], kind: UnitKind, language: Lang) -> str:
    """`Best: X, or within 1 point of the best (95 %)`, or who is still in contention; empty where all are alike."""
    cases = [case for case in ranking.cases if case.target_id == target_id]
    if len({case.mean for case in cases}) < 2:
        return ""
    best = next(case for case in cases if case.is_best)
    size = signed_number(best.indifference, kind, language).lstrip("+")
    zone = f"{size} {unit_of_difference(kind, language)}".strip()
    tied = [case for case in cases if best.mean - case.mean <= best.indifference]
    if best.is_decided and len(tied) > 1:
        wording = Words(
            "Bình quân chênh không quá {zone} so với mức cao nhất, coi như không đáng kể: {names}.",
            "In the mean within {zone} of the highest, which nobody minds: {names}.",
        )
        return say(wording, language, zone=zone, names=", ".join(titles.get(case.cell, case.cell) for case in tied))
    if best.is_decided:
        wording = Words(
            "Tốt nhất, hoặc kém không quá {zone}: {best} (tin cậy 95%).",
            "Best, or within {zone} of it: {best} (95% confidence).",
        )
        return say(wording, language, zone=zone, best=titles.get(best.cell, best.cell))
    names = ", ".join(titles.get(case.cell, case.cell) for case in cases if case.in_contention)
    wording = Words(
        "Chưa phân định được trường hợp tốt nhất: {names} ({more}).",
        "The best is not decided yet between: {names} ({more}).",
    )
    soon = Words("cần thêm khoảng {n} lần mô phỏng", "about {n} more simulations")
    never = Words("quá sát nhau", "too close to call")
    return say(wording, language, names=names, more=say(soon if best.more else never, language, n=best.more))


def ranking_text(
    ranking: Ranking, titles: Mapping[str, str], labels: Mapping[str, str], simulations: int, language: Lang
) -> str:
    """Over all targets, which case is best where that is known, which are level, and where it is not known.

    Args:
        ranking: the tables.
        titles: of the cases, by name.
        labels: of the targets, by id.
        simulations: of each case.
        language: of the words.
    """
    of_target: defaultdict[str, list[RankedCase]] = defaultdict(list)
    for case in ranking.cases:
        of_target[case.target_id].append(case)
    alike: list[str] = []
    unknown: list[str] = []
    led: defaultdict[str, list[str]] = defaultdict(list)
    level: defaultdict[str, list[str]] = defaultdict(list)
    for target_id, label in labels.items():
        cases = of_target.get(target_id, [])
        best = next((case for case in cases if case.is_best), None)
        if best is not None and len({case.mean for case in cases}) == 1:
            alike.append(label)
        elif best is None or not best.is_decided:
            unknown.append(label)
        else:
            tied = [case for case in cases if best.mean - case.mean <= best.indifference]
            names = ", ".join(f"“{titles.get(case.cell, case.cell)}”" for case in tied)
            names = _EVERY.text(language) if len(tied) == len(cases) else names
            (level if len(tied) > 1 else led)[names].append(label)
    parts = [say(_LED, language, case=names, targets=", ".join(targets)) for names, targets in led.items()]
    parts += [say(_LEVEL, language, cases=names, targets=", ".join(targets)) for names, targets in level.items()]
    if alike:
        parts.append(say(_ALIKE, language, targets=", ".join(alike)))
    if unknown:
        few = _ONE if simulations == 1 else _FEW
        parts.append(say(few, language, n=simulations, targets=_named_or_counted(unknown, language)))
    return say(_RANKED, language, parts="; ".join(parts)) if parts else ""


def _named_or_counted(labels: Sequence[str], language: Lang) -> str:
    """Few targets by their names, many as a number."""
    return ", ".join(labels) if len(labels) <= _MOST_NAMED else say(_SO_MANY, language, k=len(labels))


_SO_MANY = Words("{k} chỉ tiêu khác", "{k} other targets")
_RANKED = Words("Trường hợp tốt nhất theo từng chỉ tiêu: {parts}.", "The best case, target by target: {parts}.")
_LED = Words("{case} với {targets}", "{case} for {targets}")
_EVERY = Words("mọi trường hợp", "all cases")
_LEVEL = Words("chênh không đáng kể: {cases} với {targets}", "no difference that matters: {cases} for {targets}")
_ONE = Words("chưa biết với {targets} (mới có một lần mô phỏng)", "not known for {targets} (one simulation so far)")
_FEW = Words("chưa biết với {targets} (mới có {n} lần mô phỏng)", "not known for {targets} ({n} simulations so far)")
_ALIKE = Words("mọi trường hợp như nhau với {targets}", "all cases alike for {targets}")


_UNDECIDED = Words(
    "Chưa phân định được trường hợp tốt nhất ở các chỉ tiêu {targets}.",
    "The best case is not decided yet for targets {targets}.",
)


def pairing_text(ranking: Ranking, language: Lang) -> str:
    """What common luck is worth, in the middle of all cases and targets; empty where nothing differs."""
    ratios = sorted(case.variance_ratio for case in ranking.cases if case.variance_ratio)
    if not ratios:
        return ""
    middle = ratios[len(ratios) // 2]
    if middle < _HARDLY_ANY:
        wording = Words(
            "Trong cùng điều kiện ngẫu nhiên nên chênh lệch giữa các trường hợp hầu như không còn phần ngẫu nhiên.",
            "Common luck leaves hardly any chance in the differences between cases.",
        )
        return say(wording, language)
    wording = Words(
        "Mọi trường hợp gặp cùng điều kiện ngẫu nhiên, nên phần ngẫu nhiên trong chênh lệch còn {share}% so với chạy"
        " riêng từng trường hợp (phương sai, trung vị); mức của từng trường hợp không nhờ thế mà chắc hơn.",
        "All cases meet the same luck, which leaves their differences {share}% of the variance that simulations apart"
        " would have (median); the levels themselves are no surer for it.",
    )
    return say(wording, language, share=number_text(100 * middle, 1, language))


def part_texts(
    ranking: Ranking, target_id: str, titles: Mapping[str, str], kind: UnitKind, language: Lang
) -> list[str]:
    """How the gain of all options together divides over them."""
    lines = []
    for part in (part for part in ranking.parts if part.target_id == target_id):
        unit = unit_of_difference(kind, language)
        values = (part.part_mean, part.part_low, part.part_high)
        mean, low, high = (signed_number(value, kind, language) for value in values)
        wording = Words("{option}: {mean} {unit} ({low} đến {high})", "{option}: {mean} {unit} ({low} to {high})")
        option = titles.get(f"option:{part.option}", part.option)
        line = say(wording, language, option=option, mean=mean, unit=unit, low=low, high=high)
        if part.gain_per_billion_vnd is not None:
            each = Words("{gain} {unit} cho mỗi tỷ đồng chi thêm", "{gain} {unit} for each billion VND more spent")
            gain = signed_number(part.gain_per_billion_vnd, kind, language)
            line += "; " + say(each, language, gain=gain, unit=unit)
        lines.append(line)
    return lines


def ranking_passages(
    ranking: Ranking, titles: Mapping[str, str], targets: Mapping[str, tuple[str, UnitKind]], language: Lang
) -> list[Passage]:
    """For the page: the best of each target where that is known, and the divided gains.

    Args:
        ranking: the tables.
        titles: of the cases, by name.
        targets: label and kind of each target, by id.
        language: of the words.
    """
    points: list[str] = []
    undecided: list[str] = []
    divided: defaultdict[str, list[str]] = defaultdict(list)
    decided = {case.target_id for case in ranking.cases if case.is_decided}
    for target_id, (place, kind) in targets.items():
        best = best_text(ranking, target_id, titles, kind, language)
        named = say(Words("Chỉ tiêu {number}. ", "Target {number}. "), language, number=place)
        if best and target_id not in decided:
            undecided.append(place)
        points += [named + best] if best and target_id in decided else []
        divided[named] += part_texts(ranking, target_id, titles, kind, language) if best else []
    if undecided:
        points.append(say(_UNDECIDED, language, targets=", ".join(undecided)))
    passages = []
    if points:
        opening = say(Words("Trường hợp nào tốt nhất:", "Which case is best:"), language)
        passages.append(Passage(opening, tuple(points)))
    lines = tuple(f"{named}{line}." for named, listed in divided.items() for line in listed)
    if lines:
        wording = Words(
            "Phần của từng phương án khi làm cùng nhau (giá trị Shapley: trung bình trên mọi thứ tự thêm vào):",
            "What each option gives when all are combined (Shapley value: the mean over all orders of adding them):",
        )
        passages.append(Passage(say(wording, language), lines))
    return passages
