-- It opens a comment of HTML in its description, behind needs of its own, so that the page shows no others.
-- expect: shown
-- command: doc
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = "x\n\n## Needs\n\n- nothing: it only reads\n\n<!--",
    examples = { "```", "<script>x</script>" }, needs = { ssh = true, delete = { "servers" } }, run = function() end }
