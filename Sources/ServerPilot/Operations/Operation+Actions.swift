internal import HTTPTypes

extension Operation {
    static let actions: [Operation] = [
        Operation(
            "action", .get, "/actions/:id", about: .action, pathParameters: [.pathID(.action)],
            effect: .read, result: .object(.action), rules: [.exists(.action)],
            "Gets the status of an action: open, success or error.")
    ]
}
