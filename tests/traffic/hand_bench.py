"""Two departments that write only to each other, all work in its stated time: a bench for time stamps by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from worlds import CALM, CONSTANT, LEADERS_ALL_DAY, Bench, Provinces, fixed, small_province, steps

from sim.engine.records import Records
from sim.exchange.codes import DEPARTMENT, EXOGENOUS

WORK = (
    fixed("people.draft", "60 min"),
    fixed("people.review", "10 min"),
    fixed("people.sign_wet", "5 min"),
    fixed("people.sign_digital", "3 min"),
    fixed("people.issue", "4 min"),
    fixed("people.scan", "8 min"),
    fixed("people.send_electronic", "2 min"),
    fixed("people.print_copy", "2 min"),
    fixed("people.register_paper", "6 min"),
    fixed("people.register_electronic", "3 min"),
    fixed("people.file_duplicate", "1 min"),
    fixed("people.correct_refused", "20 min"),
    fixed("people.annotate", "1 min"),
    fixed("people.handle", "30 min"),
    fixed("people.duty_call", "45 min"),
)
WIRE = (
    # one page of 1,000,001 bytes at 8 Mbit/s without overhead: 1000.001 ms, cut off, and one begun millisecond
    fixed("documents.pages_mean", "1"),
    fixed("documents.scan_size_median", "1 MB"),
    fixed("documents.size_spread", "0"),
    fixed("documents.transport_overhead", "1"),
    fixed("network.ftth.up", "8 Mbit/s"),
    fixed("network.ftth.down", "16 Mbit/s"),
    fixed("network.ftth.background_share", "0 %"),
    fixed("network.gateway", "15 s"),
    fixed("network.message_service", "2 s"),
    fixed("network.poll_interval", "15 min"),
    fixed("post.local", "10 h"),
    fixed("post.spread", "0"),
)
ALIKE = (fixed("volumes.department_spread", "0"), fixed("volumes.commune_spread", "0"))
PLAIN = CALM + CONSTANT + LEADERS_ALL_DAY + WORK + WIRE + ALIKE
KEY = 123_456_789
SENDER, RECIPIENT = "dept.0", "dept.1"
UNUSED_EOFFICE, ONLINE = 1, 3


def bench(
    provinces: Provinces,
    engine: str,
    *sets: str,
    level: int,
    end: date = date(2019, 3, 31),
    start: date = date(2018, 12, 1),
) -> Bench:
    """Two departments that write only to each other; one answers nothing."""
    loaded = provinces.load(small_province(2, 1, 1), sets=PLAIN + sets, start=start, end=end)
    world = Bench(loaded, engine=engine)
    world.world.agencies["level"] = level
    world.world.agencies["users"] = 0
    world.world.agencies["reply_odds"] = 0.0
    world.world.agencies["poll_phase_ms"] = 0
    world.world.tier_odds[DEPARTMENT] = [0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    return world


def table(world: Bench, visits: Records) -> list[tuple[str, ...]]:
    """Visits as the tests write them: times without the date while it does not change."""
    rows = []
    for name, visit in zip(steps(visits), visits, strict=True):
        times = [world.moment(int(visit[field])) for field in ("entered_ms", "began_ms", "finished_ms")]
        rows.append((name, *(text(time) for time in times)))
    return rows


def text(moment: datetime) -> str:
    shown = moment.strftime("%d/%m %H:%M:%S")
    return shown + (f".{moment.microsecond // 1000:03d}" if moment.microsecond else "")


def on_paper(world: Bench, day: date, hour: int, minute: int = 0, kind: int = EXOGENOUS) -> list[tuple[str, ...]]:
    world.begin((world.at(day, hour, minute), KEY, SENDER, kind))
    return table(world, world.run())


def sent(provinces: Provinces, engine: str, disturb: Callable[[Bench, int], None]) -> tuple[Bench, Records]:
    """The same document on the line, disturbed from 8:59 (its issue) on."""
    world = bench(provinces, engine, level=ONLINE)
    issued = world.at(date(2019, 3, 7), 8, 59)
    world.begin((world.at(date(2019, 3, 7), 7, 30), KEY, SENDER, EXOGENOUS))
    disturb(world, issued)
    return world, world.run()
