"""Each row breaks a valid small scenario in one place and says which error must name it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sim.scenario.cautions import cautions_of

if TYPE_CHECKING:
    from conftest import Small

PROVINCE = "provinces/small.toml"
DEFAULTS = "defaults.toml"
AGENCIES = "tables/agencies.csv"


DRAFT = 'draft = { value = "5 min"'
SHIFTS = 'weekdays = ["07:00-11:30", "13:30-17:00"]'


class Broken(NamedTuple):
    """One edit and the error it must give; without `old` the new text is appended."""

    file: str
    new: str
    code: str
    key: str
    word: str
    old: str = ""


TABLE = Path(__file__).with_name("broken_scenarios.toml")
CASES = {name: Broken(**case) for name, case in tomllib.loads(TABLE.read_text(encoding="utf-8")).items()}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_error_names_code_place_key_and_reason(small: Small, case: Broken) -> None:
    if case.old:
        small.edit(case.file, case.old, case.new)
    else:
        small.write(case.file, (small.root / case.file).read_text(encoding="utf-8") + "\n" + case.new)
    faults = small.faults()
    found = [fault for fault in faults if fault.code == case.code and fault.key == case.key]
    assert found, [fault.text("en") for fault in faults]
    assert case.word in found[0].text("en")
    assert found[0].place.partition(":")[0].endswith(case.file.rpartition("/")[2])
    assert found[0].place.rpartition(":")[2].isdecimal() or case.code == "E-FILE-001"
    assert found[0].reason.vi != found[0].reason.en
    in_english = re.search(r"[\d.]+ (days|h|min|million VND|billion VND|/year)\b", found[0].reason.vi)
    assert in_english is None, "a quantity in words of the other language"


def test_the_place_is_the_line_of_the_edit(small: Small) -> None:
    small.edit(PROVINCE, "due = 2017-12-31", "due = 2019-12-31")
    small.edit(AGENCIES, "com.2,commune,dist.a", "com.2,commune,dist.z")
    places = {fault.code: fault.place for fault in small.faults()}
    assert places == {
        "E-TGT-001": f"scenarios/{PROVINCE}:{small.line_of(PROVINCE, '2019-12-31')}",
        "E-AGY-003": f"scenarios/{AGENCIES}:{small.line_of(AGENCIES, 'dist.z')}",
    }


def test_every_error_of_every_file_comes_at_once(small: Small) -> None:
    small.edit(PROVINCE, "warm_up", "warmup")
    small.edit(PROVINCE, '"exchange_electronic_share"', '"x"')
    small.edit(DEFAULTS, DRAFT, "draft = { value = 5")
    small.edit(DEFAULTS, SHIFTS, "weekdays = []")
    small.edit(AGENCIES, ",75,5,3", ",many,5,3")
    small.edit("tables/totals.csv", "I,TW,2016,100", "I,TW,2016,99")
    small.write("options/bad.toml", "title = 1")
    codes = {fault.code for fault in small.faults(options=["bad"], sets=["volumes"])}
    expected = {"E-KEY-001", "E-KEY-003", "E-UNIT-001", "E-TAB-002", "E-BUD-001", "E-OVL-003", "E-SET-001"}
    assert expected <= codes


def test_a_total_says_what_it_is_of_and_what_to_type_and_may_be_left_out(small: Small) -> None:
    small.edit("tables/totals.csv", "I,TW,2016,100", "I,TW,2016,1099.5")
    (fault,) = small.faults()
    assert (fault.code, fault.reason.vi) == (
        "E-BUD-001",
        "I, ngân sách Trung ương hỗ trợ, năm 2016: các dòng cộng lại 100 triệu đồng, tổng ghi 1.099,5 triệu đồng",
    )
    assert "ghi tổng này là 100 nếu" in fault.repair.vi
    assert 'không cần đối chiếu thì đặt totals = ""' in fault.repair.vi
    small.edit("tables/totals.csv", "TOTAL,TW,total,150.5", "TOTAL,TW,total,151")
    assert "150.5 (Excel tiếng Việt: 150,5)" in "".join(fault.repair.vi for fault in small.faults())
    unchecked = small.load(sets=['budget.totals=""'])
    assert unchecked.budget_totals == ()
    assert [said.en for said in cautions_of(unchecked) if "budget.totals" in said.en]


def test_rules_are_checked_although_a_key_is_misspelt(small: Small) -> None:
    small.edit(PROVINCE, "due = 2017-12-31", "due = 2019-12-31")
    text = (small.root / PROVINCE).read_text(encoding="utf-8")
    small.write(PROVINCE, text + "\n[network]\nretry_limit = 0.5\npoll_intervall = 1\n")
    codes = [fault.code for fault in small.faults()]
    assert codes == ["E-TGT-001", "E-RUN-003", "E-KEY-001"]


def test_what_is_missing_hides_no_other_fault_and_brings_none(small: Small) -> None:
    """A horizon without a first day, a target without a measure: their stand-ins are compared with nothing."""
    small.edit(PROVINCE, "start = 2016-01-01\n", "")
    small.edit(PROVINCE, 'measure = "exchange_electronic_share"\nscope = "tiers:province+district"', 'scope = "tier:x"')
    small.edit(PROVINCE, "tiers = [", "tiers = [] #")
    small.edit(AGENCIES, ",75,5,3", ",75,85,3")
    assert {(fault.code, fault.key) for fault in small.faults()} == {
        ("E-KEY-003", "horizon.start"),
        ("E-KEY-003", "targets.electronic.measure"),
        ("E-TGT-004", "targets.electronic.scope"),
        ("E-DATE-004", "mandates.order.tiers"),
        ("E-AGY-004", "leaders"),
    }


def test_money_and_what_it_buys_go_together(small: Small) -> None:
    """A line without purchases is valid and does nothing, which is said; purchases without any line are a fault."""
    assert "II.1; their 20 million VND change nothing" in cautions_of(small.load())[0].en
    for table in ("tables/budget.csv", "tables/totals.csv"):
        small.write(table, (small.root / table).read_text(encoding="utf-8").partition("\n")[0] + "\n")
    (bare,) = small.faults()
    assert (bare.code, bare.place) == ("E-BUD-004", "scenarios/tables/purchases.csv:2")


def test_a_horizon_that_ends_too_early_is_one_fault(small: Small) -> None:
    (early,) = small.faults(sets=["horizon.end=2016-06-30"])
    assert (early.code, early.place) == ("E-DATE-008", "--set horizon.end=2016-06-30")
    assert "--until 2016-06-30" in early.repair.vi
    assert "1 target and 0 orders" in early.reason.en
    (turned,) = small.faults(sets=["horizon.end=2015-06-30"])
    assert (turned.code, turned.key) == ("E-DATE-001", "horizon.end")


def test_errors_read_in_vietnamese_and_hide_no_control_characters(small: Small) -> None:
    small.edit(PROVINCE, '"exchange_electronic_share"', '"\\u001b[31m"')
    text = next(fault for fault in small.faults() if fault.code == "E-TGT-002").text("vi")
    assert "không có cách đo" in text
    assert "\x1b" not in text
    assert "\\x1b[31m" in text


def test_a_table_of_too_many_rows_is_refused(small: Small) -> None:
    row = "com.{n},commune,dist.a,Xã {n},Commune {n},,21,3,0.7,0,0,none,0,0,0,0,plan,test\n"
    path = small.root / AGENCIES
    small.write(AGENCIES, path.read_text(encoding="utf-8") + "".join(row.format(n=n) for n in range(10, 5010)))
    assert [fault.code for fault in small.faults() if fault.key == ""] == ["E-TAB-003"]


def test_a_huge_table_is_refused_unread(small: Small) -> None:
    with (small.root / AGENCIES).open("wb") as file:
        file.truncate(9 << 20)
    assert "E-FILE-003" in [fault.code for fault in small.faults()]


def test_a_link_out_of_the_folder_is_refused(small: Small) -> None:
    outside = small.root.parent / "outside.csv"
    outside.write_text("secret", encoding="utf-8")
    (small.root / "tables" / "link.csv").symlink_to(outside)
    small.edit(PROVINCE, "tables/agencies.csv", "tables/link.csv")
    assert "E-FILE-006" in [fault.code for fault in small.faults()]


def test_traffic_with_the_outside_needs_somebody_outside(small: Small) -> None:
    small.edit(AGENCIES, "out.gov,outside,,Chính phủ,Government,,0,0,0,0,0,dedicated,1,1,0,1,plan,test\n", "")
    faults = small.faults()
    assert [(fault.code, fault.key) for fault in faults] == [
        ("E-VOL-004", "volumes.from_outside_share"),
        ("E-VOL-004", "volumes.to_outside_share"),
    ]
    assert all("thêm vào bảng cơ quan một dòng ngoài tỉnh" in fault.repair.vi for fault in faults)
