"""Words typed: help, languages, refusals with the nearest right word, exit codes, the two streams."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_province import ROOT, Lienthong, started

from sim.command import main as program
from sim.command.arguments import ENGINES
from sim.command.commands import COMMANDS, parser_of
from sim.command.program import chosen_language, command_line
from sim.command.program import program as how_called
from sim.command.usage import UsageError
from sim.model.simulate import ENGINES as ENGINES_OF_THE_MODEL

CODINGS = ("ascii", "utf-8")
SLOW_LIBRARIES = (
    "numpy",
    "numba",
    "pydantic",
    "rich",
    "matplotlib",
    "jinja2",
    "simpy",
    "sqlite3",
    "multiprocessing",
    "cryptography",
    "asn1crypto",
    "pyhanko_certvalidator",
    "scipy",
    "pandas",
    "holidays",
    "xlsxwriter",
    "openpyxl",
    "SALib",
)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = program.main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_help_loads_no_slow_library() -> None:
    """What keeps `--help` quick; how quick it is `tests/benchmarks/starting.py` tells."""
    code = "import sys; from sim.command.main import main; main(['run', '--help']); print(*sys.modules)"
    answered = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(answered.stdout.splitlines()[-1].split())
    assert "sim.command.main" in loaded
    assert not loaded & set(SLOW_LIBRARIES)


def test_help_names_what_is_built_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "--help", "--lang", "en")
    listed = {line.split()[0] for line in out.partition("commands:")[2].splitlines() if line.startswith("  ")}
    assert (code, err) == (0, "")
    assert listed == set(COMMANDS)
    assert all(callable(command.load()) for command in COMMANDS.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    english = said(capsys, name, "--help", "--lang=en")
    vietnamese = said(capsys, name, "--help", "--lang=vi")
    assert english[0] == vietnamese[0] == 0
    assert COMMANDS[name].about.en in english[1]
    assert COMMANDS[name].about.vi in vietnamese[1]
    assert "cách dùng" in vietnamese[1]
    assert "usage" not in vietnamese[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_can_be_typed(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["/x/run.py"])
    shown = said(capsys, name, "--help", "--lang=vi")[1].partition("ví dụ:")[2].splitlines()
    examples = COMMANDS[name].examples
    assert [line.strip() for line in shown if line.strip()] == [f"python run.py {example}" for example in examples]
    for example in examples:
        command, *words = shlex.split(example)
        assert command == name
        parser_of(name, "lienthong", "vi").read(words)


def test_engines_offered_are_the_models() -> None:
    assert ENGINES == ENGINES_OF_THE_MODEL


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        (["rnu"], "không có lệnh “rnu”; có phải “run”?", 'no command "rnu"; did you mean "run"?'),
        (["extnd", "x"], "có phải “extend”?", 'did you mean "extend"?'),
        (["run", "x", "--replication", "5"], "có phải “--replications”?", 'did you mean "--replications"?'),
        (["run", "x", "--sed=5"], "có phải “--seed”?", 'did you mean "--seed"?'),
        (["--jsn", "list"], "có phải “--json”?", 'did you mean "--json"?'),
        (["run", "x", "--engine", "sympy"], "có phải “simpy”?", 'did you mean "simpy"?'),
        (["run", "x", "--engine"], "--engine: cần một giá trị đi kèm", "--engine: expected one argument"),
        (["run", "x", "--replications", "0"], "không phải số nguyên từ 1", "is not a whole number from 1"),
        (["run", "x", "--replications", "1e3"], "“1e3” không phải", '"1e3" is not'),
        (["run", "x", "--seed", "-1"], "--seed", "--seed"),
        (["run", "x", "--workers", "٣"], "không phải số nguyên", "is not a whole number"),
        (["run"], "thiếu tham số: SCENARIO", "required: SCENARIO"),
        (["replay"], "thiếu tham số: RUN", "required: RUN"),
        (["new"], "thiếu tham số: NAME", "required: NAME"),
        (["extend", "x"], "thiếu tham số: --replications", "required: --replications"),
        (["run", "x", "--set", "a=1", "b=2"], "thừa “b=2”; viết --set b=2", "write --set b=2"),
        (["list", "x", "all"], "thừa “all”", 'unexpected argument "all"'),
        (["list", "--json=yes"], "--json: không nhận giá trị", "--json"),
        (["list", "--lang", "fr"], "chọn một trong: vi, en", "one of: vi, en"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_way_out(
    typed: list[str], vietnamese: str, english: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for lang, expected, usage in (("vi", vietnamese, "cách dùng: "), ("en", english, "usage: ")):
        monkeypatch.setenv("LIENTHONG_LANG", lang)
        code, out, err = said(capsys, *typed)
        assert (code, out) == (2, "")
        reason, pointer = err.splitlines()
        assert expected in reason
        assert pointer.startswith(usage)
        assert pointer.endswith(" --help")


def test_argparse_of_another_python_is_understood_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message spelled otherwise stays as it is, and an argparse without its hooks is no fault."""
    parser = parser_of("run", "lienthong", "vi")
    monkeypatch.setattr("sim.command.usage._VIETNAMESE", {})
    with pytest.raises(UsageError, match="required: SCENARIO"):
        parser.read([])
    with monkeypatch.context() as other:
        other.delattr(argparse, "ngettext")
        with pytest.raises(UsageError, match="expected one argument"):
            parser.read(["x", "--engine"])
    assert argparse._("usage: ") == "usage: "


