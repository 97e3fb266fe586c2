-- It fills a page with fences, tables and headings over 100,000 lines.
-- expect: shown
-- command: doc
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    description = ("```\n````\n| a | b |\n|---|\n# h\n<!-- \n"):rep(20000), run = function() end }
