import FoundationEssentials
import Groundwork
import Testing

/// One example of ServerPilot's document, from the file that `SPRUN_API_EXAMPLES` names.
struct DocumentedExample {
    static let file = ProcessInfo.processInfo.environment["SPRUN_API_EXAMPLES"]

    let title: String
    let method: String
    let path: String
    let requests: [(path: String, body: JSONValue)]
    let replies: [JSONValue]

    static func all() throws -> [DocumentedExample] {
        let document = try JSONValue(bytes: Array(Data(contentsOf: URL(filePath: try #require(file)))))
        return try #require(document["examples"]?.arrayValue).map { example in
            DocumentedExample(
                title: try #require(example["operation"]?.stringValue),
                method: try #require(example["method"]?.stringValue),
                path: try #require(example["path"]?.stringValue),
                requests: try #require(example["requests"]?.arrayValue).map { request in
                    (try #require(request["path"]?.stringValue), request["body"] ?? .null)
                },
                replies: try #require(example["replies"]?.arrayValue))
        }
    }
}
