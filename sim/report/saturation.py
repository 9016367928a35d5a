"""Posts that are busy nearly all their staffed time: what is said of delays there depends on when one looks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.report.formatting import BLANK, frequency_text, in_two_lines, interval_text, number_text, share_text
from sim.report.passage import PageTable, Passage
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text
from sim.report.workbook import (
    AGENCY_COLUMNS,
    RUNS,
    Column,
    Quantity,
    Sheet,
    agency_cells,
    both,
    cells,
    named,
    scopes,
    terms,
)
from sim.results.service_tables import SaturatedPostRow, SaturationRow
from sim.results.words import Lang, Words

_NOTE = Words(
    "Thời gian bận trên tổng thời gian có người làm việc, bình quân 12 tháng cuối, cộng mọi cơ quan cùng loại; chỉ nêu "
    "bộ phận bận trên 95% trong ít nhất một lần mô phỏng. Trên mức này hàng chờ gần như không bao giờ hết. Mọi bộ "
    "phận: saturation.csv; n = {n}.",
    "Busy time over staffed time, mean of the last twelve months, all agencies of a kind together; only posts that are "
    "busy above 95% in at least one simulation. Above it the queue hardly ever empties. Every post: saturation.csv; "
    "n = {n}.",
)
_NOBODY = Words(
    "Trong 12 tháng cuối, tính chung các cơ quan cùng loại, không bộ phận nào bận trên 95% thời gian trong bất kỳ lần "
    "nào của n = {n} lần mô phỏng; từng cơ quan riêng lẻ vẫn có thể quá tải.",
    "In the last twelve months, all agencies of a kind together, no post is busy above 95% of its time in any of "
    "n = {n} simulations; single agencies may be overloaded even so.",
)
_SOMEBODY = Words(
    "Bận trên 95% thời gian trong 12 tháng cuối (tính chung các cơ quan cùng loại), nên hàng chờ ở đó hầu như không "
    "lúc nào hết: {posts}. Ở các lần mô phỏng ấy, thời gian chờ phụ thuộc vào việc quá tải đã kéo dài bao lâu; "
    "thêm người hoặc bớt việc ở đó có tác dụng trước tiên.",
    "Busy above 95% of the time in the last twelve months (all agencies of a kind together), so that the queue there "
    "hardly ever empties: {posts}. In those simulations delays depend on how long the overload has lasted; "
    "people added or work taken away there help first.",
)

_POSTS = Words("Quá tải ở từng cơ quan theo năm", "Overload of single agencies by year")
_POSTS_NOTE = Words(
    "Vị trí bận trên 95% thời gian của một năm: số lần mô phỏng trong n = {n}. Có {count} vị trí như vậy ở ít nhất một "
    "lần, nêu {shown} vị trí thường gặp nhất; tất cả: saturated_posts.csv.",
    "Posts busy above 95% of a year's time: in how many of n = {n} simulations. There are {count} in at least one; the "
    "{shown} most frequent are shown, all are in saturated_posts.csv.",
)
_POST_COLUMNS = (
    Words("Cơ quan", "Agency"),
    Words("Huyện", "District"),
    Words("Bộ phận", "Post"),
    Words("Số lần mô phỏng theo năm", "Simulations by year"),
    Words("Bận nhất", "Busiest"),
)
_HIGHEST = Column(Words("Bận nhất", "Busiest"), 12.0)
MOST_POSTS = 12
"""Single posts listed on the page."""


@dataclass(frozen=True, slots=True)
class SaturationLine:
    """One post in words."""

    post: str
    utilisation: str
    times: str


def overloaded(tables: RunTables) -> list[SaturationRow]:
    """Posts beyond the limit in any simulation, the most frequent first."""
    found = [row for row in tables.saturation if row.saturated_in]
    return sorted(found, key=lambda row: (-row.saturated_in / row.n, -(row.median or 0.0), row.scope))


def saturation_lines(tables: RunTables, language: Lang) -> list[SaturationLine]:
    """The overloaded posts as lines of a table."""
    return [_line(row, language) for row in overloaded(tables)]


def _line(row: SaturationRow, language: Lang) -> SaturationLine:
    ends = interval_text(row.p05, row.p95, "share", language)
    busy = BLANK if row.median is None else in_two_lines(f"{share_text(row.median, language)} ({ends})")
    times = frequency_text(row.saturated_in / row.n, row.n, language)
    return SaturationLine(capital(scope_text(row.scope, language)), busy, times)


def saturation_note(tables: RunTables, language: Lang) -> str:
    """What is counted, over how many simulations."""
    return say(_NOTE, language, n=_runs(tables, language))


def saturation_passage(tables: RunTables, language: Lang) -> Passage | None:
    """The overloaded posts in a sentence, or that there is none; None where the run has no such table."""
    if not tables.saturation:
        return None
    rows = overloaded(tables)
    if not rows:
        return Passage(say(_NOBODY, language, n=_runs(tables, language)))
    posts = "; ".join(
        f"{scope_text(row.scope, language)} ({frequency_text(row.saturated_in / row.n, row.n, language)})"
        for row in rows
    )
    return Passage(say(_SOMEBODY, language, posts=posts))


def _runs(tables: RunTables, language: Lang) -> str:
    return number_text(max((row.n for row in tables.saturation), default=0), 0, language)


def posts_table(tables: RunTables, language: Lang) -> PageTable | None:
    """The single posts that are overloaded most often, by year; None where there is none."""
    found: defaultdict[tuple[str, str], list[SaturatedPostRow]] = defaultdict(list)
    for row in tables.saturated_posts:
        found[row.agency_id, row.post].append(row)
    if not found:
        return None
    often = sorted(found.items(), key=lambda item: (-sum(row.saturated_in for row in item[1]), item[0]))
    rows = tuple(
        (
            mine[0].name(language),
            mine[0].district(language) or BLANK,
            capital(scope_text(f"{mine[0].post}:{mine[0].tier}", language)),
            "; ".join(f"{row.year}: {number_text(row.saturated_in, 0, language)}" for row in mine),
            share_text(max(row.highest or 0.0 for row in mine), language),
        )
        for _, mine in often[:MOST_POSTS]
    )
    columns = tuple(words.text(language) for words in _POST_COLUMNS)
    runs = number_text(tables.saturated_posts[0].n, 0, language)
    note = say(_POSTS_NOTE, language, n=runs, count=number_text(len(found), 0, language), shown=len(rows))
    return PageTable(_POSTS.text(language), columns, rows, note)


def posts_sheet(tables: RunTables) -> Sheet:
    """Every overloaded post of every agency and year."""
    columns = (*AGENCY_COLUMNS, *named("year"), *both(COLUMNS["station"], 40.0), *named("saturated_in"), RUNS, _HIGHEST)
    rows = tuple(
        cells(
            *agency_cells(row),
            Quantity(row.year, "year"),
            *terms("station", row.post),
            row.saturated_in,
            row.n,
            Quantity(row.highest, "share"),
        )
        for row in tables.saturated_posts
    )
    return Sheet("Quá tải - Overload", _POSTS, columns, rows)


def saturation_sheet(tables: RunTables) -> Sheet:
    """Every kind of post by tier, overloaded or not."""
    columns = (*both(COLUMNS["station"], 40.0), *named("median", "p05", "p95", "saturated_in"), RUNS)
    rows = tuple(
        cells(
            *scopes(row.scope),
            *(Quantity(value, "share") for value in (row.median, row.p05, row.p95)),
            row.saturated_in,
            row.n,
        )
        for row in tables.saturation
    )
    title = Words("Mức bận trong 12 tháng cuối", "Busy time in the last twelve months")
    return Sheet("Mức bận - Load", title, columns, rows)
