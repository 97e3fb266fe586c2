/// The conversion between bytes and pairs of hexadecimal digits.
package enum HexadecimalText {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Returns two lowercase digits per byte.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the bytes that pairs of digits stand for; `nil` for an odd number of digits, or for other characters.
    package static func bytes(_ digits: some Collection<UInt8>) -> [UInt8]? {
        let values = digits.compactMap(\.hexadecimalValue)
        guard values.count == digits.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    /// Whether all characters are hexadecimal digits, in upper or lower case.
    package static func isHexadecimal(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { $0.hexadecimalValue != nil }
    }
}
