/// Limits of this target; sizes are in bytes unless stated otherwise.
package enum SharingLimits {
    /// A recipe file: the largest files that people write by hand have some ten thousand bytes.
    package static let largestFile = 1 << 20
    /// A lock file: 10,000 recipes with one file each need 3 MB.
    package static let largestLock = 4 << 20
    /// The total size of a recipe's imports, which are held in memory while they are fetched.
    package static let largestClosure = 32 << 20
    /// The number of modules that a recipe may import in total, including itself.
    package static let mostModules = 256
    /// The depth of a chain of imports, because each import waits for the import below it.
    package static let deepestImport = 32
    /// A locator in UTF-8: longer addresses are of no use to people.
    package static let longestLocator = 1000
    /// The output of a git listing: 200,000 files or tags need about this much.
    package static let largestListing = 32 << 20
    /// A fetched commit of a repository, without its history, but including files that are not recipes.
    package static let largestRepository = 256 << 20
    /// The standard error of git, which includes lines from the server.
    package static let largestGitMessage = 1 << 20
    /// The end of git's standard error that is searched for the reason: each of git's sentences has some hundred bytes.
    package static let readGitMessage = 16 << 10
    /// The characters of git's message that are shown, from its end.
    package static let shownGitMessage = 400
    /// The time limit of a git command, which is then killed.
    ///
    /// Fetching a commit of an ordinary repository takes seconds; an unreachable host may never answer.
    package static let gitTime: Duration = .seconds(60)
    /// The largest changed part, in lines of either text, that is searched for common lines.
    ///
    /// The time and memory of that search grow with the square of the lines, to 64 MB here.
    package static let mostComparedLines = 2000
}
