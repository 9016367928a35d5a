"""`init` on a small province: what it writes and says, what it refuses, and that its tables are then a scenario's."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from started import LINKED, MAIL, USE, baselines, start
from worlds import Provinces

from sim.command import exit_codes
from sim.command.main import main
from sim.engine.draws import luck_of
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import load
from sim.scenario.start_states import SHARES
from sim.studies.fitting import Candidate
from sim.studies.start_model import GREATEST_USE, StartSpec, look_at_start, wide_state

Said = Callable[..., tuple[int, str, str]]

IMPOSSIBLE = LINKED | {"id": "linked"}
"""No commune has e-office, so none is linked, whatever the state."""


LOOKED: dict[tuple[object, ...], bytes] = {}


def looked(spec: StartSpec, number: int) -> bytes:
    """Each state is simulated once for all fits here: it hangs on seed and number alone, as a test below shows."""
    key = (spec.content_hash, spec.seed, spec.wide, number)
    if key not in LOOKED:
        LOOKED[key] = look_at_start(spec, number)
    return LOOKED[key]


@pytest.fixture(autouse=True, scope="module")
def looked_at_once() -> Iterator[None]:
    with patch("sim.studies.start_model.look_at_start", looked):
        yield


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Said:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIENTHONG_LANG", raising=False)
    monkeypatch.setenv("LANG", "C")

    def say(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return say


@pytest.fixture(scope="module")
def written(provinces: Provinces, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province as a file of its own, in its own folder with its tables."""
    name = start(provinces, None, None).scenario.name
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(provinces.root / "tables", folder / "tables")
    text = (provinces.root / "provinces" / f"{name}.toml").read_text(encoding="utf-8")
    path = folder / "own.toml"
    path.write_text(baselines(USE, MAIL, IMPOSSIBLE) + "\n" + text, encoding="utf-8")
    return path


@pytest.fixture
def own(written: Path, tmp_path: Path) -> Path:
    """A copy that the test may write beside."""
    shutil.copytree(written.parent, tmp_path / "own")
    return tmp_path / "own" / "own.toml"


def init(own: Path, *words: object) -> list[object]:
    return ["init", own, "--candidates", 12, "--workers", 0, *words]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_both_tables_are_written_and_make_a_scenario(own: Path, said: Said) -> None:
    code, out, err = said(*init(own))
    assert code == exit_codes.DONE
    assert "đã thử" in err
    (fitted,) = [path for path in (own.parent / "initial").glob("*.csv") if "residuals" not in path.name]
    left = fitted.with_name(f"{fitted.stem}_residuals.csv")
    kept = rows_of(fitted)
    assert 1 <= len(kept) <= 12, "in most of the small province's draws somebody drowns"
    assert [int(row["candidate"]) for row in kept] == sorted({int(row["candidate"]) for row in kept})
    by_name = {row["baseline_id"]: row for row in rows_of(left)}
    assert by_name["linked"]["state"] == "impossible"
    assert by_name["linked"]["nearest"] == "0.000000"
    assert "không thể có" in out
    lines = f'\n[start]\nfitted = "initial/{fitted.name}"\nresiduals = "initial/{left.name}"\n'
    assert all(line in out for line in lines.strip().splitlines()[1:])
    own.write_text(own.read_text(encoding="utf-8") + lines, encoding="utf-8")
    loaded = load(own)
    assert len(loaded.start_states) == len(kept)
    for row, state in zip(kept, loaded.start_states, strict=True):
        drawn = draw_parameters(loaded.scenario, luck_of(state.seed, state.candidate))
        for name in SHARES:
            assert float(row[name]) == getattr(state, name) == pytest.approx(drawn[f"start.{name}"], abs=1e-6)
    code, out, _ = said("check", own)
    assert code == exit_codes.DONE, out
    code, _, err = said(*init(own, "--lang", "en"))
    assert code == exit_codes.INVALID
    assert f"add --out {fitted.with_name(fitted.stem + '_2.csv')}" in err


def test_the_answer_for_a_machine_and_in_english(own: Path, said: Said) -> None:
    out_file = own.parent / "second.csv"
    code, out, _ = said(*init(own, "--out", out_file, "--json"))
    answer = json.loads(out)
    assert (code, answer["command"], answer["candidates"]) == (exit_codes.DONE, "init", 12)
    assert answer["wide_candidates"] == 20
    assert answer["files"] == {"fitted": str(out_file), "residuals": str(own.parent / "second_residuals.csv")}
    assert answer["kept"] == len(rows_of(out_file))
    linked = next(row for row in answer["baselines"] if row["baseline_id"] == "linked")
    assert (linked["state"], linked["simulated_median"], linked["in_band_share"]) == ("impossible", 0.0, 0.0)
    assert "no starting state gives it" in linked["reason_en"]
    for name in SHARES:
        span = answer["start"][name]
        assert 0.0 < span["p05"] <= span["median"] <= span["p95"] <= 1.0
    first = out_file.read_bytes(), (own.parent / "second_residuals.csv").read_bytes()
    code, out, _ = said(*init(own, "--out", own.parent / "third.csv", "--lang", "en"))
    assert code == exit_codes.DONE
    assert "12 starting states tried" in out
    assert "impossible: no starting state gives it; the nearest any gave is 0.0%" in out
    again = (own.parent / "third.csv").read_bytes(), (own.parent / "third_residuals.csv").read_bytes()
    assert again == first


