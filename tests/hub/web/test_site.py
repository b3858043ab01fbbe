"""The site as people meet it: its own process, a hub over CURVE, a real browser."""

import contextlib
import re
import secrets
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

from hub import keys
from hub.domain.lookup import make_keys
from hub.wire import messages as m
from tests.factories import a_demo_complaint, a_progress, a_ticket, lookup_keys
from tests.hub.web.fakes import RouterHub, answer, make_hall
from tests.ports import free_port
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

KEYS = lookup_keys()
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run"]


class Site:
    def __init__(self, folder):
        self.known = {KEYS.token: a_progress(), KEYS.typed: a_progress()}
        pair = keys.make_pair(folder / "keys", "hub")
        self.hub = RouterHub(pair, lambda command: answer(self.known, command))
        self.port = free_port()
        make_hall(folder, self.hub.port, self.port)
        self.address = f"http://127.0.0.1:{self.port}"
        self.command = [sys.executable, "-m", "hub.web", "--hall", str(folder)]
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = self.process.stdout.readline()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        self.process.stdout.close()
        return code


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "hall")
    yield site
    site.stop()
    site.hub.close()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda wrong: page.complaints.append(str(wrong)))
    yield page
    page.close()


def test_it_says_where_it_listens_and_stops_when_told(site):
    assert site.said == f"bancheng-web: 山亭区政务服务大厅 at {site.address}\n"
    assert site.stop() == 0


def test_a_second_site_on_the_same_port_says_what_to_do(site):
    second = subprocess.run(site.command, capture_output=True, text=True, timeout=30)
    assert second.returncode == 1
    assert re.search(r"cannot listen on .*--listen HOST:PORT", second.stderr)


def test_the_page_opens_on_a_phone_and_fits_it(site, phone):
    phone.goto(f"{site.address}/p/{KEYS.token}")
    assert "不动产登记中心正在办理" in phone.locator("#now").inner_text()
    assert phone.locator("[aria-current=step]").inner_text().startswith("办理")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor") == "rgb(8, 70, 64)"
    assert phone.complaints == []


def test_a_typed_code_opens_the_case(site, phone):
    phone.goto(site.address)
    phone.get_by_label("查询码").fill(KEYS.typed.lower())
    phone.get_by_role("button", name="查看进度").click()
    assert phone.url == f"{site.address}/p/{KEYS.typed}"
    assert phone.get_by_role("heading", level=1).inner_text() == "反映事项 0007"
    assert phone.complaints == []


def test_an_open_page_follows_the_case_without_reloading(site, phone):
    phone.clock.install()
    phone.goto(f"{site.address}/p/{KEYS.token}")
    phone.evaluate("document.body.dataset.kept = 'yes'")
    site.known[KEYS.token] = a_progress(
        stage="replied", answer="请带身份证到2号窗口。", ticket=a_ticket(state="called", window=3)
    )
    phone.clock.run_for(16_000)
    phone.get_by_text("请带身份证到2号窗口。").wait_for()
    assert phone.locator("#ticket").inner_text() == "请F012号到3号窗口"
    assert phone.evaluate("document.body.dataset.kept") == "yes"
    assert phone.complaints == []


def test_without_scripts_the_page_is_whole_and_refreshes_itself(site, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.address}/p/{KEYS.token}")
    assert page.get_by_text("最迟 11月30日（周一）反馈办理结果或办理进度。").is_visible()
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "60"
    context.close()


def test_a_touch_leads_to_another_language_and_an_open_page_stays_in_it(site, phone):
    phone.clock.install()
    phone.goto(f"{site.address}/p/{KEYS.token}")
    phone.get_by_role("link", name="English").click()
    assert phone.locator("#now p.now").inner_text() == "In hand at: Property Registration Centre"
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    site.known[KEYS.token] = a_progress(stage="replied", answer="请带身份证到2号窗口。")
    phone.clock.run_for(16_000)
    phone.get_by_text("Answered by: Property Registration Centre").first.wait_for()
    assert phone.complaints == []


