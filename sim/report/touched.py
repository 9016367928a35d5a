"""The measured cause that an option works on by itself, and how much there is of it to take away."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.formatting import share_text
from sim.report.words import term
from sim.results.comparison_tables import LATE_SHARE, NOT_ELECTRONIC_SHARE, WAITING_SHARE
from sim.results.words import Words

TOUCHES: Mapping[str, tuple[str, str]] = {
    "second_line": (WAITING_SHARE, "outage"),
    "ups_lines": (WAITING_SHARE, "outage"),
    "datacentre_redundancy": (WAITING_SHARE, "outage"),
    "it_staff_double": (WAITING_SHARE, "outage"),
    "poll_5_min": (WAITING_SHARE, "polling"),
    "clerks_busiest": (WAITING_SHARE, "clerk_busy"),
    "overtime_paid": (WAITING_SHARE, "clerk_busy"),
    "lend_more": (WAITING_SHARE, "clerk_busy"),
    "leaders_sign_daily_more": (WAITING_SHARE, "leader_away_or_busy"),
    "counter_staff": (LATE_SHARE, "counter"),
}
"""By option, the share and the cause on which the test of its sign rests. What works through people's use of e-office,
through money or rules, has no single cause."""
WHOLES: Mapping[str, Words] = {
    WAITING_SHARE: Words("thời gian chờ trong giờ làm việc", "waiting in office hours"),
    NOT_ELECTRONIC_SHARE: Words("số lượt không gửi điện tử", "deliveries that are not electronic"),
    LATE_SHARE: Words("số hồ sơ trễ hạn", "late dossiers"),
}
_TOUCHED = Words(
    "phần mà phương án nhằm rút ngắn, “{cause}”, chiếm {share} {of} khi chưa có phương án",
    'what it is meant to shorten, "{cause}", is {share} of {of} without it',
)


def touched_words(option: str, share: float) -> Words:
    """How much of a whole the option's cause is without the option.

    Raises:
        KeyError: the option has no single cause.
    """
    measure, cause = TOUCHES[option]
    vietnamese, english = (
        _TOUCHED.text(language).format(
            cause=term("cause", cause, language), share=share_text(share, language), of=WHOLES[measure].text(language)
        )
        for language in ("vi", "en")
    )
    return Words(vietnamese, english)
