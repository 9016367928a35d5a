"""`list`, `new`, `check`, `explain`: what is told of scenarios, and that nothing of anybody's is overwritten."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from tiny_province import ROOT, write_tiny

from sim.command import main as program
from sim.scenario.measures import MEASURES

BROKEN = (
    ('threshold = { value = "40 %"', 'treshold = { value = "40 %"'),
    ('tiers = ["office", ', 'tiers = ["ofice", '),
    ('event = "sent"', 'event = "snet"'),
    ("decided = 2016-01-15", "decided = 2016-01-32"),
)

MILESTONE = """
[[targets]]
id = "{id}"
title = {{ vi = "Đã mua", en = "Bought" }}
measure = "milestone"
lines = ["{line}"]
threshold = {{ value = "100 %", kind = "fixed", basis = "assumed", source = "test" }}
due = 2016-03-31
unit = "money"
event = "state"
source = "test"
"""


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = program.main([*map(str, words), "--lang", "en"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_list_is_grouped_and_the_machine_sees_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = said(capsys, "list")
    code, out, err = said(capsys, "list", "--json")
    found = json.loads(out)
    assert (code, err, found["schema"], found["command"]) == (0, "", 1, "list")
    kinds = {one["name"]: one["kind"] for one in found["scenarios"]}
    assert kinds["binh_dinh_2016_2020"] == "scenario"
    assert kinds["poll_5_min"] == "option"
    assert kinds["storm_years"] == "future"
    assert kinds["voluntary"] == "adoption"
    assert text.index("binh_dinh_2016_2020") < text.index("options (--option)") < text.index("poll_5_min")


def test_explain_without_a_key_lists_every_parameter_once_with_range_and_basis(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_tiny(tmp_path)
    code, text, _ = said(capsys, "explain", path, "--set", "people.scan=5 min", "--details")
    lines = [line for line in text.splitlines() if line.startswith("  ")]
    _, out, _ = said(capsys, "explain", path, "--json")
    found = json.loads(out)["parameters"]
    assert code == 0
    assert sorted(line.split(" = ")[0].strip() for line in lines) == sorted(row["key"] for row in found)
    assert "  people.scan = 5 minutes (fixed; assumed): Time to scan a document" in lines
    assert f"{len(found)} parameters in all: " in text
    assert f", {sum(row['basis'] == 'assumed' for row in found)} assumed." in text
    headings = [line for line in text.splitlines() if line.isidentifier()]
    assert len(headings) == len(set(headings)) > 10


def test_explain_without_a_key_shows_the_plan_on_one_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it aims at, its money, its agencies and what stands assumed; every parameter is one switch away."""
    path = write_tiny(tmp_path)
    code, text, _ = said(capsys, "explain", path)
    assert (code, len(text.splitlines()) < 30) == (0, True)
    assert "1 (electronic)  Electronic documents: 40" in text
    assert "Agencies: 13 (1 " in text, "whoever is outside the province is none of its agencies"
    assert "Money: 100 million VND" in text
    _, out, _ = said(capsys, "explain", path, "--json")
    assumed = sum(row["basis"] == "assumed" for row in json.loads(out)["parameters"])
    assert f"Assumed: {assumed} of " in text
    assert "add --details" in text
    assert program.main(["explain", "binh_dinh_2016_2020", "--details"]) == 0
    assert "volumes.office_incoming = 20.000 mỗi năm (10.000 … 35.000;" in capsys.readouterr().out


def test_an_adoption_regime_speaks_of_people_who_start(capsys: pytest.CaptureFixture[str]) -> None:
    """No slope of a logit: what share uses it a year later, and how many start by each push."""
    for name in ("voluntary", "project", "mandate", "campaign"):
        assert program.main(["explain", "binh_dinh_2016_2020", f"adoption:{name}"]) == 0
        text = capsys.readouterr().out
        assert "logit" not in text
        assert "10% cán bộ đang dùng thì sau một năm được khoảng" in text
        if name == "mandate":
            assert "cứ 100 người chưa dùng, mỗi năm thêm khoảng 9 người bắt đầu dùng" in text  # 1 - exp(-0.092)


