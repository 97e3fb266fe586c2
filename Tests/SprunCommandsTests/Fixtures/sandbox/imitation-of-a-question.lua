-- It prints the question that sprun asks before a deletion, and the prompt of a shell behind it.
-- expect: harmless
print("Delete server www1 and all that is on it? [y/N] y\27[8m\nroot@host:~# \u{1b}[?25l")
print("\27]0;title\7\27]8;;https://evil.example\7click\27]8;;\7\27[6n\27[c\27]52;c;ZXZpbA==\7")
print("harmless")
