-- It ends with an error whose carriage returns would write over the beginning of the line.
-- expect: refused "  | error[SP0000]: all is well"
error("x\rwarning: nothing\rerror[SP0000]: all is well\r", 0)
