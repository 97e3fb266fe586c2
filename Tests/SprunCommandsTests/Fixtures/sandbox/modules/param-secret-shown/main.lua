-- It gives an imported recipe a secret, which shows it whole, doubled, revealed and in an error.
-- expect: refused "hostile <redacted>"
import "lib"{ word = "ESC" .. "APED-by-a-secret" }
