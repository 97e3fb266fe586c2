"""Runs a program one of whose streams nobody reads, and sends it SIGTERM once it waits for a reader.

    stalled.py stdout|stderr PROGRAM [ARGUMENT]...

Prints how the program ended: its exit status, or "stuck" where it still runs 20 seconds after the signal.
"""

import array
import fcntl
import os
import signal
import subprocess
import sys
import termios
import time

stream, program = sys.argv[1], sys.argv[2:]
reader, writer = os.pipe()
fcntl.fcntl(writer, 1031, 4096)  # F_SETPIPE_SZ: the least that a pipe can hold


def unread():
    count = array.array("i", [0])
    fcntl.ioctl(reader, termios.FIONREAD, count)
    return count[0]


streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: writer}
started = subprocess.Popen(program, stdin=subprocess.DEVNULL, **streams)
os.close(writer)
known = -1
# It waits for its reader when the pipe holds something, and nothing more comes for a while.
while started.poll() is None and not (known == unread() and known > 0):
    known = unread()
    time.sleep(0.7)
started.send_signal(signal.SIGTERM)
try:
    print(started.wait(20), flush=True)
except subprocess.TimeoutExpired:
    started.kill()
    print("stuck", flush=True)
