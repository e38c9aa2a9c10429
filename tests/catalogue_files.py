"""A department that no city has, as its catalogue file begins."""

PARK_PASS = """\
[department]
id = "parks"
name = { zh = "公园", en = "Parks" }
icon = "gate"

[[service]]
id = "park-pass"
kind = "application"
name = { zh = "公园年卡", en = "Park pass" }
icon = "ticket"
counters = ["government"]
trust = "holder"
fee_fen = 2000
"""
"""A service without its end: what it asks, and how many days it takes, is each test's own."""
