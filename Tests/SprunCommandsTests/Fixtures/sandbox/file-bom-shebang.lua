#!/usr/bin/env sprun
-- Begins with the mark of Windows' editors and a line for the shell.
-- expect: harmless
print("harmless")
