"""Runs a program on a terminal of 80 columns and 24 rows, and shows what is on the screen when it asks.

    screen.py PROMPT ANSWER -- PROGRAM [ARGUMENT]...

Prints the 24 rows that are seen when PROMPT has been shown, then types ANSWER and the return key. Ends with the status of
the program.
"""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import unicodedata

COLUMNS, ROWS = 80, 24
prompt, answer = sys.argv[1].encode(), sys.argv[2].encode()
program = sys.argv[4:]


def screen(text):
    """The rows after a text, as a terminal wraps and scrolls it."""
    rows, row = [[]], 0
    for part in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|.", text, re.DOTALL):
        if part == "\r":
            row = 0
        elif part == "\n":
            rows.append([])
            row = 0
        elif part == "\x1b[K":
            del rows[-1][row:]
        elif part.startswith("\x1b"):
            pass
        elif unicodedata.combining(part) or unicodedata.category(part) in ("Mn", "Me", "Cf"):
            pass
        else:
            width = 2 if unicodedata.east_asian_width(part) in "WF" else 1
            if row + width > COLUMNS:
                rows.append([])
                row = 0
            del rows[-1][row:row + 1]
            rows[-1].insert(row, part)
            row += width
    return ["".join(cells) for cells in rows[-ROWS:]]


child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.execvp(program[0], program)

shown = b""
asked = False
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if not asked and prompt in shown:
        asked = True
        print("\n".join(screen(shown.decode())), flush=True)
        os.write(terminal, answer + b"\r")

if not asked:
    print(shown.decode(errors="replace"))
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
