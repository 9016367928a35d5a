"""From the words typed to the exit code."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import REMAINDER, SUPPRESS
from collections.abc import Sequence
from pathlib import Path

from sim.command import exit_codes
from sim.command.commands import COMMANDS, add_common, parser_of
from sim.command.console import Console
from sim.command.program import chosen_language, program
from sim.command.usage import UsageError, WordParser, with_hint
from sim.results.words import Lang, Words
from sim.scenario.errors import shown
from sim.scenario.suggest import did_you_mean

ABOUT = Words(
    "Mô phỏng các cơ quan của một tỉnh gửi nhận văn bản điện tử: kế hoạch có đạt chỉ tiêu không, khi nào, vì sao.",
    "Simulates a Vietnamese province's agencies exchanging documents: will the plan's targets be met, when, and why.",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; returns the exit code. A traceback is shown only with `LIENTHONG_DEBUG=1`."""
    words = list(sys.argv[1:] if argv is None else argv)
    # Work is shared among processes; OpenBLAS that cannot start its threads for want of memory waits for ever.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    console = Console(chosen_language(words, os.environ))
    try:
        return _do(words, console)
    except UsageError as refused:
        how = Words("cách dùng", "usage").text(console.lang)
        console.say_text(f"{refused.text}\n{how}: {refused.command} --help")
        return exit_codes.USAGE
    except KeyboardInterrupt:
        console.say(Words("đã dừng theo yêu cầu", "stopped as asked"))
        return exit_codes.INTERRUPTED
    except Exception as error:
        code = _refused(error, console)
        if code is None and os.environ.get("LIENTHONG_DEBUG") == "1":
            raise
        return _bug(error, console) if code is None else code


def _do(words: list[str], console: Console) -> int:
    top = WordParser(console.lang, program(), ABOUT, _command_list(console.lang))
    top.options.add_argument("command", metavar="COMMAND", nargs="?", help=SUPPRESS)
    top.options.add_argument("words", metavar="...", nargs=REMAINDER, help=SUPPRESS)
    version = Words("hiện phiên bản chương trình và mô hình", "show the versions of program and model")
    top.switch("--version", about=version)
    add_common(top)
    asked = top.read(words)
    console.as_json = asked.json
    if asked.version:
        return _version(console)
    if asked.command is None:
        return _help(top, console, wanted=asked.help)
    if asked.command not in COMMANDS:
        said = shown(asked.command)
        reason = Words(f"không có lệnh “{said}”", f'there is no command "{said}"')
        top.error(with_hint(reason, did_you_mean(asked.command, COMMANDS), console.lang))
    parser = parser_of(asked.command, program(), console.lang)
    if asked.help or {"-h", "--help"} & set(asked.words):
        return _help(parser, console, wanted=True)
    values = parser.read(asked.words)
    console.as_json = asked.json or values.json
    values.typed = words
    return COMMANDS[asked.command].load()(values, console)


def _help(parser: WordParser, console: Console, *, wanted: bool) -> int:
    if wanted:
        console.answer(parser.format_help())
        return exit_codes.DONE
    console.say_text(parser.format_help().rstrip())
    return exit_codes.USAGE


def _version(console: Console) -> int:
    from sim.studies.version import program_hash, release

    versions = {"program": release(), "model": program_hash()}
    if console.as_json:
        console.answer_json("version", versions)
    else:
        model = Words("mô hình", "model").text(console.lang)
        console.answer(f"lienthong {versions['program']}, {model} {versions['model']}")
    return exit_codes.DONE


def _command_list(lang: Lang) -> str:
    title = Words("lệnh", "commands").text(lang)
    more = Words("Xem cách dùng từng lệnh", "More on each command").text(lang)
    lines = [f"  {name:<11}  {command.about.text(lang)}" for name, command in COMMANDS.items()]
    return "\n".join([f"{title}:", *lines, "", f"{more}: {program()} COMMAND --help"])


def _refused(error: Exception, console: Console) -> int | None:
    """Says why an input cannot be used, or returns None when the error is no such refusal."""
    found = exit_codes.refusal(error)
    if found is None:
        return None
    words, code = found
    console.say(words)
    return code


def _bug(error: Exception, console: Console) -> int:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({Path(last[0].filename).name}:{last[0].lineno})" if last else ""
    what = f"{type(error).__name__}: {shown(error)}{where}"
    log = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    console.say(
        Words(
            f"Lỗi của chương trình: {what}.{log} Hãy gửi người phát triển dòng này cùng dòng lệnh đã gõ;"
            " đặt LIENTHONG_DEBUG=1 rồi chạy lại để thấy chi tiết.",
            f"A bug in the program: {what}.{log} Please send this line and the command you typed to its developers;"
            " set LIENTHONG_DEBUG=1 and run again for details.",
        )
    )
    return exit_codes.BUG
