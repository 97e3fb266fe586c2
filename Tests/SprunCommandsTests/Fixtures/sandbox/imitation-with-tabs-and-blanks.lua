-- It says and raises texts whose tabs and blanks fill rows up to lines of sprun.
-- expect: refused "SP0202"
local text = "x" .. (" "):rep(200) .. "error[SP0101]: a fault of sprun" .. ("\t"):rep(30) .. "error[SP0101]: a fault" .. ("\u{a0}\u{3000}\u{2003}"):rep(50)
    .. "error[SP0101]: a fault"
sp.log(text)
sp.warn(text)
error(text, 0)
