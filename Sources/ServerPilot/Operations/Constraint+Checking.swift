package import Groundwork

/// The unit in which lengths are counted.
package enum LengthUnit: String, Hashable, Sendable, CaseIterable {
    /// Unicode code points.
    case characters
    /// Bytes of UTF-8.
    case bytes
    /// UTF-16 code units, as JavaScript and Java count.
    case utf16
    /// Unknown: the minimum counts UTF-8 bytes and the maximum code points.
    ///
    /// A text is never refused if its length is valid in any unit.
    case unknown
}

extension Constraint {
    /// Whether the value satisfies the rule.
    ///
    /// A value of another type does: a different rule checks the type.
    package func isKept(by value: JSONValue, counting unit: LengthUnit = .unknown) -> Bool {
        switch (kind, value) {
        case (.length(let range), .string(let text)): Self.isLength(of: text, in: range, counting: unit)
        case (.characters(let set), .string(let text)): text.unicodeScalars.allSatisfy(set.contains)
        case (.firstCharacter(let set), .string(let text)): text.unicodeScalars.first.map(set.contains) ?? true
        case (.lastCharacter(let set), .string(let text)): text.unicodeScalars.last.map(set.contains) ?? true
        case (.noOuterWhiteSpace, .string(let text)):
            !Self.isWhiteSpace(text.unicodeScalars.first) && !Self.isWhiteSpace(text.unicodeScalars.last)
        case (.firstWord(let words), .string(let text)): words.contains { text.utf8.starts(with: "\($0) ".utf8) }
        case (.pem(let content), .string(let text)): PEMText(text).isOnly(content)
        case (.wholePEM, .string(let text)): PEMText(text).isWhole
        case (.count(let most), .array(let elements)): elements.count <= most
        case (.equals(let wanted), .bool(let given)): wanted == given
        case (.noneOf(let words), .string(let text)): !words.contains(text)
        case (.domainLabels, .string(let text)): Self.isDomain(text)
        case (.publicKey, .string(let text)): Self.isPublicKey(text)
        default: true
        }
    }

    /// Whether a text is shorter than the range allows; `unknown` counts bytes.
    package static func isShort(_ text: String, for range: ClosedRange<Int>, counting unit: LengthUnit) -> Bool {
        count(text, unit == .unknown ? .bytes : unit) < range.lowerBound
    }

    private static func isLength(of text: String, in range: ClosedRange<Int>, counting unit: LengthUnit) -> Bool {
        !isShort(text, for: range, counting: unit)
            && count(text, unit == .unknown ? .characters : unit) <= range.upperBound
    }

    private static func count(_ text: String, _ unit: LengthUnit) -> Int {
        switch unit {
        case .characters, .unknown: text.unicodeScalars.count
        case .bytes: text.utf8.count
        case .utf16: text.utf16.count
        }
    }

    // Compare scalars, not characters: a space with a combining mark is one character, which is not white space.
    private static func isWhiteSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isWhitespace ?? false }

    /// Whether the labels are valid; a dot at the end is left to another rule.
    private static func isDomain(_ text: String) -> Bool {
        var labels = text.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count > 1, labels.last == "" { labels.removeLast() }
        if labels.count > 1, labels.first == "*" { labels.removeFirst() }
        return labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-" && !label.contains("*")
        }
    }

    /// The first base64 characters of each key type: the length of the type's name in four bytes, and the name.
    ///
    /// RFC 4253, section 6.6, defines this form.
    private static let blobBeginnings = ["ssh-rsa": "AAAAB3NzaC1yc2E", "ssh-ed25519": "AAAAC3NzaC1lZDI1NTE5"]

    private static func isPublicKey(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count > 1, let beginning = blobBeginnings[String(words[0])] else { return false }
        let blob = words[1].unicodeScalars
        let content = blob.prefix { $0 != "=" }
        return words[1].utf8.starts(with: beginning.utf8) && blob.count.isMultiple(of: 4)
            && blob.count - content.count <= 2 && blob.dropFirst(content.count).allSatisfy { $0 == "=" }
            && content.allSatisfy { CharacterClass.lettersAndDigits.contains($0) || $0 == "+" || $0 == "/" }
    }
}
