-- Prints the first line of a private key, behind which everything is taken out.
-- expect: harmless
print("-----BEGIN PRIVATE KEY-----\nsecret")
print("harmless")
