"""From nights of fetches to staging: what is loaded, once."""

from warehouse.world import page


def test_every_cell_of_the_seeds_arrives(five):
    summary = five.load()
    assert (summary.documents, summary.reports, summary.unread) == (5, 5, 0)
    assert five.rows("select state, count(*) from staging.cells group by all") == [("number", 1000)]
    assert five.rows(
        """
        select agency_name, report_year, total
        from staging.application_items join staging.reports using (document_sha256)
        where row_code = 'received_new'
        order by 1
        """
    ) == [
        ("上海市崇明区医疗保障局", 2023, 1),
        ("武汉市新洲区医疗保障局", 2025, 0),
        ("沈阳市医疗保障局", 2025, 20),
        ("郑州市惠济区医疗保障局", 2024, 0),
        ("鞍山市医疗保障局", 2022, 1),
    ]
