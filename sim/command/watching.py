"""`watch RUN`: follows a run in progress, reading only, until it ends."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.status import standing_line, standing_of, writer_lives
from sim.results.words import Words
from sim.scenario.files import as_on_disk
from sim.studies import manifest as kept
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.journal_file import JournalUnreadableError
from sim.studies.progress import ENGLISH, VIETNAMESE, Progress
from sim.studies.progress_bar import progress_on

_SECONDS_BETWEEN_LOOKS = 0.5
_CODES = {kept.SOME_FAILED: exit_codes.SOME_FAILED, kept.INTERRUPTED: exit_codes.INTERRUPTED}


def watch(words: Namespace, console: Console) -> int:
    """Tell how far the run is until nobody writes it any more; the code is that of the run as it then stands.

    Raises:
        FolderRefusedError: there is no run in the folder.
        JournalDamagedError: its journal is damaged.
    """
    shown = as_on_disk(Path(words.run))
    folder = RunFolder.opened(shown)
    _Watched(folder.path, console).to_the_end()
    standing = standing_of(shown, console)
    if console.as_json:
        console.answer_json("watch", asdict(standing))
    else:
        console.answer(standing_line(standing, console))
    if standing.status == kept.INTERRUPTED:
        console.say(
            Words(
                "không còn tiến trình nào đang chạy; gõ lại lệnh đã chạy để tiếp tục",
                "no process is at it any more; type its command again to go on",
            )
        )
    return _CODES.get(standing.status, exit_codes.DONE)


class _Watched:
    """A run folder looked at now and then; each replication is told of once, when it is first seen."""

    def __init__(self, folder: Path, console: Console) -> None:
        self._folder = folder
        self._console = console
        self._seen: set[tuple[str, int]] = set()
        self._progress: Progress | None = None

    def to_the_end(self) -> None:
        """Look until the writer is gone, or has said twice that it has come to an end; what is over is not counted."""
        manifest = kept.read_manifest(self._folder)
        if manifest is not None and manifest["status"] != kept.RUNNING:
            return
        ended = 0
        try:
            while writer_lives(self._folder) and ended < 2:
                ended = 0 if self._look() else ended + 1
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            self._look()
        finally:
            if self._progress is not None:
                self._progress.end()

    def _look(self) -> bool:
        """Tell what is new; whether the run goes on as far as it says itself."""
        manifest = kept.read_manifest(self._folder)
        if manifest is None:
            return True
        goes_on = bool(manifest["status"] == kept.RUNNING)
        if "workers" not in manifest:
            return goes_on
        with suppress(JournalUnreadableError), Journal.to_read(self._folder) as journal:
            times = journal.times()
            progress = self._progress or self._begun(manifest)
            for key in sorted(times.keys() - self._seen):
                seconds, status = times[key]
                progress.finished(key, seconds, failed=status == "failed")
            self._seen |= times.keys()
            progress.tick()
        return goes_on

    def _begun(self, manifest: Mapping[str, Any]) -> Progress:
        texts = VIETNAMESE if self._console.lang == "vi" else ENGLISH
        self._progress = progress_on(sys.stderr, texts)
        self._progress.begin(int(manifest["simulations_asked"]), 0, int(manifest["workers"]))
        return self._progress
