-- Prints 100,000 last lines of private keys, for each of which the first line is looked for.
-- expect: limit cpu
-- finding: for each end of a key the beginning is looked for in all of the rest
print(("-----END PRIVATE KEY-----\n"):rep(100000))
