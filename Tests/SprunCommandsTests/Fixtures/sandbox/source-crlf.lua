-- Has the line ends of Windows and of old machines.
-- expect: harmless
assert(load("x = 1\r\ny = 2\r\n\r-- z\rz = '\\\r\n'\n\r"))()
print("harmless")
