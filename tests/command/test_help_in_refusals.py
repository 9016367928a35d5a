"""What is refused or cannot be told is said in a sentence with the way out, in both languages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from tiny_province import Do, write_tiny

from sim.command import main as program

LONG = "Đ" * 140
OVER = ("--over", "people.scan")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "TINY", "--out", LONG), 3, "280 bytes; a disk takes 255"),
        (("report", LONG), 3, "280 bytes; a disk takes 255"),
        (("status", LONG), 3, "280 bytes; a disk takes 255"),
        (("watch", LONG), 3, "280 bytes; a disk takes 255"),
        (("sensitivity", LONG), 3, "280 bytes; a disk takes 255"),
        (("init", "binh_dinh_2016_2020", "--out", f"{LONG}.csv"), 3, "284 bytes; a disk takes 255"),
        (("verify", "--sample", LONG), 3, "255"),
        (("new", LONG, "--from", "TINY"), 3, "at most 64"),
        (("check", "TINY", "--option", "voluntary"), 3, "it is in adoption/ (use --adoption)"),
        (("check", "TINY", "--set", "budget.scale.I=2"), 3, 'the whole chapter is "chapter.I"'),
        (("goal", "TINY", "--target", "3", "--over", "budget.scale.I.1=0:2"), 3, "there are electronic"),
        (("sweep", "TINY", *OVER, "--design", "lhs", "--samples", 1), 2, "use --samples 3 or more"),
        (("sweep", "TINY", *OVER, "--design", "sobol", "--samples", 2), 2, "use --samples 3 or more"),
        (("sweep", "TINY", *OVER, "--design", "morris", "--samples", 1), 2, "use --samples 2 or more"),
        (("sweep", "TINY", "--over", "budget.scale.I.1=0:2:1"), 2, "KEY=lo:hi:3"),
        (("sensitivity", "TINY", *OVER, "--samples", 1), 2, "too few trajectories for morris: 1, where 2"),
        (
            ("sensitivity", "TINY", *OVER, "--design", "saltelli", "--samples", 4),
            2,
            "base points for saltelli: 4, where 8",
        ),
        (("sensitivity", "TINY", *OVER, "--design", "lhs", "--samples", 11), 2, "PAWN indices: 11, where 12"),
        (("sweep", "TINY", *OVER, "--until", "2016-02-20"), 2, "no target is due within the period"),
        (("sensitivity", "TINY", *OVER, "--until", "2016-02-20"), 2, "no target is due within the period"),
    ],
)
def test_what_is_refused_says_the_way_out(words: tuple[object, ...], code: int, said: str, tiny: Path, do: Do) -> None:
    if "saltelli" in words or (words[0] == "sensitivity" and "--samples" in words):
        pytest.importorskip("SALib")
    found, out, err = do(*(tiny if word == "TINY" else word for word in words))
    assert (found, said in err + out) == (code, True), err
    assert "bug" not in err


def test_the_same_in_vietnamese(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (("run", str(tiny), "--out", LONG), "ổ đĩa nhận nhiều nhất 255 byte"),
        (
            ("sweep", str(tiny), *OVER, "--design", "lhs", "--samples", "1"),
            "quá ít trường hợp để biết các tham số làm thay đổi gì",
        ),
        (("check", str(tiny), "--option", "voluntary"), "tên đó có trong adoption/ (dùng --adoption)"),
        (("check", str(tiny), "--until", "2016-01-10"), "không kết luận được chỉ tiêu nào đạt"),
    ):
        assert program.main([*words, "--lang", "vi"]) in (0, 2, 3)
        captured = capsys.readouterr()
        assert said in captured.out + captured.err


def test_a_period_that_ends_early_is_valid_and_says_what_it_cannot_tell(tiny: Path, do: Do) -> None:
    code, out, _ = do("check", tiny, "--until", "2016-01-10")
    assert code == 0
    assert "before any target is due (the first on 2016-03-31): no verdict can be given" in out
    assert "The plan was decided on 2016-01-15, after the last day simulated, 2016-01-10" in out
    code, out, _ = do("check", tiny)
    assert (code, "verdict" in out, "decided on" in out) == (0, False, False)


def test_files_named_as_a_mac_names_them_are_found(tmp_path: Path, do: Do) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "tỉnh ở xa")
    folder.mkdir()
    path = write_tiny(folder)
    text = path.read_text(encoding="utf-8").replace("agencies.csv", "cơ quan tỉnh.csv")
    path.rename(folder / unicodedata.normalize("NFD", "tỉnh nhỏ.toml")).write_text(text, encoding="utf-8")
    (folder / "agencies.csv").rename(folder / unicodedata.normalize("NFD", "cơ quan tỉnh.csv"))
    code, out, err = do("check", tmp_path / "tỉnh ở xa" / "tỉnh nhỏ.toml")
    assert (code, "valid" in out) == (0, True), err
