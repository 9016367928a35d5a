"""The sheets of money of a scenario's workbook: a row a line and source, a column a year, totals by formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sim.scenario.budget_rules import EVERYTHING
from sim.scenario.own import OwnScenario, number_text
from sim.scenario.sheet import letters_of
from sim.scenario.workbook_pen import BLANK_ROWS, CODES, FIRST, HEADINGS, LAST_SUMMED, SUMS, Pen, height, is_exact
from sim.scenario.workbook_sheets import PLAN
from sim.scenario.workbook_tables import LINES, TOTALS
from sim.scenario.workbook_words import STATED, WORDS, Heading, SheetKind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_EXAMPLE_YEARS = ("2027", "2028", "2029", "2030", "2031")


@dataclass(frozen=True)
class MoneySheets:
    """Writes the plan's lines and its totals."""

    pen: Pen

    def write(self, sheet: Worksheet, kind: SheetKind) -> None:
        """Writes one of the two."""
        rows = self._money_rows(kind)
        years = self._years()
        total = Heading("total", "Cả kỳ", "Tổng các năm, triệu đồng", 12.0)
        fixed = tuple(heading for heading in kind.headings if heading.code != "total")
        sums = total if kind is TOTALS else Heading("sum", "Cộng (tự tính)", "Tổng các năm, triệu đồng", 12.0)
        of_years = tuple(
            Heading(year, f"Năm {year} (triệu đồng)", "Ô trống: không có khoản này", 12.0) for year in years
        )
        headings = (*fixed, sums, *of_years)
        self.pen.head(sheet, kind, headings)
        spare = BLANK_ROWS
        last = FIRST + len(rows) + spare
        at_sum = len(fixed)
        if not _years_known(self.pen.own):
            self._years_by_formula(sheet, at_sum + 1, years)
        for row in range(FIRST, last):
            titles, amounts = rows[row - FIRST] if row - FIRST < len(rows) else ((), {})
            sheet.set_row(row, height((text, fixed[at].width) for at, text in enumerate(titles)))
            for at, heading in enumerate(fixed):
                if at < len(titles):
                    said = self.pen.word(heading.words, titles[at]) if heading.words else titles[at]
                    sheet.write_string(row, at, said, self.pen.formats["entry"])
                else:
                    sheet.write_blank(row, at, None, self.pen.formats["entry"])
            if kind is LINES:
                self._line_amounts(sheet, row, at_sum, years, amounts)
            elif titles:
                self._total_amounts(sheet, row, at_sum, (*titles,), amounts)
        self.pen.drop_downs(sheet, headings, last)
        if kind is LINES:
            sheet.write_string(SUMS, 0, "Cộng", self.pen.formats["section"])
            for at in range(at_sum, at_sum + 1 + len(years)):
                letters = letters_of(at)
                year = years[at - at_sum - 1] if at > at_sum else ""
                amount = sum(one.get(year, 0.0) if year else sum(one.values()) for _, one in rows)
                formula = f"=SUM({letters}{FIRST + 1}:{letters}{LAST_SUMMED})"
                sheet.write_formula(SUMS, at, formula, self.pen.formats["auto"], amount)

    def _line_amounts(
        self, sheet: Worksheet, row: int, at_sum: int, years: Sequence[str], amounts: Mapping[str, float]
    ) -> None:
        first, end = letters_of(at_sum + 1), letters_of(at_sum + 20)
        formula = f"=SUM({first}{row + 1}:{end}{row + 1})"
        sheet.write_formula(row, at_sum, formula, self.pen.formats["auto"], sum(amounts.values()))
        for at, year in enumerate(years, at_sum + 1):
            if year in amounts:
                self._amount(sheet, row, at, amounts[year])
            else:
                sheet.write_blank(row, at, None, self.pen.formats["money"])

    def _total_amounts(
        self, sheet: Worksheet, row: int, at_sum: int, titles: tuple[str, ...], amounts: Mapping[str, float]
    ) -> None:
        """The stated totals: a formula where the lines add up to what is stated, else the number."""
        scope, source = titles
        lines = self.pen.own.tables.get(LINES.key, ())
        for at, year in enumerate(("total", *self._years()), at_sum):
            if year not in amounts:
                sheet.write_blank(row, at, None, self.pen.formats["money"])
                continue
            added = sum(
                line.amount_million_vnd
                for line in lines
                if line.source == source
                and scope in (EVERYTHING, line.chapter, line.line_id)
                and year in ("total", str(line.year))
            )
            if abs(added - amounts[year]) > 1e-9:
                self._amount(sheet, row, at, amounts[year])
            else:
                sheet.write_formula(row, at, _sum_formula(row, at - at_sum), self.pen.formats["money"], amounts[year])

    def _amount(self, sheet: Worksheet, row: int, at: int, amount: float) -> None:
        if is_exact(amount):
            sheet.write_number(row, at, amount, self.pen.formats["money"])
        else:
            sheet.write_string(row, at, number_text(amount), self.pen.formats["entry"])

    def _money_rows(self, kind: SheetKind) -> list[tuple[tuple[str, ...], dict[str, float]]]:
        """Rows of lines or totals: their titles, and their amounts by year."""
        rows: dict[tuple[str, ...], dict[str, float]] = {}
        fixed = [heading.code for heading in kind.headings if heading.code != "total"]
        for one in self.pen.own.tables.get(kind.key, ()):
            titles = tuple(getattr(one, code) for code in fixed)
            rows.setdefault(titles, {})[str(one.year)] = one.amount_million_vnd
        is_blank = not rows and not self.pen.own.tables.get(LINES.key)
        if kind is TOTALS and is_blank and ("budget", "lines") not in self.pen.defaults:
            rows = {(EVERYTHING, source): {"total": 0.0} for source in WORDS["money"]}
        return list(rows.items())

    def _years(self) -> list[str]:
        own = [str(row.year) for key in (LINES.key, TOTALS.key) for row in self.pen.own.tables.get(key, ())]
        start, end = (self.pen.own.entries.get(("horizon", which)) for which in ("start", "end"))
        if isinstance(start, date) and isinstance(end, date):
            own += [str(year) for year in range(start.year, end.year + 1)]
        return sorted(set(own) - {"total"}) or list(_EXAMPLE_YEARS)

    def _years_by_formula(self, sheet: Worksheet, at: int, years: Sequence[str]) -> None:
        """The years of a blank plan follow its first day."""
        start = f"'{PLAN.name}'!$B${FIRST + 1 + list(STATED).index('horizon.start')}"
        for place in range(len(years)):
            word = f"năm {place + 1}"
            formula = f'=IF(ISNUMBER({start}),YEAR({start})+{place},"{word}")'
            sheet.write_formula(CODES, at + place, formula, self.pen.formats["code"], word)
            sheet.write_string(HEADINGS, at + place, f"Năm thứ {place + 1} (triệu đồng)", self.pen.formats["heading"])


def _years_known(own: OwnScenario) -> bool:
    """Says whether a scenario has a first day or money, so that its sheets of money have their years."""
    return isinstance(own.entries.get(("horizon", "start")), date) or bool(own.tables.get(LINES.key))


def _sum_formula(row: int, place: int) -> str:
    """What a total sums: the column of its year, or of all years, of the lines of its source within its scope."""
    letters = letters_of(len(LINES.headings) + place)
    lines = f"'{LINES.name}'!"
    span = f"${FIRST + 1}:${{}}${LAST_SUMMED}"

    def column(name: str) -> str:
        return f"{lines}${name}{span.format(name)}"

    amounts, source = column(letters), f"{column('E')},$B{row + 1}"
    scope = f"$A{row + 1}"
    of_all = f"SUMIFS({amounts},{source})"
    of_chapter = f"SUMIFS({amounts},{source},{column('B')},{scope})"
    of_line = f"SUMIFS({amounts},{source},{column('A')},{scope})"
    return f'=IF({scope}="{EVERYTHING}",{of_all},IF(COUNTIF({column("B")},{scope})>0,{of_chapter},{of_line}))'
