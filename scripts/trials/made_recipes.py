"""Made-up recipes for `changed_recipes.py`: what they consist of, and how they can be changed.

Pieces stand alone, so that any can be left out or moved. `NAME` in them becomes a name of their own.
"""
HEAD = 'local server, other = sp.find_server{ name = "www1" }, sp.find_server{ name = "www4" }\n'
HALF_WAY = 'error("half-way")\n'
# What the simulator is to refuse; nothing else creates databases.
REFUSED = 'sp.create_db{ appid = sp.find_app{ name = "oliveoil" }.id, name = "refused", user = { name = "refused", ' \
    'password = sp.secret("db") } }\n'
EARLY = 'sp.create_sysuser{ serverid = server.id, name = "early" }\n'
TAIL = 'sp.create_app{ name = "tail", sysuserid = sp.find_sysuser{ name = "olive" }.id, runtime = "php8.4" }\n'
# The Lua, changes of its text that make it do something else, and changes that do not.
PIECES = [
    ('local NAME = { serverid = server.id, name = "NAME", password = sp.secret("NAME") }\nsp.create_sysuser(NAME)\n',
     ['name = "NAME" => name = "NAMEx"', "server.id => other.id", ', password = sp.secret("NAME") => ',
      'secret("NAME") => secret("NAMEx")', 'sp.create_sysuser(NAME) => sp.delete_sshkey("nosuchkey")'],
     ['serverid = server.id, name = "NAME", => name = "NAME", serverid = server.id,']),
    ('local NAME = sp.create_sysuser{ serverid = server.id, name = "NAME" }\n'
     'local NAMEapp, NAMEaction = sp.create_app{ name = "NAME", sysuserid = NAME.id, runtime = "php8.3",\n'
     '  domains = { "NAME.example", "www.NAME.example" } }\nsp.update_app(NAMEapp.id, { runtime = "php8.4" })\n',
     ["php8.3 => php8.2", '"www.NAME => "web.NAME', ', "www.NAME.example" => ', '"php8.4" => "php8.1"',
      'sp.update_app(NAMEapp.id, { runtime = "php8.4" }) => sp.delete_app(NAMEapp.id)',
      '{ runtime = "php8.4" } => { runtime = "php8.4", domains = { "NAME.example" } }'],
     ["NAMEapp => NAMEsite", '"php8.3",\n => "php8.3", ']),
    ('local NAME = sp.create_sshkey{ name = "NAME", public_key = "ssh-ed25519 AAAANAME" }\n'
     'sp.add_sysuser_sshkey(sp.create_sysuser{ serverid = server.id, name = "NAME" }.id, NAME.id)\n',
     ["AAAANAME => AAAACNAME", 'sp.add_sysuser => sp.rename_sshkey(NAME.id, "x")\nsp.add_sysuser'],
     ['name = "NAME", public => name = string.sub("a NAME", 3), public']),
    ('for i = 1, 3 do sp.create_sysuser{ serverid = server.id, name = "NAME" .. i } end\n',
     ["1, 3 => 1, 2", "1, 3 => 2, 3", "1, 3 => 3, 1, -1"], ["for i = 1, 3 do => for _, i in ipairs{ 1, 2, 3 } do"]),
    ('sp.each({ "a", "b", "c" }, function(word)\n'
     '  local user = sp.create_sysuser{ serverid = server.id, name = "NAME" .. word }\n'
     '  sp.update_sysuser(user.id, { password = sp.secret("NAME" .. word) })\nend, { limit = 2 })\n',
     [', "c" => ', '"a", "b" => "b", "a"', 'sp.update => sp.delete_sshkey("nosuchkey") sp.update',
      'sp.update_sysuser(user.id, { password = sp.secret("NAME" .. word) }) => '], ["limit = 2 => limit = 3"]),
    ('sp.all{ function() sp.create_sysuser{ serverid = server.id, name = "NAMEx" } end,\n'
     '  function() sp.create_sysuser{ serverid = other.id, name = "NAMEy" } end }\n',
     ['function() sp.create_sysuser{ serverid = other.id, name = "NAMEy" } end => ', "server.id => other.id"], []),
    ('for key, value in pairs{ zeta = "z", beta = "b", [7] = "n", alpha = "a" } do\n'
     '  sp.create_sysuser{ serverid = server.id, name = "NAME" .. key .. value }\nend\n',
     ['"b" => "c"', ' beta = "b", => '], [' beta = "b", [7] = "n" =>  [7] = "n", beta = "b"']),
    ('local NAME = "NAME" .. sp.random(100000) .. "x" .. sp.time()\n'
     'NAME = sp.create_sysuser{ serverid = server.id, name = NAME }\nsp.delete_sysuser(NAME.id)\n',
     ["sp.delete_sysuser(NAME.id) => "], ['local NAME => sp.log("now") local NAME']),
    ('local NAME = {}\nfor word in string.gmatch("delta-alpha-gamma", "%a+") do NAME[#NAME + 1] = word end\n'
     'table.sort(NAME)\nfor place, word in ipairs(NAME) do\n'
     '  sp.create_sysuser{ serverid = server.id, name = string.format("NAME%d%s", place, word) }\nend\n',
     ["sort(NAME) => sort(NAME, function(a, b) return a > b end)"], []),
]
# What only clean recipes have.
CLEAN_PIECES = [
    'local names = setmetatable({}, { __index = function(_, key) return key .. "-" .. math.random(1000) end })\n'
    'local NAME = coroutine.wrap(function() for _, user in ipairs(sp.sysusers()) do coroutine.yield(user.id) end end)\n'
    'for id in NAME do sp.update_sysuser(id, { password = names[id] }) end\n',
    'local NAME, ids = {}, {}\nfor _, app in ipairs(sp.apps()) do NAME[app.id], ids[#ids + 1] = app.name, app.id end\n'
    'for id, name in pairs(NAME) do print(id, name, sp.random(1000)) end\ntable.sort(ids)\n'
    'sp.each(ids, function(id, i) sp.update_app(id, { runtime = i % 2 == 0 and "php8.1" or "php8.2" }) end)\n',
    'print(tostring({}), print, string.format("%s", sp.params), next{ b = 1, a = 2 }, sp.time(), #sp.secret("s"))\n'
    'print(pcall(sp.app, "no/id"), select("#", pcall(error)), math.random(), (string.gsub("abc", "%w", "%0-")))\n',
    'sp.each({ 3, 1, 2 }, function(n)\n  sp.sleep(n / 50)\n  sp.all{\n'
    '    function() sp.create_sysuser{ serverid = server.id, name = "NAME" .. n .. "x" .. sp.random(1000) } end,\n'
    '    function() return sp.find_app{ name = "oliveoil" }, sp.time() end,\n  }\nend)\n',
]
# Before other work is queued on the server, which it would wait for.
WAIT = 'print(sp.wait(select(2, sp.create_sysuser{ serverid = server.id, name = "wait" })).status,\n' \
    '  select(2, sp.ensure_sysuser{ serverid = server.id, name = "wait" }))\n'
