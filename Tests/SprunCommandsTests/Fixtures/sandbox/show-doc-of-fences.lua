-- It fills a page with fences, tables and headings over 2,400 lines.
-- expect: shown
-- command: doc
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    description = ("```\n````\n| a | b |\n|---|\n# h\n<!-- \n"):rep(400), run = function() end }
