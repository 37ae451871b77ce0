"""Site files are read strictly: every mistake is told with file, line and what is allowed."""

from pathlib import Path

import pytest

from disclosure.crawl.hosts import fill_batches, group_by_host, host_of, hosts_of
from disclosure.crawl.lists import page_address
from disclosure.crawl.sites import load_sites, read_site
from disclosure.crawl.visit import plan_visits
from disclosure.errors import SiteFileError
from disclosure.records import Agency, ListPage, Site

GOOD = """\
name: shenyang-ybj
agencies:
  - name: 沈阳市医疗保障局
    key: 210100-ybj
    kind: 医疗保障局
    level: prefecture
    region_code: "210100"
    region_name: 沈阳市
    province: 辽宁省
lists:
  - url: https://ybj.shenyang.gov.cn/zwgk/index.html
    link: ul.list a
    next: index_{n}.html
    max_pages: 5
delay_seconds: 5   # this site answers 503 above one request per four seconds
verified: true
notes: TRS
"""


def write(folder, text, name="shenyang.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_site_file_says_what_the_record_holds(tmp_path):
    assert read_site(write(tmp_path, GOOD)) == Site(
        name="shenyang-ybj",
        agencies=(
            Agency(
                key="210100-ybj",
                name="沈阳市医疗保障局",
                kind="医疗保障局",
                level="prefecture",
                region_code="210100",
                region_name="沈阳市",
                province="辽宁省",
            ),
        ),
        lists=(
            ListPage(
                url="https://ybj.shenyang.gov.cn/zwgk/index.html",
                link="ul.list a",
                next="index_{n}.html",
                max_pages=5,
            ),
        ),
        delay_seconds=5.0,
        verified=True,
        notes="TRS",
    )


def test_what_is_left_out_has_the_records_defaults(tmp_path):
    site = read_site(
        write(
            tmp_path,
            "name: a\nagencies: [{name: 某局, key: a}]\nlists: [{url: 'http://a.gov.cn/'}]\n",
        )
    )
    assert (site.delay_seconds, site.verified, site.lists[0].cms) == (2.0, False, "static")


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("delay_second: 5", "delay_seconds: 5", 15, "did you mean delay_seconds?"),
        ("colour: red\nverified", "verified", 16, "allowed here: name, agencies, lists"),
        ("    region: x\nlists", "lists", 10, "unknown key 'region'"),
        ("delay_seconds: soon", "delay_seconds: 5", 15, "must be a number"),
        ("delay_seconds: -1", "delay_seconds: 5", 15, "0 or more"),
        ("delay_seconds: .nan", "delay_seconds: 5", 15, "0 or more"),
        ("delay_seconds: yes", "delay_seconds: 5", 15, "must be a number"),
        ("verified: maybe", "verified: true", 16, "true or false"),
        ("max_pages: 2.5", "max_pages: 5", 14, "a whole number"),
        ("max_pages: 0", "max_pages: 5", 14, "at least 1"),
        ("region_code: 210100", 'region_code: "210100"', 7, "put it in quotes"),
        ('region_code: "21"', 'region_code: "210100"', 7, "six digits"),
        ("level: city", "level: prefecture", 6, "province, prefecture, county, township"),
        ("name: Shenyang YBJ", "name: shenyang-ybj", 1, "small letters"),
        ("name: ../x", "name: shenyang-ybj", 1, "small letters"),
        ("link: 'ul['", "link: ul.list a", 12, "a CSS selector"),
        ("next: 'a['", "next: index_{n}.html", 13, "{n} or {n+1}"),
        ("url: ftp://a/", "url: https://ybj.shenyang.gov.cn/zwgk/index.html", 11, "http://"),
        ("url: 'http://'", "url: https://ybj.shenyang.gov.cn/zwgk/index.html", 11, "http://"),
        ("cms: xml\n    link", "link", 12, "one of static, trs"),
        ("hosts: www.a.gov.cn\nnotes", "notes", 17, "hosts must be a list"),
        ("hosts: [http://a.gov.cn]\nnotes", "notes", 17, "a list of host names"),
        ("first_year: 1999", "max_pages: 5", 14, "2008 or later"),
        (
            "https://mirror.com/x",
            "https://ybj.shenyang.gov.cn/zwgk/index.html",
            11,
            "needs unofficial_host",
        ),
        ("key: 11330300MB1685697X", "key: 210100-ybj", 4, "right check character"),
        ("notes: TRS\nnotes: again", "notes: TRS", 18, "notes is given twice"),
        ("notes:", "notes: TRS", 17, "must be text"),
        ("    kind: x", "    key: 210100-ybj\n    kind: 医疗保障局", 3, "key is missing"),
        ("notes: [TRS", "notes: TRS", 18, "not YAML"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_what_is_allowed(tmp_path, wrong, right, line, words):
    assert right in GOOD
    path = write(tmp_path, GOOD.replace(right, wrong, 1))
    with pytest.raises(SiteFileError) as error:
        load_sites(tmp_path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("just words", "expected keys and values"),
        ("name: a\nagencies: []\nlists: []\n", "at least one"),
        ("name: a\n", "agencies is missing; needed here: name, agencies, lists"),
    ],
)
def test_a_file_that_is_no_site(tmp_path, text, words):
    with pytest.raises(SiteFileError, match=words):
        read_site(write(tmp_path, text))


A_LIST = (
    "name: a\nagencies: [{name: 某局, key: a}]\nlists:\n  - url: http://a.gov.cn/gkmlpt/index\n"
)


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("    cms: gkmlpt\n", 5, "gkmlpt needs parameters: column, sid"),
        (
            "    cms: gkmlpt\n    parameters: {column: '7', site: '1'}\n",
            6,
            "unknown parameter 'site'; allowed here: column, sid",
        ),
        ("    cms: trs\n    parameters: {column: '7'}\n", 6, "allowed here: none for trs"),
        ("    parameters: seven\n", 5, "must be keys and values"),
        ("    parameters: {column: 7}\n", 5, "column must be text; put it in quotes"),
        ("    parameters: {column: '7', column: '8'}\n", 5, "column is given twice"),
        ("    cms: hanweb-year\n", 4, "needs {year} in the address"),
        ("    cms: column\n    next: a.next\n", 6, "next is not for column"),
        ("    cms: column\n    link: ul a\n", 6, "link is not for column"),
        ("    cms: column\n    contains: 医保\n", 6, "contains is not for column"),
    ],
)
def test_what_a_family_needs_and_does_not(tmp_path, more, line, words):
    path = write(tmp_path, A_LIST + more)
    with pytest.raises(SiteFileError) as error:
        read_site(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert words in str(error.value)


def test_a_family_with_its_parameters_and_further_hosts(tmp_path):
    more = (
        "    cms: gkmlpt\n    parameters: {column: '721', sid: '662021'}\nhosts: [www.b.gov.cn]\n"
    )
    site = read_site(write(tmp_path, A_LIST + more))
    assert page_address(site.lists[0], 2) == "http://a.gov.cn/gkmlpt/api/all/721?page=2&sid=662021"
    assert hosts_of(site) == {"a.gov.cn", "www.a.gov.cn", "www.b.gov.cn", "b.gov.cn"}


def test_a_host_outside_the_official_names_needs_a_reason(tmp_path):
    text = "name: a\nagencies: [{name: 某局, key: a}]\nlists: [{url: 'http://61.150.65.235/nb/'}]\n"
    assert read_site(
        write(tmp_path, text + "unofficial_host: the district has no other\n")
    ).unofficial_host
    with pytest.raises(SiteFileError, match=r":3: 61\.150\.65\.235: hosts end in \.gov\.cn"):
        read_site(write(tmp_path, text))


def test_two_files_cannot_have_one_name(tmp_path):
    write(tmp_path, GOOD, "first.yaml")
    write(tmp_path, GOOD, "second.yaml")
    with pytest.raises(SiteFileError, match=r"second\.yaml.*taken by first\.yaml"):
        load_sites(tmp_path)


def test_a_folder_without_site_files_is_a_mistake(tmp_path):
    with pytest.raises(SiteFileError, match="no site file"):
        load_sites(tmp_path)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://WWW.A.gov.cn/x", "www.a.gov.cn"),
        ("http://a.gov.cn:80/", "a.gov.cn"),
        ("https://a.gov.cn:443/", "a.gov.cn"),
        ("http://a.gov.cn:8080/", "a.gov.cn:8080"),
        ("http://user:word@a.gov.cn/", "a.gov.cn"),
        ("http://a.gov.cn:x/", ""),
        ("mailto:a@b", ""),
    ],
)
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host


