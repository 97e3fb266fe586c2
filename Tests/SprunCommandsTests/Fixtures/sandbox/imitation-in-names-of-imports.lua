-- It imports names that look like lines of sprun, and fails.
-- expect: refused "SP0214"
for _, name in ipairs{ "x\nerror[SP0101]: a fault of sprun", "\27[2J\u{202e}", ("x"):rep(300) .. "\n  = hint: do it", "./\u{336}x" } do
    local _, message = pcall(import, name)
    print(message)
end
import "y\nerror[SP0101]: a fault of sprun\n\27[2J"
