"""A recipe that does something else than it did is stopped before a new change; one that does not never is.

Made-up recipes are stopped half-way, by an error of their own or by a refusal, and resumed in fresh processes:
- mutants do what is recorded differently: each must end with 6, tell both sides with their true lines, send no change,
  and leave the account and the run as they were; without --accept-recipe-change the text alone must stop them;
- cosmetic ones do the same by another text, and then more: accepted, they must go on and do just that;
- clean ones are unchanged: they must end as before, say what they said, and send at most the change that was refused;
- onward ones are unchanged, and what was refused is refused no more: they must come to their end.
Judged by exit status, standard error, the simulator's log and its tables. --show 1 shows an example of each finding.
"""
import collections
import concurrent.futures
import contextlib
import random
import re

import harness
from made_recipes import (
    CLEAN_PIECES, EARLY, HALF_WAY, HAZARDS, HEAD, ONWARD, PIECES, REFUSED, TAIL, WAIT, named, ways_alike, ways_unlike)

BOTH_SIDES = re.compile(
    r"the journal records sp\.(\w+).*? at recipe\.lua:(\d+), but the recipe now .*?"
    r"(?:sp\.(\w+)(?: [\w.-]+)? at recipe\.lua:(\d+)|the end of the)")
MUTANTS_OF_ONE = 8
RESUMES_OF_ONE = 25
# More often than a change is begun before a person is asked.
REFUSALS_OF_ONE = 6


@contextlib.contextmanager
def stopped(given, lua, *faults):
    """A recipe that was run and stopped half-way; gives that run, a function to resume it, and one to see the account.

    Resuming tells what became of it, how many requests it made, and the names of the changes among them.
    """
    user = harness.User(given.sprun)
    words = [word for fault in faults for word in ("--fault", fault)]
    with harness.Simulation(user, "--speed", "600", "--seed", str(given.seed), *words) as simulation:
        def resume(lua, *flags):
            user.write("recipe.lua", lua)
            known = len(simulation.requests())
            done = user.run("resume", *user.yes, *flags, environment=simulation.environment)
            requests = simulation.requests()[known:]
            return done, len(requests), [request["operation"] for request in requests if request["method"] != "GET"]

        def account():
            return [simulation.account.rows(table) for table in ("servers", "sshkeys", "sysusers", "apps", "dbs")]

        user.write("recipe.lua", lua)
        first = user.run("run", *user.yes, "recipe.lua", environment=simulation.environment)
        if first.status != 3:
            raise RuntimeError(f"the recipe does not stop half-way:\n{lua}{first!r}")
        yield first, resume, account
    user.remove()


def judge_mutant(base, lua, done, changes, is_same_account):
    if done.status != 6:
        yield f"exit {done.status}, not 6"
    if changes:
        yield f"sent {', '.join(changes)}"
    if not is_same_account:
        yield "the account is another"
    sides = BOTH_SIDES.search(done.error)
    if not sides:
        yield "does not tell both sides with their lines"
        return
    for operation, line, text in ((sides[1], sides[2], base), (sides[3], sides[4], lua)):
        # sp.find_server reads a list.
        if operation and operation.removesuffix("s") not in text.split("\n")[int(line) - 1]:
            yield f"tells of sp.{operation} in a line that has none"


def judge_end(done, changes, status, wanted):
    if (done.status, changes) != (status, wanted):
        yield f"exit {done.status} after the changes {changes}"


def try_mutants(given, number):
    draw, is_refused = random.Random(f"{given.seed} mutants {number}"), number % 4 == 3
    pieces, tail = named(draw.sample(PIECES, draw.randint(2, 4))), REFUSED * is_refused + TAIL
    base = HEAD + "".join(lua for lua, _, _ in pieces) + (tail if is_refused else HALF_WAY)
    ways = draw.sample(list(ways_unlike(pieces)), MUTANTS_OF_ONE)
    with stopped(given, base, "create_db:1=402") as (_, resume, account):
        done, requests, _ = resume(HEAD + ways[0][1] + tail)
        is_told = done.status == 6 and "--accept-recipe-change" in done.error and requests == 0
        yield "unaccepted", "", [] if is_told else ["is not stopped by the text alone"], repr(done)
        for what, body in ways:
            before, lua = account(), HEAD + body + tail
            done, _, changes = resume(lua, "--accept-recipe-change")
            reasons = list(judge_mutant(base, lua, done, changes, account() == before))
            yield "mutants", what, reasons, f"{lua}{done!r}"
            if changes:
                return  # The run is another from here on.
        done, _, changes = resume(base)
        if number == 0 and not list(judge_mutant(base, base, done, changes, True)):
            yield "mutants", "none", ["the judge does not tell the unchanged recipe from a mutant"], repr(done)
        reasons = judge_end(done, changes, *((0, ["create_db", "create_app"]) if is_refused else (3, [])))
        yield "put back", "", list(reasons), repr(done)


