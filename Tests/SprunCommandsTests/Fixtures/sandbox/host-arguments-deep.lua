-- Passes a table of 100,000 levels.
-- expect: refused "tables are nested too deeply"
local deep = {}
for i = 1, 100000 do deep = { deep } end
sp.create_app(deep)
