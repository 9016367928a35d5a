"""The verdicts that the README and the page on Bình Định print are those of the run kept in `results/example/`."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from pages import ROOT, tables, text_of

from sim.measure.verdicts import TOO_CLOSE
from sim.measure.verdicts import decided as verdict_allowed
from sim.report.formatting import number_text
from sim.report.words import verdict_text
from sim.scenario.loading import load

EXAMPLE = ROOT / "results" / "example"
REQUIRED = load("binh_dinh_2016_2020").scenario.run.required_probability.value
WHOLE = ROOT / "docs" / "binh_dinh.md"
SHORT = {"en": ROOT / "README.md", "vi": ROOT / "README.vi.md"}


def rows_of(table: str) -> list[dict[str, str]]:
    with (EXAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decided() -> list[dict[str, str]]:
    """The reading of each target that decides, in the plan's order."""
    return [row for row in rows_of("targets") if row["reading"] == "plan"]


def percent(share: str) -> str:
    value = 100 * float(share)
    return number_text(value, 0 if value in (0, 100) else 1, "en")


def line_of(number: int, row: dict[str, str]) -> list[str]:
    """What a page prints of a target, its title left out: name, threshold, median and band, reached, verdict."""
    of_money = "money alone" in row["verdict"]
    reached = round(float(row["p_reached"]) * int(row["n"]))
    return [
        f"{number} ({row['target_id']})",
        f"{100 * float(row['stated_threshold']):g} %",
        f"{percent(row['median'])} % ({percent(row['p05'])}-{percent(row['p95'])})",
        f"{percent(row['p_reached'])} % of {int(row['n']):,} draws" if of_money else f"{reached} of {row['n']}",
        row["verdict"].partition(" (money")[0],
    ]


def wanted() -> dict[str, list[str]]:
    lines = [line_of(number, row) for number, row in enumerate(decided(), start=1)]
    return {line[0]: line for line in lines}


def printed(page: Path) -> dict[str, list[str]]:
    """The rows of the page's table of verdicts, by number and id."""
    rows = [row for row in tables(page) if len(row) == 5 and re.match(r"\d+ \(\w+\)", row[0])]
    names = [" ".join(row[0].split(" ")[:2]) for row in rows]
    return {name: [name, *row[1:]] for name, row in zip(names, rows, strict=True)}


def test_the_page_on_the_first_province_prints_every_verdict() -> None:
    assert printed(WHOLE) == wanted()


def test_every_verdict_kept_follows_from_its_interval() -> None:
    """A verdict of a former rule would stand there still."""
    for row in rows_of("targets"):
        allowed = verdict_allowed(float(row["p_low"]), float(row["p_high"]), REQUIRED)
        said = row["verdict"].partition(" (")[0]
        assert said == allowed or (allowed is None and said in ("undecided", TOO_CLOSE)), row["target_id"]


def test_the_readme_prints_some_of_them() -> None:
    shown = printed(SHORT["en"])
    assert len(shown) == 5
    assert shown == {name: line for name, line in wanted().items() if name in shown}


def test_the_readmes_count_the_verdicts() -> None:
    kinds = Counter(row["verdict"].partition(" (")[0] for row in decided())
    order = ("reachable", "at risk", "out of reach", "too close to call", "undecided")
    assert set(kinds) <= set(order)
    counted = [len(decided()), *(kinds[kind] for kind in order)]
    for lang, first, last in (("en", "Of the ", "twenty"), ("vi", "Trong 20", "hai mươi")):
        sentence = re.search(rf"^{first}.*?{last}", text_of(SHORT[lang]), re.MULTILINE | re.DOTALL)
        assert sentence is not None
        assert [int(number) for number in re.findall(r"\d+", sentence[0])] == counted


@pytest.mark.parametrize("name", sorted(printed(SHORT["en"])))
def test_the_vietnamese_verdicts_are_those_of_the_report(name: str) -> None:
    english, vietnamese = printed(SHORT["en"])[name][-1], printed(SHORT["vi"])[name][-1]
    assert verdict_text(english, "vi") == vietnamese


def test_causes_and_money_are_those_of_the_example() -> None:
    """Mean shares of the deliveries of 2020 that were not electronic; medians of all money, in thousand million VND."""
    last = [row for row in rows_of("causes") if (row["year"], row["group"]) == ("2020", "not_electronic")]
    share = {row["cause"]: f"{100 * float(row['share_mean']):.0f}" for row in last}
    unreachable, without = share["recipient_unreachable"], share["sender_no_eoffice"]
    whole = {row["entry"]: row for row in rows_of("money") if {row["line_id"], row["source"], row["year"]} == {"all"}}
    median = {entry: f"{float(row['median']) / 1000:.1f}" for entry, row in whole.items()}
    planned, arrived, spent = (median[entry] for entry in ("planned", "arrived", "spent"))
    band = "{:.1f} to {:.1f}".format(*(float(whole["spent"][end]) / 1000 for end in ("p05", "p95")))
    english, vietnamese, page = (" ".join(text_of(found).split()) for found in (SHORT["en"], SHORT["vi"], WHOLE))
    assert f"{unreachable} % went to an agency that could not be reached so and {without} % came from one" in english
    assert f"of {planned} billion VND planned, {spent} are spent" in english
    told = f"{unreachable} % gửi đến nơi chưa nhận được bản điện tử và {without} % xuất phát từ nơi chưa dùng"
    assert told in vietnamese
    money = f"kế hoạch {planned} tỷ đồng, giải ngân được {spent} tỷ đồng"
    assert money.replace(".", ",") in vietnamese
    assert f"{unreachable} % went to a recipient that could not be reached electronically and {without} % came" in page
    assert f"of {planned} billion VND planned, {arrived} arrive and {spent} are spent (medians; {band} spent)" in page
