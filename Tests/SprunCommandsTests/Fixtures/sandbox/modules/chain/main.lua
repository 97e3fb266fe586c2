-- Twenty modules import one another.
-- expect: refused "imports are nested more than 16 levels deep"
import "m1"
