internal import Groundwork
internal import SystemPackage

/// The modules on this machine: files and shipped recipes.
struct LocalModules {
    /// The folder that displayed paths are relative to.
    let folder: FilePath
    let shipped: [String: [UInt8]]

    /// Returns the module of a target that is a file or a shipped recipe.
    ///
    /// - Throws: `SharingError`: `missingModule`, `outside`, `unreadable`, `tooLarge`.
    func module(_ target: ImportTarget) throws(SharingError) -> ModuleSource {
        switch target {
        case .file(let path, let name, let project):
            if let bytes = try read(path, in: project) {
                return ModuleSource(
                    place: .file(path), displayName: shown(path), text: bytes,
                    project: project ?? ImportTarget.project(of: path, in: folder))
            }
            if let name, shipped[name] != nil { return try module(.shipped(name)) }
            throw missing(path, name)
        case .shipped(let name):
            guard let bytes = shipped[name] else { throw missing(nil, name) }
            return ModuleSource(place: .shipped(name), displayName: name, text: bytes)
        case .git(let locator), .sibling(let locator, _, _, _):
            throw SharingError(.missingModule, "'\(locator)' is not on this machine")
        case .https(let locator): throw SharingError(.missingModule, "'\(locator)' is not on this machine")
        }
    }

    /// Reads a file; a path from the user may contain links.
    ///
    /// An imported file must be below its project, and its path must not contain a link.
    private func read(_ path: FilePath, in project: FilePath?) throws(SharingError) -> [UInt8]? {
        guard let project else { return try StoredFile(path: path).read(limit: SharingLimits.largestFile) }
        var rest = path
        guard rest.removePrefix(project), !rest.isEmpty else { return nil }
        return try FolderFiles(folder: project).read(rest, limit: SharingLimits.largestFile)
    }

    private func missing(_ path: FilePath?, _ name: String?) -> SharingError {
        let file = path.map { "the file '\(shown($0))' does not exist" }
        let ships = name.map { "no shipped recipe is named '\($0)'" }
        let nearest = name.flatMap { shipped.keys.nearest(to: $0) }
        return SharingError(
            .missingModule, [file, ships].compactMap(\.self).joined(separator: ", and "),
            hint: nearest.map { "did you mean '\($0)'?" })
    }

    /// Returns the path relative to the project's folder if it is below that folder; else the full path.
    private func shown(_ path: FilePath) -> String {
        var rest = path
        return rest.removePrefix(folder) && !rest.isEmpty ? rest.string : path.string
    }
}
