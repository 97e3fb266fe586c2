"""Judges the page of `sprun simulate` in a real browser, as somebody sees it who watches a simulation.

    page.py BASE_URL CLIENT_ID API_KEY [--screenshots FOLDER]

BASE_URL is that of the API, such as http://127.0.0.1:8080/v1; the page is at `/` of the same origin. What there is to
be seen comes from the API itself. Of the page it takes for granted that the element of a thing carries its id in
data-id, that of a request its number in data-number, and that of a count its name in data-count.

Creates a server, a user with apps and databases, and an SSH key, and deletes them again. A speed of 5 suits it: the
work of an app then takes two to five seconds, enough to see its bar move. With --screenshots, wide.png, dark.png and
phone.png are put into FOLDER while work is in progress.

Needs nothing but Python and Debian's packages chromium and chromium-driver. Prints a line for each check, `ok` or
`FAILED`; ends with status 1 if a check failed.
"""

import argparse
import base64
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("base_url")
parser.add_argument("client_id")
parser.add_argument("api_key")
parser.add_argument("--screenshots", metavar="FOLDER")
options = parser.parse_args()

ORIGIN = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(options.base_url))
TOKEN = base64.b64encode(f"{options.client_id}:{options.api_key}".encode()).decode()
WIDE, PHONE = (1280, 900), (390, 844)
ODD_NAME = "&amp; ' é 日本 &lt;img src=x onerror=alert(1)&gt;"
SSL_WORDS = {None: "no SSL", True: "AutoSSL", False: "own certificate"}

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
failures = []


def check(what, is_right, *found):
    print("ok" if is_right else "FAILED", what, *([] if is_right else found), flush=True)
    if not is_right:
        failures.append(what)


