"""The site files of real agencies: facts that can be held against the lists of divisions and against each other."""

from collections import Counter
from pathlib import Path

import pytest

from disclosure.crawl.hosts import hosts_of
from disclosure.crawl.site_facts import is_official
from disclosure.crawl.sites import load_sites
from disclosure.warehouse.divisions import regions

SITES = load_sites(Path(__file__).parents[2] / "sites" / "live")
AGENCIES = [agency for site in SITES for agency in site.agencies]
TODAY = {(row["region_code"], row["region_name"]) for row in regions() if row["valid_to"] is None}


def test_enough_of_them_and_the_agencies_of_medical_insurance_first():
    assert len(SITES) >= 60
    assert Counter(agency.kind for agency in AGENCIES).most_common(1)[0][0] == "医疗保障局"
    systems = {page.cms for site in SITES for page in site.lists}
    assert systems >= {"trs", "trs-search", "ucap", "post", "hanweb", "hanweb-year", "column"}


def test_none_is_verified_before_somebody_has_looked():
    assert [site.name for site in SITES if site.verified] == []
    assert [site.name for site in SITES if not site.notes] == []


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.name)
def test_regions_are_those_of_the_lists(agency):
    if agency.region_code is None:
        assert agency.level == "state" or "新区" in agency.name
        return
    assert (agency.region_code, agency.region_name) in TODAY
    assert (agency.region_code[:2] + "0000", agency.province) in TODAY


def test_one_key_for_one_agency_and_one_address_in_one_file():
    names = Counter(agency.key for agency in AGENCIES)
    addresses = Counter(page.url for site in SITES for page in site.lists)
    assert [one for one, times in (names + addresses).items() if times > 1] == []


def test_every_host_is_official_or_says_why():
    others = {site.name for site in SITES if not all(map(is_official, hosts_of(site)))}
    assert others == {site.name for site in SITES if site.unofficial_host}
    assert len(others) <= 1
