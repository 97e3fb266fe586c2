-- Says as much at once as can be passed.
-- expect: limit memory
sp.log(("x"):rep((16 << 20) - 100))
sp.warn(("x"):rep((16 << 20) - 100))
print("harmless")
