"""Nothing is written outside the run's own folder, over somebody else's files, or by halves."""

import errno
import os
import unicodedata
from pathlib import Path

import pytest

from sim.results.atomic_files import FileWriteError, write_bytes_atomic, write_text_atomic
from sim.studies.folder import FolderRefusedError, RunFolder, run_folder_name, slug

HASH = "0123456789abcdef" * 4
OTHER = "fedcba9876543210" * 4


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bình Định 2016–2020", "binh-dinh-2016-2020"),
        (unicodedata.normalize("NFD", "Đắk Lắk"), "dak-lak"),
        ("ＢÀ ＲỊＡ", "ba-ria"),
        ("../../etc/passwd", "etc-passwd"),
        ("/absolute", "absolute"),
        ("..", "scenario"),
        ("", "scenario"),
        ("con", "con-scenario"),
        ("NUL", "nul-scenario"),
        ("-rf", "rf"),
        ("~", "scenario"),
        ("$HOME\n\x00\u202e\u200b", "home"),
        ("name. ", "name"),
        ("x" * 300, "x" * 60),
        ("省", "scenario"),
    ],
)
def test_slugs_are_plain_and_safe(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_the_folder_is_named_by_slug_and_hash_and_by_nothing_else() -> None:
    assert run_folder_name("Bình Định", HASH) == "binh-dinh@0123456789ab"
    for bad in ("", "0123", "../../../etc/x", HASH.upper()):
        with pytest.raises(ValueError, match="not a run hash"):
            run_folder_name("x", bad)


def test_a_run_takes_up_its_own_folder_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run"
    folder = RunFolder.claim(path, HASH)
    folder.write_text("targets.csv", "a\n")
    assert RunFolder.claim(path, HASH).path == folder.path
    assert RunFolder.opened(path).run_hash == HASH
    with pytest.raises(FolderRefusedError, match="another scenario or program version"):
        RunFolder.claim(path, OTHER)
    assert (path / "targets.csv").read_text() == "a\n"


def test_an_empty_folder_is_taken_a_foreign_one_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert RunFolder.claim(empty, HASH).inside("manifest.json") == empty / "manifest.json"

    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.doc").write_text("ten years of work")
    with pytest.raises(FolderRefusedError, match="not empty"):
        RunFolder.claim(foreign, HASH)
    with pytest.raises(FolderRefusedError, match="no run of lienthong"):
        RunFolder.opened(foreign)
    assert [entry.name for entry in foreign.iterdir()] == ["thesis.doc"]


def test_files_links_and_damaged_marks_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name, reason in (("file", "a file"), ("link", "symbolic link"), ("dangling", "symbolic link")):
        with pytest.raises(FolderRefusedError, match=reason):
            RunFolder.claim(tmp_path / name, HASH)
    assert not (tmp_path / "nowhere").exists()
    run = RunFolder.claim(tmp_path / "run", HASH)
    (run.path / ".lienthong-run").write_text("anything")
    with pytest.raises(FolderRefusedError, match="damaged"):
        RunFolder.claim(tmp_path / "run", HASH)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "a/../../x",
        "a//b",
        "",
        ".",
        "..",
        ".hidden",
        "a/",
        "~root",
        "-rf",
        "x\ny",
        "tệp.csv",
        "x" * 300,
    ],
)
def test_a_name_that_leaves_the_folder_or_is_not_plain_is_refused(tmp_path: Path, name: str) -> None:
    folder = RunFolder.claim(tmp_path / "run", HASH)
    with pytest.raises(FolderRefusedError, match="not a safe file name"):
        folder.write_text(name, "x")
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == [".lienthong-run", "run"]


def test_links_inside_the_folder_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("old")
    folder = RunFolder.claim(tmp_path / "run", HASH)
    (folder.path / "figures").symlink_to(outside)
    with pytest.raises(FolderRefusedError, match="symbolic link"):
        folder.write_text("figures/targets.svg", "x")
    (folder.path / "targets.csv").symlink_to(outside / "precious")
    folder.write_text("targets.csv", "new")
    assert (outside / "precious").read_text() == "old"
    assert (folder.path / "targets.csv").read_text() == "new"
    assert not (folder.path / "targets.csv").is_symlink()
    assert [entry.name for entry in outside.iterdir()] == ["precious"]


def test_sub_folders_are_made_and_half_written_files_cleared(tmp_path: Path) -> None:
    folder = RunFolder.claim(tmp_path / "run", HASH)
    folder.write_text("figures/a.csv", "1")
    (folder.path / "figures" / ".b.csv.77.partial").write_text("half")
    (folder.path / "notes.partial").write_text("mine")
    folder.clear_partials()
    assert sorted(entry.name for entry in folder.path.rglob("*")) == [
        ".lienthong-run",
        "a.csv",
        "figures",
        "notes.partial",
    ]


def test_text_arrives_as_given_bytes_and_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_text_atomic(path, "tỉnh\r\nhuyện\n")
    assert path.read_bytes() == "tỉnh\r\nhuyện\n".encode()
    write_bytes_atomic(path, b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.csv"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    write_text_atomic(path, "old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileWriteError, match=r"x\.csv: cannot be written: the disk is full") as caught:
        write_text_atomic(path, "new")
    assert caught.value.path == path
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.csv"]


def test_the_content_is_on_disk_before_the_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, move = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        steps.append("sync " + Path(f"/proc/self/fd/{descriptor}").resolve().name)
        sync(descriptor)

    def noted_move(path: Path, target: Path) -> Path:
        steps.append(f"move {path.name} to {target.name}")
        return move(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_move)
    write_text_atomic(tmp_path / "x.csv", "new")
    partial = f".x.csv.{os.getpid()}.partial"
    assert steps == [f"sync {partial}", f"move {partial} to x.csv", f"sync {tmp_path.name}"]


def test_a_folder_that_refuses_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError, match="its folder does not exist"):
        write_text_atomic(tmp_path / "nowhere" / "x.csv", "x")
    with pytest.raises(FileWriteError):
        RunFolder.claim(Path("/proc/run"), HASH)
