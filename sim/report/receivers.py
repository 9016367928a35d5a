"""Where a district's documents met a recipient that takes none electronically: who sent them, who is not linked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from sim.report.agency_quarters import Quarters, amounts_by_cause, quarter_text
from sim.report.formatting import number_text, share_text
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.results.agency_tables import AgencyQuarterRow
from sim.results.words import Lang, Words

UNREACHABLE = "recipient_unreachable"
_MET_BY = Words(
    "Trong số lượt gửi vướng nguyên nhân đầu, {share} là của {name}. Chưa liên thông cuối {quarter} (bình quân):"
    " {here}/{all} cơ quan ở đây, "
    "{elsewhere}/{others} nơi khác; cấp huyện, cấp xã chỉ gửi cho xã cùng huyện.",
    "Of the first cause {share} is met by what {name} sends. Not linked at the end of {quarter} (means): {here} of "
    "{all} here, {elsewhere} of {others} elsewhere; districts and communes write to no communes but those here.",
)


def receivers_lines(tables: RunTables, latest: Quarters, language: Lang) -> Iterator[str]:
    """Who meets recipients that cannot be reached, and how many agencies are not linked, here and elsewhere.

    Args:
        tables: of a run.
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
    at_end = [row for row in tables.agencies_by_quarter if (row.year, row.quarter) == (last.year, last.quarter)]
    here = [row for row in at_end if row.agency_id in latest]
    others = [row for row in at_end if row.agency_id not in latest]
    yield say(
        _MET_BY,
        language,
        name=last.name(language),
        share=share_text(amounts[most][UNREACHABLE] / by_cause[UNREACHABLE], language),
        quarter=quarter_text(last, language),
        here=_unlinked(here, language),
        all=len(here),
        elsewhere=_unlinked(others, language),
        others=len(others),
    )


def _unlinked(rows: Sequence[AgencyQuarterRow], language: Lang) -> str:
    return number_text(fsum(1.0 - row.connected_share for row in rows), 1, language)
