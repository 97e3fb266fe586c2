internal import Groundwork

/// The PEM blocks of a text (RFC 7468), such as `-----BEGIN CERTIFICATE-----` to its END line.
///
/// It reads only frames and characters: it does not check that a certificate works.
package struct PEMText: Hashable, Sendable {
    /// The content that a text must have.
    package enum Content: Hashable, Sendable {
        /// Exactly one private key and no certificate.
        case privateKey
        /// One or more certificates and no other block.
        case certificates

        /// The required content in words that follow "must".
        package var demand: String {
            switch self {
            case .privateKey: "be a private key in PEM format, without other text"
            case .certificates: "be one or more certificates in PEM format, without other text"
            }
        }

        /// The BEGIN line as a regular expression, for a JSON Schema.
        var pattern: String {
            switch self {
            case .privateKey: "-----BEGIN [A-Z ]*PRIVATE KEY-----"
            case .certificates: "-----BEGIN CERTIFICATE-----"
            }
        }
    }

    /// The labels of the blocks, such as `CERTIFICATE`.
    private let labels: [String]
    /// Whether each block has an END line, and only base64 and headers before it.
    let isWhole: Bool

    private static let close = Array("-----".utf8)
    private static let header = Array(": ".utf8)

    /// Reads a text; text between blocks is a comment.
    init(_ text: String) {
        var labels: [String] = []
        var isWhole = true
        // Search bytes, not characters: a combining mark after the last dash would make it another character.
        var rest = Array(text.utf8)[...]
        while let begin = Self.place(of: Array("-----BEGIN ".utf8), in: rest) {
            rest = rest[begin.upperBound...]
            guard let labelEnd = Self.place(of: Self.close, in: rest),
                let label = String(validating: rest[..<labelEnd.lowerBound], as: UTF8.self)
            else {
                isWhole = false
                break
            }
            labels.append(label)
            rest = rest[labelEnd.upperBound...]
            if let end = Self.place(of: Array("-----END \(label)-----".utf8), in: rest) {
                isWhole = isWhole && Self.isBody(rest[..<end.lowerBound])
                rest = rest[end.upperBound...]
            } else {
                isWhole = false
            }
        }
        self.labels = labels
        self.isWhole = isWhole
    }

    /// Returns the first place of some bytes; quicker than `firstRange(of:)`, since files can have megabytes.
    private static func place(of searched: [UInt8], in text: ArraySlice<UInt8>) -> Range<Int>? {
        var start = text.startIndex
        while let first = text[start...].firstIndex(of: searched[0]) {
            let end = first + searched.count
            guard end <= text.endIndex else { return nil }
            if text[first..<end].elementsEqual(searched) { return first..<end }
            start = first + 1
        }
        return nil
    }

    private static func isBody(_ body: ArraySlice<UInt8>) -> Bool {
        // A key with a passphrase may have headers: "Proc-Type: 4,ENCRYPTED".
        let lines = body.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .filter { place(of: header, in: $0) == nil }
        return !lines.isEmpty && lines.allSatisfy { $0.allSatisfy(isBase64) }
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: " "), UInt8(ascii: "\t"): true
        default: byte.isLetterOrDigit
        }
    }

    /// Whether the blocks have this content, and hold no other key or certificate.
    func isOnly(_ content: Content) -> Bool {
        let keys = labels.count { $0.hasSuffix("PRIVATE KEY") }
        let certificates = labels.count { $0.hasSuffix("CERTIFICATE") }
        return switch content {
        // openssl writes the parameters of an elliptic curve as a separate block.
        case .privateKey: keys == 1 && certificates == 0
        case .certificates: certificates > 0 && certificates == labels.count
        }
    }
}
