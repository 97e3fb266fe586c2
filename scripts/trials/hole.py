"""A planted hole: the walls around the process that runs recipes hold also where Lua gives a script everything.

sprun-lua is built once more, with a library `hole` that no script should have: `io` and `os` of Lua, `peek` and `poke` of
any address, and `call` of any C function by its name. The sprun that is tried is copied beside it. A recipe tries each way
out; after each, the run must have ended with an error, nothing may have been read, written, run or sent, and the account's
key must be nowhere in the memory of the process: all of it is searched while the recipe waits.
"""
import base64
import glob
import os
import re
import secrets
import shutil
import subprocess

import harness

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources")
HOLE = r"""
#include <dlfcn.h>
#include <stdint.h>
#include <string.h>
#include <lauxlib.h>
#include <lualib.h>
void library_open_whole(lua_State *L);
static int peek(lua_State *L) {
    lua_pushlstring(L, (const char *)(uintptr_t)luaL_checkinteger(L, 1), (size_t)luaL_checkinteger(L, 2));
    return 1;
}
static int poke(lua_State *L) {
    size_t count;
    const char *bytes = luaL_checklstring(L, 2, &count);
    memcpy((void *)(uintptr_t)luaL_checkinteger(L, 1), bytes, count);
    return 0;
}
static int call(lua_State *L) {
    intptr_t a[6] = {0};
    for (int i = 2; i <= lua_gettop(L) && i <= 7; i++) {
        a[i - 2] = lua_isinteger(L, i) ? (intptr_t)lua_tointeger(L, i) : (intptr_t)lua_tostring(L, i);
    }
    intptr_t (*function)(intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t);
    *(void **)&function = dlsym(RTLD_DEFAULT, luaL_checkstring(L, 1));
    if (!function) return luaL_error(L, "no such function");
    lua_pushinteger(L, function(a[0], a[1], a[2], a[3], a[4], a[5]));
    return 1;
}
void library_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {{"peek", peek}, {"poke", poke}, {"call", call}, {NULL, NULL}};
    library_open_whole(L);
    luaL_newlib(L, FUNCTIONS);
    lua_pushcfunction(L, luaopen_io), lua_call(L, 0, 1), lua_setfield(L, -2, "io");
    lua_pushcfunction(L, luaopen_os), lua_call(L, 0, 1), lua_setfield(L, -2, "os");
    lua_setglobal(L, "hole");
}
"""
# Each way out, as the body of a recipe without needs. FOLDER is a folder of the trial's.
WAYS = {
    "nothing": "return { value = hole.peek(0, 0) }",
    "open a file": 'local f, e = hole.io.open("/etc/passwd") return { value = f and f:read("a") or e }',
    "write a file": 'local f = hole.io.open("FOLDER/escaped", "w") if f then f:write("x") f:close() end',
    "run a program": 'hole.os.execute("touch FOLDER/escaped")',
    "read from a program": 'return { value = hole.io.popen("id"):read("a") }',
    "remove a file": 'hole.os.remove("FOLDER/kept")',
    "open by a raw call": 'hole.call("open", "/etc/passwd", 0)',
    "connect": 'hole.call("socket", 2, 1, 0)',
    "fork": 'hole.call("fork")',
    "execve": 'hole.call("execl", "/bin/touch", "touch", "FOLDER/escaped", 0)',
    "signal its parent": 'hole.call("kill", hole.call("getppid"), 9)',
    "trace its parent": 'hole.call("ptrace", 16, hole.call("getppid"), 0, 0)',
    "read its parent's memory": 'hole.call("process_vm_readv", hole.call("getppid"), 0, 0, 0, 0, 0)',
    "memory that can be executed": 'return { value = hole.call("mmap", 0, 4096, 7, 34, -1, 0) }',
    "make memory executable": 'hole.call("mprotect", 0x10000, 4096, 7)',
    "raise a limit": 'hole.call("setrlimit", 7, 0)',
    "write to the terminal": 'hole.call("write", 2, "escaped\\n", 8)',
    "a pointer to nowhere": "hole.peek(0x41414141, 8)",
    "write to nowhere": 'hole.poke(0x41414141, "x")',
    "an environment": 'return { value = hole.os.getenv("SERVERPILOT_API_KEY") or hole.os.getenv("PATH") or "none" }',
}
# What runs to its end without harm: that the recipe has the hole at all is seen by it. All others have to end the run.
HARMLESS = {"nothing", "an environment"}


