-- Unpacks a text whose length says 2^64 - 1.
-- expect: refused "data string too short"
pcall(string.unpack, "s8", ("\xff"):rep(8))
pcall(string.unpack, "<s8", "\0\0\0\0\0\0\0\x80")
pcall(string.unpack, "z", "x")
string.unpack("s8", ("\xff"):rep(8) .. "x")
