package io.mcpaccess.openfga.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * OpenFGA's own test matrix against the embedded engine, where that file is beside the repository; another file of the
 * same format is named with {@code -Dopenfga.matrix=FILE}. The project's own cases run everywhere.
 */
class OpenFgaMatrixTest {

    private static final String MATRIX = "../shared/vectors/openfga/consolidated_1_1_tests.yaml";

    @TestFactory
    Stream<DynamicNode> answersAsOpenFgasMatrixExpects() throws IOException {
        String chosen = System.getProperty("openfga.matrix", "");
        Path matrix = chosen.isEmpty()
                ? Path.of(System.getProperty("repository.root", "../..")).resolve(MATRIX)
                : Path.of(chosen);
        return Files.exists(matrix) ? run(Files.newInputStream(matrix)) : Stream.empty();
    }

    @TestFactory
    Stream<DynamicNode> answersItsOwnCases() throws IOException {
        return run(OpenFgaMatrixTest.class.getResourceAsStream("cases.yaml"));
    }

    private static Stream<DynamicNode> run(InputStream matrix) throws IOException {
        try (matrix) {
            return OpenFgaMatrix.tests(matrix);
        }
    }
}
