internal import Groundwork

/// The profiles, for `sprun profiles`.
struct ProfileList: Report {
    let profiles: [Profile]
    /// The profile that commands in this folder use; `nil` if they use none.
    let selected: String?

    func lines(on page: Page) -> [String] {
        guard !profiles.isEmpty else { return [] }
        let titles = ["", "PROFILE", "CLIENT ID", "ENDPOINT", "FROM"].map { TextTable.Cell($0, page.style.faint) }
        let rows = profiles.map { profile in
            [
                TextTable.Cell(profile.name == selected ? "*" : ""),
                .init(profile.name.withoutControls, page.style.bold),
                .init((profile.clientID ?? "-").withoutControls), .init((profile.endpoint ?? "-").withoutControls),
                .init(profile.origin.withoutControls),
            ]
        }
        return TextTable(rows: [titles] + rows).lines(width: page.width)
    }

    func notes(on page: Page) async -> [String] {
        if profiles.isEmpty { return ["no profiles yet: sprun login --profile NAME saves one"] }
        return selected == nil ? [] : ["* is used by commands in this folder"]
    }

    var json: JSONValue {
        let documents = profiles.map { profile -> JSONValue in
            [
                "name": .string(profile.name), "selected": .bool(profile.name == selected),
                "client_id": profile.clientID.map { .string($0) } ?? .null,
                "endpoint": profile.endpoint.map { .string($0) } ?? .null, "from": .string(profile.origin),
            ]
        }
        return ["format_version": 1, "profiles": .array(documents)]
    }
}
