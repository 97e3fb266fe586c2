-- Sleeps for more than a year.
-- expect: refused "at most"
sp.sleep("9999h")