def try_cosmetic(given, number):
    draw, is_refused = random.Random(f"{given.seed} cosmetic {number}"), number % 10 == 9
    pieces = named(draw.sample(PIECES, 3))
    what, body = draw.choice(sorted(ways_alike(pieces).items()))
    base = HEAD + "".join(lua for lua, _, _ in pieces) + (REFUSED if is_refused else HALF_WAY)
    with stopped(given, base, "create_db:1=402") as (_, resume, _):
        lua = HEAD + body + REFUSED * is_refused + TAIL
        done, _, changes = resume(lua, "--accept-recipe-change")
        reasons = judge_end(done, changes, 0, ["create_db"] * is_refused + ["create_app"])
        yield "cosmetic", what, list(reasons), f"{lua}{done!r}"


def try_clean(given, number):
    """Of a number below 0 the last change is always refused; of every second other the recipe has a hazard."""
    draw, is_refused = random.Random(f"{given.seed} clean {number}"), number < 0
    hazard = sorted(HAZARDS)[number // 2 % len(HAZARDS)] if number > 0 and number % 2 else None
    luas = draw.sample(CLEAN_PIECES, 2) + ([HAZARDS[hazard]] if hazard else [])
    pieces = draw.sample(PIECES, 2) + [(lua, [], []) for lua in luas]
    draw.shuffle(pieces)
    lua = HEAD + WAIT * (number % 3 == 0) + "".join(lua for lua, _, _ in named(pieces))
    lua += "for _, user in ipairs(sp.sysusers()) do print(user.id) end\n" + (REFUSED if is_refused else HALF_WAY)
    with stopped(given, lua, "create_db=402") as (first, resume, _):
        said = re.findall(r"^error.*", first.error, re.M)
        for _ in range(REFUSALS_OF_ONE if is_refused else RESUMES_OF_ONE):
            done, requests, changes = resume(lua)
            reasons = list(judge_end(done, changes, 3, ["create_db"] * is_refused))
            if not is_refused and requests:
                reasons.append(f"made {requests} requests for what is recorded")
            if not reasons and (done.output, re.findall(r"^error.*", done.error, re.M)) != (first.output, said):
                reasons.append("says something else")
            yield "clean", "refused again" if is_refused else hazard or "plain", reasons, f"{lua}{done!r}"


def try_onward(given, number):
    what = sorted(ONWARD)[number % len(ONWARD)]
    piece = named([random.Random(f"{given.seed} onward {number}").choice(PIECES)])[0][0]
    lua = HEAD + piece + ONWARD[what] + TAIL
    with stopped(given, lua, "create_db:1=402", "delete_sysuser:1=delay,time=5m") as (_, resume, _):
        done, _, changes = resume(lua)
        wanted = ["create_db"] + ["create_sysuser"] * (EARLY in lua) + ["create_app"]
        yield "onward", what, list(judge_end(done, changes, 0, wanted)), f"{lua}{done!r}"


def main():
    given = harness.options(
        __doc__, 300, "mutants", clean=(10000, "how many resumes of unchanged recipes"), show=(0, "1 shows examples"))
    onward, refused = max(len(ONWARD), given.clean // 100), max(1, given.clean // 2000)
    plain = max(1, -(-(given.clean - onward - refused * REFUSALS_OF_ONE) // RESUMES_OF_ONE))
    jobs = [(try_mutants, number) for number in range(-(-given.size // MUTANTS_OF_ONE))]
    jobs += [(try_cosmetic, number) for number in range(-(-given.size // 3))]
    jobs += [(try_clean, number) for number in range(-refused, plain)]
    jobs += [(try_onward, number) for number in range(onward)]
    tried, bad = collections.Counter(), collections.defaultdict(list)
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        for results in workers.map(lambda job: list(job[0](given, job[1])), jobs):
            for kind, what, reasons, example in results:
                what = re.sub(r"piece\d", "NAME", what)
                tried.update([kind, (kind, what)])
                for reason in reasons:
                    bad[kind, what, reason].append(example)
    findings = []
    for (kind, what, reason), examples in sorted(bad.items()):
        findings.append(f"{kind}, {what!r}: {reason} ({len(examples)} of {tried[kind, what]})")
        if given.show:
            findings[-1] += f"\n{examples[0]}"
    kinds = ("mutants", "unaccepted", "put back", "cosmetic", "clean", "onward")
    harness.report("changed-recipes", ", ".join(f"{tried[kind]} {kind}" for kind in kinds), findings)


if __name__ == "__main__":
    main()
