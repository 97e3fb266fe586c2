-- It ends with an error of characters that nobody sees: tags, fillers, variation selectors, joiners.
-- expect: refused "\u{e0041}"
error("x\u{e0041}\u{e007f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}\u{fe00}\u{e0100}\u{200b}\u{2060}\u{feff}\u{180e}\u{34f}\u{17b4}\u{ad}", 0)
