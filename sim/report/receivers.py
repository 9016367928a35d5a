"""Where a district's documents met a recipient that takes none electronically: who sent them, and to whom."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.agency_quarters import Quarters, amounts_by_cause
from sim.report.formatting import share_text
from sim.report.phrases import say
from sim.results.words import Lang, Words

UNREACHABLE = "recipient_unreachable"
_MET_BY = Words(
    "Trong số lượt gửi vướng nguyên nhân đầu, {share} là của {name}{to_whom}.",
    "Of the first cause {share} is met by what {name} sends{to_whom}.",
)
_TO_WHOM = Words(
    "; cấp huyện, cấp xã chỉ gửi cho xã cùng huyện", "; districts and communes write to no communes but those here"
)


def receivers_lines(latest: Quarters, language: Lang) -> Iterator[str]:
    """Who meets recipients that cannot be reached.

    Args:
        latest: the last quarters of a district's agencies.
        language: of the text.

    Nothing where another cause stops most of what the district sends.
    """
    amounts = {agency_id: amounts_by_cause(rows) for agency_id, rows in latest.items()}
    by_cause = amounts_by_cause([row for rows in latest.values() for row in rows])
    if next(iter(by_cause), None) != UNREACHABLE:
        return
    most = max(amounts, key=lambda agency_id: amounts[agency_id].get(UNREACHABLE, 0.0))
    last = latest[most][-1]
    yield say(
        _MET_BY,
        language,
        name=last.name(language),
        share=share_text(amounts[most][UNREACHABLE] / by_cause[UNREACHABLE], language),
        to_whom=_TO_WHOM.text(language) if last.district_id else "",
    )
