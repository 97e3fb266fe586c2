-- It prints and raises texts that are read in another order than they are.
-- expect: refused "\u{202e}"
local text = "\u{202e}gnihton deteled\u{202c} \u{2066}x\u{2069} \u{200f}y \u{61c}z \u{2067}w"
print(text)
sp.log(text)
error("ok " .. text, 0)
