"""The one-page brief: one page truly, every verdict on it, the numbers of the other answers, the decree's layout."""

from __future__ import annotations

import html
import io
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from fake_remedies import remedies, remedy
from fake_run import HOSTILE_TITLE, manifest_record, target_records, target_row, write_fake_run
from pypdf import PdfReader

from sim.report.board import board_lines
from sim.report.brief import AUTHOR, Brief, brief_of
from sim.report.brief_docx import docx_of
from sim.report.brief_files import on_one_page, write_brief
from sim.report.brief_layout import TABLE_POINTS, TEXT_WIDTH_MM, columns_mm, width_mm
from sim.report.brief_shortening import SHORTENINGS
from sim.report.formatting import quantity_text, unit_kind
from sim.report.headlines import headlines, value_text
from sim.report.manifest import manifest_from
from sim.report.page import command_again
from sim.report.report_page import report_page
from sim.report.run_tables import RunTables
from sim.report.tally import SIGNS, tally_text
from sim.report.terminal import answer_text
from sim.report.tile_map import tile_map
from sim.report.words import verdict_group, verdict_text
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import LANGUAGES, Lang

VERDICTS = ("reachable", "at risk", "out of reach", "undecided (42 more)", "too close to call", None)
LONG = "Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của các cơ quan nhà nước trên địa bàn tỉnh " * 4


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, its lines joined by single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words_of(docx: bytes) -> str:
    """The text of a Word document, paragraphs and cells in their order."""
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).split())


def many(count: int) -> tuple[TargetRow, ...]:
    """So many targets, of every verdict in turn, with the plan's long titles."""
    title = "Văn bản trao đổi giữa các cơ quan nhà nước trong tỉnh dưới dạng điện tử"
    return tuple(
        target_row(
            target_id=f"t{k}",
            title_vi=f"{title}, phần {k}",
            title_en=f"Documents exchanged electronically between the agencies of the province, part {k}",
            verdict=VERDICTS[k % len(VERDICTS)] or "",
        )
        for k in range(1, count + 1)
    )


