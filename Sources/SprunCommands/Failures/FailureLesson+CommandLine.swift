extension FailureLesson {
    /// Lessons about command lines, files and credentials.
    static let commandLine: [String: FailureLesson] = [
        "usage": FailureLesson(
            wrong: .shown("sprun run --simulate new-site www1 acme.example"),
            right: .shown("sprun run --simulate new-site server=www1 domain=acme.example"),
            next: ["sprun help", "sprun help run", "sprun recipes"]),
        "unreadable_file": FailureLesson(
            wrong: .shown("sprun run --simulate new-site.lua server=www1 domain=acme.example"),
            right: .shown("sprun run --simulate new-site server=www1 domain=acme.example"),
            next: ["sprun recipes", "sprun new site.lua"]),
        "no_credentials": FailureLesson(
            wrong: .shown("sprun run inventory"),
            right: .shown("sprun run --simulate inventory"),
            next: ["sprun login", "sprun doctor"]),
        "invalid_credentials": FailureLesson(
            wrong: .shown("SERVERPILOT_API_KEY= sprun doctor"),
            right: .shown("sprun login"),
            next: ["sprun doctor"]),
        "open_credentials": FailureLesson(
            wrong: .shown("chmod 644 ~/.config/sprun/credentials.toml"),
            right: .shown("chmod 600 ~/.config/sprun/credentials.toml"),
            next: ["sprun doctor"]),
        "invalid_setting": FailureLesson(
            wrong: .shown("sprun doctor --endpoint http://api.serverpilot.io/v1"),
            right: .shown("sprun doctor --endpoint https://api.serverpilot.io/v1"),
            next: ["sprun doctor"]),
        "unwritable_file": FailureLesson(
            wrong: .shown("sprun run --simulate --result /etc/site.json inventory"),
            right: .shown("sprun run --simulate --result site.json inventory"),
            next: ["sprun doctor"]),
        "account_held": FailureLesson(
            wrong: .shown("sprun run site.lua & sprun run site.lua"),
            right: .shown("sprun run site.lua && sprun run site.lua"),
            next: ["sprun runs", "sprun resume"]),
        "invalid_account": FailureLesson(
            wrong: .shown("echo '{' > ~/.local/state/sprun/simulated-account.json"),
            right: .shown("rm ~/.local/state/sprun/simulated-account.json"),
            next: ["sprun run --simulate inventory"]),
        "not_served": FailureLesson(
            wrong: .shown("sprun simulate --port 80"),
            right: .shown("sprun simulate --port 0"),
            next: ["sprun help simulate"]),
        "invalid_seed": FailureLesson(
            wrong: .shown("return { servers = { { nmae = \"www1\" } } }"),
            right: .shown("return { servers = { { name = \"www1\" } } }"),
            next: ["sprun simulate --seed-account account.lua", "sprun simulate --rules"]),
        "invalid_store": FailureLesson(
            wrong: .shown("sprun simulate --store site.lua"),
            right: .shown("sprun simulate --store account.db"),
            next: ["sprun help simulate"]),
        "invalid_certificate": FailureLesson(
            wrong: .shown("sprun simulate --tls-cert ca/server.key --tls-key ca/server.pem"),
            right: .shown("sprun simulate --tls-cert ca/server.pem --tls-key ca/server.key"),
            next: ["sprun help simulate"]),
        "result_kept": FailureLesson(
            wrong: .shown("sprun run --result site.json site.lua; sprun run --result site.json other.lua"),
            right: .shown("sprun run --result site.json site.lua; sprun run --result other.json other.lua"),
            next: ["sprun runs", "sprun show k3v9q2 --result site.json"]),
        "unsafe": FailureLesson(
            wrong: .shown("sprun run github.com/acme/recipes/wp-site@v1.2.0"),
            right: .shown("sprun run site.lua"),
            next: ["sprun doctor"]),
        "cancelled": FailureLesson(
            wrong: .shown("sprun run site.lua    # and Ctrl-C"),
            right: .shown("sprun resume"),
            next: ["sprun runs", "sprun resume"]),
        "host": FailureLesson(next: ["sprun doctor"]),
        "internal": FailureLesson(next: ["sprun --version"]),
    ]
}
