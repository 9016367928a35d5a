"""Keys of simulated holders: kept for the user alone, marked, one for each name."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sim.exchange.signature.keys import MARK, Keys, default_folder


def number(keys: Keys, name: str) -> int:
    return keys.key(name).public_key().public_numbers().n


def test_a_holder_keeps_the_key_and_shares_it_with_none(tmp_path: Path) -> None:
    first, second = Keys(tmp_path / "keys"), Keys(tmp_path / "keys")
    assert number(first, "Ủy ban") == number(second, "Ủy ban")
    assert number(first, "Ủy ban") != number(second, "Ủy bаn"), "the second name has a Cyrillic letter"
    assert first.key("Ủy ban").key_size == 2048


def test_files_are_the_users_own_and_say_what_they_are(tmp_path: Path) -> None:
    Keys(tmp_path / "keys").key("a")
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert file.read_text(encoding="ascii").startswith(MARK)


@pytest.mark.parametrize("spoil", ["damaged", "readable by all", "unmarked", "a link"])
def test_a_file_that_cannot_be_trusted_is_made_again(spoil: str, tmp_path: Path) -> None:
    before = number(Keys(tmp_path / "keys"), "a")
    (file,) = (tmp_path / "keys").iterdir()
    text = file.read_bytes()
    if spoil == "damaged":
        file.write_bytes(text[:600])
    elif spoil == "readable by all":
        file.chmod(0o644)
    elif spoil == "unmarked":
        file.write_bytes(text.partition(b"\n")[2])
    else:
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    after = number(Keys(tmp_path / "keys"), "a")
    assert after != before
    assert number(Keys(tmp_path / "keys"), "a") == after
    assert stat.S_IMODE(file.lstat().st_mode) == 0o600


def test_without_a_folder_keys_live_as_long_as_the_object(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    keys = Keys(tmp_path / "file" / "keys")
    assert number(keys, "a") == number(keys, "a")


def test_many_are_made_in_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.exchange.signature.keys.FEWEST_FOR_A_POOL", 3)
    keys = Keys(tmp_path / "keys")
    keys.prepare(["a", "b", "c", "a"], workers=2)
    assert len({number(keys, name) for name in "abc"}) == 3
    assert len(list((tmp_path / "keys").iterdir())) == 3
    assert number(Keys(tmp_path / "keys"), "b") == number(keys, "b")


def test_the_folder_is_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder().parent.parent == tmp_path
