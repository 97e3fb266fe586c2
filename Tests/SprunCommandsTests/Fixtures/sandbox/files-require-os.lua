-- Asks require for the library os.
-- expect: refused "undefined global 'require'"
require("os").execute("touch ESCAPED")
