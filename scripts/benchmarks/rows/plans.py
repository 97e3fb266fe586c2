"""P8: plans on large accounts, beside the reads that they cannot do without."""
from measuring import beside
from servers import CURL, Simulator, write_account
from table import Check, Measured

NUMBER, TITLE = "P8", "Plans"
WORK = "`sprun plan` on accounts of 100, 1,000 and 10,000 apps"
BESIDE = "curl that asks for the same lists"
GOAL = "for 10,000 apps under 1 s beyond the reads"
SIZES = (100, 1_000, 10_000)
RECIPES = {
    # (the recipe, the lists that it needs)
    "a new site": ("""
local server = sp.find_server{ name = "www1" }
local user = sp.ensure_sysuser{ serverid = server.id, name = "newuser" }
local app = sp.ensure_app{ name = "newsite", sysuserid = user.id, runtime = "php8.4", domains = { "new.example" } }
sp.ensure_db{ appid = app.id, name = "newsite", user = { name = "newsite", password = sp.secret("db") } }
""", ["servers", "sysusers", "apps", "dbs"]),
    "one of 100 apps changed": ("""
for index, app in ipairs(sp.apps()) do
    if index % 100 == 0 then sp.ensure_app{ name = app.name, sysuserid = app.sysuserid, runtime = "php8.3" } end
end
""", ["servers", "sysusers", "apps"]),
}


def measure(bench):
    lines, data = [], {}
    for apps in SIZES:
        write_account(bench.folder, apps)
        with Simulator(bench.sprun, bench.folder, "--seed-account", "account.json") as simulator:
            for name, (recipe, lists) in RECIPES.items():
                bench.write("planned.lua", recipe)
                times = beside(
                    {"plan": [bench.sprun, "plan", "planned.lua"],
                     "reads": "; ".join(f"{CURL} {simulator.base}/{listing}" for listing in lists)},
                    bench.folder, bench.environment | simulator.environment, bench.turns)
                pairs = list(zip(times.turns["plan"], times.turns["reads"]))
                beyond = sorted(plan.wall - reads.wall for plan, reads in pairs)[len(pairs) // 2]
                data.setdefault(name, {})[str(apps)] = {
                    "beyond": beyond, "wall": times.median("plan"), "cpu": times.median("plan", "cpu"),
                    "mib": times.median("plan", "mib"), "reads": times.median("reads")}
                lines.append([f"{name}, {apps:,} apps", f"{times.median('reads'):.2f} s",
                              f"{times.median('plan'):.2f} s", f"{beyond:.2f} s",
                              f"{times.median('plan', 'mib'):.0f} MiB"])
    return Measured(
        [Check(f"{name}, s beyond the reads", data[name][str(SIZES[-1])]["beyond"], 1) for name in RECIPES],
        ["plan", "the reads alone", "the plan", "beyond the reads", "memory"], lines, [], data)
