-- A recipe between two others has not the need that both of them have, and passes a secret on and back.
-- expect: refused "SP0213"
local between = import "between"
between{ s = "token-of-" .. "the-importer" }
