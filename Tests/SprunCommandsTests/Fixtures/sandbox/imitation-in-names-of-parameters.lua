-- It asks for parameters and options that have the names of lines of sprun.
-- expect: refused "SP0203"
for _, f in ipairs{ sp.each, sp.secret, sp.cloud_init } do
    local ok, message = pcall(f, { 1 }, print, { ["x'\nerror[SP0101]: a fault of sprun"] = 1 })
    print(message)
end
sp.secret("x", { ["\27[2J\nerror[SP0101]: x\u{202e}"] = 8 })
