"""The moving bar a person sees at a terminal; apart from the plain lines because it loads rich."""

from collections.abc import Iterable, Mapping
from typing import TextIO

import rich.progress
from rich.console import Console, RenderableType
from rich.progress import BarColumn, TextColumn
from rich.text import Text

from sim.scenario.errors import printable
from sim.studies.progress import Lines, Progress, Silent, SoFar


def progress_on(stream: TextIO | None, texts: Mapping[str, str]) -> Progress:
    """A bar when the stream (stderr) is a terminal, plain lines otherwise, nothing when there is none."""
    if stream is None:
        return Silent()
    return Bar(texts, stream) if stream.isatty() else Lines(texts, stream)


class _BarAndBoard(rich.progress.Progress):
    """The bar, and under it how the targets stand so far."""

    board = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """What is drawn anew each time."""
        yield from super().get_renderables()
        if self.board:
            yield Text(self.board)


class Bar(Lines):
    """A moving bar, for a terminal; words as in `Lines`."""

    _bar: _BarAndBoard | None = None

    def begin(self, total: int, held: int, workers: int, stops_after: float | None = None) -> None:
        """Draw the bar."""
        super().begin(total, held, workers, stops_after)
        console = Console(file=self.stream)
        columns = (BarColumn(), TextColumn("{task.description}", markup=False))
        self._bar = _BarAndBoard(*columns, console=console, transient=True, redirect_stdout=False)
        self._bar.add_task(self.sentence(), total=total, completed=held)
        self._bar.start()

    def tick(self) -> None:
        """Move the bar."""
        if self._bar is not None:
            task = self._bar.tasks[0].id
            self._bar.update(task, completed=self.done, description=self.sentence())

    def so_far(self, board: SoFar) -> None:
        """Show it under the bar, in place of the one before."""
        if self._bar is not None:
            heading, *results = map(printable, board.parts(self.language))
            self._bar.board = "\n  ".join([f"{heading}:", *results])

    def _write(self, line: str) -> None:
        if self._bar is None:
            super()._write(line)
        else:
            self._bar.console.print(line, markup=False, highlight=False)

    def end(self) -> None:
        """Take the bar away, give the cursor back and leave one line."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        super().end()
