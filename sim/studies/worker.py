"""What runs in a worker process: it dies with its parent, leaves Ctrl-C to it, and never stops for a model's fault."""

import ctypes
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from sim.studies.progress import listen_to_fractions

Model = Callable[[Any, int], bytes]
Initializer = Callable[[], None]

_LONGEST_ERROR = 20_000
_SECONDS_BETWEEN_FRACTIONS = 0.5
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Ready:
    """The worker can take replications."""


@dataclass(frozen=True)
class NotStarted:
    """The model could not be loaded; the text is the traceback."""

    error: str


@dataclass(frozen=True)
class Fraction:
    """The running replication has got so far (0 to 1)."""

    value: float


@dataclass(frozen=True)
class Outcome:
    """The replication ended after so many seconds: with a payload, or with the text of its traceback."""

    payload: bytes | None
    error: str
    seconds: float


Message = Ready | NotStarted | Fraction | Outcome


class Trial:
    """A block whose failure is an outcome, whatever it raises; `error` is the text of the traceback, or None."""

    error: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self.error = "".join(traceback.format_exception(error))[-_LONGEST_ERROR:]
        return not isinstance(error, KeyboardInterrupt)


def run_one(model: Model, spec: object, replication: int) -> Outcome:
    """One replication, whatever becomes of it."""
    started = time.monotonic()
    payload: object = None
    with Trial() as trial:
        payload = model(spec, replication)
    seconds = time.monotonic() - started
    if trial.error is not None:
        return Outcome(None, trial.error, seconds)
    if not isinstance(payload, bytes):
        return Outcome(None, f"the model returned {type(payload).__name__}, not bytes", seconds)
    return Outcome(payload, "", seconds)


def worker_main(connection: Connection, parent_pid: int) -> None:
    """The worker's whole life: take the model, then replications, until the parent closes the connection or dies."""
    _die_with(parent_pid)
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    _turn_stdout_to_stderr()
    model, spec = None, None
    with Trial() as start:
        model, initializer = connection.recv()
        if initializer is not None:
            initializer()
    if model is None or start.error is not None:
        connection.send(NotStarted(start.error or "no model was sent"))
        return
    listen_to_fractions(_sender(connection))
    connection.send(Ready())
    while True:
        try:
            order, value = connection.recv()
        except (EOFError, OSError):
            return
        if order == "spec":
            spec = value
        else:
            connection.send(run_one(model, spec, value))


def _sender(connection: Connection) -> Callable[[float], None]:
    last = time.monotonic()

    def send(fraction: float) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_FRACTIONS:
            last = time.monotonic()
            connection.send(Fraction(float(fraction)))

    return send


def _turn_stdout_to_stderr() -> None:
    """Stdout is the program's answer: what a model prints goes to stderr, or nowhere when that is closed."""
    quiet = sys.stderr is None  # Python's sign that the program was started with stderr closed
    target = os.open(os.devnull, os.O_WRONLY) if quiet else 2
    os.dup2(target, 1)


def _die_with(parent_pid: int) -> None:
    """Be killed by the kernel when the parent is gone; elsewhere than Linux, by a thread that watches for it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent_pid,), daemon=True).start()
    if os.getppid() != parent_pid:
        os._exit(1)


def _watch(parent_pid: int) -> None:
    while os.getppid() == parent_pid:
        time.sleep(0.5)
    os._exit(1)
