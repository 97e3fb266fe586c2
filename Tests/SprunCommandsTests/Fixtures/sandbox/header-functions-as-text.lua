-- Its header has functions where text is wanted.
-- expect: refused "summary must be a string"
local function f() print("ESCAPED: it was called") end
return recipe { name = f, version = f, summary = f, description = f, author = f, license = f, sprun = f, needs = f,
    limits = f, params = f, returns = f, examples = f, exports = f, run = "f" }
