extension UInt8 {
    /// Whether the byte is an ASCII digit.
    package var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Whether the byte is one of the ASCII letters a–z.
    package var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    /// Whether the byte is an ASCII letter, in upper or lower case.
    package var isLetter: Bool { (self | 0x20).isLowercaseLetter }

    /// Whether the byte is an ASCII letter or digit.
    package var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Whether the byte is an ASCII letter, a digit, `.`, `-` or `_`: the bytes of host names and of unescaped paths.
    package var isHostByte: Bool {
        isLetterOrDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }

    /// The value of a hexadecimal digit, from 0 to 15; `nil` for any other byte.
    package var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
