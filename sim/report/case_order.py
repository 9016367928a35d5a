"""The first sentence of a comparison: all cases in order, and how sure each is above the next."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.comparison import CompareTables
from sim.report.formatting import number_text, share_text
from sim.report.phrases import say
from sim.results.comparison_tables import Case, CaseOrderRow
from sim.results.words import Lang, Words

_SIGNS = {"above": ">", "level": "=", "unsure": "≈"}
_ORDER = Words(
    "Theo tỷ lệ gửi điện tử được tiếp nhận của cả tỉnh (bình quân {n} lần mô phỏng mỗi trường hợp): {order}.",
    "By the share sent electronically and accepted of the whole province (mean of {n} simulations of each case):"
    " {order}.",
)
_NONE_SURE = Words(
    "Tỷ lệ gửi điện tử được tiếp nhận của cả tỉnh (bình quân {n} lần mô phỏng mỗi trường hợp) từ {low} (“{lowest}”) "
    "đến {high} (“{highest}”); chưa chắc trường hợp nào hơn trường hợp kế dưới.",
    "The share sent electronically and accepted of the whole province (mean of {n} simulations of each case) goes from "
    "{low} (“{lowest}”) to {high} (“{highest}”); no case is known to be above the one next below it.",
)
_READ = {
    "above": Words("“>” là hơn ở cả {n} cặp lần mô phỏng", "“>” is above in all {n} pairs of simulations"),
    "surely": Words(
        "“>” là hơn ở mọi cặp lần mô phỏng, hoặc cả khoảng tin cậy 95% của chênh lệch trên 0",
        "“>” is above in every pair of simulations, or by the whole 95% interval of the difference",
    ),
    "level": Words("“=” là chênh dưới 0,05 điểm % ở mọi cặp", "“=” is within 0.05 points in every pair"),
    "unsure": Words("“≈” là chưa chắc", "“≈” is not yet sure"),
}


def ordered_cases(tables: CompareTables) -> list[Case]:
    """The cases as the order has them, the highest first; any that it leaves out last, as they were asked."""
    places = {row.cell: row.rank for row in tables.order}
    return sorted(tables.cases, key=lambda case: places.get(case.name, len(places) + 1))


def order_text(tables: CompareTables, language: Lang) -> str:
    """Who is above whom, with what the signs say; empty where the folder has no order or a single case."""
    rows = sorted(tables.order, key=lambda row: row.rank)
    if len(rows) < 2:
        return ""
    relations = {row.relation for row in rows}
    if "unsure" in relations and "above" not in relations:
        first, last = rows[0], rows[-1]
        return say(
            _NONE_SURE,
            language,
            n=number_text(first.n, 0, language),
            high=share_text(first.mean, language),
            highest=first.case.title(language),
            low=share_text(last.mean, language),
            lowest=last.case.title(language),
        )
    said = "".join(
        f"“{row.case.title(language)}” {share_text(row.mean, language)}"
        + (f" {_SIGNS[row.relation]} " if row.relation else "")
        for row in rows
    )
    runs = number_text(rows[0].n, 0, language)
    read = ", ".join(say(words, language, n=runs) for words in _signs_used(rows))
    return f"{say(_ORDER, language, n=runs, order=said)} {read[:1]}{read[1:]}."


def _signs_used(rows: Sequence[CaseOrderRow]) -> list[Words]:
    """What the signs that occur mean; of ">" in all pairs, unless somewhere only the interval tells."""
    used = {row.relation for row in rows}
    surely = any(row.relation == "above" and row.pairs_above != row.n for row in rows)
    names = ["surely" if name == "above" and surely else name for name in _SIGNS if name in used]
    return [_READ[name] for name in names]
