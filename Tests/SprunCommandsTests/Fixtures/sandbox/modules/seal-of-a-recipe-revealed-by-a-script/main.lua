-- A script without a header, which may do everything, reveals what a recipe without the need returned to it.
-- expect: harmless
-- finding: the need of the recipe that generated the secret counts, not that of the script that reveals it
local made = import "lib"{}
print(#made.password:reveal() == 24 and "harmless")
