"""The city's overview as its people see it: signed in, live, each role with its own, everything on record."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from sqlalchemy import insert, select

from central.database import Database
from central.departments.tables import due
from central.officials import accounts
from central.officials.tables import audit
from central.tables import holder
from tests.browser.driver import Browser
from tests.browser.officials import CHOSEN, account, enter, now
from tests.cities import ZONE
from tests.integration.central.desk import BOOK, Desk

SIZES = ((1920, 1080), (1280, 800), (820, 1180), (390, 844))

pytestmark = pytest.mark.usefixtures("forgotten")


def test_the_first_sign_in_leads_to_an_own_password_and_then_to_the_figures(
    window: Browser, centre: str, database: Database
) -> None:
    window.open(f"{centre}/overview")
    assert window.address.endswith("/overview/sign-in")
    assert "onecard central account NAME administrator" in window.text
    given = account(database, "chen", "administrator", chosen=False)
    enter(window, centre, "chen", "not the password")
    assert "用户名或密码不正确" in window.text
    enter(window, centre, "chen", given)
    assert window.address.endswith("/overview/password")
    window.open(f"{centre}/overview/accounts")
    assert window.address.endswith("/overview/password")
    window.type("#chosen", CHOSEN)
    window.type("#again", CHOSEN)
    window.submit("main button")
    enter(window, centre, "chen")
    assert window.address.endswith("/overview")
    assert window.read("[data-figure=holders] .big") == "15"
    kept = {each["name"]: each for each in window.cookies}
    assert kept["onecard_session"]["httpOnly"]
    assert kept["onecard_session"]["sameSite"] == "Strict"
    assert window.run("return document.cookie") == ""


def test_figures_change_by_themselves_after_a_transaction(
    window: Browser, centre: str, database: Database
) -> None:
    account(database, "wall", "viewer")
    enter(window, centre, "wall")
    assert window.read("[data-figure=today] .big") == "0"
    window.run("document.documentElement.dataset.same = 'page'")
    window.click("summary")
    desk = Desk(database, now=now())
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.send(desk.make("renew", "no-such-book", "liu-zhiyong"), pending=3)
    with database.read() as connection:
        subject = connection.execute(select(holder.c.subject).limit(1)).scalar_one()
    paid = {"subject": subject, "fund": "subsidies", "subsidy": "grain-growers", "fen": 123_456}
    words = {"title_zh": "补", "title_en": "s", "period": "2026", "paid_at": now()}
    database.write(lambda connection: connection.execute(insert(due).values(**paid, **words)))
    window.wait_for(lambda: window.read("[data-figure=subsidies] .big") == "1,234.56元")
    assert window.read("[data-figure=today] .big") == "1"
    assert window.read("[data-figure=refused]") == "1"
    assert window.read("[data-figure=pending]") == "3"
    assert window.read("[data-figure=recipients]") == "1"
    assert window.run("return document.querySelectorAll('.changed').length") > 2
    assert window.run("return document.documentElement.dataset.same") == "page"
    assert window.run("return document.querySelector('details').open")
    assert window.run("return document.activeElement === document.querySelector('summary')")
    assert "图书借还" in window.text
    assert "滨城区" in window.text


def test_a_viewer_and_a_department_are_turned_away_from_what_is_not_theirs_and_that_is_on_record(
    window: Browser, centre: str, database: Database
) -> None:
    account(database, "wall", "viewer")
    account(database, "liang", "department", "culture")
    account(database, "chen", "administrator")
    for name, closed in (("wall", ("accounts", "audit")), ("liang", ("accounts", "audit"))):
        enter(window, centre, name)
        for place in closed:
            window.open(f"{centre}/overview/{place}")
            assert "您的角色不能查看此页" in window.text
            assert "chen" not in window.text
        window.open(f"{centre}/overview")
        window.submit("nav form button")
        window.open(f"{centre}/overview")
        assert window.address.endswith("/overview/sign-in")
    enter(window, centre, "chen")
    window.open(f"{centre}/overview/audit")
    listed = window.text
    assert listed.count("越权访问被拒") == 4
    assert "/overview/accounts" in listed
    assert listed.count("登录") >= 3
    assert CHOSEN not in listed


def test_an_administrator_makes_and_closes_an_account_which_ends_at_once(
    window: Browser, centre: str, database: Database
) -> None:
    account(database, "chen", "administrator")
    enter(window, centre, "chen")
    window.open(f"{centre}/overview/accounts")
    window.type("#name", "liang")
    window.run("document.getElementById('role').value = 'department'")
    window.run("document.getElementById('department').value = 'culture'")
    window.submit("form.row button")
    given = window.read("code")
    assert len(given) == 23
    window.open(f"{centre}/overview/accounts")
    assert given not in window.source
    window.submit("button[aria-label='停用 liang']")
    assert "已停用" in window.text
    window.submit("nav form button")
    enter(window, centre, "liang", given)
    assert "用户名或密码不正确" in window.text


def test_every_size_and_language_shows_all_of_it(
    window: Browser, centre: str, database: Database, tmp_path: Path
) -> None:
    account(database, "chen", "administrator")
    enter(window, centre, "chen")
    for language, words in (("en", "Card holders"), ("zh", "持卡人")):
        for width, height in SIZES:
            window.size(width, height)
            window.open(f"{centre}/overview/language/{language}")
            assert words in window.text
            assert window.run("return document.documentElement.scrollWidth <= window.innerWidth")
            clipped = window.run(
                "return [...document.querySelectorAll('.tile, .card h2, .much, nav a')]"
                ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
            )
            assert clipped == []
    window.size(*SIZES[0])
    fits = window.run("return document.documentElement.scrollHeight <= window.innerHeight")
    assert fits, "the wall shows all of it without a hand to scroll"


def test_whoever_is_signed_out_elsewhere_is_led_to_sign_in(
    window: Browser, centre: str, database: Database
) -> None:
    account(database, "wall", "viewer")
    enter(window, centre, "wall")
    database.write(lambda connection: accounts.close(connection, "wall", now(), "test"))
    window.wait_for(lambda: window.address.endswith("/overview/sign-in"))


class Caller:
    """Somebody without a browser, who may forge what a browser would not."""

    def __init__(self, centre: str) -> None:
        self.centre = centre
        self.http = requests.Session()
        self.http.trust_env = False

    def form_key(self, place: str) -> str:
        page = self.http.get(f"{self.centre}{place}", timeout=10).text
        return page.split('name="form_key" value="')[1].split('"')[0]

    def post(self, place: str, headers: dict[str, str] | None = None, **form: str) -> requests.Response:
        return self.http.post(
            f"{self.centre}{place}", data=form, headers=headers, timeout=10, allow_redirects=False
        )

    def sign_in(self, name: str) -> None:
        key = self.form_key("/overview/sign-in")
        answer = self.post("/overview/sign-in", name=name, password=CHOSEN, form_key=key)
        assert answer.status_code == 303, answer.text


@pytest.fixture
def caller(centre: str, database: Database) -> Caller:
    account(database, "chen", "administrator")
    account(database, "wall", "viewer")
    return Caller(centre)


def test_forms_of_other_places_do_nothing(caller: Caller, database: Database) -> None:
    caller.sign_in("chen")
    new = {"name": "evil", "role": "administrator", "department": ""}
    key = caller.form_key("/overview/accounts")
    assert caller.post("/overview/accounts", **new).status_code == 303
    assert caller.post("/overview/accounts", form_key="x" * 43, **new).status_code == 303
    elsewhere = ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"})
    for headers in elsewhere:
        assert caller.post("/overview/accounts", headers, form_key=key, **new).status_code == 303
    with database.read() as connection:
        assert [row.name for row in accounts.listed(connection)] == ["chen", "wall"]
    assert caller.post("/overview/accounts", form_key=key, **new).status_code == 200


def test_signing_in_needs_a_form_of_this_place(caller: Caller) -> None:
    right = {"name": "chen", "password": CHOSEN}
    assert caller.post("/overview/sign-in", **right).status_code == 400
    key = caller.form_key("/overview/sign-in")
    assert (
        caller.post("/overview/sign-in", {"Sec-Fetch-Site": "cross-site"}, form_key=key, **right).status_code
        == 400
    )
    assert caller.post("/overview/sign-in", form_key=key, **right).status_code == 303


def test_nothing_is_shown_without_a_session(centre: str) -> None:
    for place in ("/overview", "/overview/accounts", "/overview/audit"):
        answer = requests.get(f"{centre}{place}", timeout=10, allow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/overview/sign-in"
    assert requests.get(f"{centre}/overview/figures", timeout=10).status_code == 401
    made_up = {"onecard_session": "a" * 43}
    assert requests.get(f"{centre}/overview/figures", cookies=made_up, timeout=10).status_code == 401


def test_unchanged_figures_are_not_sent_again_and_nothing_is_stored_on_the_way(caller: Caller) -> None:
    caller.sign_in("wall")
    address = f"{caller.centre}/overview/figures"
    first = caller.http.get(address, timeout=10)
    again = caller.http.get(address, headers={"If-None-Match": first.headers["ETag"]}, timeout=10)
    assert (first.status_code, again.status_code) == (200, 304)
    assert first.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in first.headers["Content-Security-Policy"]


def test_five_wrong_passwords_lock_and_are_on_record(caller: Caller, database: Database) -> None:
    key = caller.form_key("/overview/sign-in")
    codes = [
        caller.post("/overview/sign-in", name="chen", password="guess", form_key=key).status_code
        for _ in range(6)
    ]
    assert codes == [401] * 5 + [429]
    with database.read() as connection:
        did = list(connection.execute(select(audit.c.did).where(audit.c.who == "chen")).scalars())
    assert did.count("sign_in_refused") == 5
    assert did.count("locked_out") == 1


def test_a_department_fetches_its_own_transactions_and_no_others(caller: Caller, database: Database) -> None:
    account(database, "liang", "department", "culture")
    Desk(database, now=now()).do("borrow", BOOK, "liu-zhiyong")
    caller.sign_in("liang")
    page = caller.http.get(f"{caller.centre}/overview/exports", timeout=10).text
    assert "文化旅游" in page
    assert "交通出行" not in page
    key, day = caller.form_key("/overview/exports"), now().astimezone(ZONE).date().isoformat()
    wanted = {"first": day, "last": day, "form": "csv", "form_key": key}
    answer = caller.post("/overview/exports", department="culture", **wanted)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="culture-{day}-{day}.csv"'
    assert answer.content.decode("utf-8-sig").count("library,borrow") == 1
    other = caller.post("/overview/exports", department="transport", **wanted)
    assert other.status_code == 403
    odd = caller.post("/overview/exports", department="culture", **{**wanted, "first": "../../etc"})
    assert odd.status_code == 400
    forged = caller.post("/overview/exports", department="culture", **{**wanted, "form_key": "other"})
    assert forged.status_code == 303
    with database.read() as connection:
        rows = connection.execute(select(audit).where(audit.c.who == "liang").order_by(audit.c.id)).all()
    assert [(row.did, row.detail) for row in rows[-2:]] == [
        ("exported", f"culture {day} {day} csv: 1"),
        ("not_allowed", "/overview/exports"),
    ]
