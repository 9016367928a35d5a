"""The answer of `goal`: the least money by source and how sure it is, or that nothing within the bounds is enough."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.command.console import Console
from sim.report.goal import goal_passages, read_goal_tables
from sim.results.run_folder import records
from sim.results.words import Words
from sim.scenario.errors import printable
from sim.studies.run_tables import page_of


def goal_answer(shown: Path, manifest: Mapping[str, Any], console: Console) -> None:
    """Print the answer, or give it to a machine.

    Raises:
        FileWriteError: standard output is full.
    """
    page = page_of(shown, "goal", console.lang)
    if console.as_json:
        content = {
            "folder": str(shown),
            "status": manifest["status"],
            "scenario": manifest["scenario"],
            "seed": manifest["seed"],
            "goal": manifest["goal"],
            "points": records(shown, manifest, "goal_points"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json("goal", content)
        return
    tables = read_goal_tables(shown)
    lines = [tables.manifest.title(console.lang)]
    for passage in goal_passages(tables, console.lang):
        lines += ["", passage.opening, *(f"   {point}" for point in passage.points)]
    text = [printable(line) for line in lines]
    if page.is_file():
        text += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang)]
    console.answer("\n".join(text))
