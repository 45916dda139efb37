package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
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
            if (image.model().isEmpty()) {
                throw new StoreFileException(
                        written.get(0).place(), "there is no model to test: give model or model_file");
            }
            ModelPlan plan = ModelPlan.compile(
                    image.model().get(), image.table().current().symbols());
            List<StoreTest> tests = new ArrayList<>();
            for (WrittenTest test : written) {
                tests.add(new StoreTest(
                        test.name(), test.description(), test.place(), view(plan, test), test.assertions()));
            }
            return tests;
        }

        private StoreView view(ModelPlan plan, WrittenTest test) throws StoreFileException {
            if (test.tuples().isEmpty()) {
                return new StoreView(plan, image.table().current());
            }
            TupleTable table = TupleTable.compacted(image.table().current());
            RequestRules rules = new RequestRules(plan);
            for (WrittenTest.Addition addition : test.tuples()) {
                StoredTuple tuple = addition.tuple();
                try {
                    rules.checkWrite(tuple);
                } catch (OpenFgaException e) {
                    throw new StoreFileException(addition.place(), e.error().message());
                }
                if (!table.holds(tuple.key())) {
                    table.add(tuple);
                } else if (!TupleLookup.holds(table, tuple)) {
                    throw new StoreFileException(
                            addition.place(),
                            "the same tuple is there with another condition; a test adds and never changes");
                }
            }
            table.commit();
            return new StoreView(plan, table.current());
        }
    }
}
