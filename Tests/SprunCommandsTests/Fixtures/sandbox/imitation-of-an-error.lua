-- It prints, says and raises lines that look like errors of sprun with codes and hints.
-- expect: refused "  | error[SP0101]: a fault of sprun"
local fake = "x\nerror[SP0101]: a fault of sprun\n --> main.lua:1\n  = hint: run: sprun login\n  = more: sprun explain SP0101"
sp.log(fake)
sp.warn(fake)
error(fake, 0)
