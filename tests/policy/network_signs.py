"""Options of network, data centre and power: what each moves, which way, and by which path it gets there."""

from __future__ import annotations

from datetime import date

from option_measures import failed, waiting
from option_worlds import FAULTY, IN_USE, PROVINCE, SEPTEMBER, SLOW_LINES, UNANSWERED, Row, on_adsl, province
from worlds import fixed

from sim.exchange.codes import OUTAGE, POLLING

NETWORK_SIGNS = (
    Row(
        "dedicated_network_communes",
        failed,
        -1,
        "line -> response -> patience -> task on paper",
        (*IN_USE, *SLOW_LINES),
        offices=on_adsl(PROVINCE),
    ),
    Row(
        "dedicated_network_departments_districts",
        failed,
        -1,
        "line -> response -> patience -> task on paper",
        (*IN_USE, *SLOW_LINES),
    ),
    Row(
        "second_line",
        waiting(OUTAGE),
        -1,
        "fault of a line -> the other takes over -> messages go on",
        (*IN_USE, *FAULTY),
    ),
    Row(
        "faster_lines_communes",
        failed,
        -1,
        "line -> response -> patience -> task on paper",
        (*IN_USE, *SLOW_LINES, fixed("network.ftth.down", "16 Mbit/s")),
        offices=on_adsl(PROVINCE),
    ),
    Row(
        "faster_shared_line",
        failed,
        -1,
        "shared line -> response -> patience -> task on paper",
        (
            *IN_USE,
            *SLOW_LINES,
            fixed("network.web.page", "700 kB"),
            fixed("network.web.pages_per_hour", "25"),
            fixed("network.web.server", "50 ms"),
            fixed("network.web.server_capacity", "64"),
        ),
        offices=province(staff=250),
        end=SEPTEMBER,
    ),
    Row(
        "datacentre_redundancy",
        waiting(OUTAGE),
        -1,
        "fault of the data centre -> bridged -> messages go on",
        (*IN_USE, fixed("network.datacentre_faults_per_year", "24 /year")),
    ),
    Row(
        "datacentre_capacity",
        failed,
        -1,
        "server -> response -> patience -> task on paper",
        (
            *IN_USE,
            fixed("start.own_server_share", "0 %"),
            fixed("network.web.server", "1.2 s"),
            fixed("network.web.server_capacity", "2"),
        ),
        offices=province(staff=60),
    ),
    Row("lighter_pages", failed, -1, "page -> response -> patience -> task on paper", (*IN_USE, *SLOW_LINES)),
    Row(
        "poll_5_min",
        waiting(POLLING),
        -1,
        "interval -> wait at the message service; in some futures it is five minutes anyway",
        (*IN_USE, *UNANSWERED),
        end=date(2017, 6, 30),
        pairs=32,
    ),
    Row(
        "ups_lines",
        waiting(OUTAGE),
        -1,
        "power cut -> line stays up -> messages go on",
        (*IN_USE, fixed("network.power_faults_per_year", "25 /year")),
    ),
)
