"""What an option is bought for: the target that a case moves most, from which level to which, for how much money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.case_targets import minded_share
from sim.report.comparison import ComparedTarget, CompareTables, agreeing_text, is_unchanged
from sim.report.formatting import UnitKind, number_text, points_number, quantity_text, rounded, signed_number
from sim.report.formatting import unit_of_difference as unit_of
from sim.report.phrases import say
from sim.results.comparison_tables import Case, CaseFigureRow, CompareRow
from sim.results.words import Lang, Words

_MILLION_PER_BILLION = 1_000.0
_LEAST_MONEY_MILLION_VND = 1.0
_NONE = Words("không chỉ tiêu nào đổi", "no target moves")
_SELDOM = Words(
    "không chỉ tiêu nào đổi đáng kể ở quá nửa số cặp",
    "no target moves by as much as anybody minds in more than half of the pairs",
)
_HARDLY = Words("mọi chỉ tiêu đổi chưa đến mức làm tròn", "every target moves by less than is printed")
_NO_GAIN = Words("không tăng", "no gain")
_AT = Words("{gain} ở {target}", "{gain} in {target}")
_AT_SHARE = Words("{gain} ở tỷ lệ gửi điện tử", "{gain} in the share sent")
_LARGEST = Words(
    "Tác động lớn nhất tới chỉ tiêu: “{case}”, {target} “{title}”, {levels} ({difference}).",
    "The largest effect on a target: “{case}”, {target} “{title}”, {levels} ({difference}).",
)
_FEW_DECIMALS_FROM = 1.0


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """One target that a case moves by as much as is printed."""

    target: ComparedTarget
    row: CompareRow
    baseline: CompareRow | None

    @property
    def difference(self) -> float:
        """How much more it is than in the baseline, mean over pairs."""
        return self.row.difference_mean or 0.0

    @property
    def kind(self) -> UnitKind:
        """How its values are printed."""
        return self.target.kind

    @property
    def sign(self) -> str:
        """Better, worse, or not yet known."""
        if not self.row.holm_significant:
            return "?"
        return "▲" if self.difference > 0.0 else "▼"

    @property
    def is_agreed(self) -> bool:
        """Whether it is known, or every pair of simulations goes the same way."""
        agree = self.row.pair_higher if self.difference > 0.0 else self.row.pair_lower
        return bool(self.row.holm_significant or (self.row.pairs and agree == self.row.pairs))

    @property
    def is_frequent(self) -> bool:
        """Whether it is known, or more than half of the pairs go its way; a folder without pairs does not say."""
        agree = (self.row.pair_higher if self.difference > 0.0 else self.row.pair_lower) or 0
        return bool(self.row.holm_significant or not self.row.pairs or 2 * agree > self.row.pairs)

    def levels_text(self, language: Lang) -> str:
        """From which level to which: means over the pairs, medians in a folder without these."""
        before, after = self.baseline.median if self.baseline else None, self.row.median
        if self.row.pair_mean is not None:
            before, after = self.row.pair_mean - self.difference, self.row.pair_mean
        return " → ".join(quantity_text(value, self.kind, language) for value in (before, after))

    def difference_text(self, language: Lang) -> str:
        """The mean difference with its unit."""
        return f"{signed_number(self.difference, self.kind, language)} {unit_of(self.kind, language)}".strip()


def effects_of(case: Case, tables: CompareTables) -> list[CaseEffect]:
    """The target that a case moves most, and the one it moves most the other way.

    Shares go before numbers of things, which are not of one size with them. Empty where no target moves by as much as
    anybody minds in more than half of the pairs, and of the baseline.
    """
    seen = (one for one in _seen(case, tables) if one.is_frequent and is_minded(one, tables))
    effects = sorted(seen, key=lambda one: (one.kind != "share", -abs(one.difference)))
    if not effects:
        return []
    first = effects[0]
    against = [one for one in effects if one.difference * first.difference < 0.0]
    return [first, *against[:1]]


def lowered(case: Case, tables: CompareTables) -> list[CaseEffect]:
    """The targets that a case lowers by as much as is printed."""
    return [effect for effect in _seen(case, tables) if effect.difference < 0.0]


def _seen(case: Case, tables: CompareTables) -> list[CaseEffect]:
    rows = [(target, target.rows[case.name]) for target in tables.targets if case.name in target.rows]
    baseline = tables.cases[0].name
    return [CaseEffect(target, row, target.rows.get(baseline)) for target, row in rows if _is_seen(row, target.kind)]


def _is_seen(row: CompareRow, kind: UnitKind) -> bool:
    decimals = 0 if kind == "count" else 1
    return row.difference_mean is not None and rounded(points_number(row.difference_mean, kind), decimals) != 0.0


def is_minded(effect: CaseEffect, tables: CompareTables) -> bool:
    """Whether it is as large as anybody minds; of what is counted any is."""
    return effect.kind != "share" or abs(effect.difference) >= minded_share(tables)


def effects_text(effects: Sequence[CaseEffect], case: Case, tables: CompareTables, language: Lang) -> str:
    """For a cell: target and levels, then the difference and how many pairs agree; words where no target moves."""
    if not effects:
        rows = (target.rows.get(case.name) for target in tables.targets)
        if all(row is None or is_unchanged(row) for row in rows):
            return _NONE.text(language)
        return (_SELDOM if any(_seen(case, tables)) else _HARDLY).text(language)
    lines = []
    for effect in effects:
        lines.append(f"{effect.target.label}: {effect.levels_text(language)}")
        agreeing = agreeing_text(effect.row, language)
        lines.append(f"{effect.sign} {effect.difference_text(language)}" + (f" ({agreeing})" if agreeing else ""))
    return "\n".join(lines)


def largest_text(tables: CompareTables, language: Lang) -> str:
    """The largest effect of all cases, in a sentence; empty where no target moves."""
    first = [(case, found[0]) for case in tables.cases[1:] if (found := effects_of(case, tables))]
    if not first:
        return ""
    case, effect = min(first, key=lambda one: (one[1].kind != "share", -abs(one[1].difference)))
    return say(
        _LARGEST,
        language,
        case=case.title(language),
        target=effect.target.label,
        title=effect.target.title(language),
        levels=effect.levels_text(language),
        difference=", ".join(filter(None, [effect.difference_text(language), agreeing_text(effect.row, language)])),
    )


def worth_text(effects: Sequence[CaseEffect], share: CaseFigureRow | None, cost: float | None, language: Lang) -> str:
    """Points gained for each billion more, by the target that gains most and by the share sent; empty without money.

    Args:
        effects: of the case, as `effects_of` gives them.
        share: of the case, the share sent electronically and accepted.
        cost: what it costs more, million VND.
        language: of the words.
    """
    if cost is None or cost < _LEAST_MONEY_MILLION_VND:
        return ""
    billions = cost / _MILLION_PER_BILLION
    lines = [
        f"{'' if effect.row.holm_significant else '? '}"
        + say(_AT, language, gain=_gain(effect.difference / billions, language), target=effect.target.label)
        for effect in effects
        if effect.difference > 0.0 and effect.kind == "share"
    ]
    more = (share.difference_mean or 0.0) if share else 0.0
    if share is not None and rounded(points_number(more, "share"), 1) > 0.0 and share.judgement != "same":
        gain = _gain(more / billions, language)
        lines.append(f"{'' if share.judgement == 'better' else '? '}" + say(_AT_SHARE, language, gain=gain))
    return "\n".join(lines) or _NO_GAIN.text(language)


def _gain(share_a_billion: float, language: Lang) -> str:
    points = points_number(share_a_billion, "share")
    return "+" + number_text(points, 1 if points >= _FEW_DECIMALS_FROM else 2, language)
