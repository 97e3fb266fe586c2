"""A real sshd on a free port of loopback, with keys of its own; only the keys of --authorized may log in.

It runs as whoever starts it and takes logins as that user alone (`user` in its first line), so nothing of the machine's
own SSH is touched. The first line of its output is JSON: host, port, user, fingerprint (SHA256:…), host_key (as in
known_hosts, without the name), pid of the server. It stops its server, and itself, on SIGTERM. `--environment
NAME=VALUE` is what sessions have in theirs. Needs Debian's openssh-server.
"""
import argparse
import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

CONFIGURATION = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile {folder}/sshd.pid
AuthorizedKeysFile {authorized}
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowUsers {user}
# The folder of a test is below /tmp, which others can write to.
StrictModes no
UsePAM no
X11Forwarding no
PrintMotd no
MaxStartups 100
Subsystem sftp internal-sftp
{environment}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    """Whether something that talks SSH has the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", required=True, help="for its key, configuration and log")
    parser.add_argument("--authorized", required=True, help="a file with public keys")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--environment", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args()
    program = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
    if program is None:
        sys.exit("sshd.py: there is no sshd here (Debian: apt-get install openssh-server)")
    folder, port = os.path.abspath(given.folder), given.port or free_port()
    os.makedirs(folder, exist_ok=True)
    key = os.path.join(folder, "host_key")
    if not os.path.exists(key):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "stand-in", "-f", key], check=True)
    if os.getuid() == 0:
        # Where a server that is started by root leaves its privileges behind; the package makes it only on boot.
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    environment = "SetEnv " + " ".join(f'"{pair}"' for pair in given.environment) if given.environment else ""
    configuration = os.path.join(folder, "sshd_config")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(CONFIGURATION.format(port=port, folder=folder, authorized=os.path.abspath(given.authorized),
                                        user=getpass.getuser(), environment=environment))
    server = subprocess.Popen([program, "-D", "-f", configuration, "-E", os.path.join(folder, "sshd.log")],
                              stdin=subprocess.DEVNULL)

    # Its end is waited for below, so this ends with it.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    for _ in range(100):
        if answers(port) or server.poll() is not None:
            break
        time.sleep(0.05)
    if server.poll() is not None:
        with open(os.path.join(folder, "sshd.log"), encoding="utf-8") as file:
            sys.exit(f"sshd.py: sshd did not start: {file.read().strip()}")
    shown = subprocess.run(["ssh-keygen", "-lf", key + ".pub"], check=True, capture_output=True, text=True).stdout
    with open(key + ".pub", encoding="utf-8") as file:
        host_key = " ".join(file.read().split()[:2])
    print(json.dumps({"host": "127.0.0.1", "port": port, "user": getpass.getuser(), "fingerprint": shown.split()[1],
                      "host_key": host_key, "pid": server.pid}), flush=True)
    sys.exit(server.wait())


if __name__ == "__main__":
    main()
