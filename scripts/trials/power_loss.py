"""Every request that was sent has its intent on the disk.

sprun runs, is killed and resumes on one home under strace, which shows each write, sync and request. `written_files`
keeps from that what a disk is certain to hold, and what it may hold. At a cut point the power goes: a home is made of
what may be left, at random, and judged:
- The journal opens and is whole, its key is there, and every changing request whose sending had begun has its intent:
  the one of its step, which the finished journal tells.
- sprun lists the runs: the journal is its own, and its key fits.
- At every tenth point a new simulator is brought to where the first one was, by the same requests, and the run is
  resumed (or begun, where the journal has no trace of it). It must end well, and the account must then hold what the
  account of the recording held, each thing once. Exit status 7 is right where the answer to an SSH key is missing.

Half of the points lie where the sending of a request has just begun, a quarter where a process opens its files. Names
are kept as ext4 does it; see `written_files`. A seed repeats what is run, killed and cut where; how threads take turns
it cannot repeat. Ends with 2 where programs cannot be traced. Options that other trials do not have:
  --ignore-syncs-of PATTERN  such files are not synced: '*-wal' is what synchronous=NORMAL does, and must give findings
  --strict-folders           names are kept as POSIX has it
  --resume-every N           how many points come to one that is resumed (default 10)
"""
import argparse
import base64
import collections
import http.client
import os
import random
import re
import socket
import sys
import time

import harness
import recorded_runs
import system_calls
import written_files

# The next recording is made after so many points.
POINTS_OF_RECORDING = 50
# So many moments at the beginning of a process are its opening of files.
OPENING = 120
# So often in a row a recording may turn out not to be usable.
ATTEMPTS = 5


def own_options():
    """Takes the options that only this trial has from the command line."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--strict-folders", action="store_true")
    parser.add_argument("--ignore-syncs-of", metavar="PATTERN")
    parser.add_argument("--resume-every", type=int, default=10)
    own, sys.argv[1:] = parser.parse_known_args()
    return own


def record(sprun, dice, is_long, findings):
    """A recording; one in which sprun failed is a finding, and another one is made."""
    for _ in range(ATTEMPTS):
        user = harness.User(sprun)
        try:
            return recorded_runs.Recording(user, dice, is_long)
        except recorded_runs.Failed as error:
            findings.append(str(error))
        except recorded_runs.Unusable as error:
            print(f"  a recording is left out: {error}", flush=True)
        user.remove()
    raise system_calls.NotPossible(f"{ATTEMPTS} recordings in a row cannot be used")


def cut_points(recording, dice, count):
    """Moments after which the power goes, in order: half where a request has just begun, half anywhere or where a
    process opens its files."""
    begun = [request.begun for request in recording.requests]
    opening = [first + moment for first, _, _ in recording.lives for moment in range(OPENING)]
    opening = [moment for moment in opening if moment < len(recording.moments)]
    anywhere = range(len(recording.moments))
    return sorted(dice.choice(dice.choice([begun, begun, opening, anywhere])) for _ in range(count))


def faults_of_files(recording, point, left, journal):
    """What is wrong with the files that are left, told in words."""
    if journal.fault is not None:
        return [f"the journal is damaged: {journal.fault}"]
    faults = []
    key = left.get(os.path.join(recording.user.home, "state", "journal.key"))
    if journal.has_key and key != recording.key:
        faults.append("the journal has lost its key")
    bare = [request for request in recording.requests if request.begun <= point and request.step not in journal.steps]
    if bare:
        faults.append(f"{len(bare)} requests were sent whose intents are not there, the last {bare[-1]}, "
                      f"the intent of step {bare[-1].step}")
    return faults


def wait_for_port(port):
    """Waits until no other program has the port, such as one that connects to somewhere from it."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                return probe.bind(("127.0.0.1", port))
            except OSError:
                time.sleep(0.1)
    raise system_calls.NotPossible(f"another program has taken the port {port}")


