"""`verify FILE --signature SIG --chain PEM --crl CRL --at DATE`: is a signed document to be believed?"""

from __future__ import annotations

import re
import shlex
from argparse import Namespace
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command import exit_codes
from sim.command.commands import parser_of
from sim.command.console import Console
from sim.command.program import program
from sim.command.usage import UsageError
from sim.results.words import Words
from sim.scenario.errors import printable, shown
from sim.studies.refusals import InputRefusedError, in_both_languages

if TYPE_CHECKING:
    from sim.exchange.signature.trust_file import TrustUnreadableError
    from sim.exchange.signature.verdict import Verdict

VIETNAM = timezone(timedelta(hours=7))
LARGEST_FILE = 64 * 1024 * 1024
_LAST_SECOND = time(23, 59, 59)
_VALUES = {
    "passed": Words("HỢP LỆ", "PASSED"),
    "indeterminate": Words("CHƯA XÁC ĐỊNH", "INDETERMINATE"),
    "failed": Words("KHÔNG HỢP LỆ", "FAILED"),
}


def verify(words: Namespace, console: Console) -> int:
    """Say the verdict and all that is wrong; done only if the document passes."""
    if words.sample:
        return _write_sample(Path(words.sample), console)
    missing = [name for name, value in _needed(words).items() if not value]
    if missing:
        raise UsageError(*_usage(missing, console))
    verdict = _verdict(words)
    if console.as_json:
        console.answer_json("verify", _content(words, verdict))
    else:
        console.answer(_text(words, verdict, console))
    return exit_codes.NOT_MET if verdict.findings else exit_codes.DONE


def _needed(words: Namespace) -> dict[str, object]:
    return {"FILE": words.file, "--signature": words.signature, "--chain": words.chain, "--at": words.at}


def _usage(missing: list[str], console: Console) -> tuple[str, str]:
    listed = ", ".join(missing)
    vietnamese = f"thiếu tham số: {listed}; hoặc dùng --sample DIR để tạo một mẫu thử"
    english = f"the following arguments are required: {listed}; or write a sample to try with --sample DIR"
    return Words(vietnamese, english).text(console.lang), parser_of("verify", program(), console.lang).format_usage()


def _verdict(words: Namespace) -> Verdict:
    """Raises InputRefusedError naming everything that cannot be read."""
    from sim.exchange.signature import verify as verify_bytes
    from sim.exchange.signature.policy import Policy
    from sim.exchange.signature.trust_file import TrustUnreadableError

    faults: list[Words] = []
    at = _moment(words.at, faults)
    document, signature, chain = (_bytes(path, faults) for path in (words.file, words.signature, words.chain))
    crls = [_bytes(path, faults) for path in words.crl]
    if faults or at is None:
        raise InputRefusedError(_together(faults))
    policy = Policy(
        leader_required=not words.organisation_only,
        organisation_required=not words.leader_only,
        title_required=not words.any_title,
        weak_allowed=words.history,
    )
    try:
        return verify_bytes(document, signature, chain, crls, at, policy)
    except TrustUnreadableError as error:
        raise InputRefusedError(_unreadable(error, words)) from error


def _unreadable(error: TrustUnreadableError, words: Namespace) -> Words:
    if error.part == "chain":
        vietnamese = f"{words.chain}: không đọc được chứng thư số nào; cần tệp PEM có chứng thư số gốc"
        english = f"{words.chain}: no certificate can be read ({shown(error.reason)}); give a PEM file with the root"
        return Words(vietnamese, english)
    path = words.crl[error.index]
    vietnamese = f"{path}: không phải danh sách thu hồi đọc được; cần tệp CRL dạng DER hoặc PEM"
    return Words(vietnamese, f"{path}: no list of revoked certificates ({shown(error.reason)}); give a CRL, DER or PEM")


