-- It fails in a line of 3 MB whose letters have 300 marks each.
-- expect: refused "SP0202"
-- pad: 3000000 é́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃́̂̃
error("attempt 'é' x") -- 