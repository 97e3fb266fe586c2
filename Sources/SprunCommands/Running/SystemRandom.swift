/// Random numbers of the system, which are secure enough for secrets.
enum SystemRandom {
    @Sendable static func next() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
