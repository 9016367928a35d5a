"""`run.py verify`: verdicts, exit codes, refusals with place, reason and repair."""

from __future__ import annotations

import json
import os
import shlex
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from signed_world import good, leader, played, registry

from sim.command import main as program
from sim.command.verifying import LARGEST_FILE
from sim.exchange.signature.document import Document
from sim.exchange.signature.holder import Holder, Kind
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.received import save

Capture = pytest.CaptureFixture[str]


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


def test_changed_line_ends_are_told_as_that(sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    document = Path(sample["good"][1])
    content = document.read_bytes()
    for changed, cause in (
        (content.replace(b"\n", b"\r\n"), "line_ends_changed"),
        (content.replace(b"\n", b"\r\n").replace(b"1", b"2"), "content_changed"),
    ):
        document.write_bytes(changed)
        code, out, _ = said(capsys, *sample["good"], "--json")
        answer = json.loads(out)
        told = [(one["part"], one["cause"]) for one in answer["findings"] if one["cause"] != "document_form"]
        assert (code, answer["value"], answer["reason"]) == (5, "failed", "HASH_FAILURE")
        assert told == [("leader", cause), ("organisation", cause)]
        is_form_told = any(one["cause"] == "document_form" for one in answer["findings"])
        assert is_form_told is (cause == "content_changed")


def test_what_is_malformed_is_said(sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(sample["good"][sample["good"].index("--signature") + 1])
    good = file.read_bytes()
    for content, vi, en in (
        (good[:900], "có dòng BEGIN mà không có dòng END", "it has a BEGIN line and no END line"),
        (good + b"\x1b[2JPASSED\0", "dữ liệu không phải PEM", "bytes that are neither PEM nor DER"),
        (good.replace(b"BEGIN", b"BEGUN", 1), "dòng BEGIN hoặc END bị hỏng", "BEGIN or END line is broken"),
        (b"\x30\x84\0\0\0\1\0", "an end without a beginning", "an end without a beginning"),
    ):
        file.write_bytes(content)
        for lang, words in (("vi", vi), ("en", en)):
            code, out, _ = said(capsys, *sample["good"], "--lang", lang)
            assert code == 5
            assert "FORMAT_FAILURE" in out
            assert words in out
            assert "\x1b" not in out


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
    code, out, err = said(capsys, *words, "--crl", tmp_path / "no.crl", "--at", "31/6/2018", "--lang", "en")
    assert (code, out) == (3, "")
    for place in ("none", "folder", "no.pem", "no.crl", "31/6/2018"):
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


def test_passed_says_who_signed_when_and_what_was_checked(
    sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, parts in (
        ("vi", ("Người ký", "Nguyễn Văn Mẫu", "Giám đốc", "(SAMPLE)", "dấu thời gian 2018-06-15 09:30:00+07:00")),
        ("en", ("Signed by", "Sở Thông tin và Truyền thông (ví dụ)", "time-stamped 2018-06-15 10:30:00+07:00")),
    ):
        out = said(capsys, *sample["good"], "--lang", lang)[1]
        assert all(part in out for part in parts), out
    person, seal = json.loads(said(capsys, *sample["good"], "--json")[1])["signers"]
    assert (person["part"], person["name"], person["title"]) == ("leader", "Nguyễn Văn Mẫu", "Giám đốc")
    assert (seal["part"], seal["agency_id"], seal["stamped"]) == ("organisation", "SAMPLE", "2018-06-15T03:30:00+00:00")
    assert person["proved"] is seal["proved"] is True
    revoked = json.loads(said(capsys, *sample["revoked"], "--json")[1])
    assert [one["proved"] for one in revoked["signers"]] == [False, False]
    assert "not proved" in said(capsys, *sample["revoked"], "--lang", "en")[1]


def test_what_was_left_aside_is_said(sample: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(capsys, *sample["good"], "--any-title", "--leader-only", "--json")[1])
    assert answer["not_checked"] == ["signer_names", "organisation_present"]
    assert {"content", "signature", "certificates", "revocation", "time_stamp"} < set(answer["checked"])
    changed = json.loads(said(capsys, *sample["changed"], "--json")[1])
    assert changed["checked"] == [], "what failed was not found to hold"
    out = said(capsys, *sample["good"], "--any-title", "--lang", "en")[1]
    assert "Not checked: name, title and agency" in out


NASTY = "x)\n\x1b[2J\x1b[1;1HPASSED\x1b[8m\u202e\u200b\u2028\u05d0\u0301\u0301\u0301\ufe0f\x9b31m" + "y" * 500


def test_nothing_a_stranger_wrote_reaches_the_terminal_raw(keys: Keys, tmp_path: Path, capsys: Capture) -> None:
    """Every field of both certificates and of the document, the names of all files, and what cannot be read."""
    nasty = NASTY[:60].replace("\n", " \n")
    who = Holder(Kind.PERSON, "person-1", nasty, nasty, nasty, nasty)
    seal = Holder(Kind.ORGANISATION, "agency-1", nasty, nasty, nasty)
    stated = Document(NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, NASTY)
    case = replace(
        good(), document=stated, leader=replace(leader(), holder=who), organisation=replace(registry(), holder=seal)
    )
    words = shlex.split(save(played(case, keys), tmp_path / "case"))
    strange = tmp_path / "case" / "a\x1b[2Jb\nHỢP LỆ\u202e"
    Path(words[1]).rename(strange)
    words[1] = str(strange)
    missing = [*words[:3], str(tmp_path / NASTY[:30]), *words[4:], "--crl", str(tmp_path / NASTY[:40])]
    unreadable = [str(strange) if word.endswith("chain.pem") else word for word in words]
    for asked in (words, [*words, "--any-title"], missing, unreadable, [*words[:-1], NASTY]):
        for form in (["--lang", "vi"], ["--lang", "en"], ["--json"]):
            code, out, err = said(capsys, *asked, *form)
            assert code in (3, 5)
            printed = out + err
            texts = printed.split("\n")
            if form == ["--json"] and out:
                texts = [*map(str, leaves(json.loads(out))), *texts]
            assert all(text.isprintable() for text in texts), printed
            assert not any(letter in printed for letter in "\u05d0\ufe0f")
            assert max(map(len, texts)) < 700
            assert not any(line.startswith(("PASSED", "HỢP LỆ")) for line in texts)


def leaves(answer: object) -> list[object]:
    if isinstance(answer, dict):
        return [leaf for value in answer.values() for leaf in leaves(value)]
    if isinstance(answer, list):
        return [leaf for value in answer for leaf in leaves(value)]
    return [answer]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_person_of_another_name_is_told_in_both_languages(
    lang: str, keys: Keys, tmp_path: Path, capsys: Capture
) -> None:
    other = replace(leader().holder, name="Trần Thị Khác")
    words = shlex.split(save(played(replace(good(), leader=replace(leader(), holder=other)), keys), tmp_path / "case"))
    code, out, _ = said(capsys, *words, "--lang", lang)
    assert code == 5
    assert {"vi": "người khác", "en": "another person"}[lang] in out
    assert "(Trần Thị Khác)" in out


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("9999-12-31T23:59:59-07:00", 3),
        ("9999-12-31", 3),
        ("0001-01-01T00:00:00+14:00", 3),
        ("0001-01-01", 3),
        ("1949-12-31", 3),
        ("9998-12-29T23:59:59-23:59", 5),
        ("1950-01-02", 5),
        ("2018-W24-5", 0),
        ("20180615", 0),
        ("2018-06-15T24:00", 3),
        ("2018-06-31", 3),
        ("٢٠١٨-٠٦-١٥", 3),
        ("now", 3),
    ],
)
def test_any_time_of_check_gives_a_verdict_or_a_sentence(
    at: str, code: int, sample: dict[str, list[str]], capsys: Capture
) -> None:
    got, out, err = said(capsys, *sample["good"][:-1], at, "--lang", "en")
    assert (got, bool(out)) == (code, code != 3)
    assert "bug" not in err
    assert err.count("\n") == (1 if code == 3 else 0)


def test_pipes_and_folders_are_told_and_never_waited_for(tmp_path: Path, capsys: Capture) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", LARGEST_FILE + 1)
    words = ["verify", tmp_path / "pipe", "--signature", tmp_path, "--chain", "/dev/zero", "--crl", tmp_path / "large"]
    code, _, err = said(capsys, *words, "--at", "2018-06-15", "--lang", "en")
    assert code == 3
    reasons = ("pipe or a device", "it is a folder", "pipe or a device", "larger than 64 MB")
    assert all(reason in line for reason, line in zip(reasons, err.splitlines(), strict=True)), err


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_spelled_in_the_other_unicode_form_is_found(
    form: str, sample: dict[str, list[str]], tmp_path: Path, capsys: Capture
) -> None:
    words = list(sample["good"])
    stored = tmp_path / unicodedata.normalize(form, "văn bản đến.json")
    stored.write_bytes(Path(words[1]).read_bytes())
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    words[1] = unicodedata.normalize(other, str(stored))
    assert said(capsys, *words)[0] == 0
