package io.mcpaccess.engine;

import static io.mcpaccess.engine.Values.textOf;

import io.mcpaccess.openfga.embedded.store.StoreFiles;
import io.mcpaccess.openfga.server.ServerSettings;
import java.util.Locale;
import java.util.Optional;

/** Where an engine's model and tuples are. */
sealed interface Source {

    /**
     * How the store is called in metrics and audits.
     *
     * @return the store's id, or the name of its file
     */
    String storeName();

    /**
     * The model that the administrator chose.
     *
     * @return its id; nothing for the latest
     */
    Optional<String> modelId();

    /**
     * In an OpenFGA server.
     *
     * @param settings which, and how to ask it
     */
    record Server(ServerSettings settings) implements Source {

        @Override
        public String storeName() {
            return settings.storeId();
        }

        @Override
        public Optional<String> modelId() {
            return settings.modelId();
        }
    }

    /**
     * In a file that this node reads itself.
     *
     * @param storeFile its name inside the operator's directory, never a path: a domain administrator names a store, and
     *     must not be able to name other files of the node
     * @param modelId the model that decides; nothing for the latest
     */
    record Embedded(String storeFile, Optional<String> modelId) implements Source {

        public Embedded {
            StoreFiles.requireName(storeFile);
        }

        @Override
        public String storeName() {
            return storeFile;
        }
    }

    /**
     * Reads where the data is. No mode means server: AM's own tests and console send none.
     *
     * @throws IllegalArgumentException when a setting is wrong
     */
    static Source of(OpenFgaConfiguration configuration) {
        String mode = textOf(configuration.mode).orElse("server").toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "server" -> new Server(ServerSource.settings(configuration));
            case "embedded" ->
                new Embedded(
                        textOf(configuration.storeFile)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "storeFile is missing: the name of the store, such as store.fga.yaml")),
                        ServerSource.ulid("authorizationModelId", configuration.authorizationModelId));
            default -> throw new IllegalArgumentException("mode must be server or embedded, but is " + mode);
        };
    }
}
