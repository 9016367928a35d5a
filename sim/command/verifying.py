"""`verify FILE --signature SIG --chain PEM --crl CRL --at DATE`: is a signed document, or a PDF, to be believed?"""

from __future__ import annotations

import os
import shlex
import stat
from argparse import Namespace
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command import exit_codes
from sim.command.commands import parser_of
from sim.command.console import Console
from sim.command.program import program
from sim.command.usage import UsageError
from sim.results.words import Lang, Words
from sim.scenario.errors import ScenarioErrors, printable, shown
from sim.scenario.files import as_on_disk, refuse_long_names
from sim.scenario.table_days import day_typed
from sim.studies.refusals import InputRefusedError, in_both_languages

if TYPE_CHECKING:
    from sim.exchange.signature.trust_file import TrustUnreadableError
    from sim.exchange.signature.verdict import SignedBy, Verdict

VIETNAM = timezone(timedelta(hours=7))
LARGEST_FILE = 64 * 1024 * 1024
LONGEST_PATH_SHOWN = 300
LONGEST_FIELD_SHOWN = 80
"""Letters shown of a path and of a certificate's field (which holds 64); the rest is cut."""
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
    words.is_pdf = _is_pdf(words)
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
    needed = {"FILE": words.file, "--signature": words.signature, "--chain": words.chain, "--at": words.at}
    if words.is_pdf:
        del needed["--signature"]
    return needed


def _is_pdf(words: Namespace) -> bool:
    """Whether the file brings its signatures in itself; with `--signature` any file is signed from outside."""
    from sim.exchange.signature.pdf import is_pdf

    if not words.file or words.signature:
        return False
    return words.file.lower().endswith(".pdf") or is_pdf(_bytes(words.file, []))


def _usage(missing: list[str], console: Console) -> tuple[str, str]:
    listed = ", ".join(missing)
    vietnamese = f"thiếu tham số: {listed}; hoặc dùng --sample DIR để tạo một mẫu thử"
    english = f"the following arguments are required: {listed}; or write a sample to try with --sample DIR"
    return Words(vietnamese, english).text(console.lang), parser_of("verify", program(), console.lang).prog


def _verdict(words: Namespace) -> Verdict:
    """Raises InputRefusedError naming everything that cannot be read."""
    from sim.exchange.signature import verify as verify_bytes
    from sim.exchange.signature.pdf import verify_pdf
    from sim.exchange.signature.policy import Policy
    from sim.exchange.signature.trust_file import TrustUnreadableError

    faults: list[Words] = []
    at = _moment(words.at, faults)
    document = _bytes(words.file, faults)
    signature = b"" if words.is_pdf else _bytes(words.signature, faults)
    chain = _bytes(words.chain, faults)
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
        if words.is_pdf:
            return verify_pdf(document, chain, crls, at, policy)
        return verify_bytes(document, signature, chain, crls, at, policy)
    except TrustUnreadableError as error:
        raise InputRefusedError(_unreadable(error, words)) from error


def _unreadable(error: TrustUnreadableError, words: Namespace) -> Words:
    path = words.chain if error.part == "chain" else words.crl[error.index]
    need = Words(
        "cần chứng thư số kèm chứng thư số gốc, dạng PEM hoặc DER", "give certificates with the root, PEM or DER"
    )
    if error.part == "crl":
        need = Words("cần danh sách thu hồi (CRL), dạng DER hoặc PEM", "give lists of revoked certificates, DER or PEM")
    return _about(path, Words(f"{shown(error.why.vi)}; {need.vi}", f"{shown(error.why.en)}; {need.en}"))