def test_a_stopped_fit_goes_on_from_what_was_tried(own: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def stopped(spec: StartSpec, number: int) -> bytes:
        if len(tried) == 5:
            raise KeyboardInterrupt
        tried.append(number)
        return looked(spec, number)

    whole, parts = own.parent / "whole.csv", own.parent / "parts.csv"
    assert said(*init(own, "--out", whole))[0] == exit_codes.DONE
    assert not list(Path("results").iterdir())
    monkeypatch.setattr("sim.studies.start_model.look_at_start", stopped)
    code, out, err = said(*init(own, "--out", parts, "--lang", "en"))
    assert (code, out) == (exit_codes.INTERRUPTED, "")
    assert f"--out {parts}" in err.partition("Go on with:")[2]
    assert not parts.exists()
    (standing,) = json.loads(said("status", "--json")[1])["runs"]
    assert (standing["status"], standing["done"], standing["asked"]) == ("interrupted", 5, 32)
    tried.clear()
    tried.extend([-1] * 6)
    assert said(*init(own, "--out", parts))[0] == exit_codes.DONE
    assert tried[6:] == [*range(5, 12), *range(20)]
    assert parts.read_bytes() == whole.read_bytes()
    assert not list(Path("results").iterdir())


def test_states_that_fail_are_told_and_left_out(own: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(spec: StartSpec, number: int) -> bytes:
        if number == 3:
            raise ArithmeticError("volumes contradict each other")
        return looked(spec, number)

    monkeypatch.setattr("sim.studies.start_model.look_at_start", stumbling)
    code, _, err = said(*init(own, "--out", own.parent / "some.csv", "--lang", "en"))
    assert code == exit_codes.SOME_FAILED
    assert "2 of 32 starting states failed and are left out: ArithmeticError: volumes contradict each other" in err
    assert "3" not in {row["candidate"] for row in rows_of(own.parent / "some.csv")}
    assert not list(Path("results").iterdir())


def test_nothing_is_overwritten(own: Path, said: Said) -> None:
    for taken in ("taken.csv", "taken_residuals.csv"):
        path = own.parent / taken
        path.write_text("mine", encoding="utf-8")
        code, out, err = said(*init(own, "--out", own.parent / "taken.csv", "--lang", "en"))
        assert (code, out) == (exit_codes.INVALID, "")
        assert f"{taken}: is there already and is never overwritten; add --out" in err
        assert path.read_text(encoding="utf-8") == "mine"
        path.unlink()


def test_what_cannot_be_done_is_refused_before_anything_is_simulated(own: Path, said: Said) -> None:
    code, _, err = said(*init(own, "--out", "states.txt", "--lang", "en"))
    assert code == exit_codes.INVALID
    assert "must end in .csv" in err
    text = own.read_text(encoding="utf-8")
    own.write_text(text.partition("\n")[2], encoding="utf-8")
    code, _, err = said(*init(own, "--lang", "en"))
    assert code == exit_codes.INVALID
    assert "nothing is reported of the start" in err
    code, _, err = said("init", own, "--candidates", "0", "--lang", "en")
    assert code == exit_codes.USAGE
    assert list(own.parent.glob("initial/*")) == []


def test_a_fit_to_other_bands_does_not_stop_a_new_one(own: Path, said: Said) -> None:
    lines = '\n[start]\nfitted = "initial/old.csv"\nresiduals = "initial/old_residuals.csv"\n'
    own.write_text(own.read_text(encoding="utf-8") + lines, encoding="utf-8")
    code, _, err = said("check", own, "--lang", "en")
    assert code == exit_codes.INVALID
    code, _, err = said(*init(own, "--lang", "en"))
    assert code == exit_codes.DONE, err


def test_a_candidate_is_a_function_of_seed_and_number_alone(written: Path) -> None:
    loaded = load(written)
    stated = StartSpec(str(written), loaded.content_hash, loaded.scenario.run.seed, wide=False)
    wide = StartSpec(str(written), loaded.content_hash, loaded.scenario.run.seed, wide=True)
    first = [look_at_start(spec, number) for spec in (stated, wide) for number in (0, 1, 2)]
    again = [look_at_start(spec, number) for spec in (wide, stated) for number in (2, 1, 0)]
    assert first == [*again[3:][::-1], *again[:3][::-1]]
    assert len(set(first)) == 6
    assert isinstance(first[0], bytes)


def test_the_wide_states_span_everything() -> None:
    states = [wide_state(5, number) for number in range(40)]
    greatest = [state for state in states if all(getattr(state, name) == end for name, end in GREATEST_USE.items())]
    least = [state for state in states if all(getattr(state, n) == 1.0 - end for n, end in GREATEST_USE.items())]
    assert (len(greatest), len(least)) == (10, 10)
    between = [state for state in states if state not in greatest and state not in least]
    assert len(between) == 20
    for name in SHARES:
        shares = sorted(getattr(state, name) for state in between)
        assert shares[0] < 0.2
        assert shares[-1] > 0.8
        assert 0.3 < sum(shares) / len(shares) < 0.7
    assert wide_state(5, 3) == wide_state(5, 3)
    assert wide_state(5, 3) != wide_state(6, 3)


def test_an_encoded_candidate_is_canonical() -> None:
    candidate = Candidate(3, {"b": 0.5, "a": 0.25}, {"use": None}, {"use": ["secret", 0.125]})
    assert candidate.encoded() == (
        b'{"notes":{"use":["secret",0.125]},"state":{"a":0.25,"b":0.5},"values":{"use":null}}'
    )