def test_check_names_every_error_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_tiny(tmp_path)
    for right, wrong in BROKEN[:3]:
        path.write_text(path.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    code, out, err = said(capsys, "check", path, "--option", "poll_5_minn,nothing", "--set", "network.pol_interval=1")
    assert code == 3
    for named in ("treshold", "ofice", "snet", "poll_5_minn", "nothing", "network.pol_interval"):
        assert any(named in line and line.startswith("E-") for line in out.splitlines()), named
    assert 'threshold"?' in next(line for line in out.splitlines() if "treshold" in line)
    assert 'did you mean "poll_5_min"?' in out
    assert err == f"{len(out.splitlines())} errors\n"


def test_check_tells_a_machine_what_it_tells_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_tiny(tmp_path)
    code, out, _ = said(capsys, "check", path, "--json")
    good = json.loads(out)
    assert (code, good["valid"], good["errors"], good["layers"]) == (0, True, [], ["defaults", "scenario"])
    right, wrong = BROKEN[3]
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    code, out, _ = said(capsys, "check", path, "--json")
    bad = json.loads(out)
    assert (code, bad["schema"], bad["valid"]) == (3, 1, False)
    line = 1 + path.read_text(encoding="utf-8").splitlines().index(wrong)
    assert [error["place"] for error in bad["errors"]] == [f"{path}:{line}"]
    assert bad["errors"][0]["reason"]["vi"] != bad["errors"][0]["reason"]["en"]


def test_explain_says_which_layer_set_a_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_tiny(tmp_path)
    code, out, _ = said(capsys, "explain", path, "network.poll_interval", "--option", "poll_5_min", "--json")
    found = json.loads(out)
    values = {entry["key"]: (entry["layer"], entry["value"]) for entry in found["entries"]}
    assert code == 0
    assert values["network.poll_interval.value"][0] == "option:poll_5_min"
    assert values["network.poll_interval.basis"][0] in {"defaults", "option:poll_5_min"}
    assert "poll_5_min" in found["text"]


def test_explain_of_an_unknown_key_is_refused_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "explain", write_tiny(tmp_path), "network.pol_interval")
    assert (code, out) == (3, "")
    assert 'did you mean "network.poll_interval"?' in err
    typed = shlex.split(err.rpartition("as in: ")[2])
    code, found, _ = said(capsys, *typed[typed.index("explain") :])
    assert (code, "people.clerks_added" in found) == (0, True), "the line that is shown can be typed"


BINH_DINH = "binh_dinh_2016_2020"


def test_a_target_is_explained_by_its_code_its_number_or_both(capsys: pytest.CaptureFixture[str]) -> None:
    answers = {name: said(capsys, "explain", BINH_DINH, name) for name in ("a3", "3", "3 (a3)")}
    out = answers["a3"][1]
    assert set(answers.values()) == {(0, out, "")}
    shown = {line[2:12].strip(): line[13:] for line in out.splitlines()[1:]}
    assert out.splitlines()[0] == "3 (a3)"
    assert shown["aim"] == "95%, due 31 Dec 2020"
    _, counted, _ = said(capsys, "explain", "binh_duong_2011_2015", "key_databases")
    assert "14 databases, due 31 Dec 2015" in counted, "things are counted, not shares"
    assert shown["window"] == "12 months up to the due date"
    assert "[exchange_electronic_share]" in shown["measure"]
    assert "none of these decides" in shown["otherwise"], "other readings are told from what is counted"
    assert said(capsys, "explain", BINH_DINH, "--future", "storm_years", "a3")[1] == out, "a name may follow an option"
    assert said(capsys, "explain", BINH_DINH, "0")[0] == 3
    assert said(capsys, "explain", BINH_DINH, "21")[0] == 3, "the plan has twenty targets"


def test_a_budget_line_is_explained_with_its_money_by_source_and_what_it_buys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = said(capsys, "explain", BINH_DINH, "ii.2A")
    rows: list[tuple[str, str]] = []
    for line in out.splitlines()[1:]:  # a label stands once before the rows that it is for
        rows.append((line[2:12].strip() or rows[-1][0], line[13:]))
    years = [part for name, row in rows if name == "money" for part in row.partition(": ")[2].split(", 20")]
    amounts = [int(year.partition(": ")[2].removesuffix(" million VND").replace(",", "")) for year in years]
    assert code == 0
    assert dict(rows)["in all"] == f"{sum(amounts):,} million VND" == "7,789 million VND"
    assert [name for name, _ in rows].count("buys") == 8
    bought = [row for name, row in rows if name == "buys"]
    assert sum(", not both)" in row for row in bought) == 2, "either way of bringing e-office takes one share"
    assert [rows[at + 1][0] for at, (name, _) in enumerate(rows) if name == "buys"] == ["basis"] * 8
    assert "budget.scale.II.2a" in dict(rows)["keys"]


