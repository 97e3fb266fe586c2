-- Stops the collector, so that memory fills up.
-- expect: refused "collectgarbage: only 'count' is available"
collectgarbage("stop")
