-- Twenty modules import one another.
-- expect: refused "more than 16 recipes import one another"
import "m1"
