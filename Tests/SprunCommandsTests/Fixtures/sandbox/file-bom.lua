-- Begins with the mark that Windows' editors set.
-- expect: harmless
print("harmless")
