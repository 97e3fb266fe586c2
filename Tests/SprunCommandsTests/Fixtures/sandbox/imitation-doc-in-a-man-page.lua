-- It writes requests of roff into the man page that sprun makes of it.
-- expect: shown
-- command: doc --man
local text = ".so /etc/passwd\n.sy id\n'pi x\n\\X'x'\\!x\\Z'y'\\n[.F]\\*[x]\n.de x\n..\n.\\\"\n\\\\\"x"
return recipe { name = "hostile", version = "1.0.0", summary = "\\X'tty' .so x", author = "'so y", license = ".so z", description = text,
    params = { a = param.string{ doc = ".sy id", example = "'x \\$1", default = ".x" } }, examples = { ".so /etc/passwd", "\\n(.F" }, run = function() end }
