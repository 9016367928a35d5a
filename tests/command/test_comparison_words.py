"""A comparison's answer in plain words, on a terminal of any width."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from compared_rows import made_up

from sim.command.comparison_answer import comparison_text
from sim.scenario.loading import load


def test_the_answer_in_plain_words(tiny: Path) -> None:
    rows = [
        made_up("gốc"),
        made_up(
            "hơn",
            difference_mean=0.105,
            difference_low=0.09,
            difference_high=0.12,
            holm_significant=True,
            spent_median_million_vnd=1250.0,
        ),
        made_up(
            "kém",
            difference_mean=-0.2,
            difference_low=-0.5,
            difference_high=0.1,
            holm_significant=False,
            spent_median_million_vnd=900.0,
        ),
        made_up("như", difference_mean=0.0, difference_low=0.0, difference_high=0.0, holm_significant=False),
        made_up(
            "hỏng",
            median=None,
            p05=None,
            p95=None,
            p_reached=None,
            p_low=None,
            p_high=None,
            n=0,
            verdict=None,
            spent_median_million_vnd=None,
        ),
    ]
    manifest = {
        "title_vi": "Tỉnh nhỏ",
        "title_en": "Small province",
        "replications_done": 10,
        "replications_asked": 10,
        "cells": [asdict(row) for row in rows],
    }
    targets = load(tiny).scenario.targets
    vietnamese = comparison_text(rows, manifest, targets, 0.01, "vi", 140)
    english = comparison_text(rows, manifest, targets, 0.01, "en", 140)
    assert "Văn bản điện tử  (40%, 31/03/2016)" in vietnamese
    assert "Electronic documents  (40%, 31 Mar 2016)" in english
    assert "+10,5 điểm %" in vietnamese
    assert "+10.5 percentage points" in english
    assert "(9,0 đến 12,0)" not in vietnamese
    assert "(+9,0 đến +12,0)" in vietnamese
    assert "(−50.0 to +10.0)" in english
    lines = {line.split()[0]: line for line in english.splitlines() if line.startswith(tuple(row.cell for row in rows))}
    marks = {"hơn": " clear", "kém": "not clear", "như": "no change"}
    assert [cell for cell, mark in marks.items() if mark not in lines[cell]] == []
    assert lines["hỏng"].count("—") == 5
    assert "Raises it most: hơn en (+10.5 percentage points)." in english
    assert "Hơn nhiều nhất: hơn vi (+10,5 điểm %)." in vietnamese
    assert "  hơn vi: 1.250\n" in vietnamese
    assert "  kém en: 900\n" in english
    assert "  hỏng en: —" in english
    assert "First answer" in english
    without = comparison_text([*rows[:1], *rows[2:]], manifest, targets, 0.01, "vi", 140)
    assert "Không trường hợp nào hơn rõ kịch bản gốc." in without


def test_a_narrow_terminal_breaks_no_number(tiny: Path) -> None:
    rows = [
        made_up("gốc"),
        made_up("hơn", difference_mean=-0.105, difference_low=-0.19, difference_high=-0.12, holm_significant=True),
    ]
    manifest = {
        "title_vi": "Tỉnh",
        "replications_done": 100,
        "replications_asked": 100,
        "cells": [asdict(row) for row in rows],
    }
    narrow = comparison_text(rows, manifest, load(tiny).scenario.targets, 0.01, "vi", 80).splitlines()
    assert max(map(len, narrow)) <= 80
    block = "\n".join(narrow)
    for whole in ("(40,0–60,0%)", "(23,7–76,3%)", "(−19,0 đến −12,0)", "−10,5 điểm %", "chưa đủ cơ sở"):
        assert whole in block
    assert "có ý nghĩa" in block
    assert "Kết quả ban đầu" not in block
