-- Its body is error.
-- expect: refused "error"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = error }
