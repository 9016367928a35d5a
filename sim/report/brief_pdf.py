"""The brief as PDF: its font is inside, so that it prints the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import CoreFont, FontFace, TTFFont
from fpdf.output import OutputProducer, PDFInfo

from sim.report import brief_layout as layout
from sim.report.brief import AUTHOR, Brief, Paragraph
from sim.report.brief_board import strip_picture
from sim.report.brief_places import POINTS

Fonts = dict[str, CoreFont | TTFFont]
_TEXT, _SIGNS = "serif", "signs"
_FONTS = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf", "I": "DejaVuSerif-Italic.ttf"}
_SPARE_MM = 4.0
"""Left free below, within the decree's 20-25 mm, so that the Word document, which others set, keeps to one page too."""
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Instead of the clock, of which the file's identity is made; not written, so that equal tables give equal bytes."""


class _Undated(OutputProducer):
    """Writes a file that says nothing of when it was made: a run has no date of its own."""

    def _add_info(self) -> PDFInfo:
        info = super()._add_info()
        del info.creation_date
        return info


def pages_needed(brief: Brief) -> int:
    """How many pages the brief takes."""
    return int(_laid_out(brief, _fonts_to_measure()).pages_count)


def pdf_of(brief: Brief) -> bytes:
    """The file."""
    return bytes(_laid_out(brief, _fonts()).output(output_producer_class=_Undated))


def _laid_out(brief: Brief, fonts: Fonts) -> FPDF:
    pdf = _empty(fonts)
    pdf.set_title(" - ".join(brief.title))
    pdf.set_author(AUTHOR)
    pdf.add_page()
    _heading(pdf, brief)
    _paragraphs(pdf, brief.opening)
    if not brief.is_board_behind:
        _board(pdf, brief)
    _places(pdf, brief)
    _lines(pdf, brief.reasons, brief.reasons_points)
    _paragraphs(pdf, brief.closing)
    _paragraphs(pdf, (brief.foot,), brief.foot_points)
    if brief.is_board_behind:
        pdf.add_page()
        _board(pdf, brief)
    _number(pdf, pdf.pages_count)
    return pdf


@cache
def _fonts_to_measure() -> Fonts:
    """Fonts of briefs that are laid out and not written: reading them takes as long as laying out a page."""
    return _fonts()


def _fonts() -> Fonts:
    """The fonts of one file, which note the letters that it uses."""
    pdf = FPDF()
    for style, name in _FONTS.items():
        pdf.add_font(_TEXT, style, layout.STAND_IN / name)
    pdf.add_font(_SIGNS, "", layout.STAND_IN / "DejaVuSans.ttf")
    return dict(pdf.fonts)


def _empty(fonts: Fonts) -> FPDF:
    """A4 with the decree's margins and a font with every letter; signs that it lacks come from DejaVu Sans."""
    pdf = FPDF(orientation="portrait", unit="mm", format="A4")
    pdf.set_margins(layout.LEFT_MM, layout.TOP_MM, layout.RIGHT_MM)
    pdf.set_auto_page_break(auto=True, margin=layout.BOTTOM_MM + _SPARE_MM)
    pdf.set_creation_date(_NO_DAY)
    pdf.fonts.update(fonts)
    pdf.set_fallback_fonts([_SIGNS], exact_match=False)
    return pdf


def _use(pdf: FPDF, points: float, style: str = "") -> None:
    """Take the font at the size at which it looks like Times New Roman of so many points."""
    pdf.set_font(_TEXT, style, layout.stand_in_points(points))
    pdf.set_stretching(100 * layout.STAND_IN_WIDTH)


def _number(pdf: FPDF, pages: int) -> None:
    """Put a page's number into its top margin, not on the first."""
    pdf.set_auto_page_break(auto=False)
    for number in range(2, pages + 1):
        pdf.page = number
        pdf.set_xy(layout.LEFT_MM, layout.TOP_MM / 2)
        _use(pdf, layout.TEXT_POINTS)
        pdf.cell(0, _height(layout.TEXT_POINTS), str(number), align="C")


def _height(points: float) -> float:
    return points * layout.SINGLE_LINE * layout.MM_PER_POINT


