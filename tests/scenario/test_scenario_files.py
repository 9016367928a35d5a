"""Hostile or damaged files are refused quickly, with the place, and never hang or flood memory."""

from __future__ import annotations

import os
import signal
import time
import tracemalloc
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.errors import ScenarioErrors
from sim.scenario.files import as_on_disk
from sim.scenario.loading import load
from sim.scenario.toml_source import parse_toml
from sim.scenario.toml_text import toml_text

if TYPE_CHECKING:
    from conftest import Small

PROVINCE = "provinces/small.toml"

BOMBS = {
    "80 KB dotted key": ("a" + ".a" * 40_000 + " = 1", "E-TOML-002"),
    "dotted header": ("[a" + ".a" * 40_000 + "]", "E-TOML-002"),
    "spaced dots": ("a" + " . a" * 40_000 + " = 1", "E-TOML-002"),
    "quoted dots": ("a" + '."b"' * 40_000 + " = 1", "E-TOML-002"),
    "long key": ("a" * 80_000 + " = 1", "E-TOML-002"),
    "nested arrays": ("a = " + "[" * 100_000, "E-TOML-003"),
    "nested tables": ("a = " + "{a = " * 20_000, "E-TOML-003"),
    "long integer": ("a = " + "9" * 100_000, "E-TOML-004"),
    "underscored integer": ("a = " + "9_" * 4_000 + "9", "E-TOML-004"),
    "many keys": ("\n".join(f"k{n} = 1" for n in range(60_000)), "E-TOML-002"),
    "endless array": ("a = [" + "1," * 300_000 + "]", "E-TOML-002"),
    "open string": ('a = "' + "\\\\" * 200_000, "E-TOML-001"),
    "open long string": ('a = """' + '""' * 200_000 + "x", "E-TOML-001"),
}


@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_in_a_second_and_little_memory(text: str, code: str) -> None:
    started = time.process_time()
    with pytest.raises(ScenarioErrors) as refused:
        parse_toml(text, "f.toml")
    seconds = time.process_time() - started
    tracemalloc.start()
    with pytest.raises(ScenarioErrors):
        parse_toml(text, "f.toml")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.errors[0].code == code
    assert seconds < 1
    assert peak_bytes < 50e6


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = foo\n", 2),
        ("a = 1\n\nb = [1, 2\n", 4),
        ("a = 1\nb 2\n", 2),
        ("[a]\nx = 1\n[a]\n", 3),
        ("a = 'x' y\n", 1),
        ('a = "\\q"\n', 1),
        ("é = 1\n", 1),
        ("a = 2018-02-30\n", 1),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        parse_toml(text, "f.toml")
    assert [(error.code, error.place) for error in refused.value.errors] == [("E-TOML-001", f"f.toml:{line}")]


def test_lines_are_found_through_strings_arrays_and_tables() -> None:
    text = '# x = 1\na = """\nb = 2\n"""\nc = [ # [d]\n  1,\n  { e = 1 },\n]\n'
    text += '[[r]]\nf.g = "#"\n[[r]]\nf = 1\n[r.h]\ni = 1\n'
    _, lines = parse_toml(text, "f.toml")
    assert lines["a",] == 2
    assert lines["c", 1, "e"] == 7
    assert lines["r", 0, "f", "g"] == 10
    assert lines["r", 1, "h", "i"] == 14
    assert ("b",) not in lines


SCALARS = st.one_of(
    st.text(max_size=20), st.integers(-(10**15), 10**15), st.floats(allow_nan=False), st.booleans(), st.dates()
)
KEYS = st.text("abc_1-", min_size=1, max_size=5)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(KEYS, SCALARS))))
def test_what_is_written_reads_back(tree: dict[str, object]) -> None:
    read, lines = parse_toml(toml_text(tree), "f.toml")
    assert read == tree
    assert {(key,) for key in tree} <= lines.keys()


def refused_codes(small: Small) -> list[str]:
    return [fault.code for fault in small.faults()]


