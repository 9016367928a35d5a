"""38 signed documents made to deceive or to be fair: what a verifier may say of each, and the clause that says so."""

from __future__ import annotations

import json
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from run import main

CASES = Path(__file__).parent / "deceiving_cases.tar.xz"


@cache
def files() -> dict[str, bytes]:
    with tarfile.open(CASES) as archive:
        return {one.name: file.read() for one in archive if (file := archive.extractfile(one)) is not None}


IDS = sorted(name.partition("/")[0] for name in files() if name.endswith("case.json"))


def test_the_cases_are_complete() -> None:
    assert len(IDS) == 38


@pytest.mark.parametrize("case_id", IDS)
def test_each_is_judged_as_the_standards_say(
    case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in files().items():
        folder, _, file = name.partition("/")
        if folder == case_id:
            (tmp_path / file).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    case: dict[str, Any] = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    code = main(["--lang", "en", "--json", "verify", *case["words"]])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    if code in (2, 3):
        assert "refused" in case["value"], case["why"]
        return
    answer = json.loads(out)
    assert answer["value"] in case["value"], case["why"]
    if answer["value"] != "passed" and case["reasons"]:
        assert answer["reason"] in case["reasons"], case["why"]
