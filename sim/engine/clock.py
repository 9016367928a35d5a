"""The simulated clock: whole milliseconds from local midnight of the first simulated day (UTC+7).

Vietnam keeps one offset all year, so a day is always 86,400,000 ms.
"""

from datetime import date, datetime, time, timedelta

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


class Clock:
    """Turns dates into milliseconds and back, from a fixed first day."""

    def __init__(self, origin: date) -> None:
        """Start the clock at midnight of `origin`."""
        self.origin = origin

    def at(self, day: date, hour: time = time(0)) -> int:
        """Milliseconds from the origin to this hour of this day."""
        in_day = timedelta(hours=hour.hour, minutes=hour.minute, seconds=hour.second, microseconds=hour.microsecond)
        return ((day - self.origin) + in_day) // timedelta(milliseconds=1)

    def moment(self, time_ms: int) -> datetime:
        """Local date and time of a millisecond."""
        return datetime.combine(self.origin, time(0)) + timedelta(milliseconds=int(time_ms))

    def day(self, time_ms: int) -> date:
        """Local date of a millisecond."""
        return self.origin + timedelta(days=int(time_ms // DAY_MS))


def add_months(day: date, months: int) -> date:
    """First day of the month that lies `months` after (or before) the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_end(day: date) -> date:
    """Last day of the month of `day`."""
    return add_months(day, 1) - timedelta(days=1)


def month_ends(start: date, end: date) -> list[date]:
    """Last days of the months from `start` to `end`, both included."""
    days = [month_end(start)]
    while days[-1] < end:
        days.append(month_end(days[-1] + timedelta(days=1)))
    return [day for day in days if day <= end]