def _heading(pdf: FPDF, brief: Brief) -> None:
    lines = [(brief.annex, layout.WORD_POINTS, "B"), *((line, layout.TEXT_POINTS, "B") for line in brief.title)]
    for text, points, style in (*lines, (brief.attached, layout.TEXT_POINTS, "I")):
        _use(pdf, points, style)
        pdf.set_stretching(100 if text.isupper() else 100 * layout.STAND_IN_WIDTH)
        pdf.multi_cell(0, _height(points), text, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(layout.BETWEEN_PARAGRAPHS_POINTS * layout.MM_PER_POINT)


def _lines(pdf: FPDF, lines: Sequence[Paragraph], points: float) -> None:
    """Paragraphs that belong together: closer than others, with the usual space below the last."""
    has_indent = points == layout.TEXT_POINTS
    _paragraphs(pdf, lines[:-1], points, after_points=0.0, has_indent=has_indent)
    _paragraphs(pdf, lines[-1:], points, has_indent=has_indent)


def _paragraphs(
    pdf: FPDF,
    paragraphs: Sequence[Paragraph],
    points: float = layout.TEXT_POINTS,
    after_points: float = layout.BETWEEN_PARAGRAPHS_POINTS,
    *,
    has_indent: bool = True,
) -> None:
    after = after_points * layout.MM_PER_POINT
    for one in filter(None, paragraphs):
        _use(pdf, points)
        line = layout.SINGLE_LINE / layout.STAND_IN_SIZE
        with (
            pdf.text_columns(text_align="J", line_height=line) as region,
            region.paragraph(
                first_line_indent=layout.FIRST_LINE_MM if has_indent else 0.0, bottom_margin=after
            ) as paragraph,
        ):
            for number, clause in enumerate(one):
                _use(pdf, points, "B")
                paragraph.write(f"{' ' if number else ''}{clause.lead} " if clause.lead else "")
                _use(pdf, points)
                paragraph.write(clause.text)


def _numbers_aligned(brief: Brief) -> tuple[str, ...]:
    numbers = len(brief.columns) - 2 - brief.has_strips
    return (*["RIGHT"] * numbers, *["CENTER"] * brief.has_strips)


def _board(pdf: FPDF, brief: Brief) -> None:
    if not brief.rows:
        return
    _use(pdf, brief.table_points)
    with pdf.table(
        col_widths=brief.columns_mm,
        width=layout.TEXT_WIDTH_MM,
        align="LEFT",
        text_align=("CENTER", "LEFT", *_numbers_aligned(brief)),
        line_height=_height(brief.table_points),
        borders_layout=TableBordersLayout.ALL,
        headings_style=FontFace(emphasis="BOLD"),
    ) as table:
        heading = table.row()
        for name in brief.columns:
            heading.cell(name, align="CENTER")
        for one in brief.rows:
            row = table.row(style=FontFace(fill_color=layout.FILLS[one.verdict_class]))
            row.cell(one.sign)
            if one.kind == "verdict":
                row.cell(one.title, colspan=len(brief.columns) - 1, style=FontFace(emphasis="BOLD"))
                continue
            row.cell(one.title, style=FontFace(emphasis="ITALICS") if one.kind == "reading" else None)
            for text in one.cells:
                row.cell(text)
            if not brief.has_strips:
                continue
            if one.strip is None:
                row.cell("")
            else:
                row.cell(img=strip_picture(one.strip))
    pdf.ln(1.0)
    _use(pdf, brief.table_points, "I")
    pdf.multi_cell(0, _height(brief.table_points), brief.board_note, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(layout.BETWEEN_PARAGRAPHS_POINTS * layout.MM_PER_POINT)


def _places(pdf: FPDF, brief: Brief) -> None:
    if brief.places is None:
        return
    line = _height(POINTS)
    _use(pdf, POINTS, "I")
    pdf.multi_cell(0, line, brief.places.title, new_x="LMARGIN", new_y="NEXT")
    _use(pdf, POINTS)
    wide = layout.TEXT_WIDTH_MM / brief.places.columns
    for row in brief.places.rows:
        for tile in row:
            pdf.set_fill_color(*layout.PLACE_FILLS[tile.shade])
            pdf.cell(wide, line, tile.text, border=1, align="C", fill=True)
        pdf.ln(line)
    pdf.ln(layout.BETWEEN_PARAGRAPHS_POINTS * layout.MM_PER_POINT)