def _bytes(path: str, faults: list[Words]) -> bytes:
    from sim.results.atomic_files import plain_reason

    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = in_both_languages(plain_reason(error))
        if isinstance(error, FileNotFoundError):
            reason = Words("không có tệp này", "there is no such file")
        where = printable(path)
        check = Words("hãy kiểm tra đường dẫn", "check the path")
        faults.append(Words(f"{where}: {reason.vi}; {check.vi}", f"{where}: {reason.en}; {check.en}"))
        return b""
    if len(content) > LARGEST_FILE:
        most = LARGEST_FILE // 2**20
        faults.append(Words(f"{path}: lớn hơn {most} MB", f"{path}: larger than {most} MB"))
    return content


def _moment(text: str, faults: list[Words]) -> datetime | None:
    """A day means its last second, in Vietnam; a time without zone is Vietnam's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        said = shown(text)
        vietnamese = f"--at: “{said}” không phải ngày; viết như 2018-06-15 hoặc 2018-06-15T09:30"
        faults.append(Words(vietnamese, f'--at: "{said}" is not a date; write 2018-06-15 or 2018-06-15T09:30'))
        return None
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text):
        moment = datetime.combine(moment.date(), _LAST_SECOND)
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _together(faults: list[Words]) -> Words:
    return Words("\n".join(fault.vi for fault in faults), "\n".join(fault.en for fault in faults))


def _content(words: Namespace, verdict: Verdict) -> dict[str, object]:
    return {
        "file": words.file,
        "at": words.at,
        "value": verdict.value.value,
        "reason": verdict.reason.value if verdict.reason else None,
        "findings": [
            {
                "part": finding.part.value,
                "cause": finding.cause.value,
                "reason": finding.reason.value,
                "value": finding.value.value,
                "note": finding.note,
                "text_vi": finding.text("vi"),
                "text_en": finding.text("en"),
            }
            for finding in verdict.findings
        ],
    }


def _text(words: Namespace, verdict: Verdict, console: Console) -> str:
    head = f"{words.file}: {_VALUES[verdict.value.value].text(console.lang)}"
    lines = [f"  {finding.reason.value}: {finding.text(console.lang)}" for finding in verdict.findings]
    return "\n".join([head, *lines])


def _write_sample(folder: Path, console: Console) -> int:
    from sim.exchange.signature.sample import SAMPLE_DAY, sample_files
    from sim.results.atomic_files import FileWriteError, plain_reason, write_bytes_atomic

    if folder.exists():
        vietnamese = f"{folder}: đã có, không ghi đè; hãy chọn tên khác"
        english = f"{folder}: is there already and is never overwritten; choose another"
        raise InputRefusedError(Words(vietnamese, english))
    files = sample_files()
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise FileWriteError(folder, plain_reason(error)) from error
    for name, content in files.items():
        write_bytes_atomic(folder / name, content)
    commands = {name: _command(folder, *chosen) + f" --at {SAMPLE_DAY}" for name, chosen in _TRIALS.items()}
    if console.as_json:
        console.answer_json("verify", {"folder": str(folder), "files": sorted(files), "commands": commands})
        return exit_codes.DONE
    told = Words("Đã ghi mẫu thử. Thử lần lượt:", "The sample is written. Try in turn:").text(console.lang)
    lines = [f"{_TRIAL_WORDS[name].text(console.lang)}:\n  {command}" for name, command in commands.items()]
    console.answer("\n".join([told, *lines]))
    return exit_codes.DONE


_TRIALS = {
    "good": ("document.json", "agencies.crl"),
    "changed": ("changed.json", "agencies.crl"),
    "revoked": ("document.json", "revoked.crl"),
    "no_list": ("document.json", ""),
}
_TRIAL_WORDS = {
    "good": Words("văn bản hợp lệ", "a good document"),
    "changed": Words("bị sửa sau khi ký", "changed after signing"),
    "revoked": Words("chứng thư số đã bị thu hồi", "its certificate revoked"),
    "no_list": Words("không có danh sách thu hồi", "no list of revoked certificates"),
}


def _command(folder: Path, file: str, listed: str) -> str:
    words = ["verify", str(folder / file), "--signature", str(folder / "signatures.pem")]
    words += ["--chain", str(folder / "chain.pem"), "--crl", str(folder / "root.crl")]
    words += ["--crl", str(folder / listed)] if listed else []
    return f"{program()} {shlex.join(words)}"
