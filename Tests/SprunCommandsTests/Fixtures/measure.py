"""Runs a program and writes the most memory that it held at a time, in kilobytes.

    measure.py FILE PROGRAM [ARGUMENT]...

Ends with the status of the program.
"""

import resource
import subprocess
import sys

status = subprocess.run(sys.argv[2:], check=False).returncode
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
with open(sys.argv[1], "w", encoding="ascii") as file:
    # macOS counts bytes, everybody else kilobytes.
    file.write(str(peak // 1024 if sys.platform == "darwin" else peak))
sys.exit(status)
