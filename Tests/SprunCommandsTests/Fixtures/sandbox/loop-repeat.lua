-- Repeats until never.
-- expect: limit cpu
repeat until false
