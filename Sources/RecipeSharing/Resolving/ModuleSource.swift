package import SystemPackage

/// The text of a recipe, and where it is from.
package struct ModuleSource: Hashable, Sendable {
    /// Whose it is.
    package enum Origin: String, Hashable, Sendable {
        /// A file of this project.
        case project
        /// It ships with the program.
        case shipped
        /// A repository of somebody.
        case git
        /// An address of somebody.
        case https
    }

    /// Where it is, and so what its own imports are relative to.
    package enum Place: Hashable, Sendable {
        /// A file, by its absolute path.
        case file(FilePath)
        /// A recipe that ships, by its name.
        case shipped(String)
        /// A file of a repository: the recipe that was imported by this locator, or a file that it imports from its
        /// own repository at that commit.
        case git(GitLocator, CommitID, path: String)
        /// A file at an address.
        case https(HTTPSLocator)
    }

    /// Where it is.
    package let place: Place
    /// What people see: a path from the project, a name, a locator.
    package let displayName: String
    /// Its bytes.
    package let text: [UInt8]
    /// Their hash.
    package let sha256: ContentHash

    /// A module.
    package init(place: Place, displayName: String, text: [UInt8]) {
        self.place = place
        self.displayName = displayName
        self.text = text
        sha256 = ContentHash(of: text)
    }

    /// The same for the same module, however it was imported: `file:/srv/site.lua`, `shipped:new-site`,
    /// `git:URL//path@commit`, `https:URL#sha256=…`.
    package var identity: String {
        switch place {
        case .file(let path): "file:\(path)"
        case .shipped(let name): "shipped:\(name)"
        case .git(let locator, let commit, let path): "git:\(locator.repository)//\(path)@\(commit)"
        case .https(let locator): "https:\(locator)"
        }
    }

    /// Whose it is.
    package var origin: Origin {
        switch place {
        case .file: .project
        case .shipped: .shipped
        case .git: .git
        case .https: .https
        }
    }
}
