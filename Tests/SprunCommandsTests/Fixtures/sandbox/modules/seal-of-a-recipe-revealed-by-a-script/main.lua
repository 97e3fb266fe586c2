-- A script without a header, which may do everything, reveals what a recipe without the need returned to it.
-- expect: refused "do not include this call"
local made = import "lib"{}
print(#made.password:reveal() == 24 and "harmless")
