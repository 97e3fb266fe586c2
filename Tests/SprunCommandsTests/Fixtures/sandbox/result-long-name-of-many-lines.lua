-- It returns 20,000 lines under a name of 500 kB, whose width each line is indented by.
-- expect: shown
return { [("n"):rep(500000)] = ("x\n"):rep(20000) }
