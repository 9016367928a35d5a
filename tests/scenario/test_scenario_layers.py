"""Layers: who wins, who clashes, and where every value is said to come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import shuffled_rows

from sim.scenario.drawn import draw_parameters
from sim.scenario.entries import Provenance
from sim.scenario.errors import ScenarioErrors
from sim.scenario.layers import SET_BY_HAND
from sim.scenario.loading import load

if TYPE_CHECKING:
    from conftest import Small

PROVINCE = "provinces/small.toml"
CHILD = 'extends = "small"\nname = "child"\n'


def test_a_higher_layer_replaces_the_value_and_keeps_the_rest(small: Small) -> None:
    small.write("provinces/child.toml", CHILD + '[people]\nregister_paper = "5 min"\n')
    quantity = load("child", root=small.root).scenario.people.register_paper
    assert (quantity.value, quantity.low, quantity.high, quantity.kind) == (300_000, 120_000, 480_000, "lognormal")


def test_each_layer_lies_over_the_one_below(small: Small) -> None:
    small.write("provinces/child.toml", CHILD + '[network]\npoll_interval = "7 min"\n')
    head = 'title = { vi = "a", en = "a" }\ndescription = { vi = "a", en = "a" }\nsource = "s"\n[set]\n'
    small.write("adoption/slow.toml", head + '"people.scan" = "5 min"\n')
    small.write("futures/bad.toml", head + '"people.register_paper" = "6 min"\n')
    loaded = load("child", root=small.root)
    assert loaded.scenario.network.poll_interval.value == 420_000
    loaded = load("child", root=small.root, options=["poll"], adoption="slow", future="bad", sets=["people.scan=3 min"])
    assert loaded.layers == (
        "defaults",
        "extends:small",
        "scenario",
        "adoption:slow",
        "option:poll",
        "future:bad",
        "--set",
    )
    people = loaded.scenario.people
    assert (loaded.scenario.network.poll_interval.value, people.scan.value) == (360_000, 180_000)
    assert people.register_paper.value == 360_000
    assert [change[:3] for change in loaded.changes if change.key == "people.scan.value"] == [
        ("people.scan.value", '"4 min"', '"5 min"'),
        ("people.scan.value", '"5 min"', '"3 min"'),
    ]


def test_provenance_names_layer_file_and_line(small: Small) -> None:
    small.write("provinces/child.toml", CHILD + '\n[people]\nscan = "5 min"\n')
    loaded = load("child", root=small.root, options=["poll"], sets=["run.seed=7"])
    line = small.line_of("options/poll.toml", "network.poll_interval")
    assert loaded.provenance["network.poll_interval"] == Provenance("option:poll", "scenarios/options/poll.toml", line)
    assert loaded.provenance["people.scan"] == Provenance("scenario", "scenarios/provinces/child.toml", 5)
    line = small.line_of("defaults.toml", "scan = ")
    assert loaded.provenance["people.scan.low"] == Provenance("defaults", "scenarios/defaults.toml", line)
    line = small.line_of(PROVINCE, "due = ")
    assert loaded.provenance["targets.electronic.due"].place == f"scenarios/{PROVINCE}:{line}"
    assert loaded.provenance["run.seed"].place == "--set run.seed=7"


def test_outside_the_range_is_an_error_unless_the_range_moves_too(small: Small) -> None:
    fault = small.faults(sets=["people.scan=9 min"])[0]
    assert (fault.code, fault.place, fault.key) == ("E-QTY-001", "--set people.scan=9 min", "people.scan")
    assert "2 min … 8 min" in fault.reason.en
    assert fault.reason.vi == "9 phút nằm ngoài khoảng 2 phút … 8 phút"
    typed = ['people.scan="9 min"', "people.scan.kind=fixed"]
    assert fault.repair.en.endswith(f"type --set {typed[0]} --set {typed[1]}")
    assert small.load(sets=typed).scenario.people.scan.value == 540_000
    moved = 'people.scan={ value = "9 min", high = "12 min" }'
    assert small.load(sets=[moved]).scenario.people.scan.high == 720_000


def test_a_number_typed_by_itself_is_that_number_in_every_replication(small: Small) -> None:
    """Else a lognormal one, drawn from its range alone, would not notice that its middle was moved."""
    typed = small.load(sets=["people.scan=7 min"])
    assert (typed.scenario.people.scan.basis, typed.scenario.people.scan.source) == ("assumed", SET_BY_HAND)
    assert {draw_parameters(typed.scenario, luck)["people.scan"] for luck in range(20)} == {420_000}
    drawn = {draw_parameters(small.load().scenario, luck)["people.scan"] for luck in range(20)}
    assert len(drawn) == 20


def test_declaring_a_number_fixed_takes_its_range_away(small: Small) -> None:
    loaded = small.load(sets=['people.scan={ value = "9 min", kind = "fixed" }'])
    assert (loaded.scenario.people.scan.low, loaded.scenario.people.scan.value) == (None, 540_000)


def test_two_overlays_on_one_key_are_an_error_naming_both(small: Small) -> None:
    text = (small.root / "options/poll.toml").read_text(encoding="utf-8")
    small.write("options/low.toml", text.replace('poll_interval" = "6 min"', 'poll_interval.low" = "4 min"'))
    fault = small.faults(options=["poll", "low"])[0]
    assert (fault.code, fault.key) == ("E-OVL-001", "network.poll_interval")
    assert "option:poll (scenarios/options/poll.toml:9)" in fault.reason.en
    assert "option:low (scenarios/options/low.toml:9)" in fault.reason.vi
    assert "E-OVL-004" in [fault.code for fault in small.faults(options=["poll", "poll"])]


def test_overlays_on_different_keys_of_a_section_do_not_clash(small: Small) -> None:
    text = (small.root / "options/poll.toml").read_text(encoding="utf-8")
    small.write("options/limit.toml", text.replace('poll_interval" = "6 min"', 'retry_limit" = 4'))
    network = small.load(options=["poll", "limit"]).scenario.network
    assert (network.poll_interval.value, network.retry_limit.value) == (360_000, 4)


def test_overlays_append_mandates_and_clash_on_the_same_one(small: Small) -> None:
    rule = '[[mandates]]\nid = "rule"\ntitle = { vi = "a", en = "b" }\nstart = 2017-01-01\n'
    rule += 'tiers = ["office"]\nsource = "s"\n'
    text = (small.root / "options/poll.toml").read_text(encoding="utf-8").partition("[set]")[0]
    small.write("options/one.toml", text + rule)
    small.write("options/two.toml", text + rule)
    assert [mandate.id for mandate in small.load(options=["one"]).scenario.mandates] == ["order", "rule"]
    assert {(fault.code, fault.key) for fault in small.faults(options=["one", "two"])} == {
        ("E-OVL-001", "mandates.rule")
    }


def test_a_child_edits_adds_and_drops_targets_by_id(small: Small) -> None:
    small.write(
        "provinces/child.toml",
        CHILD + 'unset = ["mandates.order"]\n[[targets]]\nid = "electronic"\nthreshold = "80 %"\n',
    )
    scenario = load("child", root=small.root).scenario
    assert [(target.id, target.threshold.value, target.scope) for target in scenario.targets] == [
        ("electronic", 0.8, "tiers:province+district")
    ]
    assert scenario.mandates == ()


def test_setting_a_target_that_is_not_there_suggests_the_nearest(small: Small) -> None:
    fault = small.faults(sets=["targets.electronik.threshold=80 %"])[0]
    assert (fault.code, fault.key) == ("E-KEY-001", "targets.electronik")
    assert "electronic" in fault.repair.en
    assert small.load(sets=["targets.electronic.threshold=80 %"]).scenario.targets[0].threshold.basis == "plan"


def test_cycles_through_two_files_are_found(small: Small) -> None:
    small.write("provinces/child.toml", 'extends = "small"\n')
    small.edit(PROVINCE, "schema = 1", 'extends = "child.toml"\nschema = 1')
    fault = small.faults()[0]
    assert (fault.code, fault.place) == ("E-EXT-002", "scenarios/provinces/child.toml:1")
    assert "small.toml → child.toml → small.toml" in fault.reason.en


def test_until_shortens_the_run_and_logs_what_falls_away(small: Small) -> None:
    loaded = small.load(until=date(2016, 12, 31))
    assert loaded.scenario.horizon.end == date(2016, 12, 31)
    assert loaded.scenario.targets == ()
    assert [mandate.id for mandate in loaded.scenario.mandates] == ["order"]
    dropped = [change for change in loaded.changes if change.key == "targets.electronic.due"]
    assert [(change.old, change.new, change.layer) for change in dropped] == [("2017-12-31", "", "--until")]
    assert small.load(until="2016-12-31").content_hash == loaded.content_hash
    assert small.load(until="31/12/2016").content_hash == loaded.content_hash
    assert [fault.code for fault in small.faults(until="31/13/2016")] == ["E-SET-001"]
    assert "E-DATE-001" in [fault.code for fault in small.faults(until="2015-12-31")]


@pytest.mark.parametrize("text", ["network.poll_interval", "=5", "a..b=1", ""])
def test_a_setting_that_is_not_key_and_value_is_refused(small: Small, text: str) -> None:
    assert [fault.code for fault in small.faults(sets=[text])] == ["E-SET-001"]


def test_a_misspelt_setting_suggests_the_key(small: Small) -> None:
    fault = small.faults(sets=["network.poll_intervall=5 min"])[0]
    assert (fault.code, fault.place) == ("E-KEY-001", "--set network.poll_intervall=5 min")
    assert "network.poll_interval" in fault.repair.en


def test_resolved_toml_holds_everything_and_reloads_to_the_same_content(small: Small) -> None:
    loaded = small.load(options=["poll"], sets=["people.scan=5 min", 'name=Tên "lạ"\\'])
    resolved = small.write("resolved.toml", loaded.resolved_toml())
    small.write("defaults.toml", "")
    again = load(resolved, root=small.root)
    assert again.content_hash == loaded.content_hash
    assert again.scenario == loaded.scenario
    assert again.layers == ("scenario",)
    assert again.resolved_toml() == loaded.resolved_toml()


def test_spelling_a_unit_otherwise_is_the_same_content(small: Small) -> None:
    assert small.load(sets=["people.scan=300 s"]).content_hash == small.load(sets=["people.scan=5 phút"]).content_hash
    assert small.load(sets=["people.scan=5 min"]).content_hash != small.load().content_hash


def test_the_order_of_rows_does_not_matter(small: Small) -> None:
    before = small.load()
    for file, order in (
        ("agencies", [5, 3, 4, 0, 2, 1]),
        ("budget", [2, 0, 1]),
        ("totals", [3, 1, 0, 2]),
        ("purchases", [1, 0]),
    ):
        text = (small.root / f"tables/{file}.csv").read_text(encoding="utf-8")
        small.write(f"tables/{file}.csv", shuffled_rows(text, order))
    after = small.load()
    assert after.agencies == before.agencies
    assert [row.agency_id for row in after.agencies] == sorted(row.agency_id for row in before.agencies)
    assert after.content_hash == before.content_hash
    assert [row.place for row in after.agencies] != [row.place for row in before.agencies]


def test_one_changed_cell_changes_the_content(small: Small) -> None:
    before = small.load().content_hash
    small.edit("tables/agencies.csv", ",75,5,3", ",76,5,3")
    assert small.load().content_hash != before


def test_tables_beside_a_scenario_elsewhere_are_found(small: Small) -> None:
    away = small.root.parent / "mine"
    away.mkdir()
    (away / "my.toml").write_text('extends = "small"\nname = "my"\nagencies = "agencies.csv"\n', encoding="utf-8")
    text = (small.root / "tables/agencies.csv").read_text(encoding="utf-8").replace(",75,5,3", ",76,5,3")
    (away / "agencies.csv").write_text(text, encoding="utf-8")
    loaded = load(away / "my.toml", root=small.root)
    assert {row.agency_id: row.staff for row in loaded.agencies}["office"] == 76
    assert loaded.table_files["agencies"] == (away / "agencies.csv").resolve()
    assert replace(loaded).slug == "my"


def test_slugs_are_plain_ascii(small: Small) -> None:
    assert small.load().slug == "nho"
    assert small.load(sets=["name=../Đắk Nông (2020)/"]).slug == "dak-nong-2020"
    assert small.load(sets=["name=日本"]).slug == "scenario"


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("people.scan=abc", 'ví dụ --set people.scan="5 phút"', 'for example --set people.scan="5 min"'),
        ("people.scan=6 phut", 'có phải --set people.scan="6 phút"?', 'did you mean --set people.scan="6 phút"?'),
        ("people.scan=", 'ví dụ --set people.scan="5 phút"', 'for example --set people.scan="5 min"'),
        ("peple.scan=6", "có phải “people.scan”?", 'did you mean "people.scan"?'),
        ("horizon.end=31/13/2018", "cần một ngày; ví dụ --set horizon.end=31/12/2018", "a day is wanted"),
        ("run.thinning=2.5", "cần số nguyên; ví dụ --set run.thinning=7", "a whole number is wanted"),
        ("people=3", "đây là một nhóm tham số", "this is a group of keys"),
        ("mandates=1", "đây là một nhóm tham số", "this is a group of keys"),
        ("people.scan=-3 phút", "ngoài khoảng 0 … 36500 ngày", "outside 0 … 36500 days"),
    ],
)
def test_a_setting_is_refused_in_the_words_of_the_command_line(
    small: Small, typed: str, vietnamese: str, english: str
) -> None:
    """A planner types `--set`: no quotes and brackets of a file, and what to type instead is whole."""
    with pytest.raises(ScenarioErrors) as refused:
        load("small", root=small.root, sets=(typed,))
    (error,) = refused.value.errors
    assert vietnamese in error.text("vi")
    assert english in error.text("en")


def test_a_day_is_set_as_offices_write_it() -> None:
    assert load("binh_dinh_2016_2020", sets=("targets.a3.due=31/12/2019",)).scenario.targets[2].due == date(
        2019, 12, 31
    )
