-- It returns names and values that begin with marks and joiners.
-- expect: shown
return { ["\u{336}\u{20e0}"] = "\u{336}\u{301}x", x = "\u{200d}\u{fe0f}\u{1f3fb}", ["\u{903}"] = { "\u{93e}", "\u{301}" } }
