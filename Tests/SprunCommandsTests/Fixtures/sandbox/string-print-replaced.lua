-- Replaces print, tostring and error, and ends with an error.
-- expect: refused "undefined global 'nothing'"
print, tostring, error, pcall = nil, nil, nil, nil
nothing()
