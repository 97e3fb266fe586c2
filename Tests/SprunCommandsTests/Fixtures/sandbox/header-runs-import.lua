-- Its body is import.
-- expect: refused "import"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = import }
