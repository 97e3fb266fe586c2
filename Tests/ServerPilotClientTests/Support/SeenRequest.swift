/// A request as its bytes came in.
struct SeenRequest: Hashable, Sendable {
    let connection: Int
    let method: String
    let target: String
    /// Names in lower case, in the order in which they came.
    let fields: [String]
    let values: [String: String]
    let body: String

    init(connection: Int, head: String, body: String) {
        let lines = head.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        self.connection = connection
        self.body = body
        method = String(words.first ?? "")
        target = String(words.dropFirst().first ?? "")
        let fields = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        self.fields = fields.map(\.0)
        values = Dictionary(fields, uniquingKeysWith: { "\($0), \($1)" })
    }
}
