-- Lets a function of the host be the reader: numbers count as text, and no instruction is counted.
-- expect: limit cpu
load(sp.time)
print("ended")
