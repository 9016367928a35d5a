"""The brief as a Word document in Times New Roman, to be signed, corrected or pasted into a letter."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.run import Run

from sim.report import brief_layout as layout
from sim.report.brief import AUTHOR, Brief, Paragraph
from sim.report.brief_board import HEIGHT_MM, WIDTH_MM, BriefRow, strip_picture
from sim.report.brief_places import POINTS

_IN_TABLE = "Board"
"""Style of the table's paragraphs."""
_ON_TILES = "Places"
"""Style of the paragraphs on the tiles of districts."""
_CELL_EDGE_TWENTIETHS = 57
"""Of a point, 1 mm: between a cell's edge and its text."""


def docx_of(brief: Brief) -> bytes:
    """The file."""
    document = Document()
    _lay_out(document)
    document.core_properties.title = " - ".join(brief.title)
    document.core_properties.author = AUTHOR
    document.core_properties.comments = ""
    _leave_undated(document)
    _heading(document, brief)
    _paragraphs(document, brief.opening)
    if not brief.is_board_behind:
        _board(document, brief)
    _places(document, brief)
    _lines(document, brief.reasons, brief.reasons_points)
    _paragraphs(document, brief.closing)
    _paragraphs(document, (brief.foot,), brief.foot_points)
    if brief.is_board_behind:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _board(document, brief)
    written = BytesIO()
    document.save(written)
    return _without_clock(written)


def _leave_undated(document: WordDocument) -> None:
    """Take out when python-docx's own template was made and by whom: a run has no date of its own."""
    properties = document.core_properties._element
    for name in ("dcterms:created", "dcterms:modified", "cp:lastModifiedBy", "cp:revision"):
        for element in properties.findall(qn(name)):
            properties.remove(element)


def _without_clock(packed: BytesIO) -> bytes:
    """The same parts, without the minute at which each was packed, so that equal tables give equal bytes."""
    written = BytesIO()
    with ZipFile(packed) as parts, ZipFile(written, "w", ZIP_DEFLATED) as kept:
        for name in parts.namelist():
            kept.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return written.getvalue()


def _lay_out(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(layout.PAGE_MM[0]), Mm(layout.PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    section.header_distance = Mm(layout.TOP_MM / 2)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name = layout.FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), layout.FONT)
    normal.font.size = Pt(layout.TEXT_POINTS)
    normal.font.color.rgb = RGBColor(0, 0, 0)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(number.add_run())


def _page_number(run: Run) -> None:
    run.font.size = Pt(layout.TEXT_POINTS)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _heading(document: WordDocument, brief: Brief) -> None:
    _centred(document, brief.annex, layout.WORD_POINTS).bold = True
    for line in brief.title:
        _centred(document, line, layout.TEXT_POINTS).bold = True
    _centred(document, brief.attached, layout.TEXT_POINTS).italic = True
    document.paragraphs[-1].paragraph_format.space_after = Pt(layout.BETWEEN_PARAGRAPHS_POINTS)


def _centred(document: WordDocument, text: str, points: float) -> Run:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    return run


def _lines(document: WordDocument, lines: Sequence[Paragraph], points: float) -> None:
    """Paragraphs that belong together: closer than others, with the usual space below the last."""
    has_indent = points == layout.TEXT_POINTS
    _paragraphs(document, lines[:-1], points, after_points=0.0, has_indent=has_indent)
    _paragraphs(document, lines[-1:], points, has_indent=has_indent)


def _paragraphs(
    document: WordDocument,
    paragraphs: Sequence[Paragraph],
    points: float = layout.TEXT_POINTS,
    after_points: float = layout.BETWEEN_PARAGRAPHS_POINTS,
    *,
    has_indent: bool = True,
) -> None:
    for one in filter(None, paragraphs):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(layout.FIRST_LINE_MM if has_indent else 0.0)
        paragraph.paragraph_format.space_after = Pt(after_points)
        for number, clause in enumerate(one):
            lead = paragraph.add_run(f"{' ' if number else ''}{clause.lead} " if clause.lead else "")
            lead.bold, lead.font.size = True, Pt(points)
            paragraph.add_run(clause.text).font.size = Pt(points)


