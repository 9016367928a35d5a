"""One replication again: `replay RUN` prints how it went, `events RUN` what happened in it, as an event log."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.results.words import Words
from sim.studies import replaying
from sim.studies.event_log import Asked, write_events
from sim.studies.manifest import opened

_LOGGED = {
    "events": Words("sự kiện", "events"),
    "documents": Words("văn bản", "documents"),
    "deliveries": Words("lượt gửi", "deliveries"),
    "signatures": Words("chữ ký số", "signatures"),
    "dossiers": Words("hồ sơ", "dossiers"),
}


def replay(words: Namespace, console: Console) -> int:
    """Run it again and write nothing; the code is 4 when it fails again. Raises as `sim.studies.replaying.replay`."""
    again = replaying.replay(opened(words.run), words.cell, words.replication)
    if console.as_json:
        content = {
            "folder": words.run,
            "cell": again.cell,
            "replication": again.replication,
            "seed": again.seed,
            "status": "failed" if again.failed else "done",
            "seconds": round(again.seconds, 3),
            "error": again.error,
            "says": again.verdict.en,
        }
        console.answer_json("replay", content)
    else:
        which = f" {again.cell}" if again.cell else ""
        vietnamese = f"lần chạy {again.replication}{which} (số khởi tạo {again.seed}): {again.verdict.vi}"
        english = f"replication {again.replication}{which} (seed {again.seed}): {again.verdict.en}"
        console.answer(Words(vietnamese, english).text(console.lang))
        if again.failed:
            console.say_text(again.error.rstrip())
    return exit_codes.SOME_FAILED if again.failed else exit_codes.DONE


def events(words: Namespace, console: Console) -> int:
    """Simulate one replication again and write its log. Raises as `sim.studies.event_log.write_events`."""
    asked = Asked(
        share=0.01 if words.sample is None else words.sample,
        replication=words.replication,
        cell=words.cell,
        first=getattr(words, "from"),
        last=words.until,
    )
    run = opened(words.run)
    console.say(
        Words("đang mô phỏng lại một lần và ghi những gì diễn ra", "simulating one replication again, and recording it")
    )
    out = Path(words.out) if words.out else None
    path, recorded = write_events(run, asked, words.format, out, console.lang, console.say)
    if recorded.is_the_kept is None:
        vietnamese = "dừng trước ngày cuối nên không đối chiếu được với kết quả đã lưu"
        english = "stopped before its last day, so it cannot be compared with the result that is kept"
        console.say(Words(vietnamese, english))
    elif not recorded.is_the_kept:
        number = recorded.replication
        vietnamese = f"lần chạy {number} lần này cho kết quả KHÁC với kết quả đã lưu: nhật ký là của lần này"
        english = f"replication {number} gave a DIFFERENT result from the one kept: the log is of this one"
        console.say(Words(vietnamese, english))
    if console.as_json:
        content = {
            "folder": words.run,
            "file": str(path),
            "format": words.format,
            "sample": asked.share,
            "cell": recorded.cell,
            "replication": recorded.replication,
            "seed": recorded.seed,
            "counts": dict(recorded.counts),
            "is_the_kept_result": recorded.is_the_kept,
        }
        console.answer_json("events", content)
    else:
        counts = ", ".join(f"{count} {_LOGGED[what].text(console.lang)}" for what, count in recorded.counts.items())
        console.answer(f"{path}\n{counts}")
    return exit_codes.DONE