def test_no_command_is_a_usage_fault_that_shows_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys)
    assert (code, out) == (2, "")
    assert all(name in err for name in COMMANDS)


@pytest.mark.parametrize(
    ("typed", "environment", "lang"),
    [
        ([], {}, "vi"),
        ([], {"LANG": "C.UTF-8"}, "vi"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "english"}, "vi"),
        ([], {"LANG": "en_US.UTF-8", "LIENTHONG_LANG": "vi"}, "vi"),
        (["list", "--lang", "en"], {"LIENTHONG_LANG": "vi", "LANG": "vi_VN"}, "en"),
        (["--lang=en", "list"], {}, "en"),
        (["list", "--lang"], {"LANG": "en_GB"}, "en"),
        ([], {"LIENTHONG_LANG": "xx", "LANG": "en_GB"}, "en"),
    ],
)
def test_language_is_the_first_that_was_chosen(typed: list[str], environment: dict[str, str], lang: str) -> None:
    assert chosen_language(typed, environment) == lang


def test_a_bug_is_one_line_and_its_traceback_only_for_who_asks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ArithmeticError("seven\nlines")

    monkeypatch.setattr("sim.command.scenarios.list_all", broken)  # taken by name, and by nobody else
    monkeypatch.delenv("LIENTHONG_DEBUG", raising=False)
    code, out, err = said(capsys, "list", "--lang", "en")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert r"ArithmeticError: seven\nlines (test_words.py:" in err
    assert "LIENTHONG_DEBUG=1" in err
    monkeypatch.setenv("LIENTHONG_DEBUG", "1")
    with pytest.raises(ArithmeticError):
        program.main(["list"])


@pytest.mark.parametrize(
    ("module", "how"),
    [
        ("dask.distributed", 'dask is not installed; install it with: pip install "distributed>='),
        ("SALib", 'SALib is not installed; install it with: pip install "SALib>='),
        ("jinja2", 'jinja2 is not installed; install it with: pip install "jinja2>='),
        ("pyhanko_certvalidator.path", 'pip install "pyhanko-certvalidator<0.34,>=0.33"'),
        ("elsewhere", 'pip install "elsewhere"'),
    ],
)
def test_a_missing_package_is_told_with_the_way_to_get_it(
    module: str, how: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr("sim.command.scenarios.list_all", broken)  # taken by name, and by nobody else
    code, _, err = said(capsys, "list", "--lang", "en")
    assert code == 6
    assert how in err


def test_a_reader_who_goes_away_is_no_fault(tmp_path: Path) -> None:
    process = started(tmp_path, "explain", "binh_dinh_2016_2020", "people")
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()


def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        finished = subprocess.run(
            [sys.executable, str(ROOT / "run.py"), "list", "--lang", "en"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert finished.returncode == 3
    assert finished.stderr == "stdout: cannot be written: the disk is full\n"


def test_closed_streams_are_no_fault(tmp_path: Path) -> None:
    line = f"{sys.executable} {ROOT / 'run.py'} list >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], cwd=tmp_path, env=dict(os.environ), check=False).returncode == 0


def test_a_terminal_without_vietnamese_letters_still_gets_an_answer(lienthong: Lienthong) -> None:
    plain = lienthong("list", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert "binh_dinh_2016_2020" in plain.stdout
    for_a_machine = [json.loads(lienthong("list", "--json", PYTHONIOENCODING=coding).stdout) for coding in CODINGS]
    assert for_a_machine[0] == for_a_machine[1]
    assert for_a_machine[0]["scenarios"][0]["title"]["vi"].startswith("Bà Rịa")


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ([".venv/bin/python", "run.py"], ".venv/bin/python run.py"),
        (["python3", "-X", "dev", "/a b/run.py"], "python3 -X dev '/a b/run.py'"),
        (["/env/bin/python", "/env/bin/lienthong"], "lienthong"),
    ],
)
def test_commands_are_printed_as_the_person_can_type_them(
    typed: list[str], called: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["run", "my plan"]
    monkeypatch.setattr("sys.argv", [typed[-1], *words])
    monkeypatch.setattr("sys.orig_argv", [*typed, *words])
    assert how_called() == called
    assert command_line(words) == f"{called} run 'my plan'"


def test_an_installed_script_that_the_shell_does_not_find_is_printed_with_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "bin" / "lienthong"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [str(script)])
    monkeypatch.setenv("PATH", "/nowhere")
    assert how_called() == "bin/lienthong"
    monkeypatch.setenv("PATH", str(script.parent))
    assert how_called() == "lienthong"
