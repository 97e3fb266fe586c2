-- Each of eight modules imports the next eight times over, by other names.
-- expect: refused "SP"
import "m1"
error("hostile")