def eventually(look, seconds=6):
    """What `look` gives once that is true, or at the end of the time."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


# The API, and what the simulator tells its page

def ask(method, path, body=None):
    """The status and the body of a reply of the API."""
    request = urllib.request.Request(
        options.base_url + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Basic " + TOKEN, "Content-Type": "application/json"})
    try:
        with opener.open(request, timeout=20) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def done(method, path, body=None):
    """The data and the action of a reply that has to be good."""
    status, reply = ask(method, path, body)
    if status != 200:
        raise SystemExit(f"{method} {path}: {status} {reply}")
    return reply["data"], reply.get("actionid")


def listed(kind):
    return done("GET", "/" + kind)[0]


def state_text():
    request = urllib.request.Request(ORIGIN + "/_simulator/state", headers={"Authorization": "Basic " + TOKEN})
    with opener.open(request, timeout=20) as reply:
        return reply.read().decode()


def state():
    return json.loads(state_text())


# The browser

class Browser:
    """A headless Chromium, led over the protocol of WebDriver."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="page-judge-")
        self.session = None
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True)
        try:
            self.open()
        except BaseException:
            self.end()
            raise

    def open(self):
        found = (re.search(r"successfully on port (\d+)", line) for line in self.driver.stdout)
        port = next((match[1] for match in found if match), None)
        if port is None:
            raise RuntimeError("chromedriver does not start")
        self.address = f"http://127.0.0.1:{port}"
        arguments = [
            "--headless=new", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--no-proxy-server", "--disable-gpu", "--user-data-dir=" + self.profile]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        chrome = {"args": arguments}
        if shutil.which("chromium"):
            chrome["binary"] = shutil.which("chromium")
        wanted = {"goog:chromeOptions": chrome, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        self.address += "/session/" + self.session
        self.call("POST", "/timeouts", {"script": 500_000, "pageLoad": 30_000})

    def end(self):
        try:
            if self.session:
                self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(20)
            shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, path, body=None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(
            self.address + path, method=method, data=data, headers={"Content-Type": "application/json"})
        try:
            with opener.open(request, timeout=600) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()[:600]}") from None

    def develop(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def look_at(self, size, is_dark=False, scale=1):
        width, height = size
        self.develop(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.develop("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def watch(self, script, *arguments):
        """Runs a script that calls the function behind its arguments when it is done."""
        return self.call("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def find(self, selector):
        found = self.call("POST", "/elements", {"using": "css selector", "value": selector})
        return [next(iter(element.values())) for element in found]

    def text(self, selector):
        """What can be read of the first element for the selector; `None` without one."""
        while elements := self.find(selector):
            try:
                return self.call("GET", f"/element/{elements[0]}/text")
            except RuntimeError as error:
                # It went away in between; there may be another in its place.
                if "stale element" not in str(error):
                    raise
        return None

    def click(self, selector):
        self.call("POST", f"/element/{self.find(selector)[0]}/click")

    def picture(self, name):
        with open(os.path.join(options.screenshots, name), "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))


def of(*ids):
    """The selector of a thing that is in another."""
    return " ".join(f'[data-id="{identifier}"]' for identifier in ids)


# Scripts that run in the page

UNFOLD = "for (const details of document.querySelectorAll('details:not([hidden])')) details.open = true"

# How actions go until the first has ended. By id a line for each frame: the time, what the bar says, how far it is, and
# what can be read beside it.
FOLLOW = """
const [ids, seconds, done] = arguments, seen = Object.fromEntries(ids.map((id) => [id, []])), begin = performance.now();
function look() {
    for (const id of ids) {
        const row = document.querySelector(`[data-id="${id}"]`), bar = row?.querySelector("[role=progressbar]");
        if (bar) seen[id].push([performance.now(), Number(bar.getAttribute("aria-valuenow")),
            bar.firstElementChild.getBoundingClientRect().width / bar.clientWidth, row.innerText]);
        else if (id === ids[0] && seen[id].length > 0) return done(seen);
    }
    if (performance.now() - begin > seconds * 1000) done(seen);
    else requestAnimationFrame(look);
}
look();
"""

# Texts whose contrast with what is behind them is less than 4.5.
PALE = """
const numbers = (color) => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
const over = ([r, g, b, a], below) => [r, g, b].map((part, index) => part * a + below[index] * (1 - a));
const light = (color) => color.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
function behind(element) {
    if (!element) return [255, 255, 255];
    const color = numbers(getComputedStyle(element).backgroundColor);
    return color[3] === 1 ? color.slice(0, 3) : over(color, behind(element.parentElement));
}
const pale = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("script, style, template, .heard")) continue;
    const back = behind(element), front = over(numbers(getComputedStyle(element).color), back);
    const [dark, bright] = [light(back), light(front)].sort((a, b) => a - b);
    if ((bright + 0.05) / (dark + 0.05) < 4.5) pale.add(texts.currentNode.data.trim());
}
return [...pale];
"""


# What the judge makes: things whose names nobody has taken

class Site:
    def __init__(self):
        self.server = next((server for server in listed("servers") if server["lastconn"]), None)
        if self.server is None:
            raise SystemExit("the account has no server that has connected")
        taken = {thing["name"] for kind in ("servers", "sysusers", "apps", "dbs") for thing in listed(kind)}
        ending = "" if not taken & {"www3", "fern", "fernshop", "fernblog"} else secrets.token_hex(2)
        self.names = {name: name + ending for name in ("www3", "fern", "fernshop", "fernblog", "fernwiki", "fernlab")}
        self.passwords = [secrets.token_urlsafe(12) for _ in range(3)]
        self.key_lines = [secrets.token_urlsafe(48)[:64] for _ in range(4)]
        self.user = None
        self.away = None
        self.key = None

    def furnish(self):
        """What is there before somebody looks."""
        self.away, _ = done("POST", "/servers", {"name": self.names["www3"]})
        self.user, _ = done(
            "POST", "/sysusers",
            {"serverid": self.server["id"], "name": self.names["fern"], "password": self.passwords[0]})
        shop, _ = self.app("fernshop", wordpress={
            "site_title": "Fern", "admin_user": "fern", "admin_password": self.passwords[1],
            "admin_email": "fern@example.com"})
        self.database("fernshop", shop)
        self.repeat("fernshop")
        done("POST", f"/apps/{shop['id']}/ssl", {
            "key": self.pem("PRIVATE KEY"), "cert": self.pem("CERTIFICATE"), "cacerts": None})

    def pem(self, label):
        return "\n".join([f"-----BEGIN {label}-----", *self.key_lines, f"-----END {label}-----", ""])

    def app(self, name, **more):
        runtime = self.server["available_runtimes"][-1]
        return done("POST", "/apps", {
            "name": self.names[name], "sysuserid": self.user["id"], "runtime": runtime,
            "domains": [f"{self.names[name]}.example", f"www.{self.names[name]}.example"], **more})

    def change_runtime(self, app):
        """The id of the action of a change of the app's runtime, and back again with the next call."""
        runtimes = self.server["available_runtimes"]
        current = done("GET", "/apps/" + app["id"])[0]["runtime"]
        runtime = runtimes[-1] if current != runtimes[-1] else runtimes[-2]
        return done("POST", "/apps/" + app["id"], {"runtime": runtime})[1]

    def repeat(self, name):
        """The status of an attempt to create an app that exists."""
        runtime = self.server["available_runtimes"][-1]
        return ask(
            "POST", "/apps", {"name": self.names[name], "sysuserid": self.user["id"], "runtime": runtime})[0]

    def database(self, name, app):
        return done("POST", "/dbs", {
            "appid": app["id"], "name": self.names[name] + "-db",
            "user": {"name": self.names[name], "password": self.passwords[2]}})

    def selector(self, *ids):
        return of(self.server["id"], self.user["id"], *ids)

    def clear(self):
        if self.user:
            ask("DELETE", "/sysusers/" + self.user["id"])
        if self.away:
            ask("DELETE", "/servers/" + self.away["id"])
        if self.key:
            ask("DELETE", "/sshkeys/" + self.key["id"])

    @property
    def secrets(self):
        return [options.api_key, TOKEN, self.away["apikey"], "PRIVATE KEY", *self.passwords, *self.key_lines]


# The checks

def judge_account(browser):
    """Whether everything that the API lists can be read, where it belongs."""
    servers, users, apps, databases = (listed(kind) for kind in ("servers", "sysusers", "apps", "dbs"))
    browser.run(UNFOLD)
    missing = []

    def expect(selector, *texts):
        shown = browser.text(selector)
        missing.extend((selector, text) for text in texts if shown is None or text not in shown)

    for server in servers:
        connected = "connected" if server["lastconn"] else "never connected"
        expect(of(server["id"]), server["name"], server["lastaddress"] or "", connected)
    check(f"the {len(servers)} servers are shown, and whether they have connected", not missing, missing)
    missing = []
    for user in users:
        expect(of(user["serverid"], user["id"]), user["name"])
    check(f"the {len(users)} users are shown, each on its server", not missing, missing)
    missing = []
    for app in apps:
        ssl = SSL_WORDS[app["ssl"] and app["ssl"]["auto"]]
        expect(of(app["serverid"], app["sysuserid"], app["id"]), app["name"], app["runtime"], ssl, *app["domains"])
    check(f"the {len(apps)} apps are shown with domains, runtime and SSL, each with its user", not missing, missing)
    missing = []
    for database in databases:
        expect(of(database["serverid"], database["appid"], database["id"]), database["name"], database["user"]["name"])
    check(f"the {len(databases)} databases are shown, each with its app", not missing, missing)

    lists = {"servers": servers, "sysusers": users, "apps": apps, "dbs": databases}
    counts = {kind: browser.text(f'[data-count="{kind}"]') for kind in lists}
    check("the counts are right", counts == {kind: f"{len(things):,}" for kind, things in lists.items()}, counts)
    ids = {thing["id"] for things in lists.values() for thing in things}
    shown = set(browser.run("""
        return [...document.querySelectorAll("#servers [data-id]")].map((node) => node.dataset.id)"""))
    check("nothing is shown among the servers that the API does not list", shown <= ids, shown - ids)


def judge_following(browser, site):
    """Whether what happens is shown while it happens."""
    app, action = site.app("fernblog")
    database, waiting = site.database("fernblog", app)
    seen = browser.watch(FOLLOW, [action, waiting], 400 / speed)
    text = eventually(lambda: browser.text(site.selector(app["id"])))
    check("a created app appears", app["name"] in (text or ""), text)
    text = eventually(lambda: browser.text(site.selector(app["id"], database["id"])))
    check("its database too", database["name"] in (text or ""), text)
    check("the action of the app appears", seen[action] and "create_app" in seen[action][0][3], seen[action][:1])
    judge_bar(moving_samples(browser, site, app, seen[action]))
    text = seen[waiting][0][3] if seen[waiting] else ""
    check("one that has to wait is shown as waiting", "create_db" in text and "waiting" in text, text)
    check("the API says that the action has ended", done("GET", "/actions/" + action)[0]["status"] == "success")
    text = eventually(lambda: browser.text(of(action)))
    check("the page says how it ended", "success" in (text or ""), text)
    return app


def moving_samples(browser, site, app, samples):
    """The frames in which the bar of an action was on its way.

    A busy machine may draw too few frames while an action runs. Then this watches another action of the app.
    """
    for _ in range(12):
        moving = [sample for sample in samples if 0 < sample[2] < 1]
        if len(moving) >= 24:
            break
        action = site.change_runtime(app)
        samples = browser.watch(FOLLOW, [action], 400 / speed)[action]
    return moving


def judge_bar(moving):
    """Whether a bar has moved as it should, by its position in each frame."""
    shares = [share for _, _, share, _ in moving]
    check("enough frames were drawn while the bar moved", len(moving) >= 24, len(moving))
    check("its bar moves", len(set(shares)) >= 8, len(set(shares)))
    if not moving:
        return
    check("and only forth", shares == sorted(shares))
    pauses, begin = [0], moving[0]
    for sample in moving:
        if sample[2] != begin[2]:
            pauses.append(sample[0] - begin[0])
            begin = sample
    check("and smoothly, not from poll to poll", max(pauses) < 700, max(pauses))
    wrong = [(value, share) for _, value, share, _ in moving if abs(value - share * 100) > 2]
    check("aria-valuenow goes with it", not wrong, wrong[:3])


def judge_refusal(browser, site):
    """Whether a refused request is shown with what refused it."""
    status = site.repeat("fernshop")
    request = next((request for request in state()["requests"] if request["status"] >= 24), {})
    is_refused = status >= 24 and request.get("rule")
    check("the simulator refuses a second app of that name, by a rule", is_refused, status, request)
    if not is_refused:
        return
    text = eventually(lambda: browser.text(f'[data-number="{request["number"]}"]')) or ""
    expected = ["POST", "/apps", str(status), request["rule"]]
    check("the refused request appears with its status and the rule", all(part in text for part in expected), text)


def judge_odd_name(browser, site):
    """Whether a name is shown as it is, whatever it looks like."""
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", secrets.token_bytes(32)))
    public_key = "ssh-ed25519 " + base64.b64encode(blob).decode()
    site.key, _ = done("POST", "/sshkeys", {"name": ODD_NAME, "public_key": public_key})
    text = eventually(lambda: browser.text(of(site.key["id"]))) or ""
    check("a name with odd characters is shown as it is", ODD_NAME in text, text)
    check("with the key's fingerprint", site.key["sha256_fingerprint"] in text, text)
    check("and has not become part of the page", browser.run("return document.images.length") == 0)


def judge_staying(browser, site, app):
    """Whether a reader is left in peace by what happens elsewhere on the page."""
    browser.look_at(PHONE)
    user = "details" + of(site.user["id"])
    browser.run(f"window.kept = document.querySelector('{user}'); kept.open = true")
    browser.click(f"{user} > summary")
    check("a click folds a user's apps", not browser.run("return kept.open"))
    site.app("fernwiki")
    check("an update comes while they are folded", eventually(lambda: "3 apps" in browser.text(f"{user} > summary")))
    check("and they stay folded", not browser.run("return kept.open"))
    browser.click(f"{user} > summary")
    browser.run(f"""
        const row = document.querySelector('{site.selector(app["id"])}');
        scrollTo({{ top: row.getBoundingClientRect().top + scrollY - 100, behavior: "instant" }});
        getSelection().selectAllChildren(row.querySelector("strong"));
        window.watched = row;""")
    time.sleep(0.3)
    where = "return [watched.getBoundingClientRect().top, getSelection().toString(), scrollY, kept.open]"
    before = browser.run(where)
    added, _ = site.app("fernlab")
    check("an update comes while somebody reads", eventually(lambda: browser.find(site.selector(added["id"]))))
    time.sleep(1.5)
    after = browser.run(where)
    check("what is read stays where it is", before[2] > 0 and abs(before[0] - after[0]) <= 2, before, after)
    check("what is selected stays selected", after[1] == site.names["fernblog"] == before[1], before, after)
    check("what was unfolded stays so", after[3] is True, after)
    check("elements are kept, not made anew", browser.run(
        f"return watched.isConnected && document.querySelector('{user}') === kept"))


def judge_widths(browser):
    browser.run(UNFOLD)
    for size in (WIDE, (1000, 800), PHONE):
        browser.look_at(size)
        time.sleep(0.3)
        inner, wide = browser.run("return [innerWidth, document.documentElement.scrollWidth]")
        check(f"at {size[0]} px nothing is beside the window", wide <= inner == size[0], wide, inner)
    browser.look_at(WIDE)


def judge_accessibility(browser):
    found = browser.run("""return {
        lang: document.documentElement.lang, title: document.title, mains: document.querySelectorAll("main").length,
        heads: [...document.querySelectorAll("h1")].map((node) => node.textContent),
        bars: [...document.querySelectorAll("[role=progressbar]")]
            .filter((bar) => !bar.hasAttribute("aria-valuenow") || !bar.getAttribute("aria-label")).length,
        handlers: [...document.querySelectorAll("*")]
            .filter((node) => [...node.attributes].some((attribute) => attribute.name.startsWith("on"))).length,
    }""")
    check("the page has a language, a title and one heading", found["lang"] == "en" and found["mains"] == 1
          and found["title"] == "sprun simulator" == found["heads"][0] and len(found["heads"]) == 1, found)
    check("bars have names and values", found["bars"] == 0, found)
    check("no element has a handler as an attribute", found["handlers"] == 0, found)
    # Until what is new is no longer marked.
    time.sleep(3)
    for is_dark in (False, True):
        browser.look_at(WIDE, is_dark=is_dark)
        time.sleep(0.3)
        pale = browser.run(PALE)
        check(f"all text can be read well, {'dark' if is_dark else 'light'}", not pale, pale)
    browser.look_at(WIDE)


def judge_polling(browser):
    """Whether the page asks as it should, by the browser's own record of what it loaded."""
    entries = """return performance.getEntriesByType("resource").map(
        (entry) => [entry.name, entry.startTime, entry.responseStatus])"""
    shown = browser.call("GET", "/window")
    begin = browser.run("return performance.now()")
    time.sleep(4)
    asked = [entry for entry in browser.run(entries) if entry[1] > begin]
    check("the page asks about once a second", 2 <= len(asked) <= 5, asked)
    hidden = browser.run("return performance.now()")
    other = browser.call("POST", "/window/new", {"type": "tab"})["handle"]
    browser.call("POST", "/window", {"handle": other})
    time.sleep(4)
    browser.call("DELETE", "/window")
    browser.call("POST", "/window", {"handle": shown})
    returned = browser.run("return performance.now()")
    asked = [entry for entry in browser.run(entries) if hidden + 1500 < entry[1] < returned - 500]
    check("not while it is hidden", not asked, asked)
    check("and again afterwards", eventually(lambda: [entry for entry in browser.run(entries) if entry[1] > returned]))
    # No work is in progress that ends, or it ends some time: then nothing changes any more.
    quiet = eventually(lambda: [entry for entry in browser.run(entries)[-3:] if entry[2] == 304], 60)
    check("a reply without news is empty", quiet, browser.run(entries)[-3:])
    foreign = [entry for entry in browser.run(entries) if not entry[0].startswith(ORIGIN + "/")]
    check("nothing is loaded from elsewhere", not foreign, foreign)


def judge_secrets(browser, site):
    document = browser.call("GET", "/source") + browser.run("return document.documentElement.outerHTML")
    for name, text in (("the page", document), ("what it loads", state_text())):
        found = [index for index, secret in enumerate(site.secrets) if secret in text]
        check(f"{name} holds no API key, password or private key", not found, found)


def take_pictures(browser):
    """Pictures of the page with work in progress."""
    under_way = """return [...document.querySelectorAll("[role=progressbar]")]
        .some((bar) => bar.ariaValueNow >= 20 && bar.ariaValueNow < 80)"""
    for name, size, is_dark, scale in (
            ("wide.png", WIDE, False, 1), ("dark.png", WIDE, True, 1), ("phone.png", PHONE, False, 2)):
        browser.look_at(size, is_dark=is_dark, scale=scale)
        eventually(lambda: browser.run(under_way), 20)
        browser.picture(name)
    browser.look_at(WIDE)


def judge(browser, site):
    browser.look_at(WIDE)
    browser.call("POST", "/url", {"url": ORIGIN + "/"})
    # The browser remembers 250 otherwise.
    browser.run("performance.setResourceTimingBufferSize(100000); window.isTheSame = true")
    first = eventually(lambda: browser.text(of(site.server["id"])))
    check("the page opens and shows the account", first)
    if not first:
        return
    if options.screenshots:
        take_pictures(browser)
    judge_account(browser)
    app = judge_following(browser, site)
    judge_refusal(browser, site)
    judge_odd_name(browser, site)
    judge_staying(browser, site, app)
    judge_widths(browser)
    judge_secrets(browser, site)
    done("DELETE", "/apps/" + app["id"])
    check("a deleted app vanishes", eventually(lambda: not browser.find(of(app["id"]))))
    judge_accessibility(browser)
    judge_account(browser)
    site.clear()
    check("a deleted user vanishes with all that is theirs", eventually(lambda: not browser.find(of(site.user["id"]))))
    check("a deleted server too", eventually(lambda: not browser.find(of(site.away["id"]))))
    judge_polling(browser)
    check("the page was never loaded anew", browser.run("return window.isTheSame === true"))
    errors = [entry["message"] for entry in browser.call("POST", "/se/log", {"type": "browser"})]
    check("the browser's console is empty", not errors, errors)


# An end by a signal is to end the browser too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
speed = state()["speed"]
if not 1 <= speed <= 20:
    sys.exit(f"at a speed of {speed} nobody sees a bar move: start the simulator with --speed 5")
if options.screenshots:
    os.makedirs(options.screenshots, exist_ok=True)
site = Site()
try:
    site.furnish()
    browser = Browser()
    try:
        judge(browser, site)
    finally:
        browser.end()
except (RuntimeError, OSError):
    traceback.print_exc(file=sys.stdout)
    check("the judge comes to its end", False)
finally:
    site.clear()
print(f"{len(failures)} failed" if failures else "all is well")
sys.exit(1 if failures else 0)
