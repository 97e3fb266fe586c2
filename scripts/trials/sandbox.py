"""Whether a hostile recipe gets out of its sandbox, ends the process by a signal, or holds it up.

The corpus has one attempt a file, or a folder with main.lua under modules/. Each runs as a process of its own with a
home of its own and says of itself what is to come of it:

    -- One sentence: what it tries.
    -- expect: harmless            it runs to its end, exit 0, and prints "harmless"
    -- expect: silent              it runs to its end, exit 0, and prints nothing
    -- expect: shown               exit 0, and nothing for terminals to obey in what is printed
    -- expect: refused "text"      exit 1 (or another: refused 64 "text"), and the text in what is said
    -- expect: limit cpu           exit 8, and the limit named; also memory, depth
    -- finding: why it is not so   what is known to be wrong and is still a failure
    -- pad: BYTES text             the text is repeated behind the file until it has so many bytes
    -- command: show               this command, with its flags, gets it instead of run; it has the default limits

A file without a byte is expected to be silent. What gets out prints ESCAPED, or makes a file; a seal that sprun shows
instead of <redacted> counts as well. Whatever an attempt expects: no signal, no fault of sprun, no control characters
on standard error, no more time than the CPU limit and half a second, no more memory than the limit and 32 MiB; both
beside those of a recipe that does nothing, and of sprun and the process that runs its Lua together. Threads have the
smallest stacks that a user's limits lead to.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import glob
import os
import random
import re
import resource
import shutil
import signal
import statistics
import sys
import threading
import time

import harness

CORPUS = "Tests/SprunCommandsTests/Fixtures/sandbox"
HEADER = re.compile(rb"^-- (expect|finding|pad|command): ([^\r\n]*)", re.MULTILINE)
# So far into a file is looked for its header: a few begin with what is not Lua.
HEADER_BYTES = 1024
EXPECTATION = re.compile(r'(harmless|silent|shown|limit (?:cpu|memory|depth)|refused(?: \d+)? ".+")')
LIMITS = {"cpu": "SP0602", "memory": "SP0601", "depth": "SP0603"}
# Without flags for them, the limits are those of LuaHostLimits.swift.
FLAGS, DEFAULTS = ("--max-cpu", "--max-memory"), (2, 256)
SECONDS_OVER, MIB_OVER = 0.5, 32
# What took too long is run again; what hangs is killed.
TRIES, PATIENCE = 3, 12
CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
# The text that stands for a secret, as it is and as JSON or sprun writes its marks.
SEAL = re.compile(rb"(?:\xef\xa3\xb0|\\uf8f0|\\u\{f8f0\})[0-9a-f]{32}(?:\xef\xa3\xb1|\\uf8f1|\\u\{f8f1\})", re.I)
FAULTS = {"a fault of sprun": re.compile(rb"SP0208|Fatal error"), "control characters on standard error": CONTROLS,
          "a seal on standard error": SEAL}


def stalled():
    """Seconds in which something on this machine had to wait for a processor or the disk; None if Linux does not count
    them."""
    try:
        seconds = 0
        for kind in ("cpu", "io"):
            with open(f"/proc/pressure/{kind}", encoding="ascii") as file:
                seconds += int(file.readline().rsplit("=", 1)[1]) / 1e6
        return seconds
    except OSError:
        return None


def resident(process):
    """The MiB in memory of a process and its children, as the kernel counts them; 0 when it has ended."""
    pages = 0
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
            processes = [process, *map(int, file.read().split())]
        for one in processes:
            with open(f"/proc/{one}/statm", encoding="ascii") as file:
                pages += int(file.read().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * resource.getpagesize() / (1 << 20)


class Memory(threading.Thread):
    """Watches how much memory a process and its children take at most."""

    INTERVAL = 0.003

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.most, self.ended = process, 0, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(self.INTERVAL):
            self.most = max(self.most, resident(self.process))

    def end(self):
        self.ended.set()
        self.join()
        return self.most


class Attempt:
    """A file of the corpus and what it says of itself."""

    def __init__(self, path):
        self.path = path
        self.is_folder = os.path.basename(path) == "main.lua"
        self.file = os.path.basename(path)
        self.name = os.path.basename(os.path.dirname(path)) if self.is_folder else self.file.removesuffix(".lua")
        with open(path, "rb") as file:
            text = file.read(HEADER_BYTES)
        header = {key.decode(): words.decode() for key, words in HEADER.findall(text)}
        self.expects = header.get("expect", "" if text else "silent")
        self.finding = header.get("finding")
        self.pad = header.get("pad")
        self.command = header.get("command")
        if not EXPECTATION.fullmatch(self.expects):
            raise SystemExit(f"{path}: what is expected? {self.expects!r}")

    def lay_out(self, folder):
        """Copies it to where it runs."""
        if self.is_folder:
            shutil.copytree(os.path.dirname(self.path), folder, dirs_exist_ok=True)
        else:
            shutil.copy(self.path, folder)
        if self.pad:
            size, text = self.pad.split(" ", 1)
            with open(os.path.join(folder, self.file), "ab") as file:
                unit = (text + " ").encode()
                file.write(unit * ((int(size) - file.tell()) // len(unit)))

    def judge(self, done):
        """What is wrong with how it ended, beside time and memory."""
        wanted, _, rest = self.expects.partition(" ")
        status, text, is_right = 0, None, True
        if wanted == "limit":
            status, text = 8, f"error[{LIMITS[rest]}]"
        elif wanted == "refused":
            status, text = re.fullmatch(r'(\d*) ?"(.+)"', rest).groups()
            status = int(status or 1)
        else:
            is_right = {
                "harmless": b"harmless\n" in done.output, "silent": done.output == b"",
                "shown": done.output and not CONTROLS.search(done.output)}[wanted]
        if done.status < 0 or done.status > 128:
            yield f"CRASHED: {done.end}"
        elif done.status != status:
            yield f"expected {self.expects}: {done.end}"
        elif not is_right or (text and text.encode() not in done.error):
            yield f"expected {self.expects}, which it does not say: {done.end}"
        for words, pattern in FAULTS.items():
            if pattern.search(done.error):
                yield f"{words}: {done.end}"


class Done:
    """A process that has ended: exit status, seconds, MiB, and what it left behind."""

    # Some print more than a judge should hold: as much is kept of the beginning and of the end.
    KEPT = 1 << 20

    def __init__(self, sprun, attempt, arguments, patience):
        user = harness.User(sprun)
        user.environment["LC_ALL"] = "C.UTF-8"
        try:
            # Below the user's folder, so that ../ leads to where it is seen.
            os.mkdir(user.path("work"))
            attempt.lay_out(user.path("work"))
            with open(user.path("output"), "w+b") as output, open(user.path("error"), "w+b") as error:
                before = self._files(user)
                words = attempt.command.split() if attempt.command else ["run", "--simulate", *arguments]
                self._run(user, [sprun, *words, attempt.file], output, error, patience)
                made = self._files(user) - before
                self.escaped = f"it made {', '.join(sorted(made))}" if made else self._escaped(output)
                self.output, self.error = self._ends(output), self._ends(error)
        finally:
            user.remove()

    @staticmethod
    def _files(user):
        """The files outside sprun's own folder, and in there those that an attempt has named."""
        files = {os.path.join(folder, file) for folder, _, files in os.walk(user.folder) for file in files}
        return {file for file in files if not file.startswith(user.home) or "ESCAPED" in file}

    def _run(self, user, command, output, error, patience):
        begun, waited = time.monotonic(), stalled()
        actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                   (os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, error.fileno(), 2)]
        command = ["/usr/bin/env", "-C", user.path("work"), *command]
        process = os.posix_spawn(command[0], command, user.environment, file_actions=actions)
        memory = Memory(process)
        killer = threading.Timer(patience, os.kill, (process, signal.SIGKILL))
        killer.start()
        _, status, usage = os.wait4(process, 0)
        killer.cancel()
        sampled = memory.end()
        wall = time.monotonic() - begun
        self.hung = wall >= patience
        # A busy machine is not the recipe's doing, and a wait for the disk (each secret is synced) is no CPU time. What the
        # process has computed always counts.
        computed = usage.ru_utime + usage.ru_stime
        self.seconds = computed if waited is None else min(wall, max(computed, wall - (stalled() - waited)))
        self.status = os.waitstatus_to_exitcode(status)
        self.mib = max(sampled, usage.ru_maxrss / 1024)

    @staticmethod
    def _escaped(file):
        """The line with which the recipe says that it got out."""
        file.seek(0)
        rest = b""
        while piece := file.read(1 << 20):
            found = re.search(rb"ESCAPED[^\n]*", rest + piece) or SEAL.search(rest + piece)
            if found:
                return found[0][:200].decode(errors="replace")
            rest = piece[-64:]
        return None

    def _ends(self, file):
        size = file.seek(0, 2)
        file.seek(0)
        text = file.read(self.KEPT)
        if size > self.KEPT:
            file.seek(max(self.KEPT, size - self.KEPT))
            text += file.read()
        return text

    @property
    def end(self):
        said = (self.error.strip() or self.output.strip()[-300:]).decode(errors="backslashreplace")
        first = next((line for line in said.splitlines() if line.startswith("error")), said)
        return f"exit {self.status} after {self.seconds:.2f} s: {first[:300]!r}"


