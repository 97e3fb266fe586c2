#!/usr/bin/env sprun
-- Begins with a line for the shell, as an executable file does.
-- expect: harmless
print("harmless")
