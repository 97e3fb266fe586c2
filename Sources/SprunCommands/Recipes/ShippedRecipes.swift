/// The recipes that ship inside the program.
enum ShippedRecipes {
    /// The texts by name; `Package.swift` lists their files, and a test checks that none is missing.
    static let texts: [String: [UInt8]] = [
        "audit": PackageResources.audit_lua,
        "autossl-when-ready": PackageResources.autossl_when_ready_lua,
        "connect-server": PackageResources.connect_server_lua,
        "demo-sites": PackageResources.demo_sites_lua,
        "inventory": PackageResources.inventory_lua,
        "map-domain": PackageResources.map_domain_lua,
        "move-apps": PackageResources.move_apps_lua,
        "new-server": PackageResources.new_server_lua,
        "new-site": PackageResources.new_site_lua,
        "php-upgrade": PackageResources.php_upgrade_lua,
        "preview-environment": PackageResources.preview_environment_lua,
        // A library imports its neighbor by this name only.
        "provider-calls": PackageResources.provider_calls_lua,
        "providers/digitalocean": PackageResources.digitalocean_lua,
        "providers/hetzner": PackageResources.hetzner_lua,
        "purge-demo-sites": PackageResources.purge_demo_sites_lua,
        "remove-server": PackageResources.remove_server_lua,
        "rotate-db-password": PackageResources.rotate_db_password_lua,
        "ssh-key-fanout": PackageResources.ssh_key_fanout_lua,
    ]
}
