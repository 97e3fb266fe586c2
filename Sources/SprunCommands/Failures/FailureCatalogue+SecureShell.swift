extension FailureCatalogue {
    /// Failures of remote scripts, run with `ssh`.
    static let secureShell = [
        FailureKind(
            "SP1001", "ssh_exit", .failed, "a remote script failed",
            "Its exit status is not 0; the message has its last lines. sprun does not run it again. Its changes on "
                + "the host stay."),
        FailureKind(
            "SP1002", "ssh_invalid", .failed, "a remote script cannot be run",
            "A host, a user, a path or a size is invalid. sprun tried nothing."),
        FailureKind(
            "SP1003", "ssh_missing", .failed, "ssh is not installed",
            "Remote scripts need ssh and ssh-keyscan of OpenSSH in the PATH."),
        FailureKind(
            "SP1004", "ssh_identity", .failed, "a private key cannot be used",
            "The file does not exist, or other users can read it; ssh rejects such a key (chmod 600)."),
        FailureKind(
            "SP1005", "ssh_unknown_name", .failed, "a host has no address",
            "Its name cannot be resolved. A new name can take minutes to appear in DNS."),
        FailureKind(
            "SP1006", "ssh_not_reached", .failed, "a host does not respond",
            "The host is down, is booting, or a firewall blocks the port. wait = \"5m\" waits for a host that boots."),
        FailureKind(
            "SP1007", "ssh_jump_failed", .failed, "a jump host rejects the connection",
            "The ssh of this machine must be able to log in to the jump host without a question, and must know its "
                + "key."),
        FailureKind(
            "SP1008", "ssh_unknown_host_key", .failed, "unknown host key",
            "The host's key is not among the known hosts. host_key = \"SHA256:…\" sets the expected key. accept_new = "
                + "true trusts the first key, which an attacker in between could forge."),
        FailureKind(
            "SP1009", "ssh_wrong_host_key", .failed, "wrong host key",
            "The host's key is not the expected key, or not the earlier key. The host was reinstalled, or someone "
                + "intercepts the connection."),
        FailureKind(
            "SP1010", "ssh_login_refused", .failed, "a host rejects the login",
            "The user on the host does not accept the key, or the agent does not have it. sprun never asks for a "
                + "password."),
        FailureKind(
            "SP1011", "ssh_no_shell", .failed, "a host runs no scripts",
            "The login works, but a forced command or a restricted login shell prevents sh from running."),
        FailureKind(
            "SP1012", "ssh_connection_lost", .failed, "the connection to a host was lost",
            "A script that changes something continues there. sprun resume waits for its end and does not start it "
                + "again."),
        FailureKind(
            "SP1013", "ssh_timed_out", .failed, "a remote script timed out",
            "sprun ended the script and its child processes; the message says if that failed. timeout = \"1h\" gives "
                + "it more time."),
        FailureKind(
            "SP1014", "ssh_unknown", .failed, "the end of a remote script is unknown",
            "The script started, but left no trace of its end, as when the host restarts. sprun does not start it "
                + "again. Look at the host for its changes."),
        FailureKind(
            "SP1015", "ssh_cancelled", .interrupted, "a remote script was abandoned",
            "The run was cancelled. A script that changes something continues on the host."),
        FailureKind(
            "SP1016", "ssh_failed", .failed, "ssh failed",
            "The cause is none of the others; the message quotes ssh."),
    ]
}
