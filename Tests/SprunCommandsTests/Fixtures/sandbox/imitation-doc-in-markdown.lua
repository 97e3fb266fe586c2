-- It writes links, pictures, HTML and tables into the page that sprun makes of it.
-- expect: shown
-- command: doc
local text = "[x](javascript:y) ![p](https://evil.example/p.png) <script>z</script> `a` | b | </td> <!-- \\| &lt;"
return recipe { name = "hostile", version = "1.0.0", summary = text, author = text, license = text, description = "# h\n" .. text .. "\n\n```\n" .. text,
    params = { a = param.string{ doc = text, example = "`` ` ``|", default = "|`|" } }, examples = { "```", "x ` y | z" }, run = function() end }
