-- Resumes new coroutines in new coroutines, each of which ends before its hook has counted to the next look.
-- expect: limit cpu
local function tree(depth)
    if depth == 0 then return end
    for i = 1, 50 do coroutine.wrap(tree)(depth - 1) end
end
tree(8)
