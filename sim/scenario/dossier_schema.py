"""What a planner may write about one-stop dossiers: arrivals, counter, work, records, citizens, national portals."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from sim.results.words import Words
from sim.scenario.quantity import Count, Duration, PerYear, Profile, Section, Share


class DossierArrivals(Section):
    """How many dossiers citizens and firms bring, and when they come."""

    per_head: Annotated[PerYear, Words("Số hồ sơ mỗi người dân mỗi năm", "Dossiers a year per inhabitant")]
    """Dossiers a year per inhabitant, all tiers together, in the first year of the horizon."""
    province_share: Annotated[Share, Words("Tỷ lệ hồ sơ nộp tại cấp tỉnh", "Share of dossiers taken in by departments")]
    """Share of them taken in by departments; what neither they nor communes take in, districts do."""
    commune_share: Annotated[Share, Words("Tỷ lệ hồ sơ nộp tại cấp xã", "Share of dossiers taken in by communes")]
    growth: Annotated[Share, Words("Mức tăng số hồ sơ mỗi năm", "Growth of dossiers a year")]
    """Growth of arrivals a year, from the first year of the horizon."""
    monday_factor: Annotated[
        Count, Words("Số hồ sơ thứ Hai so với ngày khác", "Arrivals on a Monday against another day")
    ]
    """Arrivals on a Monday against another weekday; `weekdays` gives the other days."""
    after_tet_factor: Annotated[
        Count, Words("Số hồ sơ sau Tết so với ngày thường", "Arrivals after Tết against ordinary days")
    ]
    """Arrivals on the first working days after Tết against ordinary ones."""
    after_tet_days: Annotated[Count, Words("Số ngày đông hồ sơ sau Tết", "Busy working days after Tết")]
    """Working days after Tết on which it holds."""
    hours: Annotated[Profile, Words("Hồ sơ nộp theo giờ trong ngày", "Arrivals by hour of the day")]
    """24 weights of the hour in which people come, midnight first; hours with a closed counter count for nothing."""
    weekdays: Annotated[Profile, Words("Hồ sơ nộp theo ngày trong tuần", "Arrivals by day of the week")]
    """7 weights, Monday first, before `monday_factor`."""
    months: Annotated[Profile, Words("Hồ sơ nộp theo tháng", "Arrivals by month")]
    """12 weights, January first, before `after_tet_factor`."""


class DossierCounter(Section):
    """The one-stop counter: who sits there and how long one visit holds them."""

    posts_department: Annotated[Count, Words("Số người tại một cửa của sở", "People at a department's counter")]
    """People who take turns at the counter of a mean department; one that takes in more has more, none below one."""
    posts_district: Annotated[Count, Words("Số người tại một cửa cấp huyện", "People at a district's counter")]
    ordinary: Annotated[
        Duration, Words("Thời gian tiếp nhận một hồ sơ thông thường", "Time to receive an ordinary dossier")
    ]
    """Receiving, checking and receipting one ordinary dossier."""
    copies: Annotated[Duration, Words("Thời gian chứng thực một bộ bản sao", "Time to certify a set of copies")]
    """Receiving and certifying one set of copies, its signature apart."""
    digitise: Annotated[Duration, Words("Thời gian số hóa, nhập một hồ sơ", "Time to scan and key in a dossier")]
    """Scanning and keying in one dossier, on top, where the office runs one-stop software."""
    online_check: Annotated[
        Duration, Words("Thời gian kiểm tra một hồ sơ trực tuyến", "Time to check a dossier sent online")
    ]
    """Back-office check of one dossier that came online, its form filled in by the citizen."""
    hand_over: Annotated[Duration, Words("Thời gian trả một kết quả", "Time to hand over a result")]
    """Finding a result and handing it over against a signature."""
    incomplete_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ thiếu tại quầy", "Share of dossiers incomplete at the counter")
    ]
    """Dossiers found incomplete at the counter and given back at once, among those brought in person, copies apart."""
    incomplete_online_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ trực tuyến bị thiếu", "Share of online dossiers incomplete")
    ]
    """The same among those sent online; answered by message."""
    come_again: Annotated[
        Duration, Words("Thời gian đến khi nộp lại hồ sơ thiếu", "Time until an incomplete dossier comes again")
    ]
    """Until a dossier given back as incomplete is brought again."""
    give_up_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ thiếu không nộp lại", "Share of incomplete dossiers not brought again")
    ]
    """Among those given back: not brought again."""
    post_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ, kết quả gửi qua bưu điện", "Share of dossiers or results sent by post")
    ]
    """Dossiers whose papers and result travel by public post instead of a visit, among those not given back at once."""


class DossierWork(Section):
    """Work on a dossier behind the counter, and what stops its clock."""

    officer_share: Annotated[
        Share, Words("Phần thời gian chuyên viên dành cho hồ sơ", "Officers' time free for dossiers")
    ]
    """Share of an officer's time that is free for dossiers, on top of that for documents."""
    short: Annotated[Duration, Words("Thời gian giải quyết một hồ sơ đơn giản", "Officers' work on a short dossier")]
    """Officers' work on a same-day or other short procedure."""
    ordinary: Annotated[
        Duration, Words("Thời gian giải quyết một hồ sơ thông thường", "Officers' work on an ordinary dossier")
    ]
    long: Annotated[Duration, Words("Thời gian giải quyết một hồ sơ phức tạp", "Officers' work on a long dossier")]
    review: Annotated[Duration, Words("Thời gian kiểm tra một kết quả trước khi ký", "Time to review a result")]
    """A head of room's look through a result before it is signed."""
    sign: Annotated[Duration, Words("Thời gian lãnh đạo ký một kết quả", "Time for a leader to sign a result")]
    """A leader's reading and signing of one result."""
    outside_days: Annotated[Count, Words("Số ngày cơ quan ngoài trả lời", "Working days until an outside body answers")]
    """Working days until a body outside the province's agencies (tax, police, ministry) answers."""
    site_visit_days: Annotated[Count, Words("Số ngày chờ kiểm tra thực địa", "Days until a site visit")]
    """Calendar days until officers can see the land or building, where the procedure needs it."""
    site_visit: Annotated[Duration, Words("Thời gian một lần kiểm tra thực địa", "Officers' time for a site visit")]
    """Officers' time for one visit, journey included."""
    supplement_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ phải bổ sung sau tiếp nhận", "Share of dossiers asked for more papers")
    ]
    """Accepted dossiers for which the citizen is later asked for a further paper; the clock stops until it comes."""
    supplement_days: Annotated[Count, Words("Số ngày chờ bổ sung hồ sơ", "Working days until further papers come")]
    """Working days until it comes."""
    financial_days: Annotated[
        Count, Words("Số ngày chờ nộp nghĩa vụ tài chính", "Working days until land dues are paid")
    ]
    """Working days until the citizen has paid what a land dossier owes; the clock stops until then."""
    pause_noted_share: Annotated[
        Share, Words("Tỷ lệ yêu cầu bổ sung, nộp tiền ghi thành phiếu", "Share of further requests put in writing")
    ]
    """Further papers and payments asked for in writing, which stops the clock, where no software prints the slip."""
    withdrawn_share: Annotated[Share, Words("Tỷ lệ hồ sơ trả lại hoặc rút", "Share of dossiers returned or withdrawn")]
    """Accepted dossiers returned or withdrawn without a result, certified copies apart."""
    pickup_days: Annotated[
        Count, Words("Số ngày kết quả chờ người dân đến nhận", "Working days until a result is fetched")
    ]
    """Working days a finished result lies before it is fetched."""


