"""What the cases of a comparison propose: who decides each, and what equipment and people cost by year and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import fsum

from sim.report.formatting import number_text
from sim.report.passage import Passage
from sim.report.phrases import say
from sim.report.words import term
from sim.results.comparison_tables import ProposalRow
from sim.results.money_tables import COST_KINDS
from sim.results.words import Lang, Words

_OPENING = Words(
    "Ai quyết định, và chi phí thiết bị, con người theo năm và nguồn vốn (mức nêu trong phương án):",
    "Who decides, and the cost of equipment and people by year and source (as the options state it):",
)
_DECIDED = Words("{title}; quyết định: {who}", "{title}; decided by: {who}")
_UNDECIDED = Words("{title}", "{title}")
_NO_AMOUNT = Words("{of} không thêm", "no {of}")
_MILLION = Words("{amount} triệu đồng", "{amount} million VND")
_YEARS = Words("{of} {total} ({years})", "{of} {total} ({years})")


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


def proposals_passage(rows: Sequence[ProposalRow], language: Lang) -> Passage | None:
    """A point for each case; None where no case proposes anything."""
    points = tuple(_points(rows, language))
    return Passage(_OPENING.text(language), points) if points else None


def proposal_lines(rows: Sequence[ProposalRow], language: Lang) -> list[str]:
    """The same for a terminal."""
    points = list(_points(rows, language))
    return [_OPENING.text(language), *(f"  {point}" for point in points)] if points else []


def _points(rows: Sequence[ProposalRow], language: Lang) -> Iterator[str]:
    by_case: dict[str, list[ProposalRow]] = {}
    for row in rows:
        by_case.setdefault(row.cell, []).append(row)
    for mine in by_case.values():
        yield f"{_who(mine, language)}; {_how_much(mine, language)}."


def _who(rows: Sequence[ProposalRow], language: Lang) -> str:
    titled = rows[0].case.title(language)
    names = dict.fromkeys((row.decided_by_vi if language == "vi" else row.decided_by_en) or "" for row in rows)
    who = "; ".join(name for name in names if name)
    return say(_DECIDED if who else _UNDECIDED, language, title=f"“{titled}”", who=who)


def _how_much(rows: Sequence[ProposalRow], language: Lang) -> str:
    paid = [row for row in rows if row.amount is not None]
    if not paid:
        sentences = dict.fromkeys((row.cost_vi if language == "vi" else row.cost_en) or "" for row in rows)
        return " ".join(text for text in sentences if text).rstrip(".")
    return "; ".join(_amounts(of, [row for row in paid if row.of == of], language) for of in COST_KINDS)


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
