"""From which day options act, as every page and answer says it."""

from datetime import date

from sim.results.words import Words


def options_act_from(day: date) -> Words:
    """In a sentence, for what is compared with a plan that goes on without them."""
    return Words(
        f"Phương án có hiệu lực từ {day.day}/{day.month}/{day.year}; trước ngày đó mọi việc diễn ra như khi không có"
        " phương án.",
        f"Options act from {day.isoformat()}; before that day everything is as it is without them.",
    )
