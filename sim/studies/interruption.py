"""Ctrl-C, a polite kill and a closed terminal: the first is heeded within a moment, the second at once."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SHOW_CURSOR = b"\x1b[?25h"
_Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None


class Interrupted(KeyboardInterrupt):
    """A study was stopped from outside; every finished replication is in the journal and the same call resumes it.

    Attributes:
        signal_number: which signal came.
        missing: how many replications are still to be run.
    """

    def __init__(self, signal_number: int, missing: int) -> None:
        super().__init__(f"interrupted by {signal.Signals(signal_number).name}; {missing} replications left to run")
        self.signal_number = signal_number
        self.missing = missing

    @property
    def exit_code(self) -> int:
        """130 for Ctrl-C, 143 for a polite kill, 129 for a closed terminal."""
        return 128 + self.signal_number


class Interruption:
    """While the block runs, notes the first such signal in `received`; the second ends the process at once.

    A signal the process ignores (nohup, a background job) stays ignored. Outside the main thread, or when not
    `active`, nothing is changed.
    """

    def __init__(self, *, active: bool = True) -> None:
        self.received: int | None = None
        self._active = active and threading.current_thread() is threading.main_thread()
        self._before: dict[signal.Signals, _Handler] = {}

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the form of a signal handler
        if self.received is not None:
            if os.isatty(2):
                os.write(2, _SHOW_CURSOR)
            os._exit(128 + number)
        self.received = number

    def __enter__(self) -> Self:
        if self._active:
            for number in _SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