@pytest.fixture(scope="module")
def made(tables: RunTables) -> dict[Lang, tuple[Brief, bytes]]:
    return {language: on_one_page(tables, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_holds_every_verdict_and_target(
    tables: RunTables, made: dict[Lang, tuple[Brief, bytes]], language: Lang
) -> None:
    (page,) = pages_of(made[language][1])
    for line, row in zip(board_lines(tables.targets, language), deciding_rows(tables.targets), strict=True):
        assert f" {line.number}. {line.title} " in page
        if row.verdict:
            assert verdict_text(verdict_group(row.verdict), language).casefold() in page.casefold()
    assert {sign for sign in SIGNS.values() if sign in page} == {
        SIGNS["reachable"],
        SIGNS["at risk"],
        SIGNS["out of reach"],
        SIGNS["undecided"],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_numbers_are_those_of_terminal_and_page(
    tables: RunTables, made: dict[Lang, tuple[Brief, bytes]], language: Lang
) -> None:
    brief, pdf = made[language]
    (page,) = pages_of(pdf)
    terminal = answer_text(tables, language, 400)
    report = report_page(tables, [], language)
    *_, money = headlines(tables, language)
    for value in (tally_text(tables.targets, language), money.value.split()[0]):
        assert value in page
        assert value in terminal
    rows = {row.title.partition(".")[0]: row for row in brief.rows if row.kind == "target"}
    for line, row in zip(board_lines(tables.targets, language), deciding_rows(tables.targets), strict=True):
        value, spread, threshold, gap, times = rows[str(line.number)].cells
        assert value == line.value
        assert line.limit.startswith(f"{threshold},")
        if row.median is None:
            continue
        assert value in page
        assert value in terminal
        assert value in report
        assert spread in page
        assert f"({spread}" in value_text(row, language)
        assert gap.lstrip("+−") in line.gap or gap == f"{0:.1f}".replace(".", "," if language == "vi" else ".")
        assert times == f"{round((row.p_reached or 0) * row.n)}/{row.n}"


def test_a_reading_with_another_verdict_stands_below_its_target_while_there_is_room(
    tables: RunTables, made: dict[Lang, tuple[Brief, bytes]]
) -> None:
    brief, _ = made["vi"]
    kinds = [(row.kind, row.sign) for row in brief.rows]
    assert kinds[:4] == [("verdict", "✓"), ("target", "✓"), ("reading", "✕"), ("reading", "✕")]
    assert brief.rows[2].title == "– theo số thực tế trong mô phỏng: khó hoàn thành"
    assert brief.rows[2].cells[0] == "87,1%"
    short = brief_of(tables, "vi", SHORTENINGS[1])
    assert "reading" not in {row.kind for row in short.rows}
    assert "Kết luận phụ thuộc cách tính ở chỉ tiêu 1: xem" in short.board_note


@pytest.mark.parametrize(("count", "language"), [(0, "en"), (24, "vi")])
def test_a_page_is_enough_for_a_usual_plan_even_with_a_long_title(
    tables: RunTables, count: int, language: Lang
) -> None:
    crowded = replace(
        tables,
        targets=many(count),
        remedies=tuple(remedies()),
        manifest=manifest_from(manifest_record(title_vi=LONG, title_en=LONG)),
    )
    brief, pdf = on_one_page(crowded, language)
    (page,) = pages_of(pdf)
    assert not brief.is_board_behind
    assert [k for k in range(1, count + 1) if f" {k}. " not in page] == []


def with_districts(tables: RunTables) -> RunTables:
    """The province with the fake commune in each of eleven districts, of which each sends more electronically."""
    own = [row for row in tables.agencies_by_quarter if row.tier == "department"]
    communes = [
        replace(
            row,
            agency_id=f"c{k}",
            district_id=f"d{k}",
            district_vi=f"Huyện Số {k}",
            district_en=f"No {k} district",
            electronic_mean=row.deliveries_mean * k / 13,
        )
        for k in range(1, 12)
        for row in tables.agencies_by_quarter
        if row.tier == "commune"
    ]
    return replace(tables, agencies_by_quarter=(*own, *communes))


@pytest.mark.parametrize("language", ["en"])  # forty targets have them tried in Vietnamese
def test_districts_have_a_tile_with_the_share_of_the_page_and_one_page_stays_one(
    tables: RunTables, language: Lang
) -> None:
    province = replace(with_districts(tables), targets=many(16))
    drawn = tile_map(province.agencies_by_quarter, language)
    brief, pdf = on_one_page(province, language)
    (page,) = pages_of(pdf)
    assert drawn is not None
    assert brief.places is not None
    own, kind = {"vi": ("Cấp tỉnh", "Số"), "en": ("Province", "No")}[language]
    for name, row in zip((own, *(f"{kind} {k}" for k in range(1, 12))), drawn.rows, strict=True):
        assert f"{name} {row.share}" in page
        assert f"{name} {row.share}" in words_of(docx_of(brief))
    shades = [tile.shade for line in brief.places.rows for tile in line][1:]
    assert shades == sorted(shades), "darker where more goes electronically"
    assert len(set(shades)) > 3


def test_forty_targets_take_a_second_page_which_the_first_announces(tables: RunTables) -> None:
    crowded = replace(with_districts(tables), targets=many(40), remedies=tuple(remedies()))
    brief, pdf = on_one_page(crowded, "vi")
    first, second = pages_of(pdf)
    assert brief.is_board_behind
    assert brief.places is None
    assert "Bảng từng chỉ tiêu: từ trang 2." in first
    assert second.endswith(" 2")
    assert not first.endswith(" 1")
    assert [k for k in range(1, 41) if f" {k}. " not in second] == []
    for verdict in VERDICTS:
        name = verdict_text(verdict_group(verdict), "vi") if verdict else "chưa có số liệu"
        assert name in first.casefold()
        assert name in second.casefold()
    listed = first[first.index("Đạt được: ") : first.index("Khó khăn, vướng mắc")]
    assert [k for k in range(1, 41) if not re.search(rf"\b{k} \(", listed)] == []


def test_each_shortening_says_no_more_than_the_one_before(tables: RunTables) -> None:
    crowded = replace(tables, targets=many(19), remedies=tuple(remedies()))
    letters = [len(_text(brief_of(crowded, "vi", one))) for one in SHORTENINGS[:7]]
    assert letters == sorted(letters, reverse=True)
    assert letters[-1] < letters[0]


def _text(brief: Brief) -> str:
    clauses = [clause for paragraph in (*brief.opening, *brief.reasons, *brief.closing) for clause in paragraph]
    rows = [text for row in brief.rows for text in (row.title, *row.cells)]
    return "".join([*brief.title, *rows, *(clause.lead + clause.text for clause in clauses)])


def test_signs_tell_verdicts_apart_without_colour(tables: RunTables) -> None:
    brief = brief_of(replace(tables, targets=many(6)), "vi", SHORTENINGS[0])
    signs = [row.sign for row in brief.rows if row.kind == "verdict"]
    assert signs == ["✓", "▲", "✕", "?", "≈", "–"]
    assert [row.title.partition(":")[0] for row in brief.rows if row.kind == "verdict"][3:] == [
        "Chưa đủ cơ sở kết luận",
        "Không phân định được",
        "Chưa có số liệu",
    ]


def test_where_verdicts_have_no_lines_the_conclusion_says_what_the_signs_mean(tables: RunTables) -> None:
    brief = brief_of(replace(tables, targets=many(6)), "vi", SHORTENINGS[-2])
    assert {row.kind for row in brief.rows} == {"target"}
    assert [row.sign for row in brief.rows] == ["✓", "▲", "✕", "?", "≈", "–"]
    said = brief.opening[0][0].text
    assert [sign for sign in "✓▲✕?≈–" if f"{sign} 1 " in said] == [*"✓▲✕?≈–"]
    assert "✓ 1 đạt được; ▲ 1 có nguy cơ không hoàn thành; ✕ 1 khó hoàn thành" in said
    assert "Thời hạn: 31/12/2020" in brief.board_note


def test_the_word_document_says_the_same_in_the_decrees_layout(made: dict[Lang, tuple[Brief, bytes]]) -> None:
    brief, pdf = made["vi"]
    content = docx_of(brief)
    in_word, (on_paper,) = words_of(content), pages_of(pdf)
    for clause in (clause for part in (*brief.opening, *brief.reasons, *brief.closing) for clause in part):
        assert clause.text in in_word
    for row in brief.rows:
        assert row.title in in_word
        assert [cell for cell in row.cells if cell not in in_word or cell not in on_paper] == []
    document = Document(io.BytesIO(content))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(13))
    annex, first_line, second_line, attached, conclusion = document.paragraphs[:5]
    assert (annex.text, annex.runs[0].font.size, annex.runs[0].bold) == ("Phụ lục", Pt(14), True)
    assert first_line.text.isupper()
    assert second_line.text.isupper()
    assert attached.text.startswith("(Kèm theo")
    assert attached.runs[0].italic
    assert conclusion.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert conclusion.paragraph_format.space_after == Pt(6)


def test_the_pdf_keeps_its_font_and_margins(made: dict[Lang, tuple[Brief, bytes]]) -> None:
    _, pdf = made["vi"]
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    names = {fonts[name]["/BaseFont"].partition("+")[2] for name in fonts}
    assert any("DejaVu" in name for name in names)
    places: list[tuple[float, float]] = []

    def note_place(text: str, _: object, place: Sequence[float], *__: object) -> None:
        if text.strip():
            places.append((place[4] / 72 * 25.4, place[5] / 72 * 25.4))

    page.extract_text(visitor_text=note_place)
    assert min(x for x, _ in places) >= 30
    assert min(y for _, y in places) >= 20
    assert max(y for _, y in places) <= 297 - 20


@pytest.mark.parametrize(
    ("column", "widest"),
    [(0, "▲"), (2, "100,0%"), (3, "90,0–100,0"), (4, "78,7%*"), (5, "+100,0"), (6, "100/100"), (6, "99,8%")],
)
def test_what_a_column_holds_is_not_broken(column: int, widest: str) -> None:
    for points in TABLE_POINTS:
        wide = columns_mm(points, gap=True, strips=True)
        assert width_mm(widest, points) <= wide[column] - 2.0
        for gap, strips in ((True, True), (True, False), (False, False)):
            assert sum(columns_mm(points, gap=gap, strips=strips)) == pytest.approx(TEXT_WIDTH_MM)


def test_equal_tables_give_equal_files_whatever_the_clock_says(
    tables: RunTables, made: dict[Lang, tuple[Brief, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    brief, pdf = made["vi"]
    first = docx_of(brief)
    hours_later = time.time() + 7200.0
    monkeypatch.setattr(time, "time", lambda: hours_later)
    assert docx_of(brief) == first
    assert on_one_page(tables, "vi")[1] == pdf


def test_no_file_says_another_day_or_author_than_its_own(made: dict[Lang, tuple[Brief, bytes]]) -> None:
    brief, pdf = made["vi"]
    properties = Document(io.BytesIO(docx_of(brief))).core_properties
    assert (properties.author, properties.last_modified_by) == (AUTHOR, "")
    assert (properties.created, properties.modified) == (None, None), "python-docx has its template's, of 2013"
    about = PdfReader(io.BytesIO(pdf)).metadata
    assert about is not None
    assert (about.author, about.creation_date) == (AUTHOR, None)


def test_a_hostile_title_stays_text(tmp_path: Path) -> None:
    target = target_records()[0] | {"target_id": "../../=cmd", "title_vi": HOSTILE_TITLE, "verdict": "<b>won</b>"}
    folder = write_fake_run(tmp_path / "hostile", targets=[target], title_vi=HOSTILE_TITLE, options=["--x **y** __z__"])
    pdf, docx = write_brief(folder, "vi")
    assert {path.name for path in folder.glob("brief*")} == {"brief.vi.pdf", "brief.vi.docx"}
    (page,) = pages_of(pdf.read_bytes())
    assert "<SCRIPT>ALERT(1)</SCRIPT>" in page
    assert "--x **y** __z__" in page
    assert "\x1b" not in page + words_of(docx.read_bytes())
    assert HOSTILE_TITLE[:11].upper() in words_of(docx.read_bytes())


def test_the_command_runs_the_same_again() -> None:
    manifest = manifest_from(
        manifest_record(options=["a", "b"], future="dry", adoption="", set=["people.scan=3 phút"], until="2018-12-31")
    )
    assert command_again(manifest) == (
        ".venv/bin/python run.py run binh_dinh_2016_2020 --option a,b --future dry --until 2018-12-31 --replications 20"
        " --seed 20170317 --set 'people.scan=3 phút'"
    )
    tried = manifest_from(manifest_record(adoption="", options=[], remedies={"budget_seconds": 240.0}))
    assert command_again(tried).endswith(" --seed 20170317 --remedies 4min")
    of_a_file = manifest_from(manifest_record(spec={"kind": "run", "scenario": "tỉnh tôi.xlsx"}))
    assert command_again(of_a_file).startswith(".venv/bin/python run.py run 'tỉnh tôi.xlsx' --")


def test_what_was_changed_is_said(tables: RunTables) -> None:
    def assumed(**changes: object) -> str:
        manifest = manifest_from(manifest_record(**({"options": [], "adoption": ""} | changes)))
        brief = brief_of(replace(tables, manifest=manifest), "vi", SHORTENINGS[0])
        return brief.closing[-1][0].text

    assert assumed().startswith("Giữ nguyên kịch bản")
    assert assumed(options=["more_clerks"]).startswith("Phương án: more_clerks.")
    titles = {"option:more_clerks": {"vi": "Thêm văn thư", "en": "More clerks"}}
    assert assumed(options=["more_clerks"], overlays=titles).startswith("Phương án: Thêm văn thư.")
    assert "Giả định đã thay đổi: x.y=3." in assumed(set=["x.y=3"])
    assert "tham số giả định trong tổng số" in assumed()
    assert "hiệu chỉnh" not in assumed()
    assert "lấy theo bảng hiệu chỉnh đi cùng kịch bản." in assumed(is_calibrated=True), "which may be a copied one"
    assert assumed(thinning=50).startswith("Chỉ mô phỏng 1/50 văn bản, hồ sơ"), "no leader may take it for the whole"


def test_a_target_without_share_keeps_its_unit(tables: RunTables) -> None:
    row = target_row(measure="delivery_hours_median", threshold=8.0, median=5.5, p05=4.0, p95=9.0)
    brief = brief_of(replace(tables, targets=(row,)), "vi", SHORTENINGS[0])
    line = brief.rows[1]
    assert line.cells[0] == quantity_text(5.5, unit_kind(row.measure), "vi")
    assert line.cells[3] == "−2,5 giờ"
    assert line.strip is None


def test_a_target_of_money_alone_shows_the_share_of_its_draws(tables: RunTables) -> None:
    row = target_row(verdict="at risk (money alone, 4000 draws)", p_reached=0.4475, n=4000)
    brief = brief_of(replace(tables, targets=(row,)), "en", SHORTENINGS[0])
    assert brief.rows[0].title == "At risk: 1"
    assert brief.rows[1].cells[4] == "44.8%"
    assert "Met in %: computed from the money alone" in brief.board_note
    assert "money alone" not in brief_of(tables, "en", SHORTENINGS[0]).board_note


def test_the_brief_needs_the_tables(tmp_path: Path) -> None:
    folder = write_fake_run(tmp_path / "run", targets=target_records())
    (folder / "targets.csv").unlink()
    with pytest.raises(FileNotFoundError):
        write_brief(folder, "vi")


@pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=pytest.mark.slow)])
def test_twenty_targets_and_three_remedies_fit_a_page_with_their_whole_titles_and_no_ids(
    tables: RunTables, language: Lang
) -> None:
    long = "Hạ tầng công nghệ thông tin của cơ quan cấp tỉnh, cấp huyện đáp ứng các hệ thống"
    targets = tuple(replace(row, title_vi=long, title_en=long) for row in many(20))
    help_with = tuple(remedy(f"option_{k}", f"{long} {k}", 60.0 - k, title_en=f"{long} {k}") for k in range(4))
    manifest = manifest_from(
        manifest_record(
            options=["second_line"],
            adoption="",
            overlays={"option:second_line": {"vi": "Đường truyền thứ hai", "en": "Second lines"}},
            set=["people.scan=9 min"],
            run_hash="fedcba9876543210",
        )
    )
    full = replace(tables, targets=targets, remedies=help_with, manifest=manifest)
    brief, pdf = on_one_page(full, language)
    (page,) = pages_of(pdf)
    assert "…" not in page
    assert page.count(long) >= 20
    assert [one for one in ("option_", "second_line", "(t1)", "--", ".py", "20170317") if one in page] == []
    assert {"vi": "Đường truyền thứ hai", "en": "Second lines"}[language] in page
    code = {"vi": "mã lần chạy fedcba987654;", "en": "run fedcba987654;"}[language]
    assert f"{code} " in page.partition({"vi": "Lập lại kết quả:", "en": "To do it again:"}[language])[2]
    assert command_again(manifest) in html.unescape(report_page(full, [], language)), "what the last line promises"
    assert all(row.title in words_of(docx_of(brief)) for row in brief.rows)