def test_a_lever_on_money_that_nobody_set_is_explained_and_found(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "explain", BINH_DINH, "budget.scale.II.1")
    assert code == 0
    assert "--over budget.scale.II.1=0.5:3" in out
    _, out, _ = said(capsys, "explain", BINH_DINH, "budget.scale.II.2a", "--set", "budget.scale.II.2a=1.5")
    assert "7,789 million VND as planned" in out
    assert "with all that is set it comes to 11,549 million VND" in out, (
        "269 million of 2016 are history: 269 + 1.5 x 7,520"
    )
    _, out, _ = said(capsys, "explain", BINH_DINH, "budget.scale.II.2a", "--set", "budget.scale.all=2")
    assert ("7,789 million VND" in out, "comes to" in out) == (True, False), "another lever is set, not this one"
    assert said(capsys, "explain", BINH_DINH, "budget.scale.II.9")[0] == 3, "the plan has no such line"
    code, out, _ = said(capsys, "explain", BINH_DINH, "budget.arrival.TW.2017")
    assert (code, "--set budget.arrival.TW.2017=0.5" in out) == (0, True)
    code, _, err = said(capsys, "explain", BINH_DINH, "budget.arrival")
    example = err.partition("--set ")[2].partition(",")[0]
    assert (code, said(capsys, "check", BINH_DINH, "--set", example)[0]) == (3, 0), "the example can be typed"
    code, listed, _ = said(capsys, "explain", BINH_DINH, "budget.scale")
    assert code == 0
    assert "budget.scale.II.1 " in listed
    _, found, _ = said(capsys, "explain", BINH_DINH, "kinh phi II.2a")
    assert "budget.scale.II.2a" in {line.split()[0] for line in found.splitlines()[1:]}


def test_simulating_beyond_the_plan_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    beyond = "beyond the plan's last day (2020-12-31)"
    assert beyond in said(capsys, "check", BINH_DINH, "--until", "2022-12-31")[1]
    assert beyond not in said(capsys, "check", BINH_DINH, "--until", "2019-12-31")[1]


def test_an_option_is_explained_by_its_bare_name(capsys: pytest.CaptureFixture[str]) -> None:
    bare = said(capsys, "explain", BINH_DINH, "second_line")
    assert bare == said(capsys, "explain", BINH_DINH, "option:second_line")
    assert bare[0] == 0


def test_words_of_a_title_find_all_that_is_called_so_with_tones_or_without(capsys: pytest.CaptureFixture[str]) -> None:
    _, with_tones, _ = said(capsys, "explain", BINH_DINH, "văn thư")
    _, without, _ = said(capsys, "explain", BINH_DINH, "van thu")
    found, plain = ({line.split()[0] for line in text.splitlines()[1:]} for text in (with_tones, without))
    assert {"option:clerks_busiest", "people.clerks_added", "start.registry_only_share"} <= found
    assert plain == found, "“vẫn … thư” holds both, apart, and “thư” is no part of “thượng”"
    assert said(capsys, "explain", BINH_DINH, "văn", "thư")[1] == with_tones, "words need no quotation marks"
    _, near, _ = said(capsys, "explain", BINH_DINH, "khả năng vốn trung ương")
    assert near.startswith('nothing holds all of "khả năng vốn trung ương"; with 3 of them:')
    assert "budget.central_reliability" in near
    code, out, err = said(capsys, "explain", BINH_DINH, "máy bay")
    assert (code, out) == (3, "")
    assert err.startswith("E-KEY-001 máy bay")


