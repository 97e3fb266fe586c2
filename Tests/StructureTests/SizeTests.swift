import Testing

/// Holds types and files to a size that a reader can keep in mind.
@Suite("The size of types and files")
struct SizeTests {
    private static let mostProperties = 10
    private static let mostArguments = 8
    /// The beginning of the first line of a larger type, a comment with the reason.
    private static let reason = "// Large: "

    /// A type with its text from its first line to its closing brace.
    private struct Kind {
        let name: String
        let lines: [Substring]
        let indentation: String

        /// The stored properties: members that are no functions and have no body.
        var properties: Int {
            lines.dropFirst().count { line in
                guard let match = line.prefixMatch(of: #/( *)(?:@\w+(?:\([^)]*\))? )*(?:[\w()]+ )*(?:let|var) \w+/#),
                    match.1 == indentation + "    ", !line.contains(" static "), !line.contains("static let")
                else { return false }
                return line.contains(" = ") || !line.hasSuffix("}") && !line.hasSuffix("{")
            }
        }

        /// The largest number of arguments of an initializer.
        var arguments: Int {
            let text = lines.joined(separator: "\n")
            return text.matches(of: #/\n( *)(?:public |package |private )?init\??\(((?:[^()]|\([^()]*\))*)\)/#)
                .filter { $0.1 == indentation + "    " }
                .map { $0.2.matches(of: #/(?:^|[,\n]) *(?:@\w+ )?\w+(?: \w+)?: /#).count }.max() ?? 0
        }
    }

    private static func kinds(of file: Checkout.File) -> [Kind] {
        let lines = file.lines
        return lines.indices.compactMap { start in
            let pattern =
                #/( *)(?:@\w+ )*(?:public |package |private |fileprivate |final )*(?:struct|class|actor) (\w+).*\{/#
            guard let match = lines[start].wholeMatch(of: pattern) else { return nil }
            let end = lines[start...].firstIndex { $0 == match.1 + "}" } ?? start
            return Kind(name: String(match.2), lines: Array(lines[start...end]), indentation: String(match.1))
        }
    }

    @Test("a type with more than ten stored properties or eight initializer arguments has a written reason")
    func types() throws {
        var count = 0
        for file in try Checkout.files(below: "Sources", endings: [".swift"]) {
            for kind in Self.kinds(of: file) {
                count += 1
                let isLarge = kind.properties > Self.mostProperties || kind.arguments > Self.mostArguments
                let hasReason = kind.lines.dropFirst().first?.contains(Self.reason) ?? false
                #expect(
                    isLarge == hasReason,
                    "\(file.path): \(kind.name) has \(kind.properties) properties and \(kind.arguments) arguments")
            }
        }
        #expect(count > 500)
    }

    @Test("no file has two public types")
    func files() throws {
        for file in try Checkout.files(below: "Sources", endings: [".swift"]) {
            let names = file.lines.compactMap {
                $0.prefixMatch(of: #/public (?:final |indirect )?(?:struct|class|enum|actor|protocol) (\w+)/#)?.1
            }
            #expect(names.count <= 1, "\(file.path): \(names)")
        }
    }
}