class Aftermath:
    """What becomes of a run after the loss: its home as it was left, a simulator as it was then, and a resume."""

    def __init__(self, recording, point, left):
        self.recording, self.point = recording, point
        self.user = harness.User(recording.user.sprun)
        for name, text in recorded_runs.RECIPES.items():
            self.user.write(name + ".lua", text)
        for path, content in left.items():
            copy = self.user.home + path.removeprefix(recording.user.home)
            if content is None:
                os.mkdir(copy, 0o700)
            else:
                with open(os.open(copy, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                    file.write(content)

    def faults_of_opening(self):
        """Whether sprun itself takes the files for its own, with their key."""
        opened = self.user.run("runs", "--json")
        return [] if opened.status == 0 else [f"sprun runs: {opened}"]

    def faults(self, journal, dice):
        """Resumes the run, and sees what came of it."""
        simulation = harness.Simulation(self.user, *self.recording.settings)
        # A run belongs to an account at an address, and goes on only there.
        simulation.port = self.recording.simulation.port
        wait_for_port(simulation.port)
        with simulation:
            self.repeat(self.seen_at(dice), simulation)
            return self.resume(journal, simulation)

    def seen_at(self, dice):
        """What the simulator had seen: all that was answered, and some of what was under way, in its order."""
        seen, point = self.recording.seen, self.point
        least = max((place for place, request in enumerate(seen, 1)
                     if request.answered is not None and request.answered <= point), default=0)
        most = least
        while most < len(seen) and seen[most].sent <= point:
            most += 1
        return seen[:dice.randint(least, most)]

    def repeat(self, requests, simulation):
        """Sends requests as sprun did; the same seed and order give the same ids."""
        connection = http.client.HTTPConnection("127.0.0.1", simulation.port, timeout=20)
        token = base64.b64encode(":".join(recorded_runs.CREDENTIALS[1::2]).encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        for request in requests:
            connection.request(request.method, request.path, request.body or None, headers)
            connection.getresponse().read()
        connection.close()
        made = recorded_runs.ids(simulation)
        for table, known in self.recording.ids.items():
            if any(known.get(name, there) != there for name, there in made[table].items()):
                raise system_calls.NotPossible(f"the simulator did not give the same ids again in {table}")

    def resume(self, journal, simulation):
        _, name, words = max((life for life in self.recording.lives if life[0] <= self.point), key=lambda life: life[0])
        begun = {life[1] for life in self.recording.lives if life[0] <= self.point}
        run = self.recording.run_of.get(name)
        self.became = "begun again"
        if run in journal.runs:
            words, self.became = ["resume", run], "resumed"
        if run in journal.ended:
            self.became = "at their end"
        else:
            after = self.user.run(*words, *self.recording.user.yes, environment=simulation.environment)
            if after.status == 7 and journal.open_keys:
                self.became = "left to a person"
                return []
            if after.status != 0:
                return [f"{' '.join(words)}: {after}"]
        there = collections.Counter(recorded_runs.things(simulation))
        wanted = collections.Counter(thing for thing in self.recording.account if is_of(thing, begun))
        # The demo account's own things are not of a run.
        there = collections.Counter({thing: count for thing, count in there.items() if is_of(thing, begun)})
        if there == wanted:
            return []
        return [f"the account has too much: {list((there - wanted).elements())!s:.300}, "
                f"and misses: {list((wanted - there).elements())!s:.300}"]


def is_of(thing, names):
    """Whether a thing of the account was made by a run of one of these names."""
    return re.match(r"(site\d+)?", thing[1])[0] in names


def try_points(recording, own, dice, count, first, counts):
    """Cuts the power at so many points of a recording, and counts what came of it; gives the findings."""
    disk = written_files.Disk(recording.user.home, not own.strict_folders, own.ignore_syncs_of)
    moments, done, findings = iter(recording.moments), -1, []
    for number, point in enumerate(cut_points(recording, dice, count), first):
        while done < point:
            disk.step(*next(moments))
            done += 1
        style, left = disk.after_power_loss(dice)
        counts["with a loss"] += {path: there for path, there in left.items() if there is not None} != disk.contents()
        counts["with a request under way"] += any(
            request.begun <= point and not (request.answered and request.answered <= point)
            for request in recording.requests)
        journal = recorded_runs.Journal(left, recording.user.path("read"))
        faults = faults_of_files(recording, point, left, journal)
        aftermath = Aftermath(recording, point, left)
        if number % own.resume_every == 0:
            faults += aftermath.faults(journal, dice)
            counts[aftermath.became] += 1
        else:
            faults += aftermath.faults_of_opening()
        aftermath.user.remove()
        if faults:
            findings.append(f"point {number}, after moment {point} of {len(recording.moments)}, kept is {style}: "
                            + "; ".join(faults))
    return findings


def main():
    own = own_options()
    given = harness.options(__doc__.partition("\n")[0], 60, "cut points")
    dice, counts, findings, begun = random.Random(given.seed), collections.Counter(), [], time.monotonic()
    done = number = 0
    try:
        system_calls.check_strace()
        while done < given.size:
            number += 1
            count = min(POINTS_OF_RECORDING, given.size - done)
            recording = record(given.sprun, dice, number % 4 == 2, findings)
            findings += try_points(recording, own, dice, count, done + 1, counts)
            recording.user.remove()
            done += count
            counts["requests"] += len(recording.requests)
            counts["killed runs"] += len(recording.lives) - len({name for _, name, _ in recording.lives})
            print(f"  {done} points, {len(findings)} findings, {time.monotonic() - begun:.0f} s", flush=True)
    except system_calls.NotPossible as error:
        for finding in findings:
            print(f"  {finding}")
        print(f"power-loss  nothing can be said: {error}", file=sys.stderr)
        sys.exit(2)
    print("  " + ", ".join(f"{number} {name}" for name, number in sorted(counts.items())))
    harness.report("power-loss", f"{done} cut points of unsynced writes in {number} recordings", findings)


if __name__ == "__main__":
    main()
