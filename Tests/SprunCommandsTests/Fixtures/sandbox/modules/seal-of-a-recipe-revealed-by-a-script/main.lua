-- A script without a header, which may do everything, reveals what a recipe without the need returned to it.
-- expect: refused "does not say that it needs this"
local made = import "lib"{}
print(#made.password:reveal() == 24 and "harmless")
