internal import ServerPilot

/// What runs ServerPilot's installer on a machine, as its guide tells to do it by hand.
///
/// The installer takes the server's key as an argument, so that other users of that machine can see it while it runs:
/// its own interface is so. On this side the key goes by standard input, or in the user data.
enum InstallerScript {
    /// For a shell on the machine; the server's id and key are the two lines of its standard input.
    static func reading(installer: String) -> String {
        """
        set -eu
        IFS= read -r server_id
        IFS= read -r server_key
        \(steps(installer))
        """
    }

    /// A script that cloud-init runs once, at a machine's first start.
    static func userData(installer: String, id: String, key: Secret<String>) -> Secret<String> {
        Secret(
            """
            #!/bin/sh
            set -eu
            server_id='\(id)'
            server_key='\(key.reveal())'
            \(steps(installer))

            """)
    }

    private static func steps(_ installer: String) -> String {
        """
        as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n -- "$@"; fi; }
        if ! command -v wget >/dev/null || [ ! -d /etc/ssl/certs ]; then
            as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y wget ca-certificates
        fi
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        wget -nv -O "$folder/serverpilot-installer" '\(installer)'
        as_root sh "$folder/serverpilot-installer" --server-id="$server_id" --server-apikey="$server_key"
        """
    }
}
