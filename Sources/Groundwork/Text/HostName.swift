/// The grammar of hosts that SSH reaches.
package enum HostName {
    /// Returns whether a text is a name of letters, digits, `_`, `.` and `-`, or an IPv6 address, of at most 253 bytes.
    ///
    /// It never begins with a dash, which `ssh` would read as an option.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        (1...253).contains(text.utf8.count)
            && String(text).wholeMatch(
                of: #/[A-Za-z0-9_][A-Za-z0-9_.\-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9]+)?/#)
                != nil
    }
}
