-- Prints 100,000 last lines of private keys, for each of which the first line is looked for.
-- expect: harmless
print(("-----END PRIVATE KEY-----\n"):rep(100000))
print("harmless")
