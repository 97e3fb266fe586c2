-- Asks require for a file outside the folder.
-- expect: refused "undefined global 'require'"
require("../x")
