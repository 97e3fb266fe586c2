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

    /// How often apt is tried; with the pauses between, and what apt itself waits, that is over half an hour at most.
    private static let tries = 30

    /// A machine installs packages by itself in its first minutes, and holds apt's locks meanwhile: so apt is made to wait
    /// for the lock (`DPkg::Lock::Timeout`, apt 1.9.11 and later), and is tried again where another lock is held.
    ///
    /// The installer calls apt itself. It begins when nobody holds a lock, as far as the machine can tell, and its calls
    /// wait for the lock too: `APT_CONFIG` names one more file of settings.
    private static func steps(_ installer: String) -> String {
        """
        as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n -- "$@"; fi; }
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        echo 'DPkg::Lock::Timeout "300";' > "$folder/apt.conf"
        apt() {
            tries=0
            until as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=60 "$@"; do
                tries=$((tries + 1))
                [ "$tries" -lt \(tries) ] || return 1
                sleep 10
            done
        }
        if ! command -v wget >/dev/null || [ ! -d /etc/ssl/certs ]; then
            apt update -qq
            apt install -qq -y wget ca-certificates
        fi
        wget -nv -O "$folder/serverpilot-installer" '\(installer)'
        if command -v fuser >/dev/null; then
            tries=0
            while as_root fuser /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock >/dev/null 2>&1
            do
                tries=$((tries + 1))
                [ "$tries" -lt \(tries) ] || break
                sleep 10
            done
        fi
        as_root env APT_CONFIG="$folder/apt.conf" sh "$folder/serverpilot-installer" \
            --server-id="$server_id" --server-apikey="$server_key"
        """
    }
}