def build(folder, sprun):
    """Puts a copy of sprun and a sprun-lua with the hole into a folder."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "lua5.4"], capture_output=True, text=True, check=True)
    hole = os.path.join(folder, "hole.c")
    with open(hole, "w", encoding="utf-8") as file:
        file.write(HOLE)
    bridge = glob.glob(f"{SOURCES}/CLuaBridge/*.c")
    library = [path for path in bridge if path.endswith("/library.c")]
    compiler = ["clang", "-std=gnu11", "-O1", "-w", f"-I{SOURCES}/CLuaBridge/include", f"-I{SOURCES}/CLuaBridge"]
    rest = [path for path in bridge if path not in library] + glob.glob(f"{SOURCES}/sprun-lua/*.c") + [hole]
    objects = os.path.join(folder, "library.o")
    cflags = [flag for flag in flags.stdout.split() if flag.startswith("-I")]
    libraries = [flag for flag in flags.stdout.split() if flag.startswith("-l")]
    subprocess.run([*compiler, *cflags, "-Dlibrary_open=library_open_whole", "-c", *library, "-o", objects], check=True)
    subprocess.run(
        [*compiler, *cflags, *rest, objects, *libraries, "-ldl", "-o", os.path.join(folder, "sprun-lua")], check=True)
    shutil.copy(sprun, os.path.join(folder, "sprun"))
    return os.path.join(folder, "sprun")


def children(pid):
    return [int(path.split("/")[2]) for path in glob.glob("/proc/[0-9]*/stat")
            if re.search(rf"\) \S {pid} ", harness_read(path))]


def harness_read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def memory(pid):
    """All readable memory of a process."""
    for line in harness_read(f"/proc/{pid}/maps").splitlines():
        bounds, rights = line.split()[:2]
        if "r" not in rights or "[v" in line:
            continue
        start, end = (int(number, 16) for number in bounds.split("-"))
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
            try:
                file.seek(start)
                yield file.read(end - start)
            except OSError:
                pass


def search(user, simulation):
    """Looks for the key, and for a secret that the recipe got, in the memory of the process while the recipe waits."""
    user.write("wait.lua", """return recipe {
        name = "wait", version = "1.0.0", summary = "W", params = { token = param.secret{ required = true } },
        run = function(p) local header = "Bearer " .. p.token print(#sp.servers(), header) sp.sleep(3) return {} end,
    }""")
    token = secrets.token_hex(16)
    program = user.start(
        "run", "wait.lua", "token=@env:TOKEN", environment={**simulation.environment, "TOKEN": token})
    program.stdout.readline()
    key = simulation.environment["SERVERPILOT_API_KEY"]
    pair = f"{simulation.environment['SERVERPILOT_CLIENT_ID']}:{key}".encode()
    pids = [pid for pid in children(program.pid) if "sprun-lua" in harness_read(f"/proc/{pid}/comm")]
    searched, findings = 0, [] if pids else ["no sprun-lua runs"]
    for piece in (piece for pid in pids for piece in memory(pid)):
        searched += len(piece)
        if key.encode() in piece or base64.b64encode(pair)[:-4] in piece:
            findings.append("the key is in the memory of sprun-lua")
        if token.encode() in piece:
            findings.append("a secret of the recipe is in the memory of sprun-lua")
    program.communicate()
    if searched < 1 << 20:
        findings.append(f"only {searched} bytes could be searched")
    return searched, findings


def main():
    given = harness.options(__doc__, len(WAYS), "ways out")
    user = harness.User(given.sprun)
    user.sprun = build(user.folder, given.sprun)
    findings, ended = [], 0
    with harness.Simulation(user) as simulation:
        for name, body in list(WAYS.items())[:given.size]:
            user.write("kept", "kept")
            user.write("way.lua", body.replace("FOLDER", user.folder))
            done = user.run("run", "way.lua", environment=simulation.environment)
            said = done.output + done.error
            if done.status < 0 or done.status > 128:
                findings.append(f"{name}: sprun itself died: {done}")
            if os.path.exists(user.path("escaped")) or not os.path.exists(user.path("kept")):
                findings.append(f"{name}: it got out")
            if re.search(r"root:|uid=|^escaped", said, re.MULTILINE):
                findings.append(f"{name}: it read something: {said[:200]}")
            if done.status == 0 and name not in HARMLESS:
                findings.append(f"{name}: the run ended well: {said[:200]}")
            if simulation.environment["SERVERPILOT_API_KEY"] in said:
                findings.append(f"{name}: the key was shown")
            ended += done.status != 0
        if simulation.changes():
            findings.append(f"something was sent: {simulation.changes()}")
        searched, more = search(user, simulation)
    user.remove()
    harness.report("hole", f"{min(given.size, len(WAYS))} ways out, {ended} ended the run, "
                           f"{searched >> 20} MiB of memory searched", findings + more)


if __name__ == "__main__":
    main()
