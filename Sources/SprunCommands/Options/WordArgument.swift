internal import ArgumentParser

/// A type whose values are words of the command line.
///
/// It lists them itself, since the argument parser would find them by key paths and searches of all types, in every run.
protocol WordArgument: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension WordArgument {
    static var allValueStrings: [String] { allCases.map { $0.rawValue } }
    /// Help pages show the words without descriptions.
    static var allValueDescriptions: [String: String] { [:] }
}
