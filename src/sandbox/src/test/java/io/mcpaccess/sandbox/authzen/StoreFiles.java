package io.mcpaccess.sandbox.authzen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tests' own store files, and test data from elsewhere that may be absent. */
final class StoreFiles {
    /** YAML's syntax has JSON's. */
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private StoreFiles() {}

    /** The text of a store file of this module. */
    static String own(String name) throws Exception {
        try (InputStream file = StoreFiles.class.getResourceAsStream("/authzen/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The project's own cases, and behind them those of a file beside the repository, where that is. */
    static List<JsonNode> cases(String own, String vectors) throws Exception {
        List<JsonNode> files = new ArrayList<>(List.of(YAML.readTree(own(own))));
        Path file = Path.of(System.getProperty("repository.root"), "..", "shared", "vectors", vectors)
                .normalize();
        if (Files.exists(file)) {
            files.add(YAML.readTree(file.toFile()));
        }
        return files;
    }
}
