"""The time left is learnt, not invented, and showing it never harms the study."""

import io
from collections.abc import Mapping

import pytest

from sim.results.words import Words
from sim.studies.progress import CASES_OF_MONEY, ENGLISH, VIETNAMESE, Lines, NoListener, NowAndThen, TimeLeft, duration
from sim.studies.progress_bar import Bar, progress_on


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError(f"nobody reads {text}")


def key(replication: int) -> tuple[str, int]:
    return "cell", replication


def test_nothing_is_known_before_anything_is_learnt_then_the_running_ones_tell() -> None:
    clock = Clock()
    left = TimeLeft(clock)
    left.begin(10, 2)
    assert left.seconds() is None
    left.within(key(0), 0.0)
    left.within(key(1), 0.0)
    clock.now += 5.0
    assert left.seconds() is None
    left.within(key(0), 0.05)  # after minutes of compiling, perhaps: no pace yet
    left.within(key(1), 0.05)
    assert left.seconds() is None
    clock.now += 5.0
    left.within(key(0), 0.30)  # 5 s for a quarter: 20 s each
    left.within(key(1), 0.30)
    assert left.seconds() == pytest.approx((10 - 0.6) * 20 / 2)


def test_finished_replications_are_the_better_teachers() -> None:
    left = TimeLeft(Clock())
    left.begin(10, 2)
    left.finished(key(0), 30.0)
    left.finished(key(1), 50.0)
    assert left.seconds() == pytest.approx(8 * 40 / 2)
    left.within(key(2), 0.5)
    assert left.seconds() == pytest.approx((8 - 0.5) * 40 / 2)


def test_the_last_replications_are_not_divided_over_idle_workers() -> None:
    left = TimeLeft(Clock())
    left.begin(2, 8)
    left.finished(key(0), 60.0)
    assert left.seconds() == pytest.approx(60)
    left.within(key(1), 0.75)
    assert left.seconds() == pytest.approx(15)
    left.finished(key(1), 60.0)
    assert left.seconds() == 0


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (ENGLISH, "4/10 replications, 3 already held, 1 failed, about 4 min left"),
        (VIETNAMESE, "4/10 lần chạy, 3 đã có sẵn, 1 hỏng, còn khoảng 4 phút"),
    ],
)
def test_one_sentence_in_the_language_given(texts: Mapping[str, str], said: str) -> None:
    lines = Lines(texts, io.StringIO(), Clock())
    lines.begin(10, 3, 1)
    assert texts["unknown"] in lines.sentence()
    lines.finished(key(0), 32.0, failed=True)
    assert lines.sentence() == said


def test_a_study_with_a_deadline_never_names_a_longer_time_than_it_has() -> None:
    clock = Clock()
    lines = Lines(ENGLISH, io.StringIO(), clock)
    lines.begin(100, 0, 1, stops_after=600.0)
    assert lines.sentence() == "0/100 replications, stops in 11 min, the time allowed"
    clock.now += 60.0
    lines.finished(key(0), 60.0, failed=False)
    assert lines.sentence() == "1/100 replications, stops in 10 min, the time allowed", "99 min were left"
    in_time = Lines(VIETNAMESE, io.StringIO(), clock)
    in_time.begin(3, 0, 1, stops_after=600.0)
    in_time.finished(key(0), 60.0, failed=False)
    assert in_time.sentence() == "1/3 lần chạy, còn khoảng 3 phút"
    in_time.followed_by = Words("chưa kể vẽ hình", "without pictures")
    assert in_time.sentence() == "1/3 lần chạy, còn khoảng 3 phút, chưa kể vẽ hình"


def test_lines_come_with_the_first_result_then_every_ten_seconds_and_at_the_end() -> None:
    clock, stream = Clock(), io.StringIO()
    lines = Lines(ENGLISH, stream, clock)
    lines.begin(100, 0, 1)
    for replication in range(100):
        clock.now += 0.5
        lines.finished(key(replication), 0.5, failed=False)
        lines.tick()
    lines.end()
    said = [line.split(" ")[0] for line in stream.getvalue().splitlines()]
    assert said == ["1/100", "21/100", "41/100", "61/100", "81/100", "100/100"]


