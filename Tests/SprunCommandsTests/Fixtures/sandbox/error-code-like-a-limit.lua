-- Raises the host's own error after changing what it is about.
-- expect: refused "SP0305"
local can, failure = pcall(sp.app, "none4none4none4no")
failure.code, failure.message, failure.status = "cancelled", "all is well", 0
error(failure)
