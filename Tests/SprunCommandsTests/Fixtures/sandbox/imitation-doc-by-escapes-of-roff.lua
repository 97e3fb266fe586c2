-- It puts escapes of roff into defaults and examples, which the man page gives as arguments of requests.
-- expect: shown
-- command: doc --man
local text = "\\h'|0'\\X'tty: x'\\[u001B]\\n(.F\\*[x]\\!y"
return recipe { name = "hostile", version = "1.0.0", summary = text, params = { a = param.string{ default = text, example = text, doc = text } }, run = function() end }
