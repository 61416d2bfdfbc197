"""The HTML report in a real browser: no complaint, no request, filters that filter, nothing that sticks out."""

import base64
import shutil
from pathlib import Path

import pytest

from planlint.api import Judge, inspect
from planlint.report import html
from planlint.report.formats import Run

webdriver = pytest.importorskip("selenium.webdriver")
Service = pytest.importorskip("selenium.webdriver.chrome.service").Service

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs Chromium and chromedriver")

PLANS = Path(__file__).parent.parent / "plans"
SWITCHES = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
NETWORK = "return performance.getEntriesByType('resource').map(one => one.name)"
ARTICLES = "return [...document.querySelectorAll('article.finding')].filter(one => one.checkVisibility()).length"
PARTS = "return document.querySelector('output').textContent"
CHANGE = """
const part = document.querySelector(arguments[0]);
if (part.type === 'checkbox') { part.click(); } else {
  part.value = arguments[1]; part.dispatchEvent(new Event('input', {bubbles: true}));
}
"""
STICKING_OUT = """
return [...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && !one.closest('.scroll, .skip')
  && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 80))
"""
CLIPPED = """
return [...document.querySelectorAll('svg.course')].filter(one => one.checkVisibility()).flatMap(
  one => [...one.querySelectorAll('text')].filter(text => {
    const box = text.getBBox(); return box.x < 0 || box.y < 0 || box.x + box.width > 300 || box.y + box.height > 124;
  }).map(text => text.textContent))
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The report about two real plans in both languages, as files, and its findings."""
    folder = tmp_path_factory.mktemp("pages")
    paths = (str(PLANS / "kunming-xishan.yaml"), str(PLANS / "anning.yaml"))
    judge = Judge(remember=False)
    report = inspect(paths, judge)
    for lang in ("zh", "en"):
        (folder / f"{lang}.html").write_bytes(html.render(report, Run(lang, paths, judge)))
    return folder, report.findings


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser without a window, in a folder of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def show(browser, file, width, *, script=True):
    """Open a page in a window of some width."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(file.as_uri())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_loads_nothing_and_fits(browser, pages, lang, width):
    """No console message, no request, nothing wider than the window, no label of a chart cut off."""
    show(browser, pages[0] / f"{lang}.html", width)

    assert browser.get_log("browser") == []
    assert browser.execute_script(NETWORK) == []
    assert browser.execute_script(STICKING_OUT) == []
    assert browser.execute_script(CLIPPED) == []
    assert browser.execute_script(ARTICLES) == len(pages[1])


def test_filters_narrow_the_findings(browser, pages):
    """By severity, family, plan and text, and by several at once; what is shown is counted aloud."""
    folder, findings = pages
    show(browser, folder / "en.html", 1280)
    errors = [f for f in findings if f.severity.word == "error"]
    family = [f for f in errors if f.rule.startswith("PL1")]
    one = [f for f in family if "anning" in f.place.file]

    seen = []
    for part, value in (
        ("input[value=info]", ""),
        ("input[value=warning]", ""),
        ("select[name=family]", "PL1"),
        ("select[name=plan]", one[0].place.file),
        ("input[name=text]", one[0].fingerprint.upper()),
        ("input[name=text]", "nothing like it"),
    ):
        browser.execute_script(CHANGE, part, value)
        seen.append((browser.execute_script(ARTICLES), browser.execute_script(PARTS)))

    counts = [sum(f.severity.word != "info" for f in findings), len(errors), len(family), len(one), 1, 0]
    assert 0 < len(one) < len(family) < len(errors) < len(findings)
    assert seen == [(count, f"{count} of {len(findings)} findings shown") for count in counts]
    assert browser.get_log("browser") == []


def test_a_link_shows_what_a_filter_hides(browser, pages):
    """Whoever follows a link to a finding sees it."""
    folder, findings = pages
    show(browser, folder / "zh.html", 1280)
    browser.execute_script(CHANGE, "input[name=text]", "没有这样的字")
    browser.execute_script(f"location.hash = 'f-{findings[0].fingerprint}'")
    browser.implicitly_wait(2)
    browser.find_element("css selector", f"#f-{findings[0].fingerprint}:not([hidden])")

    assert browser.execute_script(ARTICLES) == 1


def test_without_a_script_everything_is_read(browser, pages):
    """The filter, which would do nothing, is not shown; every finding is."""
    folder, findings = pages
    show(browser, folder / "zh.html", 1280, script=False)
    shown = browser.execute_script(ARTICLES)
    form = browser.execute_script("return document.getElementById('filter').checkVisibility()")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert (shown, form) == (len(findings), False)


def test_what_a_plan_smuggles_in_does_not_run(browser, tmp_path):
    """The policy would stop it if it were markup; it is none."""
    text = (PLANS / "anning.yaml").read_text(encoding="utf-8")
    evil = "'</style><script>document.title=1</script><img src=x onerror=alert(1)>'"
    file = tmp_path / "evil.yaml"
    file.write_text(text.replace("title: 安宁市“十四五”卫生与健康规划", f"title: {evil}", 1), encoding="utf-8")
    assert evil in file.read_text(encoding="utf-8")
    judge = Judge(remember=False)
    (tmp_path / "evil.html").write_bytes(html.render(inspect([str(file)], judge), Run("en", (str(file),), judge)))
    show(browser, tmp_path / "evil.html", 1280)

    assert browser.get_log("browser") == []
    assert browser.title.startswith("</style><script>document.title=1</script><img")


def test_a_page_prints(browser, pages):
    """On A4, with what unfolds unfolded and the filter left out."""
    show(browser, pages[0] / "zh.html", 1280)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    form = browser.execute_script("return document.getElementById('filter').checkVisibility()")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    printed = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])

    assert form is False
    assert printed.startswith(b"%PDF-")
    assert b"[0 0 594.95996 841.91998]" in printed or b"/MediaBox [0 0 595" in printed
