#!/usr/bin/env sprun
-- Is nothing but a line for the shell and comments, and has no end of line.
-- expect: silent