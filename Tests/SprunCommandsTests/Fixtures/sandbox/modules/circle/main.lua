-- Modules import one another in a circle.
-- expect: refused "circular import"
import "a"
