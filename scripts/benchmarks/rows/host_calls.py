"""P3: calls from Lua into the host."""
from measuring import beside
from table import Check, Measured, number

NUMBER, TITLE = "P3", "Host calls"
WORK = "a call of a trivial host function, `sp.random(10)`"
BESIDE = "a Lua function, a C function (`math.abs`), a Python function by `lupa`"
GOAL = "at most 3 × a C function, in instructions"
# Instructions a call are the difference of two runs, so that neither start nor loop counts.
CALLS = (2_000, 12_000)
TIMED = 100_000

LOOP = "for i = 1, {calls} do {call}(i) end\n"
LUPA = """import sys
import lupa
runtime = lupa.LuaRuntime()
loop = runtime.eval("function(f, n) for i = 1, n do f(i) end end")
loop(lambda number: number, int(sys.argv[1]))
"""


def measure(bench):
    # Nothing is asked of an account.
    environment = bench.environment | {
        "SERVERPILOT_API_URL": "http://127.0.0.1:9/v1", "SERVERPILOT_CLIENT_ID": "a", "SERVERPILOT_API_KEY": "abcdef"}
    bench.write("lupa_calls.py", LUPA)
    for calls in (*CALLS, TIMED):
        bench.write(f"host{calls}.lua", LOOP.format(calls=calls, call="sp.random"))
        bench.write(f"c{calls}.lua", "local abs = math.abs " + LOOP.format(calls=calls, call="abs"))
        bench.write(f"lua{calls}.lua", "local function same(x) return x end " + LOOP.format(calls=calls, call="same"))
    commands = {
        "Lua function": lambda calls: ["lua5.4", f"lua{calls}.lua"],
        "C function": lambda calls: ["lua5.4", f"c{calls}.lua"],
        "Python function by lupa": lambda calls: [bench.python, "lupa_calls.py", str(calls)]}

    def host(calls):
        return ["run", "--no-journal", "--max-cpu", "200", f"host{calls}.lua"]

    def a_call(count):
        return [(more - fewer) / (CALLS[1] - CALLS[0]) for fewer, more in zip(*map(count, CALLS))]

    counts = {name: a_call(lambda calls, command=command: [bench.counter.program(
        command(calls), bench.folder, environment)[0]]) for name, command in commands.items()}
    counts["host function"] = a_call(lambda calls: bench.counter.run(host(calls), bench.folder, environment))
    times = beside(
        {name: command(TIMED) for name, command in commands.items()} | {"host function": [bench.sprun, *host(TIMED)]},
        bench.folder, environment, bench.turns)
    beside_c = sum(counts["host function"]) / counts["C function"][0]
    names = [*commands, "host function"]
    return Measured(
        [Check("beside a C function", beside_c, 3)],
        ["function", "instructions a call", "beside a C function", f"median of a run with {TIMED:,} calls"],
        [[name, " + ".join(map(number, counts[name])), number(sum(counts[name]) / counts["C function"][0]),
          f"{times.median(name) * 1000:.0f} ms"] for name in names],
        ["A call of a host function crosses to another process and back: two messages are written, read and decoded, and "
         "each process waits for the other. The first number is that of `sprun`, the second that of `sprun-lua`."],
        {name: {"instructions": counts[name], "wall": times.median(name)} for name in names})