def test_a_byte_order_mark_and_crlf_are_accepted(small: Small) -> None:
    before = small.load().content_hash
    for file in (PROVINCE, "tables/agencies.csv"):
        text = (small.root / file).read_bytes()
        small.write(file, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert small.load().content_hash == before


def test_vietnamese_alone_is_enough_for_names_and_titles(small: Small) -> None:
    """An office that writes for its own readers states no English; asked in English, it is told in Vietnamese."""
    english = small.load()
    first, target = english.agencies[0], english.scenario.targets[0]
    small.edit("tables/agencies.csv", f",{first.name_en},", ",,")
    text = (small.root / "provinces/small.toml").read_text(encoding="utf-8")
    for title in (english.scenario.title, target.title):
        text = text.replace(f', en = "{title.en}"', "", 1)
    small.write("provinces/small.toml", text)
    loaded = small.load()
    assert loaded.agencies[0].name_en == first.name_vi != first.name_en
    assert loaded.scenario.title.en == english.scenario.title.vi
    assert loaded.scenario.targets[0].title.en == target.title.vi
    small.edit("provinces/small.toml", f'title = {{ vi = "{english.scenario.title.vi}" }}', "title = { }")
    assert [error.key for error in small.faults()] == ["title.vi"]


def test_utf16_is_refused_by_name(small: Small) -> None:
    small.write(PROVINCE, (small.root / PROVINCE).read_text(encoding="utf-8").encode("utf-16"))
    fault = small.faults()[0]
    assert (fault.code, "UTF-16" in fault.reason.en) == ("E-FILE-004", True)


def test_nul_and_bad_bytes_are_refused_with_their_line(small: Small) -> None:
    for damage in (b"\x00", b"\xff"):
        small.write("tables/calendar.csv", b"date\n\n" + damage)
        assert [(f.code, f.place) for f in small.faults()] == [("E-FILE-004", "scenarios/tables/calendar.csv:3")]


def test_a_directory_is_refused(small: Small) -> None:
    (small.root / PROVINCE).unlink()
    (small.root / PROVINCE).mkdir()
    assert refused_codes(small) == ["E-FILE-001"]
    with pytest.raises(ScenarioErrors) as refused:
        load(small.root / PROVINCE, root=small.root)
    assert [error.code for error in refused.value.errors] == ["E-FILE-002"]


def test_a_pipe_neither_hangs_nor_reads(small: Small) -> None:
    (small.root / "tables/calendar.csv").unlink()
    os.mkfifo(small.root / "tables/calendar.csv")
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("waits for somebody to write"))
    signal.alarm(60)
    try:
        assert refused_codes(small) == ["E-FILE-002"]
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_an_empty_scenario_says_what_is_missing(small: Small) -> None:
    small.write(PROVINCE, "")
    missing = {fault.key for fault in small.faults() if fault.code == "E-KEY-003"}
    assert {"schema", "name", "title.vi", "plan.decision", "plan.decided", "horizon.end", "agencies"} <= missing
    assert "plan" not in missing, "what a section must hold is named, not the section"


def test_an_empty_table_is_named(small: Small) -> None:
    small.write("tables/budget.csv", "")
    assert [(fault.code, fault.place) for fault in small.faults()][:1] == [
        ("E-TAB-001", "scenarios/tables/budget.csv:1")
    ]


def test_a_file_over_the_limit_is_refused(small: Small) -> None:
    small.write(PROVINCE, "#" * (1 << 20) + "\n")
    assert refused_codes(small) == ["E-FILE-003"]


def test_a_name_that_is_not_there_suggests_the_nearest(small: Small) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        load("smal", root=small.root)
    assert "small" in refused.value.errors[0].repair.en


@pytest.mark.parametrize("name", ["../small", "a b", "", "small\n", "small.txt", "x\x00.toml", "-rf", "~", "n" * 300])
def test_names_that_are_no_names_are_refused(small: Small, name: str) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        load(name, root=small.root)
    assert refused.value.errors[0].code == "E-FILE-006"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_files_of_a_mac_are_found_under_the_name_one_reads(small: Small) -> None:
    folder = small.root / decomposed("tỉnh nhà")
    folder.mkdir()
    for name in (f"{folder.name}/{decomposed('cơ quan tỉnh')}.csv", f"{folder.name}/{decomposed('tỉnh tôi')}.toml"):
        source = "tables/agencies.csv" if name.endswith("csv") else PROVINCE
        text = (small.root / source).read_text(encoding="utf-8")
        small.write(name, text.replace("tables/agencies.csv", "cơ quan tỉnh.csv"))
    (small.root / "tables/agencies.csv").unlink()
    found = load(small.root / "tỉnh nhà" / "tỉnh tôi.toml", root=small.root)
    assert found.path == folder / decomposed("tỉnh tôi.toml")
    assert len(found.agencies) == 6
    assert as_on_disk(small.root / "tỉnh khác") == small.root / "tỉnh khác"


