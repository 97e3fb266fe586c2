"""Runs a program on a terminal of its own and passes on everything that the terminal shows.

    terminal.py [PROMPT ANSWER]... -- PROGRAM [ARGUMENT]...

Types ANSWER and the return key when PROMPT has been shown, one after the other. Ends with the status of the program.
"""

import os
import pty
import sys

separator = sys.argv.index("--")
script = sys.argv[1:separator]
program = sys.argv[separator + 1:]
answers = [(script[index].encode(), script[index + 1].encode()) for index in range(0, len(script), 2)]

child, terminal = pty.fork()
if child == 0:
    os.execvp(program[0], program)

shown = b""
searched = 0
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if answers and answers[0][0] in shown[searched:]:
        searched = len(shown)
        os.write(terminal, answers.pop(0)[1] + b"\r")

sys.stdout.buffer.write(shown)
sys.stdout.buffer.flush()
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
