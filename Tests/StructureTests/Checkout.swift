import Foundation

/// The files of this checkout, as text.
struct Checkout {
    /// One file.
    struct File {
        /// The path from the top of the checkout.
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// The target whose file it is: the folder below Sources.
        var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }
    }

    static let top = String(#filePath).components(separatedBy: "/Tests/StructureTests/")[0]

    /// All files below a folder with one of these endings.
    static func files(below folder: String, endings: [String]) throws -> [File] {
        let root = "\(top)/\(folder)"
        return try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
            .filter { path in endings.contains { path.hasSuffix($0) } }
            .map { path in
                File(
                    path: "\(folder)/\(path)",
                    text: try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8))
            }
    }
}
