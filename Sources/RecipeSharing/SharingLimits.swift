/// How far this target goes before it refuses; all in bytes where nothing else is said.
package enum SharingLimits {
    /// One recipe file: the largest that people write by hand have some ten thousand bytes.
    package static let largestFile = 1 << 20
    /// A lock: 10,000 recipes with one file each have 3 MB.
    package static let largestLock = 4 << 20
    /// What one recipe imports, all together; it is held in memory while it is fetched.
    package static let largestClosure = 32 << 20
    /// How many modules one recipe may import, all together, itself among them.
    package static let mostModules = 256
    /// How long a chain of imports may be, since each import waits for the one below it.
    package static let deepestImport = 32
    /// A locator, in bytes of UTF-8: addresses of more are no use to people.
    package static let longestLocator = 1000
    /// What git may list: 200,000 files or tags have about this much.
    package static let largestListing = 32 << 20
    /// One commit of a repository, as it is fetched: without its history, but with all that it has beside recipes.
    package static let largestRepository = 256 << 20
    /// What git may say on its standard error; a server's own lines are among it.
    package static let largestGitMessage = 1 << 20
    /// How much of what git says is looked at for the reason, from its end: each of its own sentences has some hundred
    /// bytes.
    package static let readGitMessage = 16 << 10
    /// How much of what git says is shown.
    package static let shownGitMessage = 400
    /// How long one git command may take before it is killed: a fetch of one commit of an ordinary repository takes
    /// seconds, a host that is gone may never answer.
    package static let gitTime: Duration = .seconds(60)
    /// Between two changed stretches of more lines than this, on either side, no line is looked for that both have: the
    /// time and the memory of that grow with the square, to 64 MB here.
    package static let mostComparedLines = 2000
}
