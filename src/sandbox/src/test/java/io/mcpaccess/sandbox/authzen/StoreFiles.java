package io.mcpaccess.sandbox.authzen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tests' own store files, and test data from elsewhere that may be absent. */
final class StoreFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StoreFiles() {}

    /** The text of a store file of this module. */
    static String own(String name) throws Exception {
        try (InputStream file = StoreFiles.class.getResourceAsStream("/authzen/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A file of vectors beside the repository; the test is skipped where it is absent. */
    static Path vectors(String name) {
        Path file = Path.of(System.getProperty("repository.root"), "..", "shared", "vectors", name)
                .normalize();
        assumeTrue(Files.exists(file), "no vectors at ../shared/vectors/" + name);
        return file;
    }

    /** The JSON of such a file. */
    static JsonNode vectorsJson(String name) throws Exception {
        return JSON.readTree(vectors(name).toFile());
    }
}
