-- Its body is pcall.
-- expect: shown
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = pcall }
