package io.mcpaccess.distribution;

import java.nio.file.Path;

/** Where the build of this repository puts what the tests look at. */
final class Repository {

    private Repository() {}

    static Path root() {
        return Path.of(System.getProperty("repository.root"));
    }

    static String version() {
        return System.getProperty("project.version");
    }

    /** The ZIP of a plugin module, such as {@code openfga-engine}. */
    static Path pluginZip(String module) {
        return root().resolve("build/plugins").resolve(module + "-" + version() + ".zip");
    }

    static Path bundle() {
        return root().resolve("build/mcp-access-" + version() + ".zip");
    }

    /** The jars that a node of AM 4.10 has on its class path, as far as the plugins use them. */
    static Path nodeJars(Node node) {
        return root().resolve("build/nodes/4.10")
                .resolve(node.name().toLowerCase(java.util.Locale.ROOT))
                .resolve("lib");
    }
}
