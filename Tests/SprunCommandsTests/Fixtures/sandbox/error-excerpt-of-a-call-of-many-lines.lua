-- It fails in a call that is open over the next lines, which a long string fills with brackets.
-- expect: refused "SP02"
local function f(t) error("'nosuchword' is wrong: " .. #t) end
f{ [[ ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
[[ [[ [[ {{{{{{{{{{ nosuchword = "''"''"''"''" -- nosuchword = nosuchword = {{{{
'\\'\"\'nosuchword\'"nosuchword
]] }
