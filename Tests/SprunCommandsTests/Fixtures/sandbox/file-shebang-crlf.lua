#!/usr/bin/env sprun
-- Begins with a line for the shell, with the line ends of Windows.
-- expect: harmless
print("harmless")
