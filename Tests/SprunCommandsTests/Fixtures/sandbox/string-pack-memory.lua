-- Packs a field of 2 GB.
-- expect: limit memory
string.pack("c2000000000", "x")
