return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { secrets = "reveal" }, params = { s = param.secret{} }, run = function(p)
    local texts, all = {}, p.s:rep(8)
    for i = 1, 1e9 do
        texts[i] = all:reveal() .. i
        pcall(string.reveal, p.s:rep(1000000))
    end
end }
