internal import Groundwork
internal import ServerPilot

/// Scripts that run ServerPilot's installer on a machine, following ServerPilot's guide for a manual installation.
///
/// The installer takes the server's key as an argument, so other users of that machine can see the key while the
/// installer runs. sprun itself passes the key by standard input or in the user data.
enum InstallerScript {
    /// Returns a script for a shell on the machine, which reads the server's id and key as two lines of standard input.
    static func reading(installer: String) -> String {
        """
        set -eu
        IFS= read -r server_id
        IFS= read -r server_key
        \(steps(installer))
        """
    }

    /// Returns a script that cloud-init runs once, at the machine's first start.
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

    /// The maximum number of tries for each apt command, and of checks for other locks.
    ///
    /// For an apt command, with the pauses and apt's own waits, that is about 35 minutes at most.
    private static let tries = 30

    /// Returns the steps that download and run the installer.
    ///
    /// A machine installs packages on its own in its first minutes and holds apt's locks meanwhile. So apt waits for
    /// the lock (`DPkg::Lock::Timeout`, apt 1.9.11 and later), and the script retries apt if another lock is held.
    ///
    /// The installer calls apt itself. The script starts the installer once no process holds a lock, if the machine has
    /// `fuser`. `APT_CONFIG` names an additional settings file, so the installer's apt calls wait for the lock too.
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
