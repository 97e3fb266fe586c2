-- Fails with a message that quotes 1 MB which nearly stands in its line of 4 MB, at every second place.
-- expect: refused "SP0202"
-- pad: 4000000 a
error("'" .. ("a "):rep(500000) .. "b'") --