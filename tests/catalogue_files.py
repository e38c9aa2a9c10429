"""Departments that no city has, as catalogue files."""

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

BEES = """\
[department]
id = "beekeeping"
name = { zh = "养蜂", en = "Beekeeping" }
icon = "house"

[[service]]
id = "bee-registration"
kind = "application"
name = { zh = "养蜂登记", en = "Register bees" }
icon = "form"
counters = ["government"]
list = "public"
days = 3
fields = [{ id = "hives", label = { zh = "几箱蜂", en = "How many hives" }, kind = "digits", longest = 3 }]
receipt = { zh = "三日内上门查看", en = "Somebody comes within three days" }
"""
"""A whole one: a department with one service."""
