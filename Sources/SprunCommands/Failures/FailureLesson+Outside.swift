extension FailureLesson {
    /// Lessons about other APIs.
    static let outside: [String: FailureLesson] = [
        "lost_answer": FailureLesson(
            wrong: .shown("http.post_json(url, { name = \"acme\" }, { lost = \"raise\" })"),
            right: .shown("http.post_json(url, { name = \"acme\" }, { idempotency_key = \"acme\" })"),
            next: ["sprun help http.request"]),
        "http_status": FailureLesson(
            wrong: .recipe("http.get(\"https://api.example.com/zones/acme\", { planned = { status = 404 } })"),
            right: .recipe(
                """
                local reply = http.get("https://api.example.com/zones/acme", {
                    ok = { 404 }, planned = { status = 404 },
                })
                print(reply.status)
                """),
            next: ["sprun help http.request"]),
        "http_refused": FailureLesson(
            wrong: .shown("http.get(\"https://10.0.0.7/zones\")    -- needs = { http = { \"api.example.com\" } }"),
            right: .shown("http.get(\"https://10.0.0.7/zones\")    -- needs = { http = { \"10.0.0.7\" } }"),
            next: ["sprun help http.request", "sprun show site.lua"]),
        "http_undeclared": FailureLesson(
            wrong: .recipe("print(#http.get(\"https://api.example.com/zones\").json)"),
            right: .recipe("print(#http.get(\"https://api.example.com/zones\", { planned = { json = {} } }).json)"),
            next: ["sprun help http.get"]),
    ]

    private static let shell = "host = \"203.0.113.7\", user = \"root\""

    /// Lessons about scripts on other hosts.
    static let secureShell: [String: FailureLesson] = [
        "ssh_exit": FailureLesson(
            wrong: .recipe("ssh.run{ \(shell), script = \"false\", planned = { status = 1 } }"),
            right: .recipe("ssh.run{ \(shell), script = \"false || true\", planned = { status = 0 } }"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_invalid": FailureLesson(
            wrong: .recipe("ssh.copy{ \(shell), content = \"hello\", to = \"motd\" }"),
            right: .recipe("ssh.copy{ \(shell), content = \"hello\", to = \"/etc/motd\" }"),
            next: ["sprun help ssh.copy"]),
        "ssh_missing": FailureLesson(
            wrong: .shown("PATH=/opt/sprun sprun run updates.lua"),
            right: .shown("apt-get install openssh-client"),
            next: ["sprun doctor"]),
        "ssh_identity": FailureLesson(
            wrong: .shown("chmod 644 id_ed25519"),
            right: .shown("chmod 600 id_ed25519"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_unknown_name": FailureLesson(
            wrong: .shown("ssh.run{ host = \"www.acme.exmaple\", script = \"uptime\" }"),
            right: .shown("ssh.run{ host = \"www.acme.example\", script = \"uptime\", wait = \"10m\" }"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_not_reached": FailureLesson(
            wrong: .shown("ssh.run{ host = \"203.0.113.7\", script = \"uptime\" }    -- while it boots"),
            right: .shown("ssh.run{ host = \"203.0.113.7\", script = \"uptime\", wait = \"5m\" }"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_jump_failed": FailureLesson(
            wrong: .shown("ssh.run{ host = \"10.0.0.7\", jump = \"bastion\", script = \"uptime\" }"),
            right: .shown("ssh bastion true    # once, without a question; then the recipe"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_unknown_host_key": FailureLesson(
            wrong: .shown("ssh.run{ host = \"203.0.113.7\", script = \"uptime\" }"),
            right: .shown("ssh.run{ host = \"203.0.113.7\", script = \"uptime\", host_key = \"SHA256:…\" }"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_wrong_host_key": FailureLesson(
            wrong: .shown("ssh.run{ … }    -- after the host was reinstalled"),
            right: .shown("ssh-keygen -R 203.0.113.7    # after you compared the new fingerprint at the host"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_login_refused": FailureLesson(
            wrong: .shown("ssh.run{ host = \"203.0.113.7\", user = \"root\", script = \"uptime\" }"),
            right: .shown("ssh-copy-id root@203.0.113.7"),
            next: ["sprun help ssh.run", "sprun resume"]),
        "ssh_no_shell": FailureLesson(
            wrong: .shown("command=\"backup\" ssh-ed25519 AAAA… in ~/.ssh/authorized_keys"),
            right: .shown("ssh-ed25519 AAAA… in ~/.ssh/authorized_keys"),
            next: ["sprun help ssh.run"]),
        "ssh_connection_lost": FailureLesson(
            wrong: .shown("sprun run updates.lua    # again: it could start the script twice"),
            right: .shown("sprun resume"),
            next: ["sprun runs", "sprun resume"]),
        "ssh_timed_out": FailureLesson(
            wrong: .shown("ssh.run{ \(shell), script = \"apt-get -y upgrade\", timeout = \"1m\" }"),
            right: .shown("ssh.run{ \(shell), script = \"apt-get -y upgrade\", timeout = \"1h\" }"),
            next: ["sprun help ssh.run"]),
        "ssh_unknown": FailureLesson(
            wrong: .shown("ssh.run{ \(shell), script = \"reboot\" }"),
            right: .shown("ssh.run{ \(shell), script = \"shutdown -r +1\" }"),
            next: ["sprun help ssh.run", "sprun runs"]),
        "ssh_cancelled": FailureLesson(
            wrong: .shown("sprun run updates.lua    # and Ctrl-C"),
            right: .shown("sprun resume"),
            next: ["sprun runs", "sprun resume"]),
        "ssh_failed": FailureLesson(
            wrong: .shown("ssh.run{ host = \"203.0.113.7\", script = \"uptime\" }"),
            right: .shown("ssh -v 203.0.113.7    # shows what ssh does"),
            next: ["sprun help ssh.run"]),
    ]
}
