/// The blocks of a text in PEM (RFC 7468): what is framed by `-----BEGIN CERTIFICATE-----` and its end.
///
/// It looks at frames and characters only: whether a block is a certificate that works is not told.
public struct PEMText: Hashable, Sendable {
    /// What a text must be made of.
    public enum Content: Hashable, Sendable {
        /// One private key.
        case privateKey
        /// One certificate or more.
        case certificates

        /// What is demanded, in words that follow "must".
        public var demand: String {
            switch self {
            case .privateKey: "be a private key in PEM, and nothing else"
            case .certificates: "be one or more certificates in PEM, and nothing else"
            }
        }

        /// The frame as a pattern, for a schema.
        var pattern: String {
            switch self {
            case .privateKey: "-----BEGIN [A-Z ]*PRIVATE KEY-----"
            case .certificates: "-----BEGIN CERTIFICATE-----"
            }
        }
    }

    /// The labels of the blocks: `CERTIFICATE`.
    private let labels: [String]
    /// Whether each block is closed, and holds base64 and headers, and nothing else.
    let isWhole: Bool

    private static let close = Array("-----".utf8)
    private static let header = Array(": ".utf8)

    /// Reads a text; what stands between blocks is a comment.
    init(_ text: String) {
        var labels: [String] = []
        var isWhole = true
        // Bytes, not characters: a combining mark would make another character of the last dash.
        var rest = text.utf8[...]
        while let begin = rest.firstRange(of: Array("-----BEGIN ".utf8)) {
            rest = rest[begin.upperBound...]
            guard let labelEnd = rest.firstRange(of: Self.close),
                let label = String(rest[..<labelEnd.lowerBound])
            else {
                isWhole = false
                break
            }
            labels.append(label)
            rest = rest[labelEnd.upperBound...]
            if let end = rest.firstRange(of: Array("-----END \(label)-----".utf8)) {
                isWhole = isWhole && Self.isBody(rest[..<end.lowerBound])
                rest = rest[end.upperBound...]
            } else {
                isWhole = false
            }
        }
        self.labels = labels
        self.isWhole = isWhole
    }

    private static func isBody(_ body: Substring.UTF8View) -> Bool {
        // A key with a passphrase may have headers: "Proc-Type: 4,ENCRYPTED".
        let lines = body.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .filter { !$0.contains(header) }
        return !lines.isEmpty && lines.allSatisfy { $0.allSatisfy(isBase64) }
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="),
            UInt8(ascii: " "), UInt8(ascii: "\t"):
            true
        default: false
        }
    }

    /// Whether it is made of that and of no other kind of key or certificate.
    func isOnly(_ content: Content) -> Bool {
        let keys = labels.count { $0.hasSuffix("PRIVATE KEY") }
        let certificates = labels.count { $0.hasSuffix("CERTIFICATE") }
        return switch content {
        // openssl writes the parameters of an elliptic curve in a block of their own.
        case .privateKey: keys == 1 && certificates == 0
        case .certificates: certificates > 0 && certificates == labels.count
        }
    }
}