def site_on(name, *hosts):
    pages = tuple(ListPage(url=f"http://{host}/list") for host in hosts)
    return Site(name, (Agency(name, name),), pages)


@pytest.mark.parametrize(
    ("host", "hosts"),
    [
        ("a.gov.cn", {"a.gov.cn", "www.a.gov.cn"}),
        ("www.a.gov.cn", {"a.gov.cn", "www.a.gov.cn"}),
        ("a.gov.cn:8080", {"a.gov.cn:8080"}),
        ("61.150.65.235", {"61.150.65.235"}),
        ("127.0.0.1:8701", {"127.0.0.1:8701"}),
    ],
)
def test_a_name_with_and_without_www_is_one_site(host, hosts):
    assert hosts_of(site_on("one", host)) == hosts


def test_batches_never_share_a_host():
    sites = [
        site_on("one", "a"),
        site_on("two", "b"),
        site_on("three", "c"),
        site_on("four", "c", "a"),
        site_on("five", "d"),
        site_on("six", "b"),
    ]
    groups = [{site.name for site in group} for group in group_by_host(sites)]
    assert sorted(groups, key=len) == [{"five"}, {"two", "six"}, {"one", "three", "four"}]
    for per_batch in (1, 2, 3, 100):
        batches = plan_visits(sites, per_batch)
        assert sorted(name for batch in batches for name in batch) == sorted(
            site.name for site in sites
        )
        by_name = {site.name: hosts_of(site) for site in sites}
        hosts = [frozenset().union(*(by_name[name] for name in batch)) for batch in batches]
        assert sum(map(len, hosts)) == len(frozenset().union(*hosts))
    assert len(plan_visits(sites, 100)) == 1
    assert plan_visits([], 10) == []


def test_batches_are_filled_but_not_over():
    groups = [[site_on(str(number), str(number))] for number in range(10)]
    assert [len(batch) for batch in fill_batches(groups, 4)] == [4, 4, 2]


def test_the_bundled_site_files_are_right():
    sites = load_sites(Path(__file__).parents[2] / "sites" / "replay")
    assert len(sites) == 7