def test_a_hub_that_went_away_gives_the_calm_page(site):
    site.hub.decide_nothing()
    with pytest.raises(urllib.error.HTTPError) as away:
        urllib.request.urlopen(f"{site.address}/p/{KEYS.token}", timeout=20)
    with away.value as got:
        assert got.code == 503
        assert "暂时连不上大厅" in got.read().decode()


@pytest.fixture
def running(tmp_path, processes):
    running = RunningHall(tmp_path / "hall", processes)
    running.staff("zhang", "张敏", "window", "246813")
    running.staff("li", "李强", "department", "135792", department="real-estate")
    running.start_hub()
    running.start_web()
    running.ready_hub()
    running.ready_web()
    return running


@contextlib.contextmanager
def at(running, terminal, staff="", pin=""):
    """A terminal's link, logged in where it has staff."""
    with contextlib.closing(running.link(terminal, feed=False)) as link:
        if staff:
            assert isinstance(link.ask(m.LogIn(staff=staff, pin=pin)), m.LoggedIn)
        yield link


@pytest.mark.rule("R24")
def test_a_case_is_followed_from_filing_to_its_answer(running, phone):
    keys = make_keys(secrets.token_bytes)
    with at(running, "kiosk-1") as kiosk:
        filed = kiosk.ask(a_demo_complaint(number=2).filed_with(keys))
    assert isinstance(filed, m.ComplaintAccepted)
    page = f"{running.hall.page_url}/p/{keys.token}"
    phone.goto(page)
    assert "已登记，等窗口接收" in phone.locator("#now").inner_text()
    assert filed.case_number in phone.locator("footer").inner_text()

    with at(running, "window-3", "zhang", "246813") as window:
        sent = window.ask(m.DispatchCase(filed.case_number, "real-estate", "general"))
    assert isinstance(sent, m.WorkOrderSent)
    with at(running, "department-real-estate", "li", "135792") as department:
        assert isinstance(department.ask(m.AcceptWorkOrder(sent.work_order_id)), m.Done)
        phone.goto(page)
        assert "不动产登记中心正在办理" in phone.locator("#now").inner_text()
        reply = "继承登记不强制公证。\n请带下列5项材料到2号窗口，清单已寄出。"
        assert isinstance(department.ask(m.ReplyToWorkOrder(sent.work_order_id, reply)), m.Done)

    phone.goto(page)
    assert phone.locator("#answer .said").inner_text() == reply
    assert "不动产登记中心已答复" in phone.locator("#now").inner_text()
    whole = phone.content()
    complaint = a_demo_complaint(number=2)
    for private in (complaint.name, complaint.phone, complaint.text[:20], "张敏", "李强"):
        assert private not in whole
    assert phone.complaints == []


def test_unknown_codes_look_like_wrong_ones_at_the_real_hub(running, phone):
    pages = []
    for secret in (lookup_keys(3).token, lookup_keys(3).typed, "0"):
        assert phone.goto(f"{running.hall.page_url}/p/{secret}").status == 404
        pages.append(phone.content())
    assert pages[0] == pages[1] == pages[2]


def test_the_page_comes_back_by_itself_when_the_hub_does(running, phone):
    keys = make_keys(secrets.token_bytes)
    with at(running, "kiosk-1") as kiosk:
        assert isinstance(kiosk.ask(a_demo_complaint().filed_with(keys)), m.ComplaintAccepted)
    running.processes.kill("hub")
    assert phone.goto(f"{running.hall.page_url}/p/{keys.token}").status == 503
    running.start_hub()
    phone.get_by_text("已登记，等窗口接收").wait_for()


def test_a_page_that_fails_tells_the_log_where_and_quotes_nobody(site):
    """The default of the library would print every local variable, a citizen's words among them."""
    site.known["broken"] = a_progress(case_number="not a case number", answer="让我下周再来。")
    with pytest.raises(urllib.error.HTTPError) as failed:
        urllib.request.urlopen(f"{site.address}/p/broken", timeout=5)
    with failed.value as got:
        assert got.code == 500
    site.process.send_signal(signal.SIGTERM)
    told = site.process.stdout.read()
    assert "page_failed" in told
    assert "numbers.py" in told
    assert "让我下周再来" not in told
    assert "not a case number" not in told
