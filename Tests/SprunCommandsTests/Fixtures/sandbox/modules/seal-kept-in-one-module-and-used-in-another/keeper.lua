local kept
return recipe { name = "keeper", version = "1.0.0", summary = "A library", exports = { keep = function(secret) kept = secret end, give = function() return kept end } }
