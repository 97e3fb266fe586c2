﻿-- Begins with the mark of Windows' editors twice.
-- expect: refused "unexpected symbol"
print("ESCAPED")
