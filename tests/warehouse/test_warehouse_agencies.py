"""Which agency a name means: from codes, site files and divisions as they were in the year; never by luck."""

from __future__ import annotations

import pytest

from warehouse.marts import build_unjudged
from warehouse.world import page

# Site → name, kind and division of its own agency.
SITES = {
    "shenyang": ("沈阳市医疗保障局", "医疗保障局", "210100"),
    "zhengzhou": ("郑州市民政局", "民政局", "410100"),
    "liaoning": ("辽宁省财政厅", "财政厅", "210000"),
    "nowhere": ("某某医院", None, None),
    "tiexi": ("沈阳市铁西区教育局", "教育局", "210106"),
}
WENZHOU = "11330300MB1685697R"  # a right check character
# Site, printed name, year, and what else the page says → key, name, evidence, confidence, region, level.
SAID = {
    "the city is in the name": (
        ("nowhere", "鞍山市铁西区医疗保障局", 2023, {}),
        ("210303-医疗保障局", "鞍山市铁西区医疗保障局", "full_name", "high", "210303", "county"),
    ),
    "the province is in the name, and one district of it has it": (
        ("nowhere", "河南省惠济区医疗保障局", 2023, {}),
        ("410108-医疗保障局", "郑州市惠济区医疗保障局", "full_name", "high", "410108", "county"),
    ),
    "a district of a municipality": (
        ("nowhere", "上海市崇明区民政局", 2023, {}),
        ("310151-民政局", "上海市崇明区民政局", "full_name", "high", "310151", "county"),
    ),
    "a prefecture": (
        ("nowhere", "苏州市公安局", 2023, {}),
        ("320500-公安局", "苏州市公安局", "full_name", "high", "320500", "prefecture"),
    ),
    "a province": (
        ("nowhere", "湖北省民政厅", 2023, {}),
        ("420000-民政厅", "湖北省民政厅", "full_name", "high", "420000", "province"),
    ),
    "a county that its province runs": (
        ("nowhere", "湖北省潜江市财政局", 2023, {}),
        ("429005-财政局", "潜江市财政局", "full_name", "high", "429005", "county"),
    ),
    "a street within a district": (
        ("nowhere", "沈阳市铁西区昆明湖街道办事处", 2023, {}),
        ("210106-昆明湖街道办事处", "沈阳市铁西区昆明湖街道办事处", "full_name", "high", "210106", "township"),
    ),
    "a zone that is no division of its own": (
        ("nowhere", "苏州市高新区医疗保障局", 2023, {}),
        ("320500-高新区医疗保障局", "苏州市高新区医疗保障局", "full_name", "high", "320500", None),
    ),
    "three cities have it, the site is of one": (
        ("shenyang", "铁西区财政局", 2023, {}),
        ("210106-财政局", "沈阳市铁西区财政局", "host_region", "medium", "210106", "county"),
    ),
    "three cities have it, two of them in the site's province": (
        ("liaoning", "铁西区财政局", 2023, {}),
        ("name:铁西区财政局@liaoning", "铁西区财政局", "printed", "none", None, None),
    ),
    "three cities have it, and nothing decides": (
        ("nowhere", "铁西区财政局", 2023, {}),
        ("name:铁西区财政局@nowhere", "铁西区财政局", "printed", "none", None, None),
    ),
    "two in one province, though the province is said": (
        ("nowhere", "辽宁省铁西区财政局", 2023, {}),
        ("name:辽宁省铁西区财政局@nowhere", "辽宁省铁西区财政局", "printed", "none", None, None),
    ),
    "nobody else has the name": (
        ("nowhere", "惠济区财政局", 2023, {}),
        ("410108-财政局", "郑州市惠济区财政局", "unique_name", "low", "410108", "county"),
    ),
    "nobody else has the name, but the site is elsewhere": (
        ("shenyang", "惠济区财政局", 2023, {}),
        ("name:惠济区财政局@shenyang", "惠济区财政局", "printed", "none", None, None),
    ),
    "before it was a district it was a county, under another code": (
        ("nowhere", "上海市崇明县民政局", 2014, {}),
        ("310230-民政局", "上海市崇明县民政局", "full_name", "high", "310230", "county"),
    ),
    "no county of that name was left in the year": (
        ("nowhere", "上海市崇明县民政局", 2021, {}),
        ("name:上海市崇明县民政局@nowhere", "上海市崇明县民政局", "printed", "none", None, None),
    ),
    "what another site's file states": (
        ("nowhere", "沈阳市医疗保障局", 2023, {}),
        ("210100-shenyang", "沈阳市医疗保障局", "registry", "high", "210100", "prefecture"),
    ),
    "the same agency without its parent, on the parent's site": (
        ("shenyang", "铁西区教育局", 2023, {}),
        ("210106-tiexi", "沈阳市铁西区教育局", "host_region", "medium", "210106", "prefecture"),
    ),
    "its code is printed": (
        ("nowhere", "温州市医疗保障局", 2023, {"facts": {"credit_code": [WENZHOU]}}),
        (WENZHOU, "温州市医疗保障局", "credit_code", "high", "330300", "prefecture"),
    ),
    "no agency is called that": (
        ("nowhere", "苏州市公安", 2023, {}),
        ("name:苏州市公安@nowhere", "苏州市公安", "printed", "none", None, None),
    ),
    "no division is in the name": (
        ("nowhere", "不知何局", 2023, {}),
        ("name:不知何局@nowhere", "不知何局", "printed", "none", None, None),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    from warehouse.world import World

    world = World(tmp_path_factory.mktemp("agencies"))
    for site, (name, kind, region) in SITES.items():
        stated = {"key": f"{region}-{site}", "level": "prefecture"}
        stated |= {"kind": kind, "region_code": region} if region else {}
        world.has_site(site, name, **stated)
    for number, ((site, agency, year, more), _) in enumerate(SAID.values()):
        said = page(agency, year, {"applications.received_new.total": number}, **more)
        world.night({f"http://{site}/{number}": said}, site=site)
    build_unjudged(world)
    return world


@pytest.mark.parametrize("case", SAID)
def test_a_name_is_resolved_by_what_can_be_known_or_not_at_all(world, case):
    (site, *_), expected = SAID[case]
    number = list(SAID).index(case)
    assert world.published(
        f"""
        select agency_key, agency_name, agency_evidence, agency_confidence, region_code, admin_level
        from mart.dim_reports join mart.dim_agencies using (agency_key)
        where source_url = 'http://{site}/{number}'
        """
    ) == [expected]


def test_what_is_not_resolved_is_listed_with_what_it_can_mean(world):
    assert world.published(
        "select agency_name, site, reports, reason, regions_possible from mart.unresolved_agencies order by site, agency_name"
    ) == [
        ("铁西区财政局", "liaoning", 1, "several_regions", ["四平市铁西区", "沈阳市铁西区", "鞍山市铁西区"]),
        ("上海市崇明县民政局", "nowhere", 1, "no_region", []),
        ("不知何局", "nowhere", 1, "no_region", []),
        ("苏州市公安", "nowhere", 1, "no_region", []),
        ("辽宁省铁西区财政局", "nowhere", 1, "several_regions", ["沈阳市铁西区", "鞍山市铁西区"]),
        ("铁西区财政局", "nowhere", 1, "several_regions", ["四平市铁西区", "沈阳市铁西区", "鞍山市铁西区"]),
        ("惠济区财政局", "shenyang", 1, "other_region", ["郑州市惠济区"]),
    ]  # fmt: skip


def test_an_agency_has_its_place_in_columns(world):
    asked = "select province, prefecture, county, known_from from mart.dim_agencies where agency_key = '{}'"
    assert world.published(asked.format("210303-医疗保障局")) == [("辽宁省", "鞍山市", "铁西区", "name")]  # fmt: skip
    assert world.published(asked.format("310151-民政局")) == [("上海市", None, "崇明区", "name")]
    assert world.published(asked.format("429005-财政局")) == [("湖北省", None, "潜江市", "name")]
    assert world.published(asked.format("name:不知何局@nowhere")) == [(None, None, None, "nothing")]
    assert world.published(
        f"select credit_code from mart.dim_agencies where agency_key = '{WENZHOU}'"
    ) == [(WENZHOU,)]


def test_a_division_has_its_names_with_their_years(world):
    assert world.published(
        "select region_name, valid_from, valid_to, is_current, full_name, prefecture from mart.dim_regions where region_code = '410108' order by 2"
    ) == [
        ("邙山区", 1987, 2002, False, "郑州市邙山区", "郑州市"),
        ("惠济区", 2003, None, True, "郑州市惠济区", "郑州市"),
    ]
    assert world.published(
        "select region_code, count(*) from mart.dim_regions where is_current group by all having count(*) > 1"
    ) == []  # fmt: skip
    [(provinces, counties)] = world.published(
        "select count(*) filter (where region_level = 'province'), count(*) filter (where region_level = 'county')"
        " from mart.dim_regions where is_current"
    )
    assert provinces >= 33
    assert counties >= 2849


def test_an_agency_keeps_the_names_that_its_reports_print(tmp_path):
    from warehouse.world import World

    world = World(tmp_path)
    world.has_site("site", "郑州市惠济区医疗保障局")
    names = {2021: "惠济区医疗保障局", 2022: "惠济区医疗保障局", 2023: "郑州市惠济区医疗保障局"}
    world.night({f"http://site/{year}": page(name, year) for year, name in names.items()}, "site")
    build_unjudged(world)
    assert world.published(
        "select agency_name, valid_from, valid_to, is_official, reports from mart.dim_agency_names order by 2"
    ) == [
        ("惠济区医疗保障局", 2021, 2022, False, 2),
        ("郑州市惠济区医疗保障局", 2023, 2023, True, 1),
    ]