def test_a_name_that_is_there_as_typed_is_taken_before_one_that_looks_alike(tmp_path: Path) -> None:
    for name in ("cơ.csv", decomposed("cơ.csv")):
        (tmp_path / name).touch()
    assert as_on_disk(tmp_path / "cơ.csv").name == "cơ.csv"
    assert as_on_disk(tmp_path / decomposed("cơ.csv")).name == decomposed("cơ.csv")


def test_two_names_that_look_like_a_third_are_not_chosen_between(tmp_path: Path) -> None:
    for letters in ("o\u031b\u0300", "o\u0300\u031b"):
        (tmp_path / f"c{letters}.csv").touch()
    with pytest.raises(ScenarioErrors) as refused:
        as_on_disk(tmp_path / "cờ.csv")
    assert [(error.code, error.place) for error in refused.value.errors] == [("E-FILE-007", str(tmp_path / "cờ.csv"))]


@pytest.mark.parametrize("kind", ["scenario", "option", "table"])
def test_names_longer_than_a_disk_takes_are_told_with_the_limit(small: Small, kind: str) -> None:
    long = "Đ" * 140
    if kind == "table":
        small.edit(PROVINCE, "tables/agencies.csv", f"{long}.csv")
    options = [f"{long}.toml"] if kind == "option" else []
    with pytest.raises(ScenarioErrors) as refused:
        load(f"{long}.toml" if kind == "scenario" else "small", root=small.root, options=options)
    told = next(error for error in refused.value.errors if error.code == "E-FILE-008")
    assert "255 byte" in told.text("vi")
    assert "255 bytes" in told.text("en")
    assert "284 bytes" in told.text("en") or "285 bytes" in told.text("en")


def test_a_table_wrong_in_every_cell_is_one_line_a_column_in_time(small: Small) -> None:
    head = (small.root / "tables/agencies.csv").read_text(encoding="utf-8").partition("\n")[0]
    seconds, faults = {}, []
    for lines in (500, 5000):
        small.write("tables/agencies.csv", head + "\n" + (",".join("?" * 18) + "\n") * lines)
        started = time.process_time()
        faults = small.faults()
        seconds[lines] = time.process_time() - started
    assert seconds[5000] < 30 * seconds[500], "ten times the lines take ten times as long, not a hundred times"
    readable = {"name_vi", "name_en", "source"}  # a question mark is a text
    assert sorted(fault.key for fault in faults) == sorted(set(head.split(",")) - readable)
    assert {len(fault.rows) for fault in faults} == {5000}
    assert all(fault.text("vi").endswith("(5000 dòng: 2-5001)") for fault in faults)


def test_a_table_of_ever_new_faults_is_given_up(small: Small) -> None:
    head = (small.root / "tables/budget.csv").read_text(encoding="utf-8").partition("\n")[0]
    rows = "".join(f"I.{n},I,Mạng,Network,X{n},2016,1\n" for n in range(1000))
    small.write("tables/budget.csv", f"{head}\n{rows}")
    faults = small.faults()
    assert len(faults) == 201
    assert "E-TAB-006" in [fault.code for fault in faults]


def test_unknown_parents_and_keys_by_the_thousand_are_given_up_in_time(small: Small) -> None:
    row = "com.{n},commune,dist.{n},Xã {n},Commune {n},,21,3,0.7,0,0,none,0,0,0,0,plan,test\n"
    text = (small.root / "tables/agencies.csv").read_text(encoding="utf-8")
    small.write("tables/agencies.csv", text + "".join(row.format(n=n) for n in range(10, 4900)))
    text = (small.root / PROVINCE).read_text(encoding="utf-8")
    small.write(PROVINCE, text + "[people]\n" + "".join(f"register_{n} = 1\n" for n in range(15_000)))
    started = time.process_time()
    assert {"E-AGY-003", "E-KEY-001"} <= set(refused_codes(small))
    assert time.process_time() - started < 10


def test_parents_named_twice_at_every_step_are_climbed_once(small: Small) -> None:
    for step in range(15):
        parents = f'["s{step + 1}", "s{step + 1}"]' if step < 14 else '["small"]'
        small.write(f"provinces/s{step}.toml", f"extends = {parents}\n")
    started = time.process_time()
    assert len(load("s0", root=small.root).layers) == 17
    assert time.process_time() - started < 2
