"""What the cases of a comparison propose: who decides each, and what equipment and people cost by year and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import fsum

from sim.report.formatting import number_text, signed_number
from sim.report.passage import Passage
from sim.report.phrases import say
from sim.report.words import term
from sim.results.comparison_tables import CaseFigureRow, ProposalRow
from sim.results.money_tables import COST_KINDS
from sim.results.words import Lang, Words

SPENT = "spent_million_vnd"
_OPENING = Words(
    "Ai quyết định, và dự toán thiết bị, con người theo năm và nguồn vốn (mức nêu trong phương án, như lệnh list):",
    "Who decides, and the budget of equipment and people by year and source (as the options state it, and as list):",
)
_DECIDED = Words("quyết định: {who}", "decided by: {who}")
_COST = Words("chi phí: {how_much}", "cost: {how_much}")
_NOT_STATED = Words("chưa nêu", "not stated")
_NO_AMOUNT = Words("{of}: không thêm", "{of}: none")
_MILLION = Words("{amount} triệu đồng", "{amount} million VND")
_YEARS = Words("{of}: {total} ({years})", "{of}: {total} ({years})")
_BRIDGE = Words(
    "“Chi thêm” trong bảng là số bình quân mà mô phỏng giải ngân thêm, cộng phần con người, thuê bao, phí mà mô phỏng"
    " không chi; khác dự toán vì trong mô phỏng kinh phí có thể về muộn, mua không kịp, đơn giá khác: {cases}.",
    "“More spent” in the table is what the simulation spends more, in the mean, and the people, subscriptions and fees"
    " that it does not spend; it is not the budget, since money may come late, be spent too late or meet other prices:"
    " {cases}.",
)
_BRIDGED = Words(
    "“{title}” dự toán {stated}, chi thêm {cost} (giải ngân {spent}, ngoài mô phỏng {apart})",
    "“{title}” budget {stated}, more spent {cost} (simulated {spent}, outside {apart})",
)
_CUT = Words(
    "Kỳ so sánh kết thúc sớm hơn kế hoạch: “chi thêm” chỉ tính đến hết năm {last}; {amount} triệu đồng của các năm từ"
    " {first} chưa tính.",
    "The comparison ends before the plan does: “more spent” counts up to the end of {last} only; {amount} million VND"
    " of the years from {first} on are not counted.",
)
_LEAST_DIFFERENCE_MILLION_VND = 1.0


def stated_apart(rows: Sequence[ProposalRow]) -> dict[str, float]:
    """What each case costs that the simulation does not spend, million VND: posts, overtime, fees."""
    apart: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        if row.amount is not None and not row.simulated:
            apart[row.cell] += row.amount
    return dict(apart)


def stated_people(rows: Sequence[ProposalRow]) -> dict[str, float]:
    """What the people of each case cost, million VND."""
    people: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        if row.amount is not None and row.of == "people":
            people[row.cell] += row.amount
    return dict(people)


def cost_of(case: str, figures: Sequence[CaseFigureRow], proposals: Sequence[ProposalRow]) -> float | None:
    """What a case costs more, million VND: spent in the simulation, with the people and fees that it does not spend."""
    spent = _spent_more(case, figures)
    return None if spent is None else spent + stated_apart(proposals).get(case, 0.0)


def _spent_more(case: str, figures: Sequence[CaseFigureRow]) -> float | None:
    rows = (row for row in figures if (row.cell, row.measure, row.scope) == (case, SPENT, "all"))
    return next((row.difference_mean for row in rows), None)


def proposals_passage(
    rows: Sequence[ProposalRow], by_the_end: Sequence[ProposalRow], figures: Sequence[CaseFigureRow], language: Lang
) -> Passage | None:
    """A point for each case, then how its budget goes with what it spends; None where no case proposes anything.

    Args:
        rows: what each case proposes, over all years.
        by_the_end: of these, what falls in the years compared.
        figures: the operating figures of the cases.
        language: of the text.
    """
    points = (*_points(rows, language), *_cut(rows, by_the_end, language), *bridge_lines(by_the_end, figures, language))
    return Passage(_OPENING.text(language), points) if points else None


def proposal_lines(
    rows: Sequence[ProposalRow], by_the_end: Sequence[ProposalRow], figures: Sequence[CaseFigureRow], language: Lang
) -> list[str]:
    """The same for a terminal."""
    passage = proposals_passage(rows, by_the_end, figures, language)
    return [passage.opening, *(f"  {point}" for point in passage.points)] if passage else []


def _cut(rows: Sequence[ProposalRow], by_the_end: Sequence[ProposalRow], language: Lang) -> Iterator[str]:
    """That the comparison ends before everything stated is paid."""
    left = fsum(row.amount or 0.0 for row in rows) - fsum(row.amount or 0.0 for row in by_the_end)
    if left >= _LEAST_DIFFERENCE_MILLION_VND:
        first = min(row.year for row in rows if row.year is not None and row not in by_the_end)
        yield say(_CUT, language, amount=number_text(left, 0, language), last=first - 1, first=first)


def bridge_lines(rows: Sequence[ProposalRow], figures: Sequence[CaseFigureRow], language: Lang) -> Iterator[str]:
    """Of the cases whose budget is not what they spend more: both, and of what the latter is made."""
    apart, stated, said = stated_apart(rows), _stated(rows), []
    titles = {row.cell: row.case.title(language) for row in rows}
    for case, title in titles.items():
        spent, cost = _spent_more(case, figures), cost_of(case, figures, rows)
        if spent is None or cost is None or abs(cost - stated.get(case, 0.0)) < _LEAST_DIFFERENCE_MILLION_VND:
            continue
        amounts = {"stated": stated.get(case, 0.0), "apart": apart.get(case, 0.0)}
        said.append(
            say(
                _BRIDGED,
                language,
                title=title,
                cost=signed_number(cost, "count", language),
                spent=signed_number(spent, "count", language),
                **{name: number_text(amount, 0, language) for name, amount in amounts.items()},
            )
        )
    if said:
        yield say(_BRIDGE, language, cases="; ".join(said))


def _stated(rows: Sequence[ProposalRow]) -> dict[str, float]:
    """The budget of each case as it is stated, million VND."""
    stated: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        stated[row.cell] += row.amount or 0.0
    return dict(stated)


def _points(rows: Sequence[ProposalRow], language: Lang) -> Iterator[str]:
    by_case: dict[str, list[ProposalRow]] = {}
    for row in rows:
        by_case.setdefault(row.cell, []).append(row)
    for mine in by_case.values():
        parts = [*_who(mine, language), *_how_much(mine, language)]
        yield f"“{mine[0].case.title(language)}”: {'; '.join(parts)}."


def _who(rows: Sequence[ProposalRow], language: Lang) -> Iterator[str]:
    names = dict.fromkeys((row.decided_by_vi if language == "vi" else row.decided_by_en) or "" for row in rows)
    if who := ", ".join(name for name in names if name):
        yield say(_DECIDED, language, who=who)


def _how_much(rows: Sequence[ProposalRow], language: Lang) -> Iterator[str]:
    """Its amounts; where none is stated, the option's own words on its cost, if it has any."""
    paid = [row for row in rows if row.amount is not None]
    for of in COST_KINDS if paid else ():
        yield _amounts(of, [row for row in paid if row.of == of], language)
    if not paid:
        sentences = dict.fromkeys((row.cost_vi if language == "vi" else row.cost_en) or "" for row in rows)
        said = "; ".join(_as_clause(text) for text in sentences if text) or _NOT_STATED.text(language)
        yield say(_COST, language, how_much=said)


def _as_clause(sentence: str) -> str:
    """Words that stand behind a colon: no capital that only began a sentence, no full stop."""
    text = sentence.strip().rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _amounts(of: str, rows: Sequence[ProposalRow], language: Lang) -> str:
    """In all, then by source and year."""
    words = COST_KINDS[of].text(language)
    if not rows:
        return say(_NO_AMOUNT, language, of=words)
    years: defaultdict[tuple[str, int], float] = defaultdict(float)
    for row in rows:
        years[row.source or "", row.year or 0] += row.amount or 0.0
    parts = []
    for source in dict.fromkeys(name for name, _ in years):
        amounts = [
            f"{year}: {number_text(amount, 0, language)}"
            for (name, year), amount in sorted(years.items())
            if name == source
        ]
        parts.append(f"{term('money_source', source, language)} {', '.join(amounts)}")
    total = say(_MILLION, language, amount=number_text(fsum(years.values()), 0, language))
    return say(_YEARS, language, of=words, total=total, years="; ".join(parts))
