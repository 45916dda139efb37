package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A store file's model and tuples, to which each test may add tuples of its own. For one thread. */
public final class TestedStore {

    private final TupleTable table;
    private final ModelPlan plan;

    /** The store of a file that was read; {@code place} is where a model is missed if there is none. */
    TestedStore(SourceImage image, Place place) throws StoreFileException {
        this.table = image.table();
        this.plan = ModelPlan.compile(
                image.model()
                        .orElseThrow(() ->
                                new StoreFileException(place, "there is no model to test: give model or model_file")),
                table.current().symbols());
    }

    /**
     * A tuple that counts in one test alone.
     *
     * @param tuple the tuple
     * @param place where it stands
     */
    public record Addition(StoredTuple tuple, Place place) {
        public Addition {
            Objects.requireNonNull(tuple, "tuple");
            Objects.requireNonNull(place, "place");
        }
    }

    /**
     * Reads a store file without its tests.
     *
     * @param file the store file, in YAML; what it names is seen from its directory
     * @return the store
     * @throws StoreFileException when a file cannot be used; says where, and what to do
     * @throws IOException when it is not there or cannot be read
     */
    public static TestedStore read(Path file) throws IOException {
        SourceImage image = new SourceImage();
        new StoreFileReader().readOwn(file, image);
        image.complete();
        return new TestedStore(image, Place.of(file.getFileName().toString()));
    }

    /**
     * The store with more tuples.
     *
     * @param tuples what a test adds
     * @return model and tuples
     * @throws StoreFileException when the model has no place for one of them, or it is there with another condition
     */
    public StoreView with(List<Addition> tuples) throws StoreFileException {
        if (tuples.isEmpty()) {
            return new StoreView(plan, table.current());
        }
        TupleTable more = TupleTable.compacted(table.current());
        RequestRules rules = new RequestRules(plan);
        for (Addition addition : tuples) {
            StoredTuple tuple = addition.tuple();
            try {
                rules.checkWrite(tuple);
            } catch (OpenFgaException e) {
                throw new StoreFileException(addition.place(), e.error().message());
            }
            if (!more.holds(tuple.key())) {
                more.add(tuple);
            } else if (!TupleLookup.holds(more, tuple)) {
                throw new StoreFileException(
                        addition.place(),
                        "the same tuple is there with another condition; a test adds and never changes");
            }
        }
        more.commit();
        return new StoreView(plan, more.current());
    }
}