def test_the_value_shown_in_vietnamese_can_be_set_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands after “đổi bằng” and “cả khoảng” are words of the command line."""
    for key in ("people.scan", "people.overtime_a_day", "network.gateway", "documents.pages_mean"):
        assert program.main(["explain", BINH_DINH, key, "--lang", "vi"]) == 0
        lines = _settings_shown(capsys.readouterr().out)
        assert len(lines) == 2
        settings = shlex.split(" ".join(lines))
        assert program.main(["explain", BINH_DINH, key, *settings, "--lang", "vi"]) == 0
        assert _settings_shown(capsys.readouterr().out) == lines


def _settings_shown(text: str) -> list[str]:
    shown = ("  đổi bằng", "  cả khoảng")
    return [line[line.index("--set") :] for line in text.splitlines() if line.startswith(shown)]


def test_a_value_typed_as_a_range_or_as_a_bare_share_is_refused_with_what_to_type(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = ("people.scan=4-8 min", "people.clerks_added=2..4", "budget.central_reliability=0,8", "people.review=3..5")
    code, out, err = said(capsys, "check", BINH_DINH, *(word for one in wrong for word in ("--set", one)))
    assert (code, err) == (3, "4 errors\n")
    assert '--set people.scan="6 min" --set people.scan.low="4 min" --set people.scan.high="8 min"' in out
    assert "--set people.clerks_added=3 --set people.clerks_added.low=2 --set people.clerks_added.high=4" in out
    assert "did you mean --set budget.central_reliability=80%?" in out
    assert 'for example --set people.review="5 min"' in out, "a range without its unit says no more than a bare number"


def test_a_section_is_told_with_the_names_units_and_alternatives_of_its_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert program.main(["explain", BINH_DINH, "budget", "--lang", "vi"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[1:]}
    assert "= 180 ngày: Thời gian xây dựng một phần công trình  [" in lines["budget.building"]
    assert "= table – theo mã cơ quan, từ a đến z: Thứ tự phục vụ" in lines["budget.order"]
    assert program.main(["explain", BINH_DINH, "people.scan", "--set", "people.scan=6 min", "--lang", "vi"]) == 0
    out = capsys.readouterr().out
    assert "cố định (khoảng đã nêu 2 phút … 10 phút không dùng)" in out
    assert "4 phút → 6 phút" in out
    calibrated = "taken from 2,939 draws that agree"
    assert calibrated in said(capsys, "explain", BINH_DINH, "budget.procurement")[1], "not from the whole range"
    assert calibrated not in said(capsys, "explain", BINH_DINH, "budget.procurement", "--prior")[1]


def test_list_of_a_scenario_names_its_targets_and_lines(capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = said(capsys, "list", BINH_DINH)
    found = json.loads(said(capsys, "list", BINH_DINH, "--json")[1])
    assert [(one["number"], one["id"]) for one in found["targets"][:3]] == [(1, "a1"), (2, "a2"), (3, "a3")]
    for one in found["targets"]:
        assert f"{one['number']} ({one['id']})" in text
        assert one["title"]["en"] in text
    for line in {one["id"] for one in found["lines"]}:
        total = sum(one["amount_million_vnd"] for one in found["lines"] if one["id"] == line)
        at = next(at for at, row in enumerate(text.splitlines()) if row.split()[:1] == [line])
        assert text.splitlines()[at + 1].strip().startswith(f"{total:,.0f} million VND"), line
    assert sum(one["amount_million_vnd"] for one in found["lines"]) == 30_000 + 15_000 + 21_577, "Annex V's own total"


def test_an_unknown_measure_is_refused_with_the_nearest_and_the_command_that_lists_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, told, _ = said(capsys, "check", BINH_DINH, "--set", "targets.a1.measure=eoffice_linkd_share")
    assert (code, 'did you mean "eoffice_linked_share"? "list measures" lists all' in told) == (3, True), told
    _, text, _ = said(capsys, "list", "measures")
    assert [line.split()[0] for line in text.splitlines()] == list(MEASURES)
    rows = json.loads(said(capsys, "list", "measures", "--json")[1])["measures"]
    assert [row["measure"] for row in rows] == list(MEASURES)
    assert all(row["vi"] and row["en"] for row in rows)


def test_an_unknown_scenario_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "run", "binh_dinh_2016-2020")
    assert (code, out) == (3, "")
    assert 'did you mean "binh_dinh_2016_2020"?' in err


def test_new_writes_a_scenario_that_checks_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenarios = tmp_path / "scenarios"
    shutil.copytree(ROOT / "scenarios", scenarios)
    for module in ("new", "loading", "places"):
        monkeypatch.setattr(f"sim.scenario.{module}.SCENARIOS", scenarios)
    assert "The title is still" not in said(capsys, "check", BINH_DINH)[1]
    code, out, err = said(capsys, "new", "mine", "--from", "binh_dinh_2016_2020")
    path = Path(out.rstrip("\n"))
    assert (code, path) == (0, scenarios / "provinces" / "mine" / "mine.toml")
    assert err.endswith("run mine\n")
    assert "leaves out what was learnt from measurements of “Bình Định" in err
    code, out, _ = said(capsys, "check", "mine")
    assert (code, "The title is still that of binh_dinh_2016_2020, the decision 900/QĐ-UBND" in out) == (0, True)
    written = path.read_bytes()
    code, out, err = said(capsys, "new", "mine", "--from", "binh_dinh_2016_2020")
    assert (code, out) == (3, "")
    assert "never overwritten" in err
    assert path.read_bytes() == written
    assert said(capsys, "new", "../mine", "--from", "mine")[0] == 3
    assert said(capsys, "new", "other", "--from", "mien")[0] == 3
    assert sorted(file.name for file in tmp_path.iterdir()) == ["scenarios"]


FIXED = 'kind="fixed",basis="assumed",source="test"}'


def test_check_names_volumes_that_cannot_hold_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_tiny(tmp_path)
    key = "volumes.department_outgoing"
    code, out, _ = said(capsys, "check", path, "--set", f'{key}={{value="12000 /year",{FIXED}')
    caution = out.splitlines()[-1]
    assert (code, caution.count(key) >= 2) == (0, True)
    assert "trial draws" in caution
    assert "holds in every draw" in caution
    code, out, _ = said(capsys, "check", path, "--json", "--set", f'{key}={{value="12000 /year",{FIXED}')
    assert [one["en"] for one in json.loads(out)["cautions"]] == [caution]
    kinds = ("office", "department", "district", "room", "commune")
    sets = [f'volumes.{kind}_incoming={{value="0 /year",{FIXED}' for kind in kinds]
    code, out, _ = said(capsys, "check", path, *(word for one in sets for word in ("--set", one)))
    assert (code, out.split()[0], len(out.splitlines())) == (3, "E-VOL-005", 1)


def test_check_tells_what_money_changes_nothing_and_what_rests_on_it_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line I.1 buys `other`, which nothing simulates; a milestone may still ask whether it was spent."""
    path = write_tiny(tmp_path)
    _, out, _ = said(capsys, "check", path)
    heading, row = out.splitlines()[2:4]
    assert heading == "money that changes nothing simulated: 100 million VND"
    assert row == (
        "  I.1, Other: 100 – The plan does not say what this money buys, or it is for bodies that are not simulated."
    )
    milestone = MILESTONE.format(id="bought", line="I.1")
    path.write_text(path.read_text(encoding="utf-8") + milestone, encoding="utf-8")
    code, out, _ = said(capsys, "check", path)
    assert code == 0, out
    assert out.splitlines()[2] == "money that changes nothing simulated but targets of money (bought): 100 million VND"
    assert program.main(["check", str(path), "--lang", "vi"]) == 0
    assert "được mô phỏng, ngoài các chỉ tiêu tính theo kinh phí (bought): 100 triệu đồng\n" in capsys.readouterr().out


