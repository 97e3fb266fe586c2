-- Modules import one another in a circle.
-- expect: refused "imports go in a circle"
import "a"
