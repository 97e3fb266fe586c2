extension FailureCatalogue {
    /// Failures of scripts on other hosts, run with `ssh`.
    static let secureShell = [
        FailureKind(
            "SP1001", "ssh_exit", .failed, "a script on another host failed",
            "It ended with a status that is not 0; the message has its last lines. It is not run again by itself: what it "
                + "had done by then is still there."),
        FailureKind(
            "SP1002", "ssh_invalid", .failed, "a script cannot be run like that",
            "A host, a user, a path or a size is not possible. Nothing was tried."),
        FailureKind(
            "SP1003", "ssh_missing", .failed, "there is no ssh to run",
            "Scripts on other hosts go by OpenSSH's ssh and ssh-keyscan, which have to be in the PATH."),
        FailureKind(
            "SP1004", "ssh_identity", .failed, "a private key cannot be used",
            "The file does not exist, or others than its owner may read it; ssh would not take it (chmod 600)."),
        FailureKind(
            "SP1005", "ssh_unknown_name", .failed, "a host has no address",
            "Its name stands for nothing. A name that was made a moment ago may take minutes to be known."),
        FailureKind(
            "SP1006", "ssh_not_reached", .failed, "a host does not answer",
            "It is not running, boots still, or something on the way refuses the port. wait = \"5m\" waits for a machine "
                + "that boots."),
        FailureKind(
            "SP1007", "ssh_jump_failed", .failed, "a host on the way does not let through",
            "The ssh of this machine has to be able to log in to it without a question, and to know its key."),
        FailureKind(
            "SP1008", "ssh_unknown_host_key", .failed, "nobody knows whether a host is the right one",
            "Its key is not among the known hosts. host_key = \"SHA256:…\" says which it has, accept_new = true believes "
                + "the first one; anybody on the way could be taken for the host then."),
        FailureKind(
            "SP1009", "ssh_wrong_host_key", .failed, "a host is not the one that it should be",
            "Its key is another one than was given, or than it had. It was made anew, or somebody is in between."),
        FailureKind(
            "SP1010", "ssh_login_refused", .failed, "a host does not let a user in",
            "The key that was shown is not among those of that user, or the agent does not have it. No password is ever "
                + "asked for."),
        FailureKind(
            "SP1011", "ssh_no_shell", .failed, "a host runs no scripts",
            "It lets the user in, and a forced command or a login shell that is none keeps it from running sh."),
        FailureKind(
            "SP1012", "ssh_connection_lost", .failed, "the connection to a host was lost",
            "A script that changes things goes on there. sprun resume waits for its end and does not begin it again."),
        FailureKind(
            "SP1013", "ssh_timed_out", .failed, "a script on another host took too long",
            "It was ended there, with what it had started; the message says where that did not work. timeout = \"1h\" "
                + "gives it more."),
        FailureKind(
            "SP1014", "ssh_unknown", .failed, "nobody knows how a script on another host ended",
            "It was begun, and is gone without a trace, as when the machine restarts in the middle of it. It is not begun "
                + "again by itself; look at the host for what it had done."),
        FailureKind(
            "SP1015", "ssh_cancelled", .interrupted, "a script on another host was left",
            "What was under way here was cancelled. A script that changes things goes on there."),
        FailureKind(
            "SP1016", "ssh_failed", .failed, "ssh failed",
            "In a way that is not one of the others; the message has its words."),
    ]
}
