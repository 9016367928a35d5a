from __future__ import annotations

import base64
import csv
import hashlib
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fake_run import HOSTILE_TITLE, manifest_record, target_records, write_fake_run
from fake_tables import OTHER_TABLES, row_of
from page_reader import Page

from sim.report.board import board_lines
from sim.report.conclusion import appendix_words, conclusion, page_words
from sim.report.folder import write_report
from sim.report.headlines import headlines, warnings_text
from sim.report.manifest import manifest_from
from sim.report.money import money_text
from sim.report.page import changed_facts, template_text
from sim.report.phrases import HEADINGS, SENTENCES
from sim.report.report_page import cause_amount, report_page, verdict_lines
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.tally import counted_signs, tally_text
from sim.report.terminal import answer_text, details_text, run_folder_text
from sim.report.thresholds import limit_notes, limit_text
from sim.report.words import verdict_text
from sim.results.cell_text import clean_text
from sim.results.run_tables import SERIES, TARGETS, CauseRow, deciding_rows
from sim.results.words import LANGUAGES, Lang, Words


def _page(folder: Path, language: Lang) -> Page:
    return Page((folder / f"report.{language}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing(run_folder: Path, language: Lang) -> None:
    text = (run_folder / f"report.{language}.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "http://" not in text
    assert "https://" not in text
    assert re.search(r"url\(|@import|//cdn", text) is None
    assert not {"link", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    sources = [value for _, name, value in page.attributes if name in {"src", "href", "srcset", "poster", "data"}]
    pictures = [source for source in sources if not source.startswith("#")]
    assert len(pictures) == 6
    assert all(source.startswith("data:image/svg+xml;base64,") for source in pictures)
    anchors = {value for _, name, value in page.attributes if name == "id"}
    assert {source[1:] for source in sources if source.startswith("#")} <= anchors
    assert [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"] == []
    policies = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
    assert any(policy.startswith("default-src 'none'; style-src 'sha256-") for policy in policies)
    assert only_script_of(text) == template_text("tiles.js")


def only_script_of(text: str) -> str:
    """What the one script of a page is, which the page's policy knows by its hash."""
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert Page(text).tags.count("script") == 1
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert unescape(text).count(f"script-src 'sha256-{digest}';") == 1
    return str(script)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_inside_the_page_are_the_files_beside_it(run_folder: Path, language: Lang) -> None:
    sources = [value for tag, name, value in _page(run_folder, language).attributes if (tag, name) == ("img", "src")]
    inside = [base64.b64decode(source.partition(",")[2]) for source in sources]
    names = ("target_a3", "eoffice_levels", "money", "target_a2", "target_a4", "causes")
    assert inside == [(run_folder / "figures" / f"{name}.{language}.svg").read_bytes() for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_and_headlines_are_the_same_words_on_page_and_terminal(run_folder: Path, language: Lang) -> None:
    page = _page(run_folder, language).text
    terminal = " ".join(run_folder_text(run_folder, language, 400, details=True).split())
    for record in target_records():
        words = verdict_text(record["verdict"], language)
        assert words in page
        assert words in terminal
    numbers = headlines(read_run_tables(run_folder), language)
    assert len(numbers) == 4
    for number in numbers:
        for words in (number.label, number.value, number.detail):
            assert words in page
            assert words in terminal
    assert page.index(numbers[0].label) < page.index(numbers[3].label) < page.index("figures/target_a3.csv")


def test_headline_numbers_are_those_of_the_tables(run_folder: Path) -> None:
    reached, exchanged, cause, money = headlines(read_run_tables(run_folder), "vi")
    assert reached.value == "✓ 1 · ▲ 1 · ? 1 · – 1"
    assert reached.detail.startswith(
        "✓ 1 đạt được; ▲ 1 có nguy cơ không hoàn thành; ? 1 chưa đủ cơ sở kết luận (cần chạy thêm 40 lần mô phỏng); "
        "– 1 chưa có số liệu"
    )
    assert exchanged.value == "95,3%"
    assert "18 trong 20 lần mô phỏng: đạt được" in exchanged.detail
    assert cause.label.endswith("nơi nhận chưa liên thông hoặc chưa nhận được bản điện tử")
    assert cause.value == "59,3%"
    assert money.value == "24.279,8 triệu đồng"
    assert "được bố trí 28.232,5 triệu đồng" in money.detail
    tables = read_run_tables(run_folder)
    assert ", còn lại không về; " in money_text(tables, "vi")
    whole = [replace(row, median=28232.5) if row.entry == "planned" else row for row in tables.money]
    assert "được bố trí 28.232,5; đã giải ngân" in money_text(replace(tables, money=tuple(whole)), "vi")
    cut = replace(tables, manifest=replace(tables.manifest, horizon_end=date(2017, 6, 30)))
    said = money_text(cut, "vi")
    assert ("tính cả năm 2017; đến 30/06/2017 được bố trí 28.232,5" in said, "không về" in said) == (True, False)


def targets_only() -> RunTables:
    targets = tuple(row_of(TARGETS, record) for record in target_records())
    return RunTables(manifest_from(manifest_record()), targets)


def test_headlines_stay_four_when_tables_are_absent() -> None:
    text = details_text(targets_only(), "vi", 120)
    assert "18 trong 20 lần mô phỏng  Khả năng đạt chỉ tiêu đó đúng hạn" in text
    assert "20/20  Số lần mô phỏng đã chạy" in text


def test_the_terminal_says_first_what_was_changed() -> None:
    """A run with a changed assumption cannot be taken for one without."""
    record = manifest_record(options=["second_line"], future="dry", adoption="", set=["people.scan=3 phút"])
    lines = answer_text(replace(targets_only(), manifest=manifest_from(record)), "vi", 200).splitlines()
    first = lines[: lines.index("")]
    assert any(line.endswith(": second_line") for line in first)
    assert any(line.endswith(": dry") for line in first)
    assert any("people.scan=3 phút" in line for line in first)
    plain = manifest_record(options=[], future="", adoption="", set=[])
    unchanged = answer_text(replace(targets_only(), manifest=manifest_from(plain)), "vi", 200).splitlines()
    assert len(unchanged[: unchanged.index("")]) == len(first) - 3


def test_the_page_shows_every_reading_and_the_terminal_those_that_differ(run_folder: Path) -> None:
    tables = targets_only()
    first, *others = tables.targets
    tables = replace(tables, targets=(first, replace(first, reading="accepted"), *others))
    lines = verdict_lines(read_run_tables(run_folder).targets, "vi")
    assert lines[0].reading == "theo đúng nội dung Kế hoạch"
    assert [line.decides for line in lines] == [True, False, False, True, True, True]
    text = details_text(tables, "vi", 200)
    assert "chỉ tính lượt gửi đã được tiếp nhận" not in text
    assert "theo số thực tế trong mô phỏng" in text


@pytest.mark.parametrize(
    ("done", "asked", "failed", "expected"),
    [
        (20, 20, 0, ["Kết quả sơ bộ (20 lần mô phỏng)"]),
        (100, 100, 0, ["Kết quả từ 100 lần mô phỏng, đủ để đưa vào văn bản gửi ra ngoài cơ quan"]),
        (97, 100, 3, ["CHƯA ĐẦY ĐỦ: mới xong 97 trong 100", "3 lần mô phỏng bị lỗi", "Kết quả sơ bộ (97"]),
    ],
)
def test_how_far_the_answer_may_be_trusted(done: int, asked: int, failed: int, expected: list[str]) -> None:
    manifest = manifest_record(replications_done=done, replications_asked=asked, replications_failed=failed)
    lines = warnings_text(manifest_from(manifest), "vi")
    assert len(lines) == len(expected)
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))
    assert expected[0] in answer_text(replace(targets_only(), manifest=manifest_from(manifest)), "vi", 200)


def test_assumed_parameters_and_only_they_are_listed(run_folder: Path) -> None:
    page = _page(run_folder, "vi").text
    assert "registry.register_minutes" in page
    assert "leader.paper_threshold" in page
    assert "documents.pages_mean" not in page
    assert "Kết quả dựa trên 2 tham số giả định trong tổng số 5 tham số." in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_shown_and_never_run(hostile_folder: Path, language: Lang) -> None:
    text = (hostile_folder / f"report.{language}.html").read_text(encoding="utf-8")
    page = Page(text)
    assert only_script_of(text) == template_text("tiles.js")
    assert page.tags.count("img") == 4
    assert [name for _, name, _ in page.attributes if name.startswith("on")] == []
    assert "\x1b" not in text
    assert " ".join(clean_text(HOSTILE_TITLE).split()) in page.text
    assert "{{ 7*7 }}" in page.text
    assert "<b>won</b>" in page.text
    assert '"><img src=x onerror=alert(1)>' in page.text


def test_hostile_text_in_figures_csv_and_terminal(hostile_folder: Path) -> None:
    figures = sorted(path.name for path in (hostile_folder / "figures").iterdir())
    assert "target___cmd.csv" in figures or "target__cmd.csv" in figures
    assert sorted(path.name for path in hostile_folder.parent.iterdir()) == ["hostile"]
    data = next(path for path in (hostile_folder / "figures").iterdir() if path.suffix == ".csv" and "cmd" in path.name)
    with data.open(encoding="utf-8", newline="") as stream:
        assert {row["scope"] for row in csv.DictReader(stream) if row["drawn"] != "mandate"} == {"'=1+1"}
    svg = data.with_name(data.stem + ".vi.svg").read_text(encoding="utf-8")
    assert "<script" not in svg
    terminal = run_folder_text(hostile_folder, "vi", 100)
    assert "\x1b" not in terminal
    assert "<script>alert(1)</script>" in " ".join(terminal.split())


def test_no_colour_means_no_escape_codes(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run_folder_text(run_folder, "vi", 100, colour=True)
    assert "\x1b" not in run_folder_text(run_folder, "vi", 100)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in run_folder_text(run_folder, "vi", 100, colour=True)


def test_a_run_with_targets_only_still_makes_a_page(tmp_path: Path) -> None:
    folder = write_fake_run(tmp_path / "run", targets=[])
    for table in (SERIES, *OTHER_TABLES):
        table.write(folder, ())
    assert [path.name for path in write_report(folder, languages=("en",))] == ["report.en.html", "report.en.xlsx"]
    page = _page(folder, "en").text
    assert page.count("No data.") == 3
    assert "No target is due within the simulated period." in page
    assert "20/20" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_answer_is_one_screen_with_every_target_on_a_line(run_folder: Path, language: Lang) -> None:
    tables = read_run_tables(run_folder)
    targets = tuple(
        replace(row, target_id=f"{row.target_id}_{k}", title_vi=f"{row.title_vi} và còn dài thêm nữa")
        for k in range(5)
        for row in deciding_rows(tables.targets)
    )
    lines = answer_text(replace(tables, targets=targets), language, 100).splitlines()
    assert max(map(len, lines)) <= 100
    assert len(lines) <= 44, "twenty targets and what is said of them"
    for number, (line, row) in enumerate(zip(board_lines(targets, language), targets, strict=True), start=1):
        (shown,) = [one for one in lines if one.startswith(f"{line.sign} {number} ({row.target_id}) ")]
        assert line.value in shown
        if row.p_reached is not None:
            assert shown.endswith(f" {round(row.p_reached * row.n)}/{row.n}")


def test_signs_are_explained_with_their_numbers_and_draws_of_money_are_marked() -> None:
    first, *_ = targets_only().targets
    money = replace(first, target_id="c1", verdict="out of reach (money alone, 2500 draws)", p_reached=0.02, n=2500)
    more = [replace(first, target_id=f"t{k}", verdict=f"undecided ({k} more)") for k in (8, 226)]
    text = " ".join(answer_text(replace(targets_only(), targets=(first, money, *more)), "vi", 100).split())
    assert "4 chỉ tiêu, hạn đến 31/12/2020: ✓ 1 đạt được; ✕ 1 khó hoàn thành; ? 2 chưa đủ cơ sở kết luận" in text
    assert "(cần chạy thêm 8–226 lần mô phỏng)" in text
    assert "50/2.500†" in text
    assert "† chỉ tiêu 2: tính riêng" in text
    assert (
        "tính riêng từ kinh phí, nên trung vị và số lần đạt là của 2.500 lần tính thử riêng kinh phí, không phải"
        in text
    )
    assert "†" not in answer_text(replace(targets_only(), targets=(first,)), "vi", 100)


def test_what_nobody_can_tell_yet_is_never_said_as_none_reached() -> None:
    first, *_ = targets_only().targets
    met = [replace(first, target_id=f"t{k}", verdict="undecided (8 more)", p_reached=1.0, n=4) for k in (1, 2)]
    missed = replace(first, target_id="t3", verdict="out of reach", p_reached=0.0)
    said = tally_text((missed, *met), "vi")
    assert said.endswith(
        "31/12/2020: ? 2 chưa đủ cơ sở kết luận (cần chạy thêm 8 lần mô phỏng); ✕ 1 khó hoàn thành; "
        "✓ chưa chỉ tiêu nào chắc đạt được."
    )
    assert counted_signs((missed, *met)) == "? 2 · ✕ 1 · ✓ 0"
    assert tally_text((missed,), "en").endswith("✕ 1 out of reach; ✓ none reachable.")


def test_thresholds_stand_as_the_plan_states_them_with_a_mark() -> None:
    first, *_ = targets_only().targets
    rounded = replace(first, threshold=0.995, stated_threshold=1.0, threshold_basis="plan")
    own = replace(rounded, target_id="c1", threshold=0.787, stated_threshold=0.787, threshold_basis="derived")
    both = replace(rounded, target_id="c3", threshold_basis="assumed")
    assert [limit_text(row, "vi") for row in (first, rounded, own, both)] == ["95%", "100%¹", "78,7%*", "100%*¹"]
    tables = replace(targets_only(), targets=(rounded, own, both))
    notes = limit_notes(tables.targets, "vi")
    assert [note[0] for note in notes] == ["*", "¹"]
    assert "99,5%" in notes[1]
    assert limit_notes(tables.targets, "vi", by_number=True)[0].startswith("Chỉ tiêu 2 và 3: kế hoạch không nêu")
    told = (answer_text(tables, "vi", 200), details_text(tables, "vi", 200), report_page(tables, [], "vi"))
    for text in map(unescape, told):
        for said in ("100%¹", "78,7%*", "100%*¹"):
            assert said in text
        assert all(note in " ".join(text.split()) for note in notes)
        assert text.count("99,5%") == (3 if "<html" in text else 1), (
            "in the note, and where the page says how to read it"
        )


@pytest.mark.parametrize(
    ("median", "ends", "unit", "said"),
    [
        (42_223_274.0, (27_215_000.0, 469_758_471.0), "hours", "42,2 triệu giờ (27,2–469,8)"),
        (958_696.0, (114_140.0, 130_303_745.0), "hours", "959 nghìn giờ (114–130.304)"),
        (6_168.0, (1_163.0, 40_837.0), "hours", "6.168 giờ (1.163–40.837)"),
        (135_519.0, (33_856.0, 278_170.0), "deliveries", "135.519 lượt gửi (33.856–278.170)"),
    ],
)
def test_hours_of_a_province_are_read_in_millions(
    median: float, ends: tuple[float, float], unit: str, said: str
) -> None:
    row = CauseRow(2020, "waiting", "office_closed", unit, median, *ends, 20, 0.6, 0.5, 0.7)
    assert cause_amount(row, "vi") == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_options_tried_says_how_to_try_them(run_folder: Path, language: Lang) -> None:
    text = (run_folder / f"report.{language}.html").read_text(encoding="utf-8")
    assert 'id="remedies"' not in text
    assert _page(run_folder, language).text.count(" ".join(SENTENCES["no_remedies"].text(language).split())) == 1


def test_what_was_changed_stands_in_a_box_above_the_numbers() -> None:
    """A run with an option and a changed assumption cannot be taken for one without; nothing changed, no box."""
    overlays = {"option:second_line": {"vi": "Đường truyền thứ hai", "en": "A second line"}}
    record = manifest_record(options=["second_line"], future="", adoption="", set=["people.scan=3 phút"])
    page = report_page(replace(targets_only(), manifest=manifest_from(record | {"overlays": overlays})), [], "vi")
    box = page[page.index('class="status changed"') : page.index('class="headlines"')]
    assert "Đường truyền thứ hai [second_line]" in box
    assert "people.scan=3 phút" in box
    above, _, foot = page.partition("<footer>")
    assert above.count("people.scan=3 phút") == 1
    assert foot.count("people.scan=3 phút") == 1, "in the command that runs it again"
    fields = ['people.scan.value="3 min"', "people.scan.kind='fixed'", "people.scan=4 min", "people.other.value=1"]
    titles = {"people.scan": Words("Thời gian quét", "Scanning")}
    *_, (_, said) = changed_facts(manifest_from(manifest_record(options=[], set=fields)), "vi", titles, ids=False)
    assert said == "Thời gian quét = 3 phút; Thời gian quét (phân bố) = cố định; Thời gian quét = 4 phút; " + fields[-1]
    known = manifest_record(options=[], set=fields[:2], set_before={"people.scan": "5 min"})
    *_, (_, said) = changed_facts(manifest_from(known), "vi", titles, ids=False)
    assert said == "Thời gian quét = 3 phút, trước là 5 phút; Thời gian quét (phân bố) = cố định"
    drawn = known | {"set_before": {"people.scan": "5 min", "people.scan.kind": "lognormal"}}
    *_, (_, said) = changed_facts(manifest_from(drawn), "vi", titles, ids=False)
    assert said == (
        "Thời gian quét = 3 phút, không đổi giữa các lần mô phỏng; trước rút ngẫu nhiên quanh 5 phút; Thời gian quét "
        "(phân bố) = cố định, trước là log-chuẩn"
    )
    plain = manifest_record(options=[], future="", adoption="", set=[])
    assert "status changed" not in report_page(replace(targets_only(), manifest=manifest_from(plain)), [], "vi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conclusion_stands_before_the_pictures_and_its_lists_in_the_appendix(
    run_folder: Path, language: Lang
) -> None:
    page = (run_folder / f"report.{language}.html").read_text(encoding="utf-8")
    tables = read_run_tables(run_folder)
    words, lists = page_words(tables, language), appendix_words(tables, language)
    places = [page.index(f"<strong>{part.lead}.</strong>") for part in words]
    assert places == sorted(places)
    assert page.index('class="cards board"') < places[0]
    assert places[-1] < page.index('<section id="pictures">')
    behind = [page.rindex(f"<strong>{part.lead}.</strong>") for part in lists]
    assert behind == sorted(behind)
    assert page.index('id="appendix"') < behind[0]
    said = {part.lead for part in (*words, *lists)}
    reasons = HEADINGS["reasons"].text(language)
    assert {part.lead for part in conclusion(tables, language)} - said == {
        {"vi": "Chỉ tiêu", "en": "Targets"}[language],
        reasons,
    }
    stands = page.index(f"<strong>{reasons}.</strong>")
    assert page.index('class="contents') < page.index('class="cards board"') < stands
    assert stands < places[0], "three reasons, then each target's, folded"
    assert page.count("<details>") == sum(bool(part.passage.points) for part in words) + 1, "and pictures"