def _bytes(path: str, faults: list[Words]) -> bytes:
    """The content of a regular file; a pipe or device, which might never end, is told and not opened for long."""
    try:
        found = as_on_disk(Path(path))
        # Without O_NONBLOCK opening a FIFO would wait for a writer for ever.
        descriptor = os.open(found, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            kind = os.fstat(descriptor)
            if not stat.S_ISREG(kind.st_mode):
                faults.append(_about(path, _NOT_A_FILE))
                return b""
            content = file.read(LARGEST_FILE + 1) if kind.st_size <= LARGEST_FILE else None
    except ScenarioErrors as error:
        faults += [Words(one.text("vi"), one.text("en")) for one in error.errors]
        return b""
    except (OSError, ValueError) as error:
        faults.append(_about(path, _why_not(error)))
        return b""
    if content is None or len(content) > LARGEST_FILE:
        most = LARGEST_FILE // 2**20
        faults.append(_about(path, Words(f"lớn hơn {most} MB", f"larger than {most} MB")))
        return b""
    return content


_NOT_A_FILE = Words(
    "là đường ống hoặc thiết bị, không phải tệp; hãy lưu nội dung vào một tệp rồi kiểm tra tệp đó",
    "it is a pipe or a device, not a file; save what comes from it to a file and verify that",
)


def _about(path: str, why: Words) -> Words:
    where = shown(path, LONGEST_PATH_SHOWN)
    return Words(f"{where}: {why.vi}", f"{where}: {why.en}")


def _why_not(error: OSError | ValueError) -> Words:
    from sim.results.atomic_files import plain_reason

    if isinstance(error, FileNotFoundError):
        return Words("không có tệp này; hãy kiểm tra đường dẫn", "there is no such file; check the path")
    if not isinstance(error, OSError):
        return Words("đường dẫn có ký tự không dùng được", "the path has a character that no path can have")
    reason = in_both_languages(plain_reason(error))
    return Words(f"{reason.vi}; hãy kiểm tra đường dẫn", f"{reason.en}; check the path")


def _moment(text: str, faults: list[Words]) -> datetime | None:
    """A day means its last second, in Vietnam; a time without zone is Vietnam's."""
    from sim.exchange.signature.verifier import EARLIEST_CHECK, LATEST_CHECK

    said = shown(text)
    day = day_typed(text)
    with suppress(ValueError):
        day = day or date.fromisoformat(text)
    try:
        moment = datetime.combine(day, _LAST_SECOND) if day else datetime.fromisoformat(text)
    except ValueError:
        vietnamese = f"--at: “{said}” không phải ngày; viết như 2018-06-15, 15/6/2018 hoặc 2018-06-15T09:30"
        english = f'--at: "{said}" is not a date; write 2018-06-15, 15/6/2018 or 2018-06-15T09:30'
        faults.append(Words(vietnamese, english))
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    if not EARLIEST_CHECK <= moment <= LATEST_CHECK:
        first, last = EARLIEST_CHECK.year, LATEST_CHECK.year
        vietnamese = f"--at: “{said}” nằm ngoài các năm {first} đến {last} mà chứng thư số ghi được; hãy xem lại năm"
        english = f'--at: "{said}" is outside the years {first} to {last} that certificates can tell; check the year'
        faults.append(Words(vietnamese, english))
        return None
    return moment


def _together(faults: list[Words]) -> Words:
    return Words("\n".join(fault.vi for fault in faults), "\n".join(fault.en for fault in faults))


def _content(words: Namespace, verdict: Verdict) -> dict[str, object]:
    from sim.exchange.signature.verdict import LONGEST_NOTE

    checked = _checked(words, verdict)
    return {
        "file": shown(words.file, LONGEST_PATH_SHOWN),
        "at": shown(words.at),
        "value": verdict.value.value,
        "reason": verdict.reason.value if verdict.reason else None,
        "signers": [_signer_content(one, verdict) for one in verdict.signers],
        "checked": [name for name, is_checked in checked.items() if is_checked and not verdict.findings],
        "not_checked": [name for name, is_checked in checked.items() if not is_checked],
        "findings": [
            {
                "part": finding.part.value,
                "cause": finding.cause.value,
                "reason": finding.reason.value,
                "value": finding.value.value,
                "note": shown(finding.note, LONGEST_NOTE),
                "text_vi": finding.text("vi"),
                "text_en": finding.text("en"),
            }
            for finding in verdict.findings
        ],
    }


def _signer_content(signer: SignedBy, verdict: Verdict) -> dict[str, object]:
    """What a certificate says, harmless to print; `proved` only of what passed."""
    names = {
        name: shown(getattr(signer, name), LONGEST_FIELD_SHOWN) for name in ("name", "title", "agency", "agency_id")
    }
    times = {name: getattr(signer, name) for name in ("claimed", "stamped")}
    told = {name: moment.isoformat() if moment else None for name, moment in times.items()}
    in_file: dict[str, object] = {}
    if signer.revision:
        in_file = {"revision": signer.revision[0], "revisions": signer.revision[1], "added_later": signer.later.value}
    return {"part": signer.part.value, **names, **told, **in_file, "proved": not verdict.findings}


def _checked(words: Namespace, verdict: Verdict) -> dict[str, bool]:
    """What the verdict rests on, and what was left aside as the words of the command asked, or was not there."""
    return {
        "content": True,
        "signature": True,
        "certificates": True,
        "revocation": True,
        "time_stamp": all(signer.stamped for signer in verdict.signers),
        "signer_kind": True,
        "signer_names": not words.any_title and not words.is_pdf,
        "leader_present": not words.organisation_only,
        "organisation_present": not words.leader_only,
        "algorithm_strength": not words.history,
    }


_CHECKED = {
    "content": Words("nội dung không đổi từ khi ký", "content unchanged since signing"),
    "signature": Words("chữ ký khớp chứng thư số", "signatures match the certificates"),
    "certificates": Words("chứng thư số dẫn về gốc được tin cậy", "certificates lead to a trusted root"),
    "revocation": Words("chưa bị thu hồi theo các danh sách đã cho", "none is revoked by the lists given"),
    "time_stamp": Words("dấu thời gian", "time stamps"),
    "signer_kind": Words("chứng thư của người hay của cơ quan", "a person's certificate or an agency's"),
    "signer_names": Words(
        "tên, chức danh, cơ quan đúng như văn bản ghi", "name, title and agency as the document states them"
    ),
    "leader_present": Words("có chữ ký lãnh đạo", "a leader signed"),
    "organisation_present": Words("có chữ ký cơ quan", "the organisation signed"),
    "algorithm_strength": Words("thuật toán đủ mạnh", "strong algorithms"),
}
_NOT_CHECKED = {
    "time_stamp": Words(
        "lúc ký (không có dấu thời gian; chứng thư số được xét tại lúc kiểm tra)",
        "when it was signed (no time stamp; the certificates were judged at the time of the check)",
    ),
    "signer_names": Words(
        "tên, chức danh, cơ quan so với văn bản (hãy tự so)",
        "name, title and agency against the document (compare them yourself)",
    ),
}


def _text(words: Namespace, verdict: Verdict, console: Console) -> str:
    lang = console.lang
    head = f"{shown(words.file, LONGEST_PATH_SHOWN)}: {_VALUES[verdict.value.value].text(lang)}"
    lines = [f"  {finding.reason.value}: {finding.text(lang)}" for finding in verdict.findings]
    if verdict.signers:
        proved = Words("Người ký:", "Signed by:")
        said = Words("Chứng thư số ghi như sau, chưa được chứng minh:", "The certificates say, which is not proved:")
        lines.append((said if verdict.findings else proved).text(lang))
        lines += [f"  {_signer_text(signer, lang)}" for signer in verdict.signers]
    if not verdict.findings:
        lines += _checked_lines(_checked(words, verdict), lang)
    return "\n".join([head, *lines])


def _signer_text(signer: SignedBy, lang: Lang) -> str:
    from sim.exchange.signature.verdict import PARTS

    name, title, agency = (shown(text, LONGEST_FIELD_SHOWN) for text in (signer.name, signer.title, signer.agency))
    known = f"{agency} ({shown(signer.agency_id)})" if signer.agency_id else agency
    who = ", ".join(part for part in (name if name != agency else "", title, known) if part) or "-"
    times = []
    if signer.claimed:
        times.append(Words("tự ghi lúc", "says it was at").text(lang) + f" {_local(signer.claimed)}")
    if signer.stamped:
        times.append(Words("dấu thời gian", "time-stamped").text(lang) + f" {_local(signer.stamped)}")
    if signer.revision:
        number, of = signer.revision
        covers = Words(f"ký trên phiên bản {number}/{of} của tệp", f"over revision {number} of {of} of the file")
        times.append(covers.text(lang))
        times += [_LATER[signer.later.value].text(lang)] if signer.later.value in _LATER else []
    return "; ".join([f"{PARTS[signer.part].text(lang)}: {who}", *times])


_LATER = {
    "helps": Words("sau đó chỉ thêm dữ liệu giúp kiểm tra", "after it only data that help to verify were added"),
    "signatures": Words("sau đó có thêm chữ ký", "after it others signed"),
}


def _local(moment: datetime) -> str:
    """In Vietnam's time, unless the calendar ends before."""
    with suppress(OverflowError):
        moment = moment.astimezone(VIETNAM)
    return moment.isoformat(" ", "seconds")


def _checked_lines(checked: dict[str, bool], lang: Lang) -> list[str]:
    yes = ", ".join(_CHECKED[name].text(lang) for name, is_checked in checked.items() if is_checked)
    no = ", ".join(
        _NOT_CHECKED.get(name, _CHECKED[name]).text(lang) for name, is_checked in checked.items() if not is_checked
    )
    lines = [Words("Đã kiểm tra", "Checked").text(lang) + f": {yes}."]
    return [*lines, Words("Không kiểm tra", "Not checked").text(lang) + f": {no}."] if no else lines


def _write_sample(folder: Path, console: Console) -> int:
    from sim.exchange.signature.sample import SAMPLE_DAY, sample_files
    from sim.results.atomic_files import FileWriteError, plain_reason, write_bytes_atomic

    refuse_long_names(folder)
    if os.path.lexists(as_on_disk(folder)):
        vietnamese = "đã có, không ghi đè; hãy chọn tên khác"
        raise InputRefusedError(
            _about(str(folder), Words(vietnamese, "is there already and is never overwritten; choose another"))
        )
    files = sample_files()
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise FileWriteError(folder, plain_reason(error)) from error
    for name, content in files.items():
        write_bytes_atomic(folder / name, content)
    trials = {name: chosen for name, chosen in _TRIALS.items() if chosen[0] in files}
    commands = {name: _command(folder, *chosen) + f" --at {SAMPLE_DAY}" for name, chosen in trials.items()}
    if console.as_json:
        console.answer_json("verify", {"folder": str(folder), "files": sorted(files), "commands": commands})
        return exit_codes.DONE
    told = Words("Đã ghi mẫu thử. Thử lần lượt:", "The sample is written. Try in turn:").text(console.lang)
    lines = [f"{_TRIAL_WORDS[name].text(console.lang)}:\n  {printable(command)}" for name, command in commands.items()]
    console.answer("\n".join([told, *lines]))
    return exit_codes.DONE


_TRIALS = {
    "good": ("document.json", "agencies.crl"),
    "changed": ("changed.json", "agencies.crl"),
    "revoked": ("document.json", "revoked.crl"),
    "no_list": ("document.json", ""),
    "pdf": ("document.pdf", "agencies.crl"),
    "pdf_changed": ("changed.pdf", "agencies.crl"),
}
_TRIAL_WORDS = {
    "good": Words("văn bản hợp lệ", "a good document"),
    "changed": Words("bị sửa sau khi ký", "changed after signing"),
    "revoked": Words("chứng thư số đã bị thu hồi", "its certificate revoked"),
    "no_list": Words("không có danh sách thu hồi", "no list of revoked certificates"),
    "pdf": Words("văn bản PDF có hai chữ ký", "a PDF that two have signed"),
    "pdf_changed": Words("PDF bị sửa sau khi ký", "the PDF changed after signing"),
}


def _command(folder: Path, file: str, listed: str) -> str:
    words = ["verify", str(folder / file)]
    words += [] if file.endswith(".pdf") else ["--signature", str(folder / "signatures.pem")]
    words += ["--chain", str(folder / "chain.pem"), "--crl", str(folder / "root.crl")]
    words += ["--crl", str(folder / listed)] if listed else []
    return f"{program()} {shlex.join(words)}"
