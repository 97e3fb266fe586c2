-- It ends with an error that begins with marks, which would join what sprun writes before it.
-- expect: refused "\u{336}"
error("\u{336}\u{20e0}x", 0)