class Judge:
    """Runs attempts and counts what came of them."""

    def __init__(self, sprun):
        self.sprun = sprun
        self.counts = collections.Counter()
        self.slowest = self.largest = (float("-inf"), "")
        self.arguments = ()
        self.cpu, self.memory = DEFAULTS
        self._measure()

    def _measure(self):
        user = harness.User(self.sprun)
        said = user.run("run", "--help-hidden").output
        if all(flag in said for flag in FLAGS):
            self.cpu, self.memory = 1, 64
            self.arguments = (FLAGS[0], str(self.cpu), FLAGS[1], str(self.memory))
        nothing = user.path("nothing.lua")
        user.write("nothing.lua", '-- expect: harmless\nprint("harmless")\n')
        runs = [Done(self.sprun, Attempt(nothing), self.arguments, harness.STUCK_AFTER) for _ in range(5)]
        user.remove()
        self.start_up = statistics.median(run.seconds for run in runs)
        self.start_memory = statistics.median(run.mib for run in runs)
        print(f"limits {self.cpu} s and {self.memory} MiB; a recipe that does nothing takes {self.start_up:.2f} s and "
              f"{self.start_memory:.0f} MiB", flush=True)

    def _run(self, attempt):
        """Runs it again while it takes too long but does not hang."""
        cpu, memory = DEFAULTS if attempt.command else (self.cpu, self.memory)
        for _ in range(TRIES):
            done = Done(self.sprun, attempt, self.arguments, cpu + self.start_up + PATIENCE)
            done.over = done.seconds - self.start_up - cpu
            done.mib_over = done.mib - self.start_memory - memory
            # One that got no processor is tried again; one that computes or sleeps for ever is not.
            if done.over <= SECONDS_OVER and not done.hung or done.hung and done.over > SECONDS_OVER:
                break
        return done

    def judge(self, attempts, workers):
        """Runs attempts beside each other, and judges them in their order."""
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            for attempt, done in zip(attempts, pool.map(self._run, attempts)):
                self._judge(attempt, done)

    def _judge(self, attempt, done):
        if done.hung:
            problems = [f"HANGS: it was killed, having computed for {done.seconds:.1f} s"]
        else:
            problems = list(attempt.judge(done))
            if done.over > SECONDS_OVER:
                problems.append(f"TOO LONG: {done.over:.2f} s over the CPU limit")
        if done.escaped:
            problems.append(f"ESCAPED: {done.escaped}")
        if done.mib_over > MIB_OVER:
            problems.append(f"TOO LARGE: {done.mib_over:.0f} MiB over the memory limit")
        self.counts["attempts"] += 1
        self.counts[attempt.expects.split()[0]] += 1
        self.counts["escapes"] += bool(done.escaped)
        self.counts["crashes"] += not done.hung and (done.status < 0 or done.status > 128)
        self.slowest = max(self.slowest, (done.over, attempt.name))
        self.largest = max(self.largest, (done.mib_over, attempt.name))
        self.counts["failed"] += bool(problems)
        self.counts["known"] += bool(problems and attempt.finding)
        for problem in problems:
            known = f"  (known: {attempt.finding})" if attempt.finding else ""
            print(f"  {attempt.name}: {problem}{known}", flush=True)
        if attempt.finding and not problems:
            print(f"  {attempt.name}: is no finding any more: {attempt.finding}", flush=True)

    def report(self, allows_known):
        count = self.counts
        has_failed = count["failed"] > (count["known"] if allows_known else 0)
        harmless = count["harmless"] + count["silent"] + count["shown"]
        print(f"sandbox  {count['attempts']} attempts: {count['refused']} refused, {count['limit']} limits, "
              f"{harmless} harmless; {count['escapes']} escapes, {count['crashes']} crashes, "
              f"slowest overrun {self.slowest[0]:.2f} s ({self.slowest[1]}), "
              f"largest memory overrun {self.largest[0]:.0f} MiB ({self.largest[1]}); "
              f"{count['failed']} failed, {count['known']} of them known  "
              f"{'FAILED' if has_failed else 'ok'}", flush=True)
        return 1 if has_failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sprun", default=os.environ.get("SPRUN", ".build/debug/sprun"), help="the program to try")
    parser.add_argument("--size", type=int, help="only so many of them, drawn by the seed; all without")
    parser.add_argument("--seed", type=int, default=None, help="draws the same again; a new one without")
    parser.add_argument("--known", action="store_true", help="findings that are known are told, and are no failure")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="attempts beside each other")
    parser.add_argument("names", nargs="*", help="only these attempts, such as 'coroutine-*'")
    given = parser.parse_args()
    given.sprun = os.path.abspath(given.sprun)
    if not os.access(given.sprun, os.X_OK):
        parser.error(f"there is no program at {given.sprun}")
    # Threads get 8 MiB of stack, but 2 MiB where the limit is "unlimited": the least that users commonly have.
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (hard, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    corpus = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..", CORPUS)
    paths = sorted(glob.glob(f"{corpus}/*.lua")) + sorted(glob.glob(f"{corpus}/modules/*/main.lua"))
    attempts = [Attempt(os.path.abspath(path)) for path in paths]
    if given.names:
        attempts = [one for one in attempts if any(fnmatch.fnmatch(one.name, name) for name in given.names)]
    if given.size is not None and given.size < len(attempts):
        seed = random.randrange(1 << 32) if given.seed is None else given.seed
        print(f"seed {seed}", flush=True)
        attempts = random.Random(seed).sample(attempts, given.size)
    judge = Judge(given.sprun)
    judge.judge(attempts, given.workers)
    sys.exit(judge.report(given.known))


if __name__ == "__main__":
    main()
