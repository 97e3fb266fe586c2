internal import RecipeLanguage

extension RecipeRealm {
    /// Refuses a host, or a way to reach it, that the module or one of its importers was not granted.
    ///
    /// The way is a part of the permission. A jump host sees the connection, a private key logs in as its owner, and a
    /// known-hosts file decides which hosts are trusted. Values that the user passed to the recipe as parameters count
    /// as granted.
    ///
    /// - Parameters:
    ///   - target: the host, and the way to reach it.
    ///   - function: the function's name in errors.
    ///   - files: the files of this machine.
    /// - Throws: `RecipeError` that names the line to add.
    func check(_ target: ShellTarget, for function: String, _ files: (any LocalFiles)?) throws(RecipeError) {
        for realm in chain {
            guard let needs = realm.needs else { continue }
            for host in [target.host.name] + target.host.jumpNames where !realm.isGiven(host) {
                guard needs.all.contains(.ssh(host)) || needs.all.contains(.ssh(nil)) else {
                    throw refusal("'\(host)' by ssh", of: realm, function, add: .ssh(host))
                }
            }
            let paths = [("identity", target.identityFile), ("known_hosts", target.knownHostsFile)]
            for case (let word, let path?) in paths where !realm.isGiven(path) {
                guard realm.mayRead(path, files) else {
                    throw refusal("\(word) = '\(path)'", of: realm, function, add: .read(path))
                }
            }
            // A file that the user named may be written: the user chose it.
            guard !target.host.acceptsNew || target.knownHostsFile.map(realm.isGiven) ?? true else {
                throw RecipeError(
                    code: RecipeError.notGranted,
                    message: "\(function): accept_new would write to the known_hosts file that the recipe "
                        + "names", operation: function,
                    hint: "remove known_hosts to use your own file, or remove accept_new",
                    token: "known_hosts")
            }
        }
    }

    /// Returns whether a file is below a folder that this module's own needs make readable; a missing file is not.
    private func mayRead(_ path: String, _ files: (any LocalFiles)?) -> Bool {
        guard let files else { return false }
        do throws(LocalFileFailure) {
            _ = try files.read(path, below: [ownReadGrants], limit: ShellFile.largest)
            return true
        } catch {
            return false
        }
    }
}

extension ShellHost {
    /// The names of its jump hosts.
    fileprivate var jumpNames: [String] {
        (jump ?? "").split(separator: ",").map { hop in
            let host = hop.split(separator: "@", maxSplits: 1).last ?? hop
            if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
            return String(host.prefix { $0 != ":" })
        }
    }
}
