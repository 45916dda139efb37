package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the tests of a store file (OpenFGA's command line, {@code fga model test}). Files that it names are seen from its own
 * directory and may lie elsewhere; nothing is written, and no log beside it counts.
 */
public final class StoreTests {

    private StoreTests() {}

    /**
     * Reads a store file with its tests.
     *
     * @param file the store file, in YAML
     * @return the tests, in the file's order; none where the file has none
     * @throws StoreFileException when a file cannot be used; says where, and what to do
     * @throws NoSuchFileException when the store file itself is not there
     * @throws IOException when it cannot be read
     */
    public static List<StoreTest> read(Path file) throws IOException {
        Reading reading = new Reading();
        new StoreFileReader().readOwn(file, reading);
        reading.image.complete();
        return reading.ready();
    }

    /** One reading; for one thread. */
    private static final class Reading implements StoreFileReader.Taker {

        private final SourceImage image = new SourceImage();
        private List<WrittenTest> written = List.of();

        @Override
        public void model(ModelText model) throws StoreFileException {
            image.model(model);
        }

        @Override
        public void tuple(StoredTuple tuple, Place place) throws StoreFileException {
            image.tuple(tuple, place);
        }

        @Override
        public void tests(JsonParser in, TupleParser tokens, StoreFileReader.TupleFiles files) throws IOException {
            written = new TestsParser(in, tokens, files).read();
        }

        private List<StoreTest> ready() throws StoreFileException {
            if (written.isEmpty()) {
                return List.of();
            }
            TestedStore store = new TestedStore(image, written.get(0).place());
            List<StoreTest> tests = new ArrayList<>();
            for (WrittenTest test : written) {
                tests.add(new StoreTest(
                        test.name(), test.description(), test.place(), store.with(test.tuples()), test.assertions()));
            }
            return tests;
        }
    }
}