def _board(document: WordDocument, brief: Brief) -> None:
    if not brief.rows:
        return
    small = document.styles.add_style(_IN_TABLE, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = document.styles["Normal"], Pt(brief.table_points)
    # Exact, since signs come from another font, whose lines may be taller.
    small.paragraph_format.line_spacing = Pt(brief.table_points * layout.SINGLE_LINE)
    table = document.add_table(rows=0, cols=len(brief.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _set_edges(table._tbl)
    for column, width in zip(table.columns, brief.columns_mm, strict=True):
        column.width = Mm(width)
    heading = _new_row(table, brief)
    for cell, name in zip(heading.cells, brief.columns, strict=True):
        _fill(cell, name, WD_ALIGN_PARAGRAPH.CENTER).bold = True
    _repeat(heading._tr)
    for one in brief.rows:
        _row(_new_row(table, brief).cells, one, brief)
    for row in table.rows:
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Mm(brief.table_points * layout.SINGLE_LINE * layout.MM_PER_POINT)
        _keep_whole(row._tr)
    note = document.add_paragraph(style=_IN_TABLE)
    note.paragraph_format.space_after = Pt(layout.BETWEEN_PARAGRAPHS_POINTS)
    note.add_run(brief.board_note).italic = True


def _places(document: WordDocument, brief: Brief) -> None:
    if brief.places is None:
        return
    small = document.styles.add_style(_ON_TILES, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = document.styles["Normal"], Pt(POINTS)
    small.paragraph_format.line_spacing = Pt(POINTS * layout.SINGLE_LINE)
    document.add_paragraph(style=_ON_TILES).add_run(brief.places.title).italic = True
    table = document.add_table(rows=0, cols=brief.places.columns, style="Table Grid")
    table.autofit = False
    _set_edges(table._tbl)
    for row in brief.places.rows:
        cells = table.add_row().cells
        for cell, tile in zip(cells, row, strict=False):
            cell.width = Mm(layout.TEXT_WIDTH_MM / brief.places.columns)
            _shade(cell, layout.PLACE_FILLS[tile.shade])
            _fill(cell, tile.text, WD_ALIGN_PARAGRAPH.CENTER, _ON_TILES)
        for cell in cells[len(row) :]:
            cell.paragraphs[0].style = _ON_TILES
    after = document.add_paragraph(style=_ON_TILES)  # Word wants a paragraph between a table and what follows
    after.paragraph_format.line_spacing = Pt(layout.BETWEEN_PARAGRAPHS_POINTS)


def _new_row(table: Any, brief: Brief) -> Any:
    row = table.add_row()
    for cell, width in zip(row.cells, brief.columns_mm, strict=True):
        cell.width = Mm(width)
    return row


def _row(cells: Sequence[_Cell], row: BriefRow, brief: Brief) -> None:
    for cell in cells:
        _shade(cell, layout.FILLS[row.verdict_class])
    _fill(cells[0], row.sign, WD_ALIGN_PARAGRAPH.CENTER)
    if row.kind == "verdict":
        _fill(cells[1].merge(cells[-1]), row.title, WD_ALIGN_PARAGRAPH.LEFT).bold = True
        return
    _fill(cells[1], row.title, WD_ALIGN_PARAGRAPH.LEFT).italic = row.kind == "reading"
    for cell, text in zip(cells[2:], row.cells, strict=False):
        _fill(cell, text, WD_ALIGN_PARAGRAPH.RIGHT)
    if brief.has_strips and row.strip is not None:
        wide = brief.columns_mm[-1] - layout.CELL_EDGES_MM
        picture = _fill(cells[-1], "", WD_ALIGN_PARAGRAPH.LEFT).add_picture(
            strip_picture(row.strip), Mm(wide), Mm(wide * HEIGHT_MM / WIDTH_MM)
        )
        for side in "TBLR":
            picture._inline.set(f"dist{side}", "0")  # LibreOffice leaves 3 mm where this is not said


def _fill(cell: _Cell, text: str, aligned: WD_ALIGN_PARAGRAPH, style: str = _IN_TABLE) -> Run:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = style, aligned
    run: Run = paragraph.add_run(text)
    return run


def _shade(cell: _Cell, colour: tuple[int, int, int]) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), "".join(f"{part:02X}" for part in colour))
    cell._tc.get_or_add_tcPr().append(shading)  # before the alignment, as the schema has it


def _repeat(row: Any) -> None:
    """Say the heading again on the next page, should the table go on there."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)


def _keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _set_edges(table: Any) -> None:
    """Narrow spaces between a cell's edge and its text."""
    edges = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(_CELL_EDGE_TWENTIETHS))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    table.tblPr.find(qn("w:tblLook")).addprevious(edges)  # where the schema has it
