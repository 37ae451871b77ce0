"""Reads 政府信息公开工作年度报告, judges the sums they promise, and keeps what was printed."""
