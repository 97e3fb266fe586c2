return recipe { name = "part", version = "1.0.0", summary = "A recipe", params = { s = param.secret{}, way = param.string{} },
    returns = { n = "integer?", b = "boolean?", l = "list?", t = "table?", w = "string?" }, run = function(p)
    local s, way = p.s, p.way
    if way == "alone" then return s end
    if way == "twice" then return {}, s end
    return ({ key = { [s] = 1 }, ["deep key"] = { t = { [s] = print } }, integer = { n = s }, boolean = { b = s }, list = { l = s }, table = { t = s }, text = { w = "x" .. s } })[way]
end }