@pytest.mark.parametrize(("year", "warned"), [(2013, False), (2026, False), (2011, True), (2029, True)])
def test_check_warns_of_years_whose_holidays_nobody_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: int, warned: bool
) -> None:
    path = write_tiny(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("2016-", f"{year}-"), encoding="utf-8")
    budget = tmp_path / "budget.csv"
    budget.write_text(budget.read_text(encoding="utf-8").replace("2016", str(year)), encoding="utf-8")
    code, out, _ = said(capsys, "check", path)
    assert code == 0, out
    assert ("checked: 2013 to 2026" in out) == warned
    assert (str(year) in out.splitlines()[-1].partition("of ")[2][:5]) == warned


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("people.overtime_a_day", "(Bộ luật Lao động 10/2012/QH13, Điều 106)", "(Labour Code 10/2012/QH13, Art. 106)"),
        ("option:overtime_paid", "Bộ luật Lao động 10/2012/QH13, Điều 97 và", "Labour Code 10/2012/QH13, Art. 97 and"),
        ("b4_province", "mười bốn trong hai mươi sở đã có lúc đầu", "fourteen of twenty have it at the start"),
        ("II.2b", "cách chia là giả định: Phụ lục V, mục II.2b", "division assumed: Annex V II.2b"),
        ("mandates.directive_15_2012", "Chỉ thị 15/CT-TTg ngày 22/5/2012;", "Directive 15/CT-TTg of 22/5/2012;"),
    ],
)
def test_explain_tells_the_source_in_the_readers_language(
    name: str, vietnamese: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, there, absent in (("vi", vietnamese, english), ("en", english, vietnamese)):
        code = program.main(["explain", "binh_dinh_2016_2020", name, "--lang", language])
        answer = capsys.readouterr().out
        assert code == 0
        assert there in answer
        assert absent not in answer
        assert "giả định: cách chia là giả định" not in answer
