"""Who hears what: routes by province or site, one mail a night for an address, and a file that is read strictly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from generated_mart import CHONGMING, Agency, Outcome
from test_digest import Nights, rows_of, text_of

from disclosure.alerts.routes import load_routes
from disclosure.errors import RouteError, SettingError
from disclosure.settings import load_settings

DEFAULT = "data-quality@localhost"
SHENYANG = Agency("shenyang", "沈阳市医疗保障局", "辽宁省", "shenyang-ybj", "shenyang-2025")
ANSHAN = Agency("anshan", "鞍山市医疗保障局", "辽宁省", "anshan-ybj", "anshan-2022")
EVERYWHERE = replace(
    CHONGMING,
    others=(SHENYANG, ANSHAN),
    outcomes=(
        *CHONGMING.outcomes,
        Outcome("T3-BALANCE", "total", 1, 0, report_id="shenyang-2025"),
        Outcome("T3-BALANCE", "total", 1, 0, report_id="anshan-2022"),
    ),
)


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


def route(nights: Nights, text: str) -> None:
    path = nights.settings.data / "routes.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    nights.settings = replace(nights.settings, alert_routes=path)


LIAONING = "- to: zwgk@liaoning.example\n  provinces: [辽宁省]\n"


def agencies_in(message) -> set[str]:
    return {row[2] for row in rows_of(message)[1:]}


def test_a_province_goes_to_its_own_address_and_the_rest_to_the_default(nights):
    route(nights, LIAONING)
    mails = nights.send_all(EVERYWHERE)
    assert set(mails) == {DEFAULT, "zwgk@liaoning.example"}
    assert agencies_in(mails[DEFAULT]) == {"上海市崇明区医疗保障局"}
    assert agencies_in(mails["zwgk@liaoning.example"]) == {"沈阳市医疗保障局", "鞍山市医疗保障局"}
    assert "崇明" not in text_of(mails["zwgk@liaoning.example"])


def test_each_mail_says_what_it_is_about_and_counts_its_own_part(nights):
    route(nights, LIAONING)
    mails = nights.send_all(EVERYWHERE)
    text = text_of(mails["zwgk@liaoning.example"])
    assert "This mail is about 辽宁省." in text
    assert "       2  reports read" in text
    assert "       2  checks failing: error (2 new)" in text
    assert "2 new failures in 2 reports" in mails["zwgk@liaoning.example"]["Subject"]
    assert "This mail is about all that no route of the file of routes takes." in text_of(
        mails[DEFAULT]
    )


def test_a_site_goes_to_its_own_address(nights):
    route(nights, "- to: [a@a.example, b@b.example]\n  sites: [anshan-ybj]\n")
    mails = nights.send_all(EVERYWHERE)
    assert agencies_in(mails["a@a.example"]) == {"鞍山市医疗保障局"}
    assert mails["a@a.example"]["To"] == mails["b@b.example"]["To"] == "a@a.example, b@b.example"
    assert agencies_in(mails[DEFAULT]) == {"上海市崇明区医疗保障局", "沈阳市医疗保障局"}


def test_an_address_of_two_routes_has_one_mail_with_both_parts(nights):
    route(nights, LIAONING + "- to: zwgk@liaoning.example\n  sites: [chongming-ybj]\n")
    mails = nights.send_all(EVERYWHERE)
    assert len(agencies_in(mails["zwgk@liaoning.example"])) == 3
    assert "all is well" in mails[DEFAULT]["Subject"]


def test_an_address_of_the_default_and_a_route_hears_of_both(nights):
    route(nights, LIAONING.replace("zwgk@liaoning.example", DEFAULT))
    (mail,) = nights.send_all(EVERYWHERE).values()
    assert len(agencies_in(mail)) == 3


def test_two_routes_for_one_place_both_hear(nights):
    route(nights, LIAONING + "- to: desk@a.example\n  sites: [anshan-ybj]\n")
    mails = nights.send_all(EVERYWHERE)
    assert agencies_in(mails["desk@a.example"]) == {"鞍山市医疗保障局"}
    assert "鞍山市医疗保障局" in agencies_in(mails["zwgk@liaoning.example"])


def test_other_routes_tell_nothing_again_and_lose_nothing(nights):
    nights.send_all(EVERYWHERE)
    route(nights, LIAONING)
    # The new address hears that it is on the list, and nothing that was told before.
    ((address, mail),) = nights.send_all(EVERYWHERE).items()
    assert (address, "all is well" in mail["Subject"]) == ("zwgk@liaoning.example", True)
    assert "2 known failures in 2 reports" in mail.get_content()
    repaired = replace(EVERYWHERE, outcomes=EVERYWHERE.outcomes[:-1])
    ((address, mail),) = nights.send_all(repaired).items()
    assert (address, "1 resolved" in mail["Subject"]) == ("zwgk@liaoning.example", True)
    nights.settings = replace(nights.settings, alert_routes=None)
    assert nights.send_all(repaired) == {}
    ((address, mail),) = nights.send_all(EVERYWHERE).items()
    assert (address, agencies_in(mail)) == (DEFAULT, {"鞍山市医疗保障局"})


def test_a_week_of_silence_is_counted_for_each_address(nights):
    route(nights, LIAONING)
    nights.send_all(EVERYWHERE, days=6)
    broken = Outcome("V-FEE", "administrative_fees.amount_10k_cny", -3, 0)
    fee = replace(EVERYWHERE, outcomes=(*EVERYWHERE.outcomes, broken))
    assert set(nights.send_all(fee, days=2)) == {DEFAULT}
    ((address, mail),) = nights.send_all(fee).items()
    assert (address, "all is well" in mail["Subject"]) == ("zwgk@liaoning.example", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("to: a@a.example", "1: expected a list of routes"),
        ("- a@a.example", "1: expected keys and values: to, provinces, sites"),
        (LIAONING + "  province: 上海市", "3: unknown key 'province'; allowed here: to, provinces, sites"),
        ("- provinces: [辽宁省]", "1: to is missing"),
        ("- to: a@a.example", "1: give provinces, sites or both"),
        ("- to: a@a.example\n  provinces: []", "2: provinces must name at least one"),
        ("- to: a@a.example\n  provinces: [辽宁]", "2: '辽宁' is none of our provinces; did you mean 辽宁省?"),
        ("- to: a@a.example\n  sites: [shenyang]", "2: 'shenyang' is none of our sites; did you mean shenyang-ybj?"),
        ("- to: nobody\n  provinces: [辽宁省]", "1: 'nobody' is no mail address"),
        ('- to: "a@a.example, b@b.example"\n  provinces: [辽宁省]', "is no mail address"),
        (LIAONING + "  to: b@b.example", "3: to is given twice"),
        ("- to: [", ":1: not YAML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path, text, words):
    path = tmp_path / "routes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RouteError) as told:
        load_routes(path, ["辽宁省", "上海市"], ["shenyang-ybj"])
    assert str(told.value).startswith(f"{path}:")
    assert words in str(told.value)


def test_a_file_that_is_named_and_not_there_is_an_error(tmp_path):
    with pytest.raises(RouteError, match="cannot be read"):
        load_routes(tmp_path / "none.yaml", [], [])


def test_an_empty_file_routes_nothing(tmp_path):
    path = tmp_path / "routes.yaml"
    path.write_text("# nothing yet\n")
    assert load_routes(path, [], []) == ()


def test_the_names_of_provinces_are_those_of_today(nights):
    for province in ("辽宁省", "上海市", "新疆维吾尔自治区"):
        route(nights, f"- to: a@a.example\n  provinces: [{province}]\n")
        nights.prepare(EVERYWHERE)


def test_somebody_must_hear_of_the_rest():
    with pytest.raises(SettingError, match="ALERT_TO"):
        load_settings({"ALERT_TO": " , "})
