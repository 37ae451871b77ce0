"""Every rule held against every report, with both sides kept."""

from decimal import Decimal


def test_the_four_failing_identities_of_the_seeds(five):
    five.load()
    five.judge()
    assert five.rows(
        """
        select agency_name, report_year, rule, subject, lhs, rhs, status, severity
        from quality.rule_outcomes join staging.reports using (report_id)
        order by all
        """
    ) == [
        ("上海市崇明区医疗保障局", 2023, rule, subject, Decimal(1), Decimal(0), "fail", "error")
        for rule in ("T3-BALANCE", "T3-OUTCOME-SUM")
        for subject in ("natural_person", "total")
    ] + [("鞍山市医疗保障局", 2022, "S-TABLES", "copies", Decimal(2), Decimal(1), "fail", "warning")]