class DossierRecords(Section):
    """How what the books say of lateness departs from what happened."""

    hidden_share_paper: Annotated[
        Share, Words("Phần hồ sơ trễ bị che trên sổ giấy", "Late dossiers hidden by paper books")
    ]
    """Late dossiers that the books of an office without one-stop software show as on time."""
    hidden_share_software: Annotated[
        Share, Words("Phần hồ sơ trễ bị che khi có phần mềm", "Late dossiers hidden despite software")
    ]
    """The same where software stamps the times and nobody ranks offices by them (returned and filed again)."""
    hidden_share_monitored: Annotated[
        Share,
        Words("Phần hồ sơ trễ bị che khi có phần mềm và xếp hạng", "Late dossiers hidden under software and ranking"),
    ]
    """The same where software stamps the times and offices are ranked by them."""
    ranked_from: Annotated[
        date | None, Words("Ngày bắt đầu xếp hạng bộ phận một cửa", "Day from which counters are ranked")
    ] = None
    """First day on which counters are ranked by lateness: a lever; none unless an option says so."""


class DossierCitizens(Section):
    """Who files online, and why."""

    home_internet_2010: Annotated[
        Share, Words("Tỷ lệ người dân có internet tại nhà, giữa năm 2010", "Citizens with internet at home, mid-2010")
    ]
    """Before 2016: on a straight line of the logit from the middle of 2010."""
    home_internet_2016: Annotated[
        Share, Words("Tỷ lệ người dân có internet tại nhà, 2016", "Citizens with internet at home, 2016")
    ]
    """Citizens with internet at home; between the dated values it moves on a straight line of the logit."""
    home_internet_2019: Annotated[
        Share, Words("Tỷ lệ người dân có internet tại nhà, 2019", "Citizens with internet at home, 2019")
    ]
    home_internet_2022: Annotated[
        Share, Words("Tỷ lệ người dân có internet tại nhà, 2022", "Citizens with internet at home, 2022")
    ]
    start_share: Annotated[
        Share, Words("Tỷ lệ người dân sẵn sàng nộp trực tuyến đầu kỳ", "Citizens willing to file online at first")
    ]
    """Citizens willing to file online on the first day, among those with internet."""
    external: Annotated[PerYear, Words("Tốc độ tự chuyển sang nộp trực tuyến", "Hazard of filing online, untold")]
    """Hazard of becoming willing, of a citizen with internet whom nobody has told of it."""
    imitation: Annotated[PerYear, Words("Tốc độ làm theo người khác", "Hazard of filing online by imitation")]
    """Added at full use by others."""
    publicity: Annotated[PerYear, Words("Tác động của tuyên truyền", "Push of publicity")]
    """Added while a round of publicity that money bought is remembered."""
    publicity_memory: Annotated[
        Duration, Words("Thời gian một đợt tuyên truyền còn tác dụng", "Time a round of publicity lasts")
    ]
    """How long a round of publicity is remembered."""
    late_return_share: Annotated[
        Share, Words("Tỷ lệ quay lại quầy sau khi bị trễ", "Citizens who go back to the counter when late")
    ]
    """Citizens who go back to the counter after an online dossier of theirs came late."""
    fee_cut_effect: Annotated[
        PerYear, Words("Tác động của giảm phí nộp trực tuyến", "Push of remitting the online fee")
    ]
    """Added to the hazard by remitting the whole fee of online filing; less in proportion to the cut."""
    fee_cut: Annotated[Share, Words("Mức giảm phí nộp trực tuyến", "Part of the online fee remitted")]
    """Part of the fee remitted for online filing: a lever."""
    fee_cut_from: Annotated[
        date | None, Words("Ngày bắt đầu giảm phí nộp trực tuyến", "Day from which the online fee is cut")
    ] = None
    """First day of the cut; none: from the day the plan was decided, before which nothing can be cut by it."""
    assisted_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ cán bộ nộp hộ trực tuyến", "Visits at which an officer files online")
    ]
    """Counter visits at which an officer files online for the citizen, where service and software allow."""
    assisted_campaign_share: Annotated[Share, Words("Tỷ lệ nộp hộ trong chiến dịch", "The same during a campaign")]
    """The same while a campaign runs."""
    campaign_from: Annotated[
        date | None, Words("Ngày bắt đầu chiến dịch nộp hộ", "Day on which the filing campaign begins")
    ] = None
    """First day of a campaign in which officers file online for citizens: a lever; none unless an option says so."""


