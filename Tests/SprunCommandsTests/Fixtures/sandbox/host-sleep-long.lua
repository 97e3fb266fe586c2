-- Sleeps for more than a year.
-- expect: refused "at most"
-- finding: a duration of more than a year is told to be none
sp.sleep("9999h")
