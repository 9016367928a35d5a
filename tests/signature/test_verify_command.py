"""`run.py verify`: verdicts, exit codes, refusals with place, reason and repair."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from sim.command import main as program


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = program.main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def sample(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> dict[str, list[str]]:
    """The sample written, and the words of each trial that it proposes."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    code, out, _ = said(capsys, "verify", "--sample", tmp_path / "mẫu thử", "--json")
    assert code == 0
    commands = json.loads(out)["commands"]
    return {name: shlex.split(line)[shlex.split(line).index("verify") :] for name, line in commands.items()}


@pytest.mark.parametrize(
    ("trial", "code", "value", "reason"),
    [
        ("good", 0, "passed", None),
        ("changed", 5, "failed", "HASH_FAILURE"),
        ("revoked", 5, "failed", "REVOKED"),
        ("no_list", 5, "indeterminate", "TRY_LATER"),
    ],
)
def test_the_sample_shows_each_verdict(
    trial: str,
    code: int,
    value: str,
    reason: str | None,
    sample: dict[str, list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    got, out, err = said(capsys, *sample[trial], "--json")
    answer = json.loads(out)
    assert (got, answer["value"], answer["reason"], err) == (code, value, reason, "")
    vietnamese, english = (said(capsys, *sample[trial], "--lang", lang)[1] for lang in ("vi", "en"))
    for finding in answer["findings"]:
        assert finding["text_vi"] in vietnamese
        assert finding["text_en"] in english
    assert (reason or "PASSED") in english


def test_a_sample_is_never_written_over(sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(sample["good"][1]).parent
    before = (folder / "chain.pem").read_bytes()
    code, _, err = said(capsys, "verify", "--sample", folder, "--lang", "en")
    assert (code, (folder / "chain.pem").read_bytes()) == (3, before)
    assert "choose another" in err


def test_a_day_means_its_end_in_vietnam(sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """The sample is sealed at 10:30 in Vietnam, which is 03:30 UTC, and its list counts until midnight a day later."""
    words = sample["good"][:-2]
    for at, code in (
        ("2018-06-15T10:29:59", 5),
        ("2018-06-15T10:30:00", 0),
        ("2018-06-15T03:30:00+00:00", 0),
        ("2018-06-15T03:29:59Z", 5),
        ("2018-06-14", 5),
        ("2018-06-16", 0),
        ("2018-06-17", 5),
    ):
        assert said(capsys, *words, "--at", at)[0] == code, at


def test_everything_unreadable_is_named_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    words = ["verify", tmp_path / "none", "--signature", tmp_path / "folder", "--chain", tmp_path / "no.pem"]
    code, out, err = said(capsys, *words, "--crl", tmp_path / "no.crl", "--at", "15/6/2018", "--lang", "en")
    assert (code, out) == (3, "")
    for place in ("none", "folder", "no.pem", "no.crl", "15/6/2018"):
        assert place in err
    assert len(err.splitlines()) == 5
    assert "2018-06-15" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("option", "lang", "part"), [("--chain", "vi", "chứng thư số gốc"), ("--crl", "en", "DER or PEM")]
)
def test_a_file_of_another_kind_is_told_with_the_way_out(
    option: str, lang: str, part: str, sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    words = list(sample["good"])
    words[words.index(option) + 1] = sample["good"][1]
    code, out, err = said(capsys, *words, "--lang", lang)
    assert (code, out) == (3, "")
    assert "document.json" in err
    assert part in err


def test_a_damaged_signature_is_a_verdict(
    sample: dict[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = list(sample["good"])
    (tmp_path / "half").write_bytes(Path(words[words.index("--signature") + 1]).read_bytes()[:700])
    words[words.index("--signature") + 1] = str(tmp_path / "half")
    code, out, _ = said(capsys, *words, "--lang", "en")
    assert code == 5
    assert "FORMAT_FAILURE" in out


def test_missing_words_are_named_with_the_sample_as_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "verify", "file", "--lang", "en")
    assert code == 2
    for part in ("--signature", "--chain", "--at", "--sample"):
        assert part in err