# Where it could matter that the process is another, or that things end in another order.
HAZARDS = {
    "goes by the order in which items ended":
        'local NAME = {}\nsp.each({ "a", "b" }, function(word, i) sp.sleep((3 - i) / 20) NAME[#NAME + 1] = word end)\n'
        'sp.create_sysuser{ serverid = server.id, name = "NAME" .. table.concat(NAME) }\n',
    "math.random side by side":
        'sp.each({ 3, 2, 1 }, function(n)\n  sp.sleep(n / 20)\n'
        '  sp.create_sysuser{ serverid = server.id, name = "NAME" .. n .. "x" .. math.random(100000) }\nend)\n',
    "equal elements in table.sort":
        'local NAME, sum = {}, 0\nfor i = 1, 1000 do NAME[i] = { i = i, weight = i // 3 } end\n'
        'table.sort(NAME, function(a, b) return a.weight < b.weight end)\n'
        'for _, item in ipairs(NAME) do sum = (sum * 31 + item.i) % 1000000 end\n'
        'sp.create_sysuser{ serverid = server.id, name = "NAME" .. sum }\n',
}
# Where only what follows the change that was refused can tell.
ONWARD = {
    "nothing": REFUSED,
    "beside what computes long":
        'local function busy() local list = {} for i = 1, 100000 do list[i] = i end return #list end\n'
        f'sp.all{{ function() sp.sleep(0.3) {REFUSED} {EARLY} end,\n'
        '  function() for _ = 1, 60 do busy() sp.random(6) end end }\n',
    "after items that were cut off":
        'pcall(sp.each, { 1, 2 }, function(n)\n  if n == 1 then sp.sleep(0.5) error("broken") end\n  for i = 1, 4 do '
        f'sp.create_sysuser{{ serverid = server.id, name = "cut" .. i }} end\n  sp.sleep(60)\nend)\n{REFUSED}',
    "beside a change that ended later":
        'local user = sp.create_sysuser{ serverid = server.id, name = "later" }\n'
        f'sp.all{{ function() {REFUSED} end, function() sp.delete_sysuser(user.id) end }}\n',
}


def named(pieces):
    """The pieces with names of their own."""
    return [(lua.replace("NAME", name), *([text.replace("NAME", name) for text in texts] for texts in changes))
            for name, (lua, *changes) in ((f"piece{place}", piece) for place, piece in enumerate(pieces))]


def changed(luas, place, change):
    """The pieces with one of them changed as `old => new` says."""
    old, new = change.split(" => ")
    if old not in luas[place]:
        raise ValueError(f"{change!r} changes nothing in {luas[place]!r}")
    return "".join([*luas[:place], luas[place].replace(old, new), *luas[place + 1:]])


def ways_unlike(pieces):
    """(what is done differently, the recorded part that does so) of every way there is."""
    luas = [lua for lua, _, _ in pieces]
    for place, (lua, unlike, _) in enumerate(pieces):
        before, after = luas[:place], luas[place + 1:]
        for change in unlike:
            other = changed(luas, place, change)
            yield from ((change, other), (f"{change}, errors caught", f"pcall(function()\n{other}end)\n"))
        yield "a piece less", "".join(before + after)
        yield "a piece in a coroutine", "".join([*before, f"sp.all{{ function()\n{lua}end }}\n", *after])
        if place > 0:
            yield "pieces swapped", "".join([*before[:-1], lua, before[-1], *after])
            yield "a piece twice", "".join([*before, before[-1], lua, *after])
    yield "nothing of it", ""
    yield "a change before the first", EARLY + "".join(luas)
    yield "a change in a coroutine before the first", f"sp.all{{ function() {EARLY} end }}\n" + "".join(luas)


def ways_alike(pieces):
    """{what is another: the recorded part} of texts that do the same."""
    luas = [lua for lua, _, _ in pieces]
    ways = {"a line printed": 'print("now")\n' + "".join(luas)}
    for what, around in (("comments", "-- what follows\n\n{}"), ("blocks", "do\n{}end\n"),
                         ("functions", "local function work()\n{}end\nwork()\n")):
        ways[what] = "".join(around.replace("{}", lua) for lua in luas)
    for place, (_, _, alike) in enumerate(pieces):
        ways |= {change: changed(luas, place, change) for change in alike}
    return ways
