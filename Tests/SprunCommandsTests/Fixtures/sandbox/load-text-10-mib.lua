-- Loads 10 MiB of statements at once, which no hook can interrupt.
-- expect: harmless
assert(load(("x=1 "):rep(10 << 18)))
print("harmless")
