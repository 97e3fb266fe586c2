-- Waits for an action whose id is a path.
-- expect: refused "SP0"
sp.wait("../servers")