def test_a_broken_stderr_silences_the_progress_and_nothing_else() -> None:
    for stream in (Broken(), io.StringIO()):
        lines = Lines(ENGLISH, stream, Clock())
        if not isinstance(stream, Broken):
            stream.close()
        lines.begin(2, 0, 1)
        lines.finished(key(0), 1.0, failed=False)
        lines.end()
        assert lines.done == 1


def test_a_terminal_gets_a_bar_and_its_cursor_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    bar = progress_on(stream, ENGLISH)
    assert isinstance(bar, Bar)
    bar.begin(4, 1, 2)
    bar.finished(key(1), 3.0, failed=False)
    bar.tick()
    bar.end()
    shown = stream.getvalue()
    assert "1/4 replications, 1 already held, time left unknown yet" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert shown.endswith("2/4 replications, 1 already held, about 4 s left\n")
    assert not isinstance(progress_on(io.StringIO(), ENGLISH), Bar)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (89, "90 s"), (90, "2 min"), (5000, "84 min"), (5400, "1 h 31 min"), (90000, "25 h 1 min")],
)
def test_durations_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds, ENGLISH) == said


def test_both_languages_have_the_same_words() -> None:
    assert VIETNAMESE.keys() == ENGLISH.keys()


class SoFar:
    def __init__(self, text: str) -> None:
        self._text = text

    def parts(self, lang: str) -> list[str]:
        return [f"{lang} so far", self._text, "second"]


def test_a_log_is_told_once_how_the_targets_stand() -> None:
    stream = io.StringIO()
    lines = Lines(VIETNAMESE, stream, Clock())
    lines.begin(5, 0, 2)
    for share in ("40 %", "41 %"):
        lines.so_far(SoFar(share))
    assert stream.getvalue() == "vi so far: 40 % | second\n"


def test_a_terminal_shows_under_the_bar_how_the_targets_stand_now() -> None:
    stream = Terminal()
    bar = Bar(ENGLISH, stream)
    bar.begin(5, 0, 2)
    for share in ("40 \x1b %", "41 %"):
        bar.so_far(SoFar(share))
        assert bar._bar is not None
        bar._bar.refresh()
    first, last = stream.getvalue().index("  40"), stream.getvalue().index("  41 %")
    assert stream.getvalue().startswith("\x1b[1A\x1b[2K", stream.getvalue().index("\x1b[1A", first)), "in its place"
    assert first < last
    assert "40 \x1b" not in stream.getvalue()
    bar.end()
    assert stream.getvalue().endswith("0/5 replications, time left unknown yet\n")


class Heard(NoListener):
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, words: Words) -> None:
        self.said.append(words.vi)


def test_cases_of_money_are_counted_in_their_own_words() -> None:
    clock, heard = Clock(), Heard()
    told = NowAndThen(heard, CASES_OF_MONEY, clock)
    for done in (1, 2, 3):
        clock.now += 25.0
        told(done, 3)
    assert heard.said == [
        "đã tính riêng kinh phí của 1/3 trường hợp, còn khoảng 51 giây",
        "đã tính riêng kinh phí của 2/3 trường hợp, còn khoảng 26 giây",
    ]


def test_lines_come_every_ten_seconds_and_none_when_all_are_done() -> None:
    """Ten things of four seconds: a line after the third, the sixth and the ninth."""
    clock, heard = Clock(), Heard()
    told = NowAndThen(heard, Words("{done}/{total}, {left}", ""), clock)
    for done in range(11):
        told(done, 10)
        clock.now += 4.0
    assert heard.said == ["3/10, 29 giây", "6/10, 17 giây", "9/10, 5 giây"]
