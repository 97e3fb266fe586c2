-- It puts functions, coroutines and tables that can be called in the places of texts of its header.
-- expect: refused "SP02"
local function run() print("ESCAPED: the header ran it") return "x" end
return recipe { name = setmetatable({}, { __tostring = run, __call = run, __concat = run }), version = run, summary = coroutine.create(run), description = run, limits = { create = run },
    params = { a = run, b = setmetatable({}, { __index = run }) }, returns = run, examples = setmetatable({}, { __index = run, __len = run }), run = setmetatable({}, { __call = run }) }