class NationalPortals(Section):
    """Online filing on national portals, which the province does not control; moves on a straight line of the logit."""

    business_2016: Annotated[
        Share, Words("Đăng ký doanh nghiệp qua mạng, đầu 2016", "Company registrations online, start of 2016")
    ]
    """Company registrations filed on the national business portal, at the start of 2016."""
    business_2020: Annotated[
        Share, Words("Đăng ký doanh nghiệp qua mạng, cuối 2020", "Company registrations online, end of 2020")
    ]
    """The same at the end of 2020."""
    investment_2016: Annotated[
        Share, Words("Chứng nhận đầu tư qua mạng, đầu 2016", "Investment certificates online, start of 2016")
    ]
    """Investment certificates applied for on the national investment portal, at the start of 2016."""
    investment_2020: Annotated[
        Share, Words("Chứng nhận đầu tư qua mạng, cuối 2020", "Investment certificates online, end of 2020")
    ]


class Dossiers(Section):
    """Dossiers of citizens and firms at the one-stop counters."""

    procedures: Annotated[str, Words("Bảng thủ tục hành chính", "Table of administrative procedures")] = ""
    """CSV of the administrative procedures, under `scenarios/`; empty: dossiers are not simulated."""
    catalogue_size: Annotated[Count, Words("Tổng số thủ tục hành chính của tỉnh", "All procedures of the province")]
    """Administrative procedures at all tiers, of which the table lists those that are asked for most."""
    arrivals: DossierArrivals
    counter: DossierCounter
    work: DossierWork
    records: DossierRecords
    citizens: DossierCitizens
    national: NationalPortals
