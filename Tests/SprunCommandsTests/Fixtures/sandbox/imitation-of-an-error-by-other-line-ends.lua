-- It ends with an error whose lines are ended by every line end that Unicode has.
-- expect: refused "  | error[SP0101]: seven"
error("one\verror[SP0101]: two\ferror[SP0101]: three\u{85}error[SP0101]: four\u{2028}error[SP0101]: five\u{2029}error[SP0101]: six"
    .. "\nerror[SP0101]: seven", 0)
