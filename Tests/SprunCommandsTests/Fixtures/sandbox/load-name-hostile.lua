-- Names chunks so that error positions point at files of the machine, or at nothing.
-- expect: refused "attempt to call a nil value"
for _, name in ipairs{ "@/etc/passwd", "=[C]", "@../../x", "@", "=", "", "@\0", "@\27[2J", "@load-name-hostile.lua", "@\xff" } do
    pcall(load("error('x')", name))
    pcall(load("\n\n\n\nsp.log(nil)", name))
end
load(("\n"):rep(100) .. "nothing()", "@/etc/passwd", "t", {})()
